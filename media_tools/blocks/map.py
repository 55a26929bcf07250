from difflib import get_close_matches
from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator

from media_tools.blocks import Block, Leaner, Part
from media_tools.charts.atlas import Mark, atlas
from media_tools.charts.map_labels import Words as Label
from media_tools.charts.surround import Surround
from media_tools.errors import DoesNotFit, InvalidInput
from media_tools.layout.frame import Frame
from media_tools.layout.page import Page
from media_tools.open.drawing import Drawing
from media_tools.spec import Spec, Words
from media_tools.spec.artwork import Artwork
from media_tools.spec.figure import Amount, written_number
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language

_LOWEST = 0.28  # of the short side: a lower map shows nothing
_TALLEST = 1.1  # of the width
_TRIED = 8  # steps from the lowest to the highest, of which one is found that has room for all words
_NAMED = 8  # names of the artwork that are told where none is like the one that was given


class MapPlace(Spec):
    """One place that is highlighted."""

    place: str = Field(min_length=1, description="Its name or id in the artwork.")
    label: Words = Field(min_length=1, max_length=40, description="What it is called on the page.")
    value: Amount | None = Field(default=None, description="Its amount, where the map shows amounts.")


class Map(Block):
    """Places on a map that was approved, each with its name beside it, and an amount where there is one."""

    rank: ClassVar[int] = 50
    part: ClassVar[Part] = Part.CHART

    block: Literal["map"] = "map"
    title: Words = Field(default="", max_length=80, description="What is shown, in which unit, in which period.")
    artwork: Artwork
    places: tuple[MapPlace, ...] = Field(min_length=1, max_length=8, description="What matters most first.")
    as_of: Words = Field(default="", max_length=40, description="The day or period that the amounts describe.")
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")

    @field_validator("artwork")
    @classmethod
    def _approved(cls, value: Artwork) -> Artwork:
        if not value.approved_by:
            raise ValueError("is a map that nobody approved. Say who did, in artwork.approved_by.")
        return value

    @field_validator("places")
    @classmethod
    def _each_once(cls, value: tuple[MapPlace, ...]) -> tuple[MapPlace, ...]:
        named = [place.place for place in value]
        if twice := next((name for name in named if named.count(name) > 1), None):
            raise ValueError(f"has {twice!r} twice. Say all of it in one label.")
        return value

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "title": "Calls answered, first half of 2026",
                "artwork": {
                    "path": "island.svg",
                    "credit": "Map: Attaché, of an invented island",
                    "licence": "Apache-2.0",
                    "approved_by": "Nobody's ministry",
                    "as_of": "2026",
                },
                "places": (
                    {"place": "Northern coast", "label": "Northern coast", "value": 412},
                    {"place": "Delta", "label": "Delta", "value": 268},
                    {"place": "Islands", "label": "Islands", "value": 97},
                ),
                "source": "Harbour Office, 2026",
            }
        )

    def leaner(self) -> Leaner | None:
        if len(self.places) == 1:
            return super().leaner()
        what = f"place “{self.places[-1].label}” of the map"
        return Leaner(30, self.model_copy(update={"places": self.places[:-1]}), what)

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def artworks(self) -> tuple[Artwork, ...]:
        return (self.artwork,)

    def needs_source(self) -> bool:
        return any(place.value is not None for place in self.places)

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        title = f"{self.title} ({self.as_of})" if self.title and self.as_of else self.title or self.as_of
        amounts = (_said(place, language, digits) for place in self.places)
        return tuple(words for words in (title, *amounts) if words)

    def spans(self) -> tuple[int, int]:
        return 5, 12

    def least(self, width: float, page: Page) -> float:
        return self._head(width, page).height + self._lowest(width, page).size.height

    def most(self, width: float, page: Page) -> float:
        return max(self._head(width, page).height + self._tallest(width, page), self.least(width, page))

    def layout(self, size: Size, page: Page) -> Frame:
        head, lowest = self._head(size.width, page), self._lowest(size.width, page)
        least = head.height + lowest.size.height
        if least > size.height + 0.5:
            raise DoesNotFit("The map", least, size.height)
        height = min(size.height - head.height, self._tallest(size.width, page))
        larger = self._drawn(Size(size.width, height), page) if height > lowest.size.height else None
        return head.around(larger or lowest, self.block)

    def _lowest(self, width: float, page: Page) -> Frame:
        """The lowest map in which every place has room for its words. Raises DoesNotFit where none has."""
        return page.once(("map", self, width), lambda: self._find_lowest(width, page))

    def _find_lowest(self, width: float, page: Page) -> Frame:
        least, most = _LOWEST * page.short, self._tallest(width, page)
        found = self._drawn(Size(width, most), page)
        if found is None:
            raise DoesNotFit("The map", None, most)
        low, high = 0, _TRIED
        while low < high:
            step = (low + high) // 2
            frame = self._drawn(Size(width, least * (most / least) ** (step / _TRIED)), page)
            low, high, found = (step + 1, high, found) if frame is None else (low, step, frame)
        return found

    def _tallest(self, width: float, page: Page) -> float:
        size = self._drawing(page).size
        return max(_LOWEST * page.short, width * min(_TALLEST, size.height / size.width))

    def _drawn(self, room: Size, page: Page) -> Frame | None:
        drawing = self._drawing(page)
        marks = [self._mark(index, drawing, page) for index in range(len(self.places))]
        return atlas(drawing, marks, room, page)

    def _drawing(self, page: Page) -> Drawing:
        return page.studio.artwork(self.artwork.path)

    def _mark(self, index: int, drawing: Drawing, page: Page) -> Mark:
        place = self.places[index]
        shapes = drawing.named(place.place)
        if not shapes:
            raise InvalidInput(
                f"map.places[{index}].place", f"{place.place!r} is in no name of {self.artwork.path}.",
                _remedy(place.place, drawing.names),
            )  # fmt: skip
        value = ""
        if place.value is not None:
            value = page.amount(" ".join(written_number(place.value, page.language, page.digits)).strip())
        return Mark(shapes, Label(place.label, value))

    def _head(self, width: float, page: Page) -> Surround:
        apart = self.as_of and self.as_of != page.date
        title = f"{self.title} ({self.as_of})" if self.title and apart else self.title
        return Surround.of(title, "", width, page)


def _said(place: MapPlace, language: Language, digits: str) -> str:
    if place.value is None:
        return place.label
    return f"{place.label}: {' '.join(written_number(place.value, language, digits)).strip()}"


def _remedy(name: str, names: tuple[str, ...]) -> str:
    if not names:
        return "Give its shapes ids or titles in the drawing program."
    folded = {known.casefold(): known for known in reversed(names)}
    near = [folded[each] for each in get_close_matches(name.casefold(), folded, n=4, cutoff=0.5)]
    return f"Use {' or '.join(near)}." if near else f"Use one of its names: {', '.join(names[:_NAMED])} …"
