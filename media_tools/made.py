"""One finished file, still under its temporary name, with everything a check may want to look at."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image

from media_tools import render as render_package
from media_tools.carousel import lay_out_slides
from media_tools.discover import discover
from media_tools.draw import Pixels, draw_ground, draw_letters
from media_tools.errors import CannotWrite, DoesNotFit
from media_tools.infographic import Infographic, LaidOut
from media_tools.ink import Ink, ink_of_group, ink_of_letters
from media_tools.layout.frame import Frame, Paragraph, walk
from media_tools.layout.text import Typesetter
from media_tools.open.image import open_image
from media_tools.open.pdf import open_page
from media_tools.platforms import Placement
from media_tools.render import Encoded, Format, Paper
from media_tools.spec.brand import Brand

FORMATS = {name: kind() for name, kind in discover(render_package, Format).items()}  # type: ignore[type-abstract]
PART = ".part"
_MARKS = frozenset({"mark", "logo", "qr"})
_PREFERRED = ("jpeg", "png", "webp")  # of those that a placement takes: what every platform shows without remaking it
_SCREEN_POINTS = 0.5  # of a document that is read on screens, to each px: 1080 px are 19 cm


@dataclass(frozen=True)
class Order:
    """What is to be made."""

    story: Infographic
    placement: Placement
    brand: Brand
    format: str


@dataclass(frozen=True)
class Made:
    """A page and the file that shows it. Layers and the reopened file are drawn when a check asks."""

    order: Order
    laid: LaidOut | None
    """None when the story had no room on this placement; `problem` says why."""
    problem: DoesNotFit | None
    typesetter: Typesetter
    path: Path
    settings: str = ""
    number: int = 1
    """Which slide it is, from 1."""

    @property
    def page(self) -> LaidOut:
        if self.laid is None:
            raise ValueError("Nothing was laid out, so there is nothing to look at.")
        return self.laid

    @property
    def bytes(self) -> int:
        return self.path.stat().st_size

    @cached_property
    def ground(self) -> Pixels:
        return draw_ground(self.page.frame, self.typesetter)

    @cached_property
    def letters(self) -> tuple[Ink, ...]:
        """Each paragraph's letters alone, in drawing order."""
        return tuple(
            ink_of_letters(found, found.item, self.typesetter)
            for found in walk(self.page.frame)
            if isinstance(found.item, Paragraph)
        )

    @cached_property
    def words(self) -> Pixels:
        """All letters on nothing, in their colours."""
        return draw_letters(self.page.frame, self.typesetter)

    @cached_property
    def marks(self) -> tuple[Ink, ...]:
        """Each mark, logo and code alone, quiet zones included."""
        return tuple(
            ink_of_group(found, found.item, self.typesetter)
            for found in walk(self.page.frame)
            if isinstance(found.item, Frame) and found.item.name in _MARKS
        )

    @cached_property
    def finished(self) -> Pixels:
        """(height, width, 3) uint8 sRGB: the reopened file's."""
        seen = self.reopened
        return np.asarray(seen if seen.mode == "RGB" else seen.convert("RGB"))

    @cached_property
    def reopened(self) -> Image.Image:
        """The picture as anyone gets it: decoded from the file."""
        if FORMATS[self.order.format].paged:
            return open_page(self.path, self.number, self.page.frame.size)
        return open_image(self.path)


def suited(placement: Placement) -> str:
    """The format in which a placement's stills are made unless another is asked for."""
    if "pdf" in placement.document_formats:
        return "pdf"
    return next((name for name in _PREFERRED if name in placement.image_formats), _PREFERRED[0])


def make(order: Order, typesetter: Typesetter, path: Path) -> tuple[Made, ...]:
    """Lay out, draw, encode and write to `path` + ".part": one page, or the slides of a carousel in order.

    Slides are files of their own, named by `numbered`, or pages of one file where the format has pages. There is no
    file where the story does not fit. Raises MediaToolsError when the story or the brand cannot be used at all.
    """
    try:
        slides = lay_out_slides(order.story, order.placement, order.brand, typesetter)
    except DoesNotFit as problem:
        return (Made(order, None, problem, typesetter, path),)
    if FORMATS[order.format].paged:
        part = part_of(path)
        encoded = _written(order, slides, typesetter, part)
        return tuple(
            Made(order, slide, None, typesetter, part, encoded.settings, number)
            for number, slide in enumerate(slides, start=1)
        )
    return tuple(_made(order, slide, typesetter, path, number) for number, slide in enumerate(slides, start=1))


def _made(order: Order, slide: LaidOut, typesetter: Typesetter, path: Path, number: int) -> Made:
    part = part_of(numbered(path, number))
    encoded = _written(order, (slide,), typesetter, part)
    return Made(order, slide, None, typesetter, part, encoded.settings, number)


def _written(order: Order, slides: tuple[LaidOut, ...], typesetter: Typesetter, part: Path) -> Encoded:
    """The pages' file; nothing of it is left where writing fails."""
    kind, placement = FORMATS[order.format], order.placement
    limit = placement.max_file_bytes_document if kind.paged else placement.max_file_bytes_image
    encoded = kind.write(tuple(slide.frame for slide in slides), _paper(order), typesetter, limit)
    write_part(part, encoded.content)
    return encoded


def _paper(order: Order) -> Paper:
    points = 72 / order.placement.dpi if order.placement.dpi else _SCREEN_POINTS
    return Paper(order.story.headline.text, order.story.language, points, order.placement.bleed)


def numbered(path: Path, number: int) -> Path:
    """The name of a slide's file: the first has the plain name."""
    return path if number == 1 else path.with_name(f"{path.stem}_{number}{path.suffix}")


def part_of(path: Path) -> Path:
    """The name that a file has until it is whole."""
    return path.with_name(path.name + PART)


def write_whole(path: Path, content: bytes) -> None:
    """The file appears whole under its name, or not at all. Raises CannotWrite where there is no room or no right."""
    part = part_of(path)
    write_part(part, content)
    put_in_place(part, path)


def put_in_place(part: Path, path: Path) -> None:
    """Give a finished file its name. Raises CannotWrite, and leaves nothing behind, where something is in the way."""
    try:
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CannotWrite(
            repr(path.name), f"could not be put in its place ({error.strerror}).", "Move away what has that name."
        ) from error


def write_part(part: Path, content: bytes) -> None:
    """Write a temporary file and leave nothing behind where that fails."""
    try:
        part.write_bytes(content)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CannotWrite(
            repr(part.name.removesuffix(PART)),
            f"could not be written ({error.strerror}).",
            "Make room, or name another place.",
        ) from error
