from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import reduce
from math import floor, sqrt
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit, InvalidInput
from media_tools.layout.frame import Frame, Photograph, Placed
from media_tools.layout.one_colour import in_one_colour, inked
from media_tools.layout.page import Page
from media_tools.open.drawing import Drawing
from media_tools.spec import Spec, Words
from media_tools.spec.artwork import Artwork
from media_tools.spec.geometry import Box, Point, Size
from media_tools.spec.language import Language
from media_tools.spec.own_words import own_word
from media_tools.spec.picture import Picture

_SIDE = 0.045  # of the short side: two squares of it are the area of a logo
_TALLEST = 0.09  # of the short side
_LONGEST = 12.0  # times the other side
_GAP = 1.7  # base sizes between two logos, at least
_SMALLEST = 0.6  # of their size, so that all stand in one row


class Partner(Spec):
    """Who joins in, and its logo: outlines in one colour, or a picture where it has no such logo."""

    name: Words = Field(min_length=1, max_length=60, description="Its name, for people who cannot see the logo.")
    artwork: Artwork | None = Field(default=None, description="Its logo in one colour, drawn in the page's.")
    picture: Picture | None = Field(default=None, description="Its logo in its own colours, on a transparent ground.")

    @model_validator(mode="after")
    def _one_logo(self) -> Self:
        if (self.artwork is None) == (self.picture is None):
            raise ValueError(f"{self.name} has no logo, or two. Give artwork or a picture.")
        return self


class Logos(Block):
    """The logos of partners in one row, all of one size, over the ministry's own."""

    rank: ClassVar[int] = 95
    part: ClassVar[Part] = Part.PARTNERS

    block: Literal["logos"] = "logos"
    partners: tuple[Partner, ...] = Field(min_length=1, max_length=5, description="In the order agreed with them.")

    @classmethod
    def example(cls) -> Self:
        names = ("Harbour Office", "Lantern Fund", "Coastal Network", "Reef Institute")
        partners = (
            {
                "name": name,
                "artwork": {
                    "path": f"{name.lower().replace(' ', '-')}.svg",
                    "credit": "Drawing: Attaché",
                    "licence": "Apache-2.0",
                },
            }
            for name in names
        )
        return cls.model_validate({"partners": tuple(partners)})

    def pictures(self) -> tuple[Picture, ...]:
        """The logos that are pictures; a partner's name says what they show and whose they are."""
        return tuple(
            partner.picture.model_copy(
                update={
                    "alt": partner.picture.alt or partner.name,
                    "credit": partner.picture.credit or partner.name,
                }
            )
            for partner in self.partners
            if partner.picture
        )

    def artworks(self) -> tuple[Artwork, ...]:
        drawn = ((partner.name, partner.artwork) for partner in self.partners)
        return tuple(
            artwork.model_copy(update={"credit": artwork.credit or name}) for name, artwork in drawn if artwork
        )

    def credits(self) -> tuple[str, ...]:
        """A logo names its owner itself."""
        return ()

    def described(self, language: Language, digits: str) -> tuple[str, ...]:  # noqa: ARG002
        between = language.cldr.list_patterns["standard"]["middle"]
        names = reduce(between.format, (partner.name for partner in self.partners))
        return (f"{own_word('partners', language.tag)} {names}",)

    def least(self, width: float, page: Page) -> float:
        return max(size.height for size in self._sizes(width, page))

    def layout(self, size: Size, page: Page) -> Frame:
        least = self.least(size.width, page)
        if least > size.height + 0.5:
            raise DoesNotFit("The row of logos", least, size.height)
        placed, start = [], 0.0
        for logo, each in zip(self._logos(page), self._sizes(size.width, page), strict=True):
            placed.append(Placed(Point(start, (least - each.height) / 2), logo.set(each, page)))
            start += each.width + _GAP * page.base
        return Frame(Size(size.width, least), tuple(placed), self.block)

    def _sizes(self, width: float, page: Page) -> list[Size]:
        """Of equal areas, smaller where the row is too long. Raises DoesNotFit where they would be too small."""
        area = 2 * (_SIDE * page.short) ** 2
        heights = [min(sqrt(area / logo.ratio), _TALLEST * page.short) for logo in self._logos(page)]
        whole = [Size(logo.ratio * height, height) for logo, height in zip(self._logos(page), heights, strict=True)]
        room = width - (len(whole) - 1) * _GAP * page.base
        wide = sum(size.width for size in whole)
        share = min(1, room / wide)
        if share < _SMALLEST:
            raise DoesNotFit("The row of logos", width - room + _SMALLEST * wide, width)
        return [Size(floor(share * size.width), floor(share * size.height)) for size in whole]

    def _logos(self, page: Page) -> list["_Logo"]:
        return page.once(("logos", self), lambda: [self._logo(index, page) for index in range(len(self.partners))])

    def _logo(self, index: int, page: Page) -> "_Logo":
        partner, field = self.partners[index], f"logos.partners[{index}]"
        if partner.artwork:
            return _Outlines.of(page.studio.artwork(partner.artwork.path), f"{field}.artwork", partner.name)
        if partner.picture:
            return _Raster.of(partner.picture.path, f"{field}.picture", partner.name, page)
        raise TypeError("A partner has one logo.")


class _Logo(ABC):
    """What is left of a logo without the margins round it."""

    ratio: float
    """Width to height."""

    @abstractmethod
    def set(self, size: Size, page: Page) -> Frame: ...


def _ratio(size: Size, field: str, name: str) -> float:
    """Raises InvalidInput for a logo that would be a line."""
    if max(size.width, size.height) > _LONGEST * min(size.width, size.height):
        raise InvalidInput(
            field, f"the logo of {name} is over {_LONGEST:.0f} times as long as it is high, or the other way round.",
            "Give another form of it.",
        )  # fmt: skip
    return size.width / size.height


@dataclass(frozen=True, slots=True)
class _Outlines(_Logo):
    ratio: float
    drawing: Drawing

    @classmethod
    def of(cls, drawing: Drawing, field: str, name: str) -> Self:
        """Raises InvalidInput for a drawing that would not look the same in one colour."""
        remedy = "Give the partner's logo in one colour, or a picture with a transparent ground instead."
        trimmed = in_one_colour(drawing, field, f"the logo of {name}", remedy)
        return cls(_ratio(trimmed.size, field, name), trimmed)

    def set(self, size: Size, page: Page) -> Frame:
        return inked(self.drawing, size, page.ground.text, "logo")


@dataclass(frozen=True, slots=True)
class _Raster(_Logo):
    ratio: float
    path: str
    part: Box

    @classmethod
    def of(cls, path: str, field: str, name: str, page: Page) -> Self:
        """Raises InvalidInput for a picture that would stand in a box."""
        part = page.studio.opaque(path)
        if part is None:
            raise InvalidInput(
                field, f"{path} has no transparent ground, so it would stand in a box.",
                "Give a PNG with a transparent ground, or the logo as artwork.",
            )  # fmt: skip
        facts = page.studio.facts(path)
        return cls(_ratio(Size(facts.width * part.width, facts.height * part.height), field, name), path, part)

    def set(self, size: Size, page: Page) -> Frame:  # noqa: ARG002
        return Frame(size, (Placed(Point(0, 0), Photograph(size, self.path, self.part)),), "logo")
