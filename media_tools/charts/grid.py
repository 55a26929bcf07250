"""Rows and columns of words and amounts: hairlines between rows, no vertical lines, no zebra."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from typing import Self

from media_tools.layout.balance import balanced
from media_tools.layout.column import Row
from media_tools.layout.frame import Align, Fill, Frame, Paragraph, Placed, TextStyle
from media_tools.layout.page import Page
from media_tools.spec.geometry import Point, Size

_STEPS = (0, -1)  # of the type scale, for the cells, from the page's body size
_GAP = 1.1  # base sizes between columns
_APART = 2.6  # base sizes between amounts, which stand at their end, and words, which stand at their start
_TIGHT, _EASY = 0.42, 0.95  # base sizes over and under the cells of a row
_TWO_LINES = 0.62  # of its length: the width of words on two lines
_LINES = 3  # most of a cell, but at the smallest step


@dataclass(frozen=True, slots=True)
class Cell:
    """What is read in a cell; of a plain amount its decimals as well, from the point on, so that points line up."""

    text: str
    decimals: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A head and the cells under it; amounts stand at the end of their column."""

    head: str
    cells: tuple[Cell, ...]
    amounts: bool = False


@dataclass(frozen=True, slots=True)
class _Styles:
    head: TextStyle
    name: TextStyle
    words: TextStyle
    amount: TextStyle

    @classmethod
    def at(cls, step: int, page: Page) -> Self:
        size = page.step(max(-1, page.shape.body_step + step))
        label, strong = replace(page.label, size=size), replace(page.strong, size=size)
        return cls(page.quiet, label, replace(label, colour=page.ground.quiet), strong)

    def of(self, index: int, column: Column) -> TextStyle:
        if column.amounts:
            return self.amount
        return self.words if index else self.name


@dataclass(frozen=True, slots=True)
class _Track:
    """A column in its styles, with the px of width that it needs: for its longest word, then for more on one line."""

    column: Column
    style: TextStyle
    head_style: TextStyle
    least: float
    head: float
    """On two lines."""
    cells: float
    whole: float
    amounts: float
    """Its amounts alone, which are never broken."""
    decimals: float
    """The longest decimals among them."""


def grid(columns: Sequence[Column], width: float, page: Page) -> Iterator[Row]:
    """Every way to set the columns, the largest first; the first column names the rows."""
    gaps = _gaps(columns, page)
    for step in _STEPS:
        tracks = _tracks(columns, step, page)
        widths = _widths(tracks, width - sum(gaps))
        if widths:
            lines = tuple(zip(*(_set(*each, page) for each in zip(tracks, widths, strict=True)), strict=True))
            if step == _STEPS[-1] or max(_lines_of(cell) for line in lines[1:] for cell in line) <= _LINES:
                starts = [sum(widths[:index]) + sum(gaps[:index]) for index in range(len(widths))]
                yield _row(lines, starts, width, page)


def narrowest(columns: Sequence[Column], page: Page) -> float:
    """The px of width that the columns need at the smallest step."""
    return sum(track.least for track in _tracks(columns, _STEPS[-1], page)) + sum(_gaps(columns, page))


def _gaps(columns: Sequence[Column], page: Page) -> list[float]:
    """The px between one column and the next."""
    return [(_APART if one.amounts and not other.amounts else _GAP) * page.base for one, other in pairwise(columns)]


def _tracks(columns: Sequence[Column], step: int, page: Page) -> list[_Track]:
    styles = _Styles.at(step, page)
    return [_track(column, styles.of(index, column), styles.head, page) for index, column in enumerate(columns)]


def _track(column: Column, style: TextStyle, head: TextStyle, page: Page) -> _Track:
    cells = [cell for cell in column.cells if cell.text]
    decimals = max((page.width_of(cell.decimals, style) for cell in cells if cell.decimals), default=0)
    whole = max((_reach(cell, decimals, style, page) for cell in cells), default=0)
    longest = whole if column.amounts else max((page.longest_word(cell.text, style) + 1 for cell in cells), default=0)
    head_word = page.longest_word(column.head, head) + 1 if column.head else 0
    head_line = page.width_of(column.head, head) + 2 if column.head else 0
    return _Track(
        column,
        style,
        head,
        least=max(longest, head_word),
        head=max(longest, head_word, _TWO_LINES * head_line),
        cells=max(whole, head_word, _TWO_LINES * head_line),
        whole=max(whole, head_line),
        amounts=whole if column.amounts else 0,
        decimals=decimals,
    )


