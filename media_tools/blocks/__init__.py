"""The parts an infographic is built of, one a file. A new file here is a new block everywhere."""

from abc import abstractmethod
from enum import StrEnum
from typing import ClassVar, NamedTuple, Self

from pydantic import Field

from media_tools.layout.frame import Frame
from media_tools.layout.page import Meaning, Page
from media_tools.spec import Spec
from media_tools.spec.artwork import Artwork
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language
from media_tools.spec.link import Link
from media_tools.spec.picture import Picture


class Part(StrEnum):
    """What a block does on a page; themes choose and arrange by this."""

    HEADLINE = "headline"
    FIGURES = "figures"
    PICTURE = "picture"
    CHART = "chart"
    CALL = "call"
    PARTNERS = "partners"


class Leaner(NamedTuple):
    """What a block can do without: how much it matters, what is left of the block, and its name."""

    rank: int
    remains: "Block | None"
    what: str


class Edge(NamedTuple):
    """What of a block may run over the page's edge, as a block of its own, and what is left to stand beside it."""

    picture: "Block"
    rest: "Block | None"


class Block(Spec):
    """One part of a story. Subclasses are frozen values that say how high they are and lay themselves out.

    `rank` says how long the block stays when room is short: the lowest goes first. The module's name is the stored
    name of the block, for ever.
    """

    block: str
    key: str = Field(default="", max_length=64, description="A name for overrides, unlike those of other blocks.")
    rank: ClassVar[int]
    part: ClassVar[Part]
    headline_steps_down: ClassVar[int] = 0
    """How many steps the headline gives way where this is all that it rests on, and leads in its stead."""

    @classmethod
    @abstractmethod
    def example(cls) -> Self:
        """A block filled in as an editor would, on invented matter."""

    @abstractmethod
    def least(self, width: float, page: Page) -> float:
        """The smallest height in px at which everything is legible, `width` px wide."""

    def most(self, width: float, page: Page) -> float:
        """The height in px past which more room would not help."""
        return self.least(width, page)

    def broad(self) -> bool:
        """Whether it reads best as wide as the page, where others stand beside the headline."""
        return False

    def spans(self) -> tuple[int, int]:
        """Of the twelve columns of a printed page, the fewest and the most that it is set across."""
        return 4, 12

    @abstractmethod
    def layout(self, size: Size, page: Page) -> Frame:
        """The block arranged in at most `size`. Raises DoesNotFit below its least height."""

    def edge(self) -> Edge | None:
        """The block parted in two, where it has a picture that may reach the page's edge."""
        return None

    def leaner(self) -> Leaner | None:
        """The next thing to leave out; None when nothing may go."""
        return Leaner(self.rank, None, self.block.replace("_", " "))

    def sources(self) -> tuple[str, ...]:
        return ()

    def pictures(self) -> tuple[Picture, ...]:
        return ()

    def artworks(self) -> tuple[Artwork, ...]:
        return ()

    def credits(self) -> tuple[str, ...]:
        """Who made its pictures and drawings, as they must be named beside them."""
        pictures = (picture.credit for picture in self.pictures())
        return (*pictures, *(artwork.credit for artwork in self.artworks()))

    def links(self) -> tuple[Link, ...]:
        return ()

    def needs_source(self) -> bool:
        """Whether it shows an amount, which nobody should publish without saying who counted."""
        return False

    def fully_sourced(self) -> bool:
        """Whether each of its amounts names its own source."""
        return bool(self.sources())

    def described(self, language: Language, digits: str) -> tuple[str, ...]:  # noqa: ARG002
        """What it shows, as sentences for people who cannot see it; `digits` is a CLDR numbering system."""
        return ()

    def accent_means(self) -> Meaning | None:
        """What it says in the accent colour, where the page has the accent free for that; None when nothing is."""
        return None
