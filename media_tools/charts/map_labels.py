"""Where the words of a map stand: inside their place, or beside it with a short leader, and never on one another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from media_tools.layout.balance import snug
from media_tools.layout.frame import Align, Frame, Path, Placed
from media_tools.layout.page import Ground, Page
from media_tools.layout.silhouette import Cells, Raster, Window, heart, rim, window, within
from media_tools.layout.stack import stack
from media_tools.spec.geometry import Box, Insets, Point, Size

CELL = 0.2  # of the base size: how finely places are told apart
_WIDEST = (14.0, 8.0, 5.0)  # em of a label's lines, what is tried first first
_NARROWER = 0.8  # base sizes: what it costs to break lines earlier
_PAD = 0.35  # of the base size, kept free round words
_STRIDE = 3  # cells between the spots that are tried beside a place
_RIM = 36  # cells of a place's edge that are measured from
_TRIED = 60  # spots, the best first, before words count as having none
_NEAR = 1.2  # of the base size: words as near as this need no leader
_GAP = 0.2  # of the base size, between words and leader
_INTO = 0.25  # of the base size: how far a leader goes into its place
_LEADER, _LANE = 1.4, 4.0  # hairlines: a leader, and the ground that shows on both sides of it where it crosses ink
_SAMPLES = 32  # of a leader, where it is asked what it crosses
_FROM_HEART = 0.3  # what a cell from the heart of a place weighs against one from its edge
_ACROSS_PLACE = 3.0  # what a px of leader weighs in another place, against one on land
_GROWTH = 0.25  # what a px weighs by which map and words together become larger
_ON_LAND = 0.6  # base sizes: what it costs to stand on other land

type Spots = NDArray[Any]
"""(spots, 2) rows and columns of cells; the top left ones, of boxes."""
type Places = NDArray[Any]
"""(places, 2) px from the left and from the top."""


class Over(Enum):
    """What words beside their place may stand on: other land only where no water is near, and with a leader."""

    WATER = 3.5
    LAND = 4.5

    @property
    def farthest(self) -> float:
        """Base sizes of the longest leader."""
        return self.value


class Words(NamedTuple):
    """What a place is called, and its amount, which may be empty."""

    label: str
    value: str


@dataclass(frozen=True)
class Place:
    """The ink of one place."""

    ink: Cells

    @cached_property
    def window(self) -> Window:
        return window(self.ink)

    @cached_property
    def heart(self) -> tuple[float, float]:
        row, column = heart(self.ink[self.window])
        return self.window.rows.start + row, self.window.columns.start + column

    @cached_property
    def rim(self) -> Spots:
        return rim(self.ink, _RIM)


@dataclass(frozen=True, slots=True)
class Sea:
    """The cells of a map and of the free room all round it, in which words may stand where they stay within `most`."""

    raster: Raster
    places: tuple[Place, ...]
    land: Cells
    """The ink of what is no place that the map speaks of."""
    edges: Cells
    """Coasts and borders, on which no words stand."""
    map: Box
    most: Size
    """Px that the map may take together with all its words."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """Words in lines of at most `width` px."""

    words: Words
    width: float
    page: Page

    def set(self, align: Align, ground: Ground) -> Frame:
        page = self.page
        lines = [snug(page, self.words.label, replace(page.small, colour=ground.text), self.width)]
        if self.words.value:
            figure = replace(page.strong, size=page.step(1), leading=1.1, colour=ground.strong)
            lines.insert(0, snug(page, self.words.value, figure, self.width))
        width = max(line.size.width for line in lines)
        wide = [replace(line, size=Size(width, line.size.height), align=align) for line in lines]
        return stack(wide, [0] * (len(wide) - 1), width, "place")


class _Spot(NamedTuple):
    cost: float
    """In px."""
    at: Point
    align: Align
    leader: tuple[Point, Point] | None
    """From the words into their place; None where they stand close by."""


class Labels(NamedTuple):
    cost: float
    """How far from their places words stand, and how much they are in the way, in px."""
    items: tuple[Placed, ...]


def placed_labels(words: Sequence[Words], sea: Sea, over: Over, page: Page) -> Labels | None:
    """The words of each place, what matters most first; None where some have no room."""
    board = _Board(sea, over, page)
    for told, place in zip(words, sea.places, strict=True):
        if not board.add(told, place):
            return None
    return Labels(board.cost, (*board.leaders, *board.words))


class _Board:
    """Takes words one after another, and keeps clear of those that it has."""

    def __init__(self, sea: Sea, over: Over, page: Page) -> None:
        self.cost = 0.0
        self.words: list[Placed] = []
        self.leaders: list[Placed] = []
        inks = np.sum([place.ink for place in sea.places], axis=0)
        self._inked, self._shared = inks > 0, inks > 1
        self._sea, self._raster, self._over, self._page = sea, sea.raster, over, page
        self._taken = self._raster.empty()
        self._used = sea.map
        self._pad = _PAD * page.base

    def add(self, words: Words, place: Place) -> bool:
        """Find room for the words of a place; False where there is none."""
        settings = self._settings(words)
        for size, setting in settings.items():
            at = self._inside(size, place)
            if at is not None:
                on_place = self._page.on(self._page.ground.strong).ground
                self._keep(Placed(at, setting.set(Align.CENTRE, on_place)))
                return True
        found = [
            (spot.cost + number * _NARROWER * self._page.base, spot, setting)
            for number, (size, setting) in enumerate(settings.items())
            if (spot := self._beside(size, place)) is not None
        ]
        if not found:
            return False
        cost, spot, setting = min(found, key=lambda each: each[0])
        self.cost += cost
        if spot.leader:
            self._lead(*spot.leader)
        self._keep(Placed(spot.at, setting.set(spot.align, self._page.ground)))
        return True

    def _settings(self, words: Words) -> dict[Size, _Setting]:
        """The ways to break the words into lines, by what they take."""
        return self._page.once(("map words", words), lambda: _by_size(words, self._page))

    def _inside(self, size: Size, place: Place) -> Point | None:
        rows, columns = self._spanned(size)
        part = place.window
        spots = (
            np.argwhere(within((place.ink & ~self._taken & ~self._shared)[part], rows, columns) == rows * columns)
            + part.origin
        )
        if not len(spots):
            return None
        away = spots + np.array([rows / 2, columns / 2]) - np.array(place.heart)
        return _point(self._corners(spots[[np.hypot(*away.T).argmin()]])[0])

    def _beside(self, size: Size, place: Place) -> _Spot | None:
        """The best spot outside of the place."""
        rows, columns = self._spanned(size)
        cell, base = self._raster.cell, self._page.base
        far = self._raster.spanned(self._over.farthest * base)
        part = window(place.ink, far + rows, far + columns)
        spots, growth = self._free(part, rows, columns)
        distances = _distances(spots, rows, columns, place.rim)
        near = distances.min(axis=1)
        places = spots - part.origin
        land = within(self._sea.land[part], rows, columns)[places[:, 0], places[:, 1]] / (rows * columns)
        costs = near + _FROM_HEART * _distances(spots, rows, columns, np.array([place.heart]))[:, 0]
        costs += base / cell * _ON_LAND * land
        costs += _GROWTH * growth / cell
        costs[near * cell > self._over.farthest * base] = np.inf
        best = np.argsort(costs, kind="stable")[:_TRIED]
        best = best[np.isfinite(costs[best])]
        if not len(best):
            return None
        corners, ends = self._corners(spots[best]), place.rim[distances[best].argmin(axis=1)]
        starts, ends = self._leaders(corners, size, ends, place)
        paid = costs[best] * cell + self._tolls(starts, ends, place)
        first = int(paid.argmin())
        if not np.isfinite(paid[first]):
            return None
        led = near[best[first]] * cell > _NEAR * base or land[best[first]] > 0
        at, start, end = _point(corners[first]), _point(starts[first]), _point(ends[first])
        align = (
            Align.LEFT if end.x < at.x + size.width / 2 else Align.RIGHT
        )  # short lines stand at the side of the place
        return _Spot(float(paid[first]), at, align, (start, end) if led else None)

    def _free(self, part: Window, rows: int, columns: int) -> tuple[Spots, NDArray[np.float64]]:
        """Where boxes of so many cells cover nothing and stay within the room, and by how many px the whole grows."""
        ground = self._sea.land if self._over is Over.WATER else self._sea.edges
        blocked = (self._inked | self._taken | ground)[part]
        spots = np.argwhere(within(blocked, rows, columns)[::_STRIDE, ::_STRIDE] == 0) * _STRIDE + part.origin
        corners, used = self._corners(spots), self._used
        far = corners + np.array([columns, rows]) * self._raster.cell - 2 * self._pad
        wide = np.maximum(far[:, 0], used.right) - np.minimum(corners[:, 0], used.x)
        high = np.maximum(far[:, 1], used.bottom) - np.minimum(corners[:, 1], used.y)
        kept = (wide <= self._sea.most.width) & (high <= self._sea.most.height)
        return spots[kept], (wide - used.width + high - used.height)[kept]

    def _spanned(self, size: Size) -> tuple[int, int]:
        """Rows and columns that words take with what is kept free round them."""
        return self._raster.spanned(size.height + 2 * self._pad), self._raster.spanned(size.width + 2 * self._pad)

    def _corners(self, spots: Spots) -> Places:
        """Where the words themselves begin."""
        return spots[:, ::-1] * self._raster.cell + self._pad

    def _leaders(self, corners: Places, size: Size, ends: Spots, place: Place) -> tuple[Places, Places]:
        """From the edges of words to a little way into their place."""
        gap, cell = _GAP * self._page.base, self._raster.cell
        rims = (ends[:, ::-1] + 0.5) * cell
        starts = np.clip(rims, corners - gap, corners + np.array([size.width, size.height]) + gap)
        inwards = np.array(place.heart)[::-1] * cell - rims
        away = np.maximum(np.hypot(*inwards.T), cell)[:, np.newaxis]
        return starts, rims + inwards * np.minimum(1, _INTO * self._page.base / away)

    def _tolls(self, starts: Places, ends: Places, place: Place) -> NDArray[np.float64]:
        """What it costs leaders to cross land and other places, in px; without end where they must cross neither."""
        share = np.linspace(0, 1, _SAMPLES)[:, np.newaxis]
        cells = ((starts[:, np.newaxis] * (1 - share) + ends[:, np.newaxis] * share) / self._raster.cell).astype(int)
        rows, columns = self._raster.shape
        along = np.clip(cells[..., 1], 0, rows - 1), np.clip(cells[..., 0], 0, columns - 1)
        others = self._inked & ~place.ink
        barred = self._taken | (self._sea.land | others if self._over is Over.WATER else False)
        crossed = self._sea.land[along].mean(axis=1) + _ACROSS_PLACE * others[along].mean(axis=1)
        tolls: NDArray[np.float64] = crossed * np.hypot(*(ends - starts).T)
        tolls[barred[along].any(axis=1)] = np.inf
        return tolls

    def _keep(self, words: Placed) -> None:
        at, pad, used = words.at, self._pad, self._used
        box = Box(at.x, at.y, words.item.size.width, words.item.size.height)
        self.words.append(words)
        self._used = used.around(box)
        self._raster.fill(self._taken, box.inset(Insets(-pad, -pad, -pad, -pad)))

    def _lead(self, start: Point, end: Point) -> None:
        left, top = min(start.x, end.x), min(start.y, end.y)
        size = Size(abs(end.x - start.x), abs(end.y - start.y))
        data = f"M{start.x - left:.2f} {start.y - top:.2f}L{end.x - left:.2f} {end.y - top:.2f}"
        path = Path(size, data, self._page.ground.text, stroke=_LEADER * self._page.hairline)
        lane = replace(path, colour=self._page.ground.colour, stroke=_LANE * self._page.hairline)
        self.leaders += [Placed(Point(left, top), lane), Placed(Point(left, top), path)]
        broad = Placed(Point(left, top), replace(path, stroke=2 * self._raster.cell))
        self._taken |= self._raster.inked([broad], self._page.studio)


def _by_size(words: Words, page: Page) -> dict[Size, _Setting]:
    least = page.longest_word(words.label, page.small) + 1
    settings = (_Setting(words, max(least, em * page.small.size), page) for em in _WIDEST)
    return {setting.set(Align.LEFT, page.ground).size: setting for setting in settings}


def _point(place: NDArray[Any]) -> Point:
    return Point(float(place[0]), float(place[1]))


def _distances(spots: Spots, rows: int, columns: int, points: Spots) -> NDArray[np.float64]:
    """(spots, points) distances in cells, from boxes of so many rows and columns to points; 0 inside."""
    top, left = spots[:, :1], spots[:, 1:]
    down = np.maximum(np.maximum(top - points[:, 0], points[:, 0] - (top + rows)), 0)
    across = np.maximum(np.maximum(left - points[:, 1], points[:, 1] - (left + columns)), 0)
    distances: NDArray[np.float64] = np.hypot(down, across)
    return distances
