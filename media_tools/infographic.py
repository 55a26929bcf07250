"""A story as one page: blocks in reading order become a frame for a placement."""

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, field_validator, model_validator

from media_tools import blocks as block_package
from media_tools import themes as theme_package
from media_tools.blocks import Block, Part
from media_tools.blocks.headline import Headline
from media_tools.discover import discover
from media_tools.errors import DoesNotFit, InvalidInput
from media_tools.layout.blank import Told, blank_page
from media_tools.layout.frame import Frame
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.layout.text import Typesetter
from media_tools.pages import Content, richest
from media_tools.platforms import Placement, Use
from media_tools.spec import Spec, Words
from media_tools.spec.brand import Brand
from media_tools.spec.language import Language
from media_tools.spec.link import QRPolicy
from media_tools.spec.own_words import own_word
from media_tools.spec.picture import Picture
from media_tools.themes import Theme, Unsuited

BLOCKS = discover(block_package, Block)  # type: ignore[type-abstract]
THEMES = {name: theme() for name, theme in discover(theme_package, Theme).items()}  # type: ignore[type-abstract]
_FALLBACK = "bulletin"

if TYPE_CHECKING:
    AnyBlock = Block
else:
    AnyBlock = Annotated[reduce(or_, BLOCKS.values()), Field(discriminator="block")]


class Infographic(Spec):
    """A list of blocks in one language, written once; every placement's picture is made from it."""

    version: Literal[1]
    language: str = Field(description="BCP 47 tag of the words, such as en, vi, fr or ar.")
    theme: str = Field(default="", description="Name of a theme; empty for the brand's own.")
    date: Words = Field(default="", max_length=40, description="The day or period that the page speaks of, in words.")
    source: Words = Field(default="", max_length=160, description="Who says so, where no block names its own source.")
    qr: QRPolicy = Field(default=QRPolicy.SECOND_DEVICE, description="Where a QR code is shown; elsewhere its address.")
    blocks: tuple[AnyBlock, ...] = Field(min_length=1, max_length=12, description="What is shown, in reading order.")

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        return Language.parse(value).tag

    @field_validator("theme")
    @classmethod
    def _known_theme(cls, value: str) -> str:
        if value and value not in THEMES:
            raise ValueError(f"'{value}' is not a theme. Use one of {', '.join(THEMES)}.")
        return value

    @model_validator(mode="after")
    def _one_headline(self) -> "Infographic":
        count = sum(block.part is Part.HEADLINE for block in self.blocks)
        if count != 1:
            raise ValueError(f"blocks has {count} headlines. Give the story exactly one.")
        return self

    @property
    def headline(self) -> Headline:
        return next(block for block in self.blocks if isinstance(block, Headline))

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says so, in order of appearance, each once."""
        named = (source for block in self.blocks for source in block.sources())
        return tuple(dict.fromkeys(source for source in (*named, self.source) if source))

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(picture for block in self.blocks for picture in block.pictures())


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A page, and what it could not show."""

    frame: Frame
    page: Page
    theme: str
    left_out: tuple[str, ...]
    """Parts of the story that had no room, in the order in which they went."""
    not_in_theme: tuple[str, ...]
    unsuited: Unsuited | None
    """Why the theme that was asked for could not be used; None when it was."""


def lay_out(story: Infographic, placement: Placement, brand: Brand, typesetter: Typesetter) -> LaidOut:
    """Arrange `story` for `placement`.

    Raises DoesNotFit when headline and source alone have no room at the smallest legible size, and InvalidInput when
    the brand has no names in the story's language.
    """
    content = _content(story, placement)
    if brand.theme not in THEMES:
        raise InvalidInput("brand.theme", f"'{brand.theme}' is not a theme.", f"Use one of {', '.join(THEMES)}.")
    wanted = story.theme or brand.theme
    unsuited = THEMES[wanted].unsuited(content, page_for(story, placement, brand, typesetter, THEMES[wanted]))
    name = _FALLBACK if unsuited else wanted
    page = page_for(story, placement, brand, typesetter, THEMES[name])
    shown = replace(content, blocks=THEMES[name].shown(content))
    dropped = tuple(_words(block) for block in content.blocks if all(block is not kept for kept in shown.blocks))
    frame, left_out = _fullest(shown, THEMES[name], page)
    return LaidOut(mirror(frame) if page.right_to_left else frame, page, name, left_out, dropped, unsuited)


def _fullest(content: Content, theme: Theme, page: Page) -> tuple[Frame, tuple[str, ...]]:
    """A cover keeps its picture while a shorter headline makes room for it; other pages keep by rank alone."""
    choices = (theme.stays | {Part.PICTURE}, theme.stays) if page.use is Use.COVER else (theme.stays,)
    for stays in choices[:-1]:
        with suppress(DoesNotFit):
            return richest(content, stays, lambda content: theme.compose(content, _spending(page, content)))
    return richest(content, choices[-1], lambda content: theme.compose(content, _spending(page, content)))


def page_for(story: Infographic, placement: Placement, brand: Brand, typesetter: Typesetter, theme: Theme) -> Page:
    """The empty page of a placement for a story in a theme."""
    told = Told(story.language, story.qr, story.date)
    return blank_page(told, placement, brand, typesetter, theme.ground(brand))


def _content(story: Infographic, placement: Placement) -> Content:
    others = tuple(block for block in story.blocks if block.part is not Part.HEADLINE)
    if placement.use is Use.COVER:
        others = tuple(block for block in others if block.part is Part.PICTURE)[:1]
    named = story.source or (story.sources[0] if story.sources and placement.use is Use.COVER else "")
    rtl = Language(story.language).right_to_left
    return Content(story.headline, others, named, own_word("source", story.language), story.date, rtl)


def _spending(page: Page, content: Content) -> Page:
    spent = any(block.wears_accent() for block in content.blocks)
    return page.once("accent spent", lambda: replace(page, accent_spent=True, _known={})) if spent else page


def _words(block: Block) -> str:
    return block.block.replace("_", " ")
