"""Two amounts of one kind as two blocks on one baseline: height is value, never area."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf

from media_tools.charts.series import series_colours
from media_tools.charts.versus import column_width
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Fill, Frame, Item, Path, Placed, Run
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.colour import Colour
from media_tools.spec.figure import Figure
from media_tools.spec.geometry import Point, Size

_LARGEST, _SMALLEST = 11, 3  # steps of the type scale, for the amounts; the smallest over labels
_LARGEST_PRINTED = 6  # where other blocks stand beside them
_AIR = 1.4  # times the least height, from which an amount may be larger than it must
_PAD, _NARROW_PAD = 0.8, 0.07  # of the base size, but no more of a block's width: round the words in it
_GAP = 0.45  # of the base size, under words that stand over their block
_UNDER_AMOUNT = 0.15  # of the base size
_HIGHEST, _HIGHEST_PRINTED, _HIGHEST_SHARE = 1.15, 0.8, 0.5  # of a block's width, and of the page's short side
_STROKE, _DASH, _PAUSE = 1.5, 6, 4  # hairlines: the older level across the newer block
_NOTE_GAP = 0.3  # of the base size, between that line and its name
_SLACK = 1.015  # an amount must never break, and its width is measured at one size for all
_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Level:
    """An amount of zero or more, the time or state that it stands for, and what it counts where that must be said."""

    heading: str
    figure: Figure
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Setting:
    """The words of both levels at one size of amount: their height in px, and the height that the blocks then need."""

    amount: float
    words: float
    least: float


def levels_least(older: Level, newer: Level, width: float, page: Page) -> float:
    """The height in px at which all words have room in their blocks or over them.

    Raises DoesNotFit where the width is too small for a word or an amount.
    """
    return min(setting.least for setting in _settings(older, newer, width, page))


def levels_most(older: Level, newer: Level, width: float, page: Page) -> float:
    """The height in px from which the blocks would only be tall."""
    highest = _HIGHEST_PRINTED if page.ruled else _HIGHEST
    fair = min(highest * column_width(width, page), _HIGHEST_SHARE * page.short)
    return max(levels_least(older, newer, width, page), fair)


def levels(older: Level, newer: Level, size: Size, page: Page) -> Frame:
    """Both blocks, the higher one as high as `size`, with the older level as a line across the newer block."""
    settings = _settings(older, newer, size.width, page)
    setting = next((each for each in settings if _AIR * each.least <= size.height), settings[-1])
    if setting.least > size.height + 0.5:
        raise DoesNotFit("The comparison", setting.least, size.height)
    column = Size(column_width(size.width, page), size.height)
    newer_colour, older_colour = series_colours(2, page)
    shares = _shares(older, newer)
    before = _block(older, shares[0], column, older_colour, setting, page)
    after = _block(newer, shares[1], column, newer_colour, setting, page)
    if 0 < shares[0] != shares[1]:
        line = _level_line(older.heading, size.height * (1 - shares[0]), after, page)
        after = replace(after, items=(*after.items, *line))
    start = size.width - column.width
    return Frame(size, (Placed(Point(0, 0), before), Placed(Point(start, 0), after)), "levels")


def _sizes(page: Page) -> list[float]:
    """Px of type that amounts can have, largest first."""
    largest = _LARGEST_PRINTED if page.ruled else _LARGEST
    return [page.step(step) for step in range(largest, _SMALLEST + page.shape.body_step - 1, -1)]


def _pad(column: float, page: Page) -> float:
    return min(_PAD * page.base, _NARROW_PAD * column)


def _room(width: float, page: Page) -> float:
    """Px of width for the words in a block."""
    column = column_width(width, page)
    return column - 2 * _pad(column, page)


def _shares(older: Level, newer: Level) -> tuple[float, float]:
    """Each level as a share of the higher one."""
    most = max(older.figure.value, newer.figure.value) or 1
    return float(older.figure.value / most), float(newer.figure.value / most)


def _settings(older: Level, newer: Level, width: float, page: Page) -> tuple[_Setting, ...]:
    """The words at every size that the width allows, largest first. Raises DoesNotFit when there is none."""
    settings = page.once(("levels", older, newer, width), lambda: tuple(_each_setting((older, newer), width, page)))
    if not settings:
        widest = max(_width(level, _sizes(page)[-1], page) for level in (older, newer))
        column = min(widest + 2 * _PAD * page.base, widest / (1 - 2 * _NARROW_PAD))
        raise DoesNotFit("The comparison", width + 2 * (column - column_width(width, page)), width)
    return settings


def _each_setting(both: tuple[Level, Level], width: float, page: Page) -> Iterator[_Setting]:
    room = _room(width, page)
    for size in _sizes(page):
        if max(_width(level, size, page) for level in both) <= room:
            words = max(_words(level, size, room, page).size.height for level in both)
            pad = _pad(column_width(width, page), page)
            yield _Setting(size, words, max(_needed(words, pad, share, page) for share in _shares(*both)))


def _needed(words: float, pad: float, share: float, page: Page) -> float:
    """The height in px of the whole at which `words` px fit into a block that is a `share` of it, or over the block."""
    inside = (words + 2 * pad) / share if share else inf
    over = (words + _GAP * page.base) / (1 - share) if share < 1 else inf
    return min(inside, over)


def _width(level: Level, size: float, page: Page) -> float:
    """The width in px of the amount on one line, or of the longest word with it."""
    amount = sum(page.width_of(run.text, run.style) for run in _amount(level.figure, size, page))
    heading, label = page.longest_word(level.heading, page.strong), page.longest_word(level.label or "0", page.small)
    return max(_SLACK * amount + 1, heading, label)


def _amount(figure: Figure, size: float, page: Page) -> list[Run]:
    written = figure.written(page.language, page.digits)
    words = " ".join(part for part in (written.magnitude, figure.unit) if part).replace(" ", _NO_BREAK)
    digits = Run(page.amount(written.digits), page.figure(size))
    return [digits, Run(_NO_BREAK + words, page.unit(size))] if words else [digits]


def _words(level: Level, size: float, width: float, page: Page) -> Frame:
    items: list[Item] = [
        balanced(page, level.heading, page.strong, width),
        page.set_runs(_amount(level.figure, size, page), width),
    ]
    if level.label:
        items.append(balanced(page, level.label, page.small, width))
    return stack(items, [0, _UNDER_AMOUNT * page.base][: len(items) - 1], width, "words")


def _block(level: Level, share: float, column: Size, colour: Colour, setting: _Setting, page: Page) -> Frame:
    """The block on the baseline with its words in it, or over it where it is too low; nothing has no block."""
    pad = _pad(column.width, page)
    height = share * column.height
    top = column.height - height
    inside = height + 0.5 >= setting.words + 2 * pad
    words = _words(level, setting.amount, column.width - 2 * pad, page.on(colour) if inside else page)
    over = top - _GAP * page.base - words.size.height
    at = Point(pad, top + pad) if inside else Point(0, over)
    shape = Fill(Size(column.width, height), colour)
    ground = Fill(Size(column.width, page.hairline), page.ground.line)
    base = Placed(Point(0, top), shape) if share else Placed(Point(0, column.height - page.hairline), ground)
    return Frame(column, (base, Placed(at, words)), "level")


def _level_line(name: str, y: float, block: Frame, page: Page) -> tuple[Placed, ...]:
    """A dashed line with its name under it at `y` of the newer level; left out where words or the baseline are."""
    shape, words = block.items
    gap = _NOTE_GAP * page.base
    inside = isinstance(shape.item, Fill) and y >= shape.at.y and shape.item.size.height > page.hairline
    ground = page.on(str(shape.item.paint)).ground if inside and isinstance(shape.item, Fill) else page.ground
    low, high = words.at.y - gap, words.at.y + words.item.size.height + gap
    stroke = max(1, round(_STROKE * page.hairline))
    if low < y < high or y + stroke > block.size.height:
        return ()
    width, pad = block.size.width, _pad(block.size.width, page)
    dash, pause = _DASH * page.hairline, _PAUSE * page.hairline
    starts = (index * (dash + pause) for index in range(int(width / (dash + pause)) + 1))
    data = "".join(f"M{start:.2f} {stroke / 2:g}H{min(start + dash, width):.2f}" for start in starts)
    line = Placed(Point(0, y), Path(Size(width, stroke), data, ground.quiet, stroke=stroke))
    note = balanced(page, name, replace(page.small, colour=ground.text), width - 2 * pad)
    at = Point(pad if inside else 0, y + gap)
    end = at.y + note.size.height
    ends = [block.size.height, *([low] if y <= low else []), *([] if inside else [shape.at.y])]
    return (line, Placed(at, note)) if end <= min(ends) else (line,)
