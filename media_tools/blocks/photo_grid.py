from dataclasses import dataclass
from typing import ClassVar, Literal, Self

from pydantic import Field

from media_tools.blocks import Block, Edge, Leaner, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.crop import crop
from media_tools.layout.frame import Frame, Photograph, Placed
from media_tools.layout.page import Page
from media_tools.spec.geometry import Box, Point, Size
from media_tools.spec.language import Language
from media_tools.spec.picture import Picture

_PATTERNS = {
    2: ("AB", "A/B"),
    3: ("AAB/AAC", "ABC", "AA/AA/BC", "A/B/C"),
    4: ("AB/CD", "AAAB/AAAC/AAAD", "ABCD", "AAA/AAA/AAA/BCD", "A/B/C/D"),
}
"""The ways to share a grid of equal units, row by row: a letter is a photo; of equals the first is taken."""
_GAP = 0.22  # of the base size, between photos
_LEAST = 3.5  # base sizes: the shortest side of a photo
_FLATTEST = 1.8  # width to height of a photo, where all stand in a row
_TALLEST = 1.05  # width to height of the whole


@dataclass(frozen=True, slots=True)
class _Grid:
    """A pattern at a size, in whole px, and the part that each photo shows."""

    cells: tuple[Box, ...]
    parts: tuple[Box, ...]

    @property
    def kept(self) -> float:
        """The share that the most closely cropped photo keeps of itself."""
        return min(part.width * part.height for part in self.parts)


class PhotoGrid(Block):
    """Two to four photos together, each cropped round its subject."""

    rank: ClassVar[int] = 60
    part: ClassVar[Part] = Part.PICTURE

    block: Literal["photo_grid"] = "photo_grid"
    photos: tuple[Picture, ...] = Field(min_length=2, max_length=4, description="The main one first.")

    @classmethod
    def example(cls) -> Self:
        bay = Picture(
            path="bay.jpg",
            focal=(0.6, 0.62),
            alt="A junk under sail on a calm bay at dusk, limestone islands behind it.",
            credit="Illustration: Attaché",
            licence="Apache-2.0",
        )
        crowd = Picture(
            path="crowd.jpg",
            focal=(0.526, 0.5),
            alt="Visitors of all ages, seen from behind, walk towards a lit hall hung with lanterns.",
            credit="Illustration: Attaché",
            licence="Apache-2.0",
        )
        pavilion = Picture(
            path="pavilion.jpg",
            focal=(0.535, 0.47),
            alt="A pavilion with a wide roof stands by the water in the evening.",
            credit="Illustration: Attaché",
            licence="Apache-2.0",
        )
        return cls(photos=(bay, crowd, pavilion))

    def edge(self) -> Edge | None:
        return Edge(self, None)

    def pictures(self) -> tuple[Picture, ...]:
        return self.photos

    def described(self, language: Language, digits: str) -> tuple[str, ...]:  # noqa: ARG002
        return tuple(photo.alt for photo in self.photos if photo.alt)

    def leaner(self) -> Leaner | None:
        if len(self.photos) == min(_PATTERNS):
            return super().leaner()
        what = f"photo {len(self.photos)} of the photo grid"
        return Leaner(55, self.model_copy(update={"photos": self.photos[:-1]}), what)

    def spans(self) -> tuple[int, int]:
        return 5, 12

    def least(self, width: float, page: Page) -> float:
        heights = [_span(down, page) for across, down in map(_units, self._patterns) if _span(across, page) <= width]
        if not heights:
            raise DoesNotFit("The photo grid", _span(1, page), width)
        return max(width / (_FLATTEST * len(self.photos)), min(heights))

    def most(self, width: float, page: Page) -> float:
        return max(width / _TALLEST, self.least(width, page))

    def layout(self, size: Size, page: Page) -> Frame:
        least = self.least(size.width, page)
        if size.height < least - 0.5:
            raise DoesNotFit("The photo grid", least, size.height)
        size = Size(round(size.width), round(size.height))
        grid = max(
            (self._grid(pattern, size, page) for pattern in self._fitting(size, page)), key=lambda grid: grid.kept
        )
        placed = (
            Placed(Point(cell.x, cell.y), Photograph(cell.size, photo.path, part))
            for photo, cell, part in zip(self.photos, grid.cells, grid.parts, strict=True)
        )
        return Frame(size, tuple(placed), self.block)

    @property
    def _patterns(self) -> tuple[str, ...]:
        return _PATTERNS[len(self.photos)]

    def _fitting(self, size: Size, page: Page) -> list[str]:
        """The patterns in which no photo is too small to be seen."""
        return [
            pattern
            for pattern in self._patterns
            if _span(_units(pattern)[0], page) <= size.width + 1 and _span(_units(pattern)[1], page) <= size.height + 1
        ]

    def _grid(self, pattern: str, size: Size, page: Page) -> _Grid:
        cells = _cells(pattern, size, _gap(page))
        facts = [page.studio.facts(photo.path) for photo in self.photos]
        parts = (
            crop(Size(fact.width, fact.height), cell.size, photo.focal)
            for photo, fact, cell in zip(self.photos, facts, cells, strict=True)
        )
        return _Grid(cells, tuple(parts))


def _gap(page: Page) -> int:
    return max(2, round(_GAP * page.base))


def _units(pattern: str) -> tuple[int, int]:
    """How many units a pattern is wide and high."""
    rows = pattern.split("/")
    return len(rows[0]), len(rows)


def _span(units: int, page: Page) -> float:
    """The px that so many photos of the least size take, with the gaps between them."""
    return units * _LEAST * page.base + (units - 1) * _gap(page)


def _cells(pattern: str, size: Size, gap: int) -> tuple[Box, ...]:
    """Where the photos lie, in the order of their letters."""
    rows = pattern.split("/")
    across, down = _units(pattern)
    wide, high = (size.width + gap) / across, (size.height + gap) / down  # a unit and the gap after it
    cells = []
    for letter in sorted(set(pattern) - {"/"}):
        places = [(x, y) for y, row in enumerate(rows) for x, each in enumerate(row) if each == letter]
        (left, top), (right, bottom) = places[0], places[-1]
        start, head = round(left * wide), round(top * high)
        end, foot = round((right + 1) * wide) - gap, round((bottom + 1) * high) - gap
        cells.append(Box(start, head, end - start, foot - head))
    return tuple(cells)
