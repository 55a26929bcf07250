"""A map: land in the empty tint, the places that it speaks of in the brand's colour, each with its words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from media_tools.charts.map_labels import CELL, Over, Place, Sea, Words, placed_labels
from media_tools.layout.disc import disc
from media_tools.layout.frame import Frame, Path, Placed
from media_tools.layout.page import Page
from media_tools.layout.silhouette import Cells, Raster
from media_tools.open.drawing import Drawing, Kind, Shape
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Box, Point, Size

WATER = "water"
"""Areas of this name are drawn as the sea is: lakes that lie over the land."""
_SHARES = (1.0, 0.9, 0.8, 0.7, 0.6)  # of the room: the map is as large as its words leave it
_LARGER = 3  # power of the share: how much a larger map is worth, where words stand on land in any
_DOT, _RING, _QUIET_DOT = 0.62, 0.92, 0.3  # of the base size: marked points with the ground round them, and others
_SEEN = 8  # cells of a place's ink, under which it is too small
_LINE, _MARKED_LINE, _BORDER = 1.0, 2.6, 1.2  # hairlines


class Mark(NamedTuple):
    """A place that the map speaks of."""

    shapes: tuple[Shape, ...]
    words: Words


def atlas(drawing: Drawing, marks: Sequence[Mark], room: Size, page: Page) -> Frame | None:
    """The map with its words, as wide as `room` and at most as high; None where the words have no place."""
    plans = [_Plan(drawing, tuple(marks), room, share, page) for share in _SHARES]
    words = [mark.words for mark in marks]
    for plan in plans:
        labels = placed_labels(words, plan.sea, Over.WATER, page)
        if labels:
            return _framed((*plan.drawn, *labels.items), plan.box, room.width)
    found = [(labels, plan) for plan in plans if (labels := placed_labels(words, plan.sea, Over.LAND, page))]
    if not found:
        return None
    labels, plan = min(found, key=lambda each: each[0].cost / each[1].share ** _LARGER)
    return _framed((*plan.drawn, *labels.items), plan.box, room.width)


def _framed(items: Sequence[Placed], box: Box, width: float) -> Frame:
    """The items in the middle of the width; what lies above and below them is cut off."""
    for placed in items:
        size = placed.item.size
        box = box.around(Box(placed.at.x, placed.at.y, size.width, size.height))
    left = (width - box.width) / 2 - box.x
    moved = tuple(Placed(Point(placed.at.x + left, placed.at.y - box.y), placed.item) for placed in items)
    return Frame(Size(width, box.height), moved, "atlas")


@dataclass(frozen=True)
class _Plan:
    """The map without its words, at a share of the room, with as much free room all round as they may take."""

    drawing: Drawing
    marks: tuple[Mark, ...]
    room: Size
    share: float
    page: Page

    @cached_property
    def sea(self) -> Sea:
        places = tuple(map(Place, self._places))
        edges = self._raster.inked([self._edges], self.page.studio)
        return Sea(self._raster, places, self._land, edges, self.box, self.room)

    @property
    def box(self) -> Box:
        """Where the map itself lies."""
        return Box(self._at.x, self._at.y, self._size.width, self._size.height)

    @property
    def _raster(self) -> Raster:
        around = Size(2 * self.room.width - self._size.width, 2 * self.room.height - self._size.height)
        return Raster(around, CELL * self.page.base)

    @property
    def drawn(self) -> tuple[Placed, ...]:
        """Shapes in the order of the drawing, then borders in the colour of the ground, and dots."""
        shapes = (self._placed(shape, self._colour(shape)) for shape in self.drawing.shapes)
        dots = (dot for mark in self.marks for dot in self._dots(mark))
        return (*shapes, self._edges, *dots)

    @property
    def _edges(self) -> Placed:
        """Coasts and borders."""
        outlines = "".join(shape.data for shape in self.drawing.shapes if self._is_land(shape))
        stroke = _BORDER * self.page.hairline
        return Placed(self._at, Path(self._size, outlines, self.page.ground.colour, stroke=stroke, scale=self._scale))

    @cached_property
    def _places(self) -> tuple[Cells, ...]:
        """The ink of each mark."""
        return tuple(
            self._raster.inked([*self._marked(mark), *self._dots(mark)], self.page.studio) & ~self._flooded(mark)
            for mark in self.marks
        )

    def _flooded(self, mark: Mark) -> Cells:
        """The ink of water that lies over a mark."""
        last = max(self.drawing.shapes.index(shape) for shape in mark.shapes)
        over = (shape for shape in self.drawing.shapes[last:] if shape in self._water)
        return self._raster.inked((self._placed(shape, self.page.ground.colour) for shape in over), self.page.studio)

    @cached_property
    def _land(self) -> Cells:
        """The ink of areas that are not marked."""
        shapes = (shape for shape in self.drawing.shapes if self._is_land(shape) and shape not in self._all_marked)
        return self._raster.inked((self._placed(shape, self.page.ground.empty) for shape in shapes), self.page.studio)

    @cached_property
    def _all_marked(self) -> frozenset[Shape]:
        return frozenset(shape for mark in self.marks for shape in mark.shapes)

    @cached_property
    def _water(self) -> frozenset[Shape]:
        return frozenset(self.drawing.named(WATER)) - self._all_marked

    @property
    def _scale(self) -> float:
        """Px to a unit of the drawing."""
        size = self.drawing.size
        return self.share * min(self.room.width / size.width, self.room.height / size.height)

    @property
    def _size(self) -> Size:
        return Size(self.drawing.size.width * self._scale, self.drawing.size.height * self._scale)

    @property
    def _at(self) -> Point:
        return Point(self.room.width - self._size.width, self.room.height - self._size.height)

    def _is_land(self, shape: Shape) -> bool:
        return shape.kind is Kind.AREA and shape not in self._water

    def _colour(self, shape: Shape) -> Colour:
        ground = self.page.ground
        if shape in self._all_marked:
            return ground.strong
        if shape in self._water:
            return ground.colour
        return ground.empty if shape.kind is Kind.AREA else ground.line

    def _placed(self, shape: Shape, colour: Colour) -> Placed:
        is_marked = shape in self._all_marked
        if shape.kind is Kind.POINT:
            return self._dot(shape, _DOT if is_marked else _QUIET_DOT, colour)
        stroke = (_MARKED_LINE if is_marked else _LINE) * self.page.hairline if shape.kind is Kind.LINE else None
        path = Path(self._size, shape.data, colour, stroke=stroke, scale=self._scale, even_odd=shape.even_odd)
        return Placed(self._at, path)

    def _dot(self, shape: Shape, bases: float, colour: Colour) -> Placed:
        box, diameter = shape.box, bases * self.page.base
        across, down = ((box.x + box.right) / 2, (box.y + box.bottom) / 2)
        at = Point(self._at.x + self._scale * across, self._at.y + self._scale * down)
        return Placed(Point(at.x - diameter / 2, at.y - diameter / 2), disc(diameter, colour))

    def _marked(self, mark: Mark) -> list[Placed]:
        return [self._placed(shape, self.page.ground.strong) for shape in mark.shapes]

    def _dots(self, mark: Mark) -> list[Placed]:
        """Ringed dots for points, which may lie in another place, and for a place that is too small to be seen."""
        points = [shape for shape in mark.shapes if shape.kind is Kind.POINT]
        if not points and self._raster.inked(self._marked(mark), self.page.studio).sum() < _SEEN:
            points = [max(mark.shapes, key=lambda shape: shape.box.width * shape.box.height)]
        ground = self.page.ground
        return [self._dot(at, *look) for at in points for look in ((_RING, ground.colour), (_DOT, ground.strong))]
