"""Where drawn outlines have ink, in square cells: what words must keep clear of, or can stand in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from media_tools.layout.frame import Path, Placed
from media_tools.spec.geometry import Box, Size
from media_tools.studio import Studio

_INKED = 64  # of 255: a cell that is covered by a quarter counts as covered

type Cells = NDArray[np.bool_]
"""(rows, columns) of a room: which of them are covered."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A room in cells of `cell` px."""

    room: Size
    cell: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of whole cells."""
        return max(1, int(self.room.height / self.cell)), max(1, int(self.room.width / self.cell))

    def empty(self) -> Cells:
        return np.zeros(self.shape, np.bool_)

    def inked(self, paths: Iterable[Placed], studio: Studio) -> Cells:
        """The cells that paths cover."""
        rows, columns = self.shape
        pixels = np.zeros((rows, columns), np.uint8)
        info = skia.ImageInfo.MakeA8(columns, rows)
        canvas = skia.Surface.MakeRasterDirect(info, pixels, pixels.strides[0]).getCanvas()
        canvas.scale(1 / self.cell, 1 / self.cell)
        for placed in paths:
            _ink(canvas, placed, studio)
        return pixels > _INKED

    def spanned(self, length: float) -> int:
        """How many cells cover `length` px wherever they begin."""
        return int(np.ceil(length / self.cell)) + 1

    def fill(self, cells: Cells, box: Box) -> None:
        """Cover every cell that `box` touches."""
        top, left = (max(0, int(edge / self.cell)) for edge in (box.y, box.x))
        cells[top : int(np.ceil(box.bottom / self.cell)), left : int(np.ceil(box.right / self.cell))] = True


def _ink(canvas: skia.Canvas, placed: Placed, studio: Studio) -> None:
    path = placed.item
    if not isinstance(path, Path):
        raise TypeError(f"There is no silhouette of {type(path).__name__}.")
    paint = skia.Paint(AntiAlias=True)
    if path.stroke is not None:
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(path.stroke / path.scale)
    canvas.save()
    canvas.translate(placed.at.x, placed.at.y)
    canvas.scale(path.scale, path.scale)
    canvas.drawPath(studio.outline(path.data, even_odd=path.even_odd), paint)
    canvas.restore()


def within(cells: Cells, rows: int, columns: int) -> NDArray[np.int64]:
    """How many covered cells each box of so many rows and columns has, by its top left cell; empty if none fits."""
    height, width = cells.shape
    if rows > height or columns > width:
        return np.zeros((0, 0), np.int64)
    total = np.pad(cells.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    return total[rows:, columns:] - total[:-rows, columns:] - total[rows:, :-columns] + total[:-rows, :-columns]


class Window(NamedTuple):
    """A part of a room's cells."""

    rows: slice
    columns: slice

    @property
    def origin(self) -> tuple[int, int]:
        return self.rows.start, self.columns.start


def window(cells: Cells, rows: int = 0, columns: int = 0) -> Window:
    """The part that covered cells lie in, with so many rows and columns more all round; everything for none."""
    inked = [np.flatnonzero(cells.any(axis=axis)) for axis in (1, 0)]
    if not len(inked[0]):
        return Window(slice(0, cells.shape[0]), slice(0, cells.shape[1]))
    spans = zip(inked, (rows, columns), strict=True)
    return Window(*(slice(max(0, int(each[0]) - more), int(each[-1]) + 1 + more) for each, more in spans))


def heart(cells: Cells) -> tuple[float, float]:
    """Row and column of the middle of the largest square of covered cells; of all cells where none is covered."""
    low, high, found = 1, min(cells.shape), (cells.shape[0] / 2, cells.shape[1] / 2)
    while low <= high:
        side = (low + high) // 2
        whole = np.argwhere(within(cells, side, side) == side * side)
        if len(whole):
            row, column = whole[np.abs(whole - whole.mean(axis=0)).sum(axis=1).argmin()]
            low, found = side + 1, (float(row) + side / 2, float(column) + side / 2)
        else:
            high = side - 1
    return found


def rim(cells: Cells, most: int) -> NDArray[np.int64]:
    """Rows and columns of at most `most` covered cells beside uncovered ones, evenly taken."""
    inner = np.pad(cells, 1)
    kept = inner[:-2, 1:-1] & inner[2:, 1:-1] & inner[1:-1, :-2] & inner[1:-1, 2:]
    edge = np.argwhere(cells & ~kept)
    return edge[:: max(1, -(-len(edge) // most))]
