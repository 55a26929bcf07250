"""How blocks share a page: one composition a file."""

from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

from media_tools.blocks import Block, Part
from media_tools.layout.frame import Frame
from media_tools.layout.page import Page
from media_tools.pages import Content
from media_tools.spec.brand import Brand
from media_tools.spec.colour import Colour


class Unsuited(NamedTuple):
    """Why a theme cannot be used, as the end of a sentence, and what would make it usable, as the beginning of one."""

    why: str
    remedy: str


class Theme(ABC):
    """A composition for every shape of page."""

    parts: ClassVar[frozenset[Part]]
    """The kinds of block it shows; a story's other blocks are left out, and a finding says so."""

    stays: ClassVar[frozenset[Part]] = frozenset()
    """The kinds of block that it cannot do without, besides the headline."""

    sans: ClassVar[bool] = False
    """Whether its titles and figures are in the brand's text face."""

    @abstractmethod
    def ground(self, brand: Brand) -> Colour:
        """The colour that text stands on."""

    @abstractmethod
    def compose(self, content: Content, page: Page) -> Frame:
        """The page, laid out left to right. Raises DoesNotFit when the content has to be leaner."""

    def shown(self, content: Content) -> tuple[Block, ...]:
        """The blocks that it shows, of those there are."""
        return content.of(*self.parts)

    def unsuited(self, content: Content, page: Page) -> Unsuited | None:
        """Why the theme cannot be used for this content on this page; None when it can."""
        del content, page
        return None
