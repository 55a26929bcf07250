"""Parts of wholes as bars on an empty ground, each under its name and its amounts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Align, Fill, Frame, Paragraph, Placed
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.geometry import Point, Size

_THICK = 0.9  # em of the label's size
_OVER = 0.25  # em between words and bar
_CLOSE, _LOOSE = 0.9, 1.8  # em between a bar and the next words
_BESIDE = 0.8  # em between a name and its amounts
_NARROWEST = 0.4  # of the width: a name in less stands over its amounts


@dataclass(frozen=True, slots=True)
class Progress:
    label: str
    amounts: str
    """70 of 98, in the story's language."""
    share: float


def progress_least(rows: Sequence[Progress], width: float, page: Page) -> float:
    return _height(rows, width, _CLOSE, page)


def progress_most(rows: Sequence[Progress], width: float, page: Page) -> float:
    return _height(rows, width, _LOOSE, page)


def progress_bars(rows: Sequence[Progress], size: Size, page: Page) -> Frame:
    """The bars from the top of `size`, with the more space between them the higher it is."""
    each = [_row(row, size.width, page) for row in rows]
    spare = (size.height - sum(frame.size.height for frame in each)) / max(1, len(each) - 1)
    gap = min(max(spare, _CLOSE * page.label.size), _LOOSE * page.label.size)
    return stack(each, [gap] * (len(each) - 1), size.width, "progress_bars")


def _height(rows: Sequence[Progress], width: float, gap: float, page: Page) -> float:
    heights = [_row(row, width, page).size.height for row in rows]
    return sum(heights) + gap * page.label.size * (len(rows) - 1)


def _row(row: Progress, width: float, page: Page) -> Frame:
    em = page.label.size
    words = _words(row, width, page)
    top = words.size.height + _OVER * em
    bar = Size(width, round(_THICK * em))
    placed = [Placed(Point(0, 0), words), Placed(Point(0, top), Fill(bar, page.ground.empty))]
    if row.share:
        placed.append(Placed(Point(0, top), Fill(Size(row.share * width, bar.height), page.ground.strong)))
    return Frame(Size(width, top + bar.height), tuple(placed), "progress")


def _words(row: Progress, width: float, page: Page) -> Frame:
    """The name at the start and the amounts at the end, their last lines level; else one over the other."""
    style = replace(page.strong, colour=page.ground.strong)
    wide = page.width_of(row.amounts, style) + 2
    beside = width - wide - _BESIDE * page.label.size
    if beside < _NARROWEST * width or page.longest_word(row.label, page.label) > beside:
        needed = max(page.longest_word(row.label, page.label), page.longest_word(row.amounts, style))
        if needed > width:
            raise DoesNotFit("The longest word over the bars", needed, width)
        lines: list[Paragraph] = [page.set(row.label, page.label, width), page.set(row.amounts, style, width)]
        return stack(lines, [0], width)
    name, amounts = page.set(row.label, page.label, beside), page.set(row.amounts, style, wide, Align.RIGHT)
    at = Point(width - wide, name.size.height - amounts.size.height)
    return Frame(Size(width, name.size.height), (Placed(Point(0, 0), name), Placed(at, amounts)))
