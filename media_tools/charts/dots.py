"""Counted things as dots, one a thing, filled column by column from the start edge."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor

from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Frame, Path, Placed
from media_tools.layout.page import Page
from media_tools.spec.geometry import Point, Size

_GAP = 0.36  # of a dot
_SMALLEST = 0.013  # of the page's short side: 14 px of 1080
_LARGEST = ((12, 3.6), (40, 2.6), (200, 2.0))  # dots at most, and em of the label's size: few dots are larger
_NEAT = 0.6  # of the largest dots that fit: how much smaller they may be for the filled part to be a block


@dataclass(frozen=True, slots=True)
class _Grid:
    rows: int
    columns: int
    dot: float

    @property
    def size(self) -> Size:
        return Size(_long(self.columns, self.dot), _long(self.rows, self.dot))


def dots_least(whole: int, width: float, page: Page) -> float:
    """The least height in px. Raises DoesNotFit where not even one smallest dot fits the width."""
    dot = _SMALLEST * page.short
    columns = floor((width / dot + _GAP) / (1 + _GAP))
    if columns < 1:
        raise DoesNotFit("A dot", dot, width)
    return _long(ceil(whole / columns), dot)


def dots_most(whole: int, width: float, page: Page) -> float:
    """The height in px at which dots are as large as they get, or fill the width."""
    dot = _largest(whole, page)
    columns = max(1, floor((width / dot + _GAP) / (1 + _GAP)))
    return max(dots_least(whole, width, page), _long(ceil(whole / columns), dot))


def dots(part: int, whole: int, size: Size, page: Page) -> Frame:
    """The dots as large as `size` allows, in rows and columns that make the filled part a block if they can."""
    grid = _grid(part, whole, size, page)
    drawn = grid.size
    empty, full = range(part, whole), range(part)
    placed = [
        Placed(Point(0, 0), Path(drawn, "".join(_circles(places, grid)), colour))
        for places, colour in ((empty, page.ground.empty), (full, page.ground.strong))
        if places
    ]
    return Frame(drawn, tuple(placed), "dots")


def _largest(whole: int, page: Page) -> float:
    return next(em for count, em in _LARGEST if whole <= count) * page.step(-1)


def _grid(part: int, whole: int, size: Size, page: Page) -> _Grid:
    grids = []
    for rows in range(1, whole + 1):
        columns = ceil(whole / rows)
        room = min(size.width / _long(columns, 1), size.height / _long(rows, 1))
        grids.append(_Grid(rows, columns, min(room, _largest(whole, page))))
    largest = max(grid.dot for grid in grids)
    near = [grid for grid in grids if grid.dot >= max(_NEAT * largest, min(largest, _SMALLEST * page.short))]
    return max(near, key=lambda grid: (part % grid.rows == 0, whole % grid.rows == 0, grid.dot, grid.columns))


def _circles(places: range, grid: _Grid) -> Iterator[str]:
    radius, step = grid.dot / 2, grid.dot * (1 + _GAP)
    half = f"A{radius:.2f} {radius:.2f} 0 0 1"
    for place in places:
        column, row = divmod(place, grid.rows)
        left, middle = column * step, row * step + radius
        right = left + grid.dot
        yield f"M{left:.2f} {middle:.2f}{half} {right:.2f} {middle:.2f}{half} {left:.2f} {middle:.2f}Z"


def _long(count: int, dot: float) -> float:
    """Px that `count` dots take beside one another."""
    return dot * (count + (count - 1) * _GAP)
