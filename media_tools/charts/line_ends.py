"""What stands at the end of each line: its last amount and its name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from media_tools.charts.series import label_colour, spread, written
from media_tools.layout.balance import snug
from media_tools.layout.frame import Frame, Item, Paragraph, Path, Placed, Run
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Box, Point, Size
from media_tools.spec.series import Series

_WIDEST, _WIDEST_SMALL = 0.34, 0.42  # of the chart's width, unless a word is longer
_LARGE = 1  # step of the type scale: 1.44 times the label's size
_LED = 0.6  # em that words may be off their line's end before a leader joins the two
_LEADER = 1.5  # hairlines


@dataclass(frozen=True, slots=True)
class End:
    row: int
    """The last row with an amount."""
    words: Frame | Paragraph


def line_ends(
    series: Sequence[Series], labels: Sequence[str], colours: Sequence[Colour], width: float, page: Page
) -> tuple[End, ...]:
    """An end a series, no wider than its words: the amount large, its name beside or under it."""
    return tuple(
        _end(each, labels, page.step(_LARGE), label_colour(colour, page), _WIDEST * width, page)
        for each, colour in zip(series, colours, strict=True)
    )


def small_ends(
    series: Sequence[Series], labels: Sequence[str], colours: Sequence[Colour], width: float, page: Page
) -> tuple[End, ...]:
    """The same in the size of labels, for a chart that is not high."""
    return tuple(
        _end(each, labels, page.small.size, label_colour(colour, page), _WIDEST_SMALL * width, page)
        for each, colour in zip(series, colours, strict=True)
    )


def _end(series: Series, labels: Sequence[str], size: float, colour: Colour, room: float, page: Page) -> End:
    """The amount, the name, and when that was where the line ends before the others."""
    row = max(row for row, value in enumerate(series.values) if value is not None)
    value = series.values[row]
    when = f"({labels[row]})" if row < len(labels) - 1 else ""
    name = Run(" ".join(part for part in (series.name, when) if part), replace(page.small, weight=600, colour=colour))
    amount = Run("" if value is None else written(value, page), replace(name.style, size=size))
    longest = max(page.longest_word(run.text, run.style) for run in (amount, name)) + 2
    return End(row, _words(amount, name, max(room, longest), page))


def _words(amount: Run, name: Run, room: float, page: Page) -> Frame | Paragraph:
    """On one line, or the name under the amount; in a box that is no wider than the words."""
    runs = [amount, Run(f" {name.text}", name.style)] if name.text else [amount]
    wide = sum(page.width_of(run.text, run.style) for run in runs) + 2
    if wide <= room:
        return page.set_runs(runs, ceil(wide))
    if amount.style.size == name.style.size:
        return snug(page, "".join(run.text for run in runs), name.style, room)
    items: list[Item] = [snug(page, run.text, run.style, room) for run in (amount, name)]
    return stack(items, [0], max(item.size.width for item in items), "end")


def placed_ends(
    ends: Sequence[End], dots: Sequence[Point], colours: Sequence[Colour], room: Box, page: Page
) -> Iterator[Placed]:
    """The words in `room`, each as near to its line's end as the others let it; leaders to those that are off it."""
    heights = [end.words.size.height for end in ends]
    tops = spread([dot.y for dot in dots], heights, room.y, room.bottom)
    for end, dot, top, colour in zip(ends, dots, tops, colours, strict=True):
        middle = top + end.words.size.height / 2
        if abs(middle - dot.y) > _LED * page.small.size:
            stop = Point(room.x - 0.2 * page.small.size, middle)
            data = f"M{dot.x:.2f} {dot.y:.2f}L{stop.x:.2f} {stop.y:.2f}"
            size = Size(stop.x, room.bottom)
            yield Placed(Point(0, 0), Path(size, data, colour, stroke=round(_LEADER * page.hairline)))
        yield Placed(Point(room.x, top), end.words)