def _reach(cell: Cell, decimals: float, style: TextStyle, page: Page) -> float:
    """The px that a cell takes on one line, with room for the longest decimals of its column."""
    return page.width_of(cell.text, style) + _inset(cell, decimals, style, page) + 2


def _inset(cell: Cell, decimals: float, style: TextStyle, page: Page) -> float:
    """The px that an amount keeps clear of the end, where others of its column have decimals of `decimals` px."""
    if cell.decimals is None:
        return 0
    return decimals - (page.width_of(cell.decimals, style) if cell.decimals else 0)


def _widths(tracks: Sequence[_Track], room: float) -> list[float]:
    """The columns' widths; empty where not even the longest words have room.

    Heads on two lines come first, then whole cells, then whole heads. What is left over goes to all columns alike, so
    that amounts stand apart evenly and the last ends at the end edge.
    """
    widths = [track.least for track in tracks]
    if sum(widths) > room:
        return []
    for stage in (attrgetter("head"), attrgetter("cells"), attrgetter("whole")):
        wanted = [stage(track) for track in tracks]
        lack = sum(wanted) - sum(widths)
        share = min(1, (room - sum(widths)) / lack) if lack > 0 else 0
        widths = [width + share * (want - width) for width, want in zip(widths, wanted, strict=True)]
    spare = (room - sum(widths)) / len(widths)
    return [width + spare for width in widths]


def _set(track: _Track, width: float, page: Page) -> list[Placed | None]:
    """The head and the cells of a column, each where it stands in its row; None where a cell is empty."""
    words, side = track.column.head, Align.RIGHT if track.column.amounts else Align.LEFT
    head = Placed(Point(0, 0), balanced(page, words, track.head_style, width, side)) if words else None
    return [head, *(_cell(cell, track, width, page) if cell.text else None for cell in track.column.cells)]


def _cell(cell: Cell, track: _Track, width: float, page: Page) -> Placed:
    """Words from the start; an amount on the last whole digit of its column, for numbers always run from the left."""
    if not track.column.amounts:
        return Placed(Point(0, 0), balanced(page, cell.text, track.style, width))
    inset = _inset(cell, track.decimals, track.style, page)
    line = page.set(cell.text, track.style, track.amounts - inset, Align.LEFT if page.right_to_left else Align.RIGHT)
    return Placed(Point(width - track.amounts + (inset if page.right_to_left else 0), 0), line)


def _row(lines: Sequence[Sequence[Placed | None]], starts: Sequence[float], width: float, page: Page) -> Row:
    heights = [max((cell.item.size.height for cell in line if cell), default=0.0) for line in lines]
    own = sum(heights)
    pads = 2 * len(lines) - 2  # none over the first line and none under the last
    least, most = (own + pads * pad * page.base for pad in (_TIGHT, _EASY))

    def fill(height: float) -> Frame:
        pad = (min(most, max(least, height)) - own) / pads
        placed: list[Placed] = []
        top = 0.0
        for index, (line, tall) in enumerate(zip(lines, heights, strict=True)):
            for cell, start in zip(line, starts, strict=True):
                if cell:  # heads stand on one foot, cells under one top
                    low = tall - cell.item.size.height if index == 0 else 0
                    placed.append(Placed(Point(start + cell.at.x, top + low), cell.item))
            top += tall + pad
            if index + 1 < len(lines):
                placed.append(Placed(Point(0, top), _rule(width, page, under_head=index == 0)))
                top += pad
        return Frame(Size(width, own + pads * pad), tuple(placed), "grid")

    return Row(least, most, fill)


def _lines_of(cell: Placed | None) -> int:
    return cell.item.lines if cell and isinstance(cell.item, Paragraph) else 0


def _rule(width: float, page: Page, *, under_head: bool) -> Fill:
    """A hairline; in ink under the head."""
    return Fill(Size(width, page.hairline), page.ground.text if under_head else page.ground.line)
