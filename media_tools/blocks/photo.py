from typing import ClassVar, Literal, Self

from media_tools.blocks import Block, Edge, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.crop import crop
from media_tools.layout.frame import Frame, Photograph, Placed
from media_tools.layout.page import Page
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language
from media_tools.spec.picture import Picture

_FLATTEST = 3.2  # width to height
_LEAST = 4  # base sizes of height
_TALLEST = 1.25


class Photo(Block):
    """A photo or drawing, cropped round its subject."""

    rank: ClassVar[int] = 60
    part: ClassVar[Part] = Part.PICTURE

    block: Literal["photo"] = "photo"
    picture: Picture

    @classmethod
    def example(cls) -> Self:
        picture = Picture(
            path="bay.jpg",
            focal=(0.6, 0.62),
            alt="A junk under sail on a calm bay at dusk, limestone islands behind it.",
            credit="Illustration: Attaché",
            licence="Apache-2.0",
        )
        return cls(picture=picture)

    def edge(self) -> Edge | None:
        return Edge(self, None)

    def pictures(self) -> tuple[Picture, ...]:
        return (self.picture,)

    def described(self, language: Language, digits: str) -> tuple[str, ...]:  # noqa: ARG002
        return (self.picture.alt,) if self.picture.alt else ()

    def least(self, width: float, page: Page) -> float:
        return max(width / _FLATTEST, _LEAST * page.base)

    def most(self, width: float, page: Page) -> float:
        return max(width / _TALLEST, self.least(width, page))

    def layout(self, size: Size, page: Page) -> Frame:
        least = self.least(size.width, page)
        if size.height < least - 0.5:
            raise DoesNotFit("The photo", least, size.height)
        size = Size(round(size.width), round(size.height))
        facts = page.studio.facts(self.picture.path)
        part = crop(Size(facts.width, facts.height), size, self.picture.focal)
        return Frame(size, (Placed(Point(0, 0), Photograph(size, self.picture.path, part)),), self.block)
