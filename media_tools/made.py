"""One finished file, still under its temporary name, with everything a check may want to look at."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PIL import Image

from media_tools import render as render_package
from media_tools.discover import discover
from media_tools.draw import Pixels, draw, draw_ground, draw_letters
from media_tools.errors import CannotWrite, DoesNotFit
from media_tools.infographic import Infographic, LaidOut, lay_out
from media_tools.layout.text import Typesetter
from media_tools.open.image import open_image
from media_tools.platforms import Placement
from media_tools.render import Format
from media_tools.spec.brand import Brand

FORMATS = {name: kind() for name, kind in discover(render_package, Format).items()}  # type: ignore[type-abstract]
PART = ".part"


@dataclass(frozen=True)
class Order:
    """What is to be made."""

    story: Infographic
    placement: Placement
    brand: Brand
    format: str


@dataclass(frozen=True)
class Made:
    """A file and the page that it shows. Layers and the reopened file are drawn when a check asks."""

    order: Order
    laid: LaidOut | None
    """None when the story had no room on this placement; `problem` says why."""
    problem: DoesNotFit | None
    typesetter: Typesetter
    path: Path
    settings: str = ""

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
    def letters(self) -> Pixels:
        return draw_letters(self.page.frame, self.typesetter)

    @cached_property
    def reopened(self) -> Image.Image:
        """The picture as anyone gets it: decoded from the file."""
        return open_image(self.path)


def make(order: Order, typesetter: Typesetter, path: Path) -> Made:
    """Lay out, draw, encode and write to `path` + ".part"; no file where the story does not fit.

    Raises MediaToolsError when the story or the brand cannot be used at all.
    """
    try:
        laid = lay_out(order.story, order.placement, order.brand, typesetter)
    except DoesNotFit as problem:
        return Made(order, None, problem, typesetter, path)
    encoded = FORMATS[order.format].encode(draw(laid.frame, typesetter), order.placement.max_file_bytes_image)
    part = path.with_name(path.name + PART)
    write_part(part, encoded.content)
    return Made(order, laid, None, typesetter, part, encoded.settings)


def write_whole(path: Path, content: bytes) -> None:
    """The file appears whole under its name, or not at all. Raises CannotWrite where there is no room or no right."""
    part = path.with_name(path.name + PART)
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
