"""A story as one page: blocks in reading order become a frame for a placement."""

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import reduce
from itertools import count
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
from media_tools.pages import Content, Richest, richest
from media_tools.platforms import Placement, placements
from media_tools.spec import Spec, Words
from media_tools.spec.artwork import Artwork
from media_tools.spec.brand import Brand
from media_tools.spec.language import Language
from media_tools.spec.link import QRPolicy
from media_tools.spec.override import Override
from media_tools.spec.own_words import own_word
from media_tools.spec.picture import Picture, with_pictures
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
    carousel: bool = Field(
        default=True,
        description="Whether what one page cannot hold goes on more slides where the platform has them.",
    )
    blocks: tuple[AnyBlock, ...] = Field(min_length=1, max_length=12, description="What is shown, in reading order.")
    overrides: tuple[Override, ...] = Field(default=(), description="What single placements show in another way.")

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

    @model_validator(mode="after")
    def _overrides_name_what_is_there(self) -> "Infographic":
        keys = [block.key for block in self.blocks if block.key]
        slots = [override.placement for override in self.overrides]
        for twice, what in ((keys, "blocks have the key"), (slots, "overrides are of")):
            named = next((name for name in twice if twice.count(name) > 1), None)
            if named is not None:
                raise ValueError(f"{twice.count(named)} {what} '{named}'. Keep one.")
        for override in self.overrides:
            self._check(override, keys)
        return self

    def _check(self, override: Override, keys: list[str]) -> None:
        if override.placement not in placements():
            raise ValueError(f"overrides name '{override.placement}', which is no placement of the sheet.")
        unknown = {*override.hidden, *override.order, *(crop.block for crop in override.crops)} - set(keys)
        if unknown:
            raise ValueError(
                f"the override of {override.placement} names '{min(unknown)}', and no block has that key. Take it out."
            )
        if self.headline.key and self.headline.key in override.hidden:
            raise ValueError(f"the override of {override.placement} hides the headline. Give it another one instead.")

    def on(self, placement: str) -> "Infographic":
        """The story as this placement is to show it."""
        override = next((each for each in self.overrides if each.placement == placement), None)
        return self if override is None else self.model_copy(update={"blocks": _overridden(self.blocks, override)})

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

    @property
    def artworks(self) -> tuple[Artwork, ...]:
        return tuple(artwork for block in self.blocks for artwork in block.artworks())


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A page, and what it could not show."""

    frame: Frame
    page: Page
    theme: str
    shown: Content
    left_out: tuple[str, ...]
    """Parts of the story that had no room, in the order in which they went."""
    not_in_theme: tuple[str, ...]
    unsuited: Unsuited | None
    """Why the theme that was asked for could not be used; None when it was."""


def lay_out(story: Infographic, placement: Placement, brand: Brand, typesetter: Typesetter) -> LaidOut:
    """Arrange `story` for `placement` on one page.

    Raises DoesNotFit when headline and source alone have no room at the smallest legible size, and InvalidInput when
    the brand has no names in the story's language.
    """
    story = story.on(placement.name)
    content = content_of(story, placement)
    if brand.theme not in THEMES:
        raise InvalidInput("brand.theme", f"'{brand.theme}' is not a theme.", f"Use one of {', '.join(THEMES)}.")
    wanted = story.theme or brand.theme
    unsuited = THEMES[wanted].unsuited(content, page_for(story, placement, brand, typesetter, THEMES[wanted]))
    name = _FALLBACK if unsuited else wanted
    page = page_for(story, placement, brand, typesetter, THEMES[name])
    shown = replace(content, blocks=THEMES[name].shown(content))
    dropped = tuple(_words(block) for block in content.blocks if not shown.shows(block))
    frame, kept, left_out = _fullest(shown, THEMES[name], page)
    return LaidOut(mirror(frame) if page.right_to_left else frame, page, name, kept, left_out, dropped, unsuited)


def _fullest(content: Content, theme: Theme, page: Page) -> Richest:
    """What is seen in passing keeps its picture while a shorter headline makes room for it; the rest keep by rank."""
    choices = (theme.stays | {Part.PICTURE}, theme.stays) if page.use.at_a_glance else (theme.stays,)
    for stays in choices[:-1]:
        with suppress(DoesNotFit):
            return richest(content, stays, lambda content: theme.compose(content, spending(page, content)))
    return richest(content, choices[-1], lambda content: theme.compose(content, spending(page, content)))


def page_for(story: Infographic, placement: Placement, brand: Brand, typesetter: Typesetter, theme: Theme) -> Page:
    """The empty page of a placement for a story in a theme."""
    told = Told(story.language, story.qr, story.date)
    return blank_page(told, placement, brand, typesetter, theme.ground(brand))


def content_of(story: Infographic, placement: Placement) -> Content:
    """What there is to show, before anything has to go: of what is seen in passing, headline and one picture."""
    others = tuple(block for block in story.blocks if block.part is not Part.HEADLINE)
    if placement.use.at_a_glance:
        others = tuple(block for block in others if block.part is Part.PICTURE)[:1]
    named = story.source or (story.sources[0] if story.sources and placement.use.at_a_glance else "")
    rtl = Language(story.language).right_to_left
    return Content(story.headline, others, named, own_word("source", story.language), story.date, rtl)


def spending(page: Page, content: Content) -> Page:
    """The page on which the accent means what the first block that wears it means by it."""
    meaning = next((meaning for block in content.blocks if (meaning := block.accent_means())), None)
    return page.meaning(meaning) if meaning else page


def _words(block: Block) -> str:
    return block.block.replace("_", " ")


def _overridden(blocks: tuple[Block, ...], override: Override) -> tuple[Block, ...]:
    places = {key: place for place, key in enumerate(override.order)}
    shown = (block for block in blocks if not block.key or block.key not in override.hidden)
    ordered = sorted(shown, key=lambda block: places.get(block.key, len(places)))
    return tuple(_retold(_recropped(block, override), override) for block in ordered)


def _recropped(block: Block, override: Override) -> Block:
    others = {crop.picture: crop.focal for crop in override.crops if crop.block == block.key}
    number = count()

    def change(picture: Picture) -> Picture:
        focal = others.get(next(number))
        return picture if focal is None else picture.model_copy(update={"focal": focal})

    return with_pictures(block, change) if others else block


def _retold(block: Block, override: Override) -> Block:
    if override.headline and isinstance(block, Headline):
        return block.model_copy(update={"text": override.headline, "short": ""})
    return block
