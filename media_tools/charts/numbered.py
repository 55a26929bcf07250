"""Things to do in order: a numeral in a ring, and the words beside or under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple, Self

from media_tools.layout.balance import balanced
from media_tools.layout.column import Row
from media_tools.layout.disc import ring
from media_tools.layout.frame import Align, Frame, Paragraph, Placed, TextStyle
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.figure import written_number
from media_tools.spec.geometry import Point, Size

_RING = 2.1  # em of the title's size
_STROKE = 0.1  # em: 3 px where the body size is 29
_AFTER_RING = 1.0  # base sizes between ring and words beside it
_UNDER_RING = 0.55  # base sizes between ring and words under it
_TITLE_GAP = 0.05  # base sizes between a title and the line under it
_TIGHT, _EASY = 0.6, 3.0  # base sizes between things under one another
_COLUMN_GAP = 1.6  # base sizes between columns
_NARROWEST = 7  # base sizes of a column's width
_WIDEST_WORDS = 34  # em: a longer line is hard to follow
_TITLE_LINES, _LINES = 2, 4  # most of a title and under it, in a column


class NumberedScale(NamedTuple):
    """Steps of the type scale for title and words, from the page's body size."""

    title: int
    words: int


_SCALES = (NumberedScale(1, 0), NumberedScale(0, 0), NumberedScale(0, -1))


@dataclass(frozen=True, slots=True)
class Numbered:
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Styles:
    title: TextStyle
    words: TextStyle

    @classmethod
    def at(cls, scale: NumberedScale, page: Page) -> Self:
        """No letter is smaller than the page's small type."""
        title, words = (page.step(max(-1, page.shape.body_step + step)) for step in scale)
        return cls(replace(page.strong, size=title), replace(page.label, size=words, colour=page.ground.quiet))

    @property
    def ring(self) -> float:
        return round(_RING * self.title.size)


def numbered_down(things: Sequence[Numbered], width: float, page: Page) -> Iterator[Row]:
    """Every way to put the things under one another, the largest first."""
    for styles in (_Styles.at(scale, page) for scale in _SCALES):
        room = width - styles.ring - _AFTER_RING * page.base
        if _widest_word(things, styles, page) <= room:
            told = [_words(thing, styles, room, page) for thing in things]
            yield _row([_beside(number, words, styles, page) for number, words in enumerate(told, start=1)], page)


def numbered_across(things: Sequence[Numbered], width: float, page: Page) -> Iterator[Row]:
    """Every way to put the things beside one another, the largest first; none where columns would be too narrow."""
    gap = _COLUMN_GAP * page.base
    column = (width - (len(things) - 1) * gap) / len(things)
    if column < _NARROWEST * page.base:
        return
    for scale in _SCALES:
        styles = _Styles.at(scale, page)
        if _widest_word(things, styles, page) > column:
            continue
        words = [_words(thing, styles, column, page) for thing in things]
        if scale is _SCALES[-1] or all(map(_short, words)):
            steps = [_under(number, told, styles, column, page) for number, told in enumerate(words, start=1)]
            placed = (Placed(Point(index * (column + gap), 0), step) for index, step in enumerate(steps))
            yield _fixed(Frame(Size(width, max(step.size.height for step in steps)), tuple(placed), "numbered"))


def narrowest(things: Sequence[Numbered], page: Page) -> float:
    """The px of width that the longest word needs at the smallest scale."""
    styles = _Styles.at(_SCALES[-1], page)
    return styles.ring + _AFTER_RING * page.base + _widest_word(things, styles, page)


def _widest_word(things: Sequence[Numbered], styles: _Styles, page: Page) -> float:
    titles = (page.longest_word(thing.title, styles.title) for thing in things)
    words = (page.longest_word(thing.words, styles.words) for thing in things if thing.words)
    return max((*titles, *words))


def _words(thing: Numbered, styles: _Styles, width: float, page: Page) -> Frame:
    items = [balanced(page, thing.title, styles.title, width)]
    if thing.words:
        items.append(balanced(page, thing.words, styles.words, min(width, _WIDEST_WORDS * styles.words.size)))
    return stack(items, [_TITLE_GAP * page.base] * (len(items) - 1), width, "words")


def _short(words: Frame) -> bool:
    lines = [placed.item.lines for placed in words.items if isinstance(placed.item, Paragraph)]
    return lines[0] <= _TITLE_LINES and sum(lines[1:]) <= _LINES


def _beside(number: int, words: Frame, styles: _Styles, page: Page) -> Frame:
    """The words beside their numeral: the first line on its middle where there is one only, tops aligned elsewhere."""
    start = styles.ring + _AFTER_RING * page.base
    height = max(styles.ring, words.size.height)
    top = max(0, (styles.ring - words.size.height) / 2)
    items = (Placed(Point(0, 0), _numeral(number, styles, page)), Placed(Point(start, top), words))
    return Frame(Size(start + words.size.width, height), items, "step")


def _under(number: int, words: Frame, styles: _Styles, column: float, page: Page) -> Frame:
    return stack([_numeral(number, styles, page), words], [_UNDER_RING * page.base], column, "step")


def _numeral(number: int, styles: _Styles, page: Page) -> Frame:
    """The number in the language's own digits, in a ring."""
    side = styles.ring
    colour = page.ground.strong
    digits = page.amount(written_number(Decimal(number), page.language, page.digits).digits)
    numeral = page.set(digits, replace(styles.title, colour=colour), side, Align.CENTRE)
    around = ring(side, max(2, round(_STROKE * styles.title.size)), colour)
    items = (Placed(Point(0, 0), around), Placed(Point(0, (side - numeral.size.height) / 2), numeral))
    return Frame(Size(side, side), items, "numeral")


def _row(steps: Sequence[Frame], page: Page) -> Row:
    """The steps under one another, as far apart as the height allows."""
    gaps, own, width = len(steps) - 1, sum(step.size.height for step in steps), steps[0].size.width
    least, most = (own + gaps * gap * page.base for gap in (_TIGHT, _EASY))

    def fill(height: float) -> Frame:
        gap = (min(most, max(least, height)) - own) / gaps
        return stack(steps, [gap] * gaps, width, "numbered")

    return Row(least, most, fill)


def _fixed(frame: Frame) -> Row:
    return Row(frame.size.height, frame.size.height, lambda _height: frame)
