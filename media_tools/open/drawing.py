"""Drawn artwork once it is open: named outlines on a page of one known size, whatever units the file had."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from math import isfinite
from typing import Self

from fontTools.pens.basePen import BasePen
from pydantic import TypeAdapter, ValidationError

from media_tools.open.outline import outline
from media_tools.spec import Words
from media_tools.spec.geometry import Box, Size

SIDE = 1000.0  # units of the longer side of every drawing
MOST_POINTS = 60_000  # a coast of 10,000 km at one point a 200 m; opening these and drawing them takes a second
_FARTHEST = 1e6  # units: what lies farther out is a mistake, and would be lost in rounding
_LONGEST_NAME = 120  # characters
_MOST_NAMES = 500  # of one part: some files give each language's

type Place = tuple[float, float]

_PLACE = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
_WORDS: TypeAdapter[str] = TypeAdapter(Words)


class Refused(Exception):
    """What is wrong with a file and what to do about it, before the door adds which file it is."""

    def __init__(self, why: str, remedy: str) -> None:
        self.why, self.remedy = why, remedy
        super().__init__(why, remedy)


class Kind(StrEnum):
    AREA = "area"
    LINE = "line"
    POINT = "point"
    """Its data is the place alone: M x y."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One outline as SVG path data of absolute M, L, C and Z in units of the drawing, and the names that it goes by."""

    kind: Kind
    data: str
    box: Box
    """Round its points, those too that only pull at its curves."""
    names: tuple[str, ...] = ()
    even_odd: bool = False
    """Whether what is enclosed twice is a hole."""
    colours: frozenset[str] = frozenset()
    """What it was drawn in."""
    stroked: bool = False
    """Whether its outline was drawn as well, or alone."""

    def moved(self, x: float, y: float) -> Self:
        """The same so many units to the right and down."""
        box = Box(self.box.x + x, self.box.y + y, self.box.width, self.box.height)

        def move(found: re.Match[str]) -> str:
            return f"{_rounded(float(found[1]) + x):g} {_rounded(float(found[2]) + y):g}"

        return replace(self, data=_PLACE.sub(move, self.data), box=box)


@dataclass(frozen=True)
class Drawing:
    """Shapes on a page whose longer side is SIDE, from its top left, what lies lowest first."""

    size: Size
    shapes: tuple[Shape, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Everything that has a name, in the order of the drawing."""
        return tuple(dict.fromkeys(name for shape in self.shapes for name in shape.names))

    @cached_property
    def trimmed(self) -> Self:
        """The same without the margins round its ink."""
        found = [outline(shape.data).computeTightBounds() for shape in self.shapes]
        left, top = min(box.left() for box in found), min(box.top() for box in found)
        size = Size(max(box.right() for box in found) - left, max(box.bottom() for box in found) - top)
        return replace(self, size=size, shapes=tuple(shape.moved(-left, -top) for shape in self.shapes))

    def named(self, name: str) -> tuple[Shape, ...]:
        """The shapes that go by `name`, in whatever case and with blanks written as in ids."""
        return tuple(self._named.get(_plain(name), ()))

    @cached_property
    def _named(self) -> dict[str, list[Shape]]:
        found: dict[str, list[Shape]] = {}
        for shape in self.shapes:
            for name in {_plain(name) for name in shape.names}:
                found.setdefault(name, []).append(shape)
        return found


def _plain(name: str) -> str:
    """How names are compared: North_Coast, north coast and Illustrator's North_x20_Coast are one."""
    return " ".join(name.casefold().replace("_x20_", " ").replace("_", " ").split())


def readable_names(names: Sequence[object]) -> tuple[str, ...]:
    """Those that say something, each once. Raises Refused for one that is too long or hides a character."""
    if len(names) > _MOST_NAMES:
        raise Refused(f"has a part with {len(names)} names.", "Take classes and titles that name nothing out of it.")
    said = dict.fromkeys(" ".join(str(name).split()) for name in names if name is not None)
    for name in said:
        if len(name) > _LONGEST_NAME:
            raise Refused(f"has a name of {len(name)} characters.", f"Give names of at most {_LONGEST_NAME}.")
        try:
            _WORDS.validate_python(name)
        except ValidationError as error:
            raise Refused("has a name with a character that cannot be seen.", "Write the name anew.") from error
    return tuple(name for name in said if name)


class Plotter(BasePen):  # type: ignore[misc]
    """A pen that writes path data for one shape after another, and counts the points of all."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._places: list[Place] = []
        self._count = 0
        self._curved = False

    def take(self) -> tuple[str, Box, bool]:
        """The data since the last call, a box around its points, and whether it is a plain rectangle."""
        data, box, corners = "".join(self._parts), _around(self._places), set(self._places)
        square = {(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)}
        plain = not self._curved and self._parts.count("Z") <= 1 and corners == square
        self._parts, self._places, self._curved = [], [], False
        return data, box, plain

    def _moveTo(self, point: Place) -> None:  # noqa: N802
        self._parts.append(f"M{self._written(point)}")

    def _lineTo(self, point: Place) -> None:  # noqa: N802
        self._parts.append(f"L{self._written(point)}")

    def _curveToOne(self, first: Place, second: Place, end: Place) -> None:  # noqa: N802
        self._curved = True
        self._parts.append(f"C{self._written(first)} {self._written(second)} {self._written(end)}")

    def _closePath(self) -> None:  # noqa: N802
        self._parts.append("Z")

    def _written(self, point: Place) -> str:
        self._count += 1
        if self._count > MOST_POINTS:
            raise Refused(
                f"has more than {MOST_POINTS} points.",
                "Simplify its outlines, in Mapshaper or with the drawing program's own command, and export it again.",
            )
        x, y = (_rounded(value) for value in point)
        self._places.append((x, y))
        return f"{x:g} {y:g}"


def _rounded(value: float) -> float:
    """To a hundred thousandth of the longer side: a twentieth of a px on an A3 sheet."""
    if not isfinite(value) or abs(value) > _FARTHEST:
        raise Refused("has numbers that are too large to draw.", "Export it again from the program that made it.")
    return round(value, 2) + 0.0  # no minus zero


def _around(places: Sequence[Place]) -> Box:
    if not places:
        return Box(0, 0, 0, 0)
    left, top = min(x for x, _ in places), min(y for _, y in places)
    return Box(left, top, max(x for x, _ in places) - left, max(y for _, y in places) - top)
