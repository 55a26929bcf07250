"""A QR code as a file of its own, with or without a logo, and never one that was not read back."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from media_tools.draw import draw
from media_tools.errors import InvalidInput
from media_tools.layout.frame import Fill, Frame, Photograph, Placed
from media_tools.layout.frame import Path as Outline
from media_tools.layout.text import Typesetter
from media_tools.made import PART, put_in_place, write_part
from media_tools.open.image import open_image
from media_tools.qr import matrix, read, worn
from media_tools.render import Raster
from media_tools.render.jpeg import Jpeg
from media_tools.render.png import Png
from media_tools.spec.colour import WHITE
from media_tools.spec.geometry import Box, Point, Size
from media_tools.studio import Studio

SIZE = 1024
_INK = "#000000"
_LOGO = 0.20  # of the code's side: readers lose about as much as level Q can restore above 0.3
_LOGO_ROOM = 0.24  # of the side: the logo with white round it
_LEAST_MODULE = 3  # px: cameras and encoders blur smaller ones
_LEAST_WORN_MODULE = 8  # px: what every size of code was seen to survive at half size
_LARGEST = 8192
_BY_SUFFIX: dict[str, Raster] = {".png": Png(), ".jpg": Jpeg(), ".jpeg": Jpeg()}


@dataclass(frozen=True, slots=True)
class QRImage:
    """The file; its side is a whole number of px a module."""

    text: str
    path: Path
    width: int
    height: int
    bytes: int
    sha256: str


def qr_image(text: str, path: Path, most: int = SIZE, logo: Path | None = None) -> QRImage:
    """Draw the code of `text` into `path`, at most `most` px a side.

    Raises InvalidInput when the text is too long for the size, or when the code could not be read back.
    """
    if path.suffix.lower() not in _BY_SUFFIX:
        raise InvalidInput("out", f"{path.name} ends in no kind of picture.", "Name a file that ends in .png or .jpg.")
    code = matrix(text, robust=logo is not None)
    module = min(most, _LARGEST) // code.side
    if module < _LEAST_MODULE:
        least = _LEAST_MODULE * code.side
        raise InvalidInput(
            "size", f"{most} px is too small for this text.", f"Give --size {least} or more, or a shorter text."
        )
    side = module * code.side
    frame = Frame(
        Size(side, side),
        (
            Placed(Point(0, 0), Fill(Size(side, side), WHITE)),
            Placed(Point(0, 0), Outline(Size(side, side), code.path, _INK, scale=module)),
        ),
    )
    typesetter = Typesetter(Studio(logo.parent if logo else path.parent))
    if logo is not None:
        frame = _with_logo(frame, logo.name, typesetter)
    encoded = _BY_SUFFIX[path.suffix.lower()].encode(draw(frame, typesetter), None)
    part = path.with_name(path.name + PART)
    write_part(part, encoded.content)
    picture = open_image(part).convert("RGB")
    if not all(text in read(seen) for seen in (picture, worn(picture))):
        part.unlink()
        raise InvalidInput(*_unreadable(logo, least=_LEAST_WORN_MODULE * code.side))
    put_in_place(part, path)
    digest = hashlib.sha256(encoded.content).hexdigest()
    return QRImage(text, path, side, side, len(encoded.content), digest)


def _unreadable(logo: Path | None, least: int) -> tuple[str, str, str]:
    why = "gives a code that could not be read back, from the file or from a half-size JPEG of it."
    return ("logo", why, "Use a plainer logo, or none.") if logo else ("size", why, f"Give --size {least} or more.")


def _with_logo(frame: Frame, name: str, typesetter: Typesetter) -> Frame:
    """The code with the whole logo in its middle, on white."""
    facts = typesetter.studio.facts(name)
    side = frame.size.width
    scale = _LOGO * side / max(facts.width, facts.height)
    size = Size(max(1, round(facts.width * scale)), max(1, round(facts.height * scale)))
    room = Size(_LOGO_ROOM * side, _LOGO_ROOM * side)
    middle = (
        Placed(_centred(frame.size, room), Fill(room, WHITE)),
        Placed(_centred(frame.size, size), Photograph(size, name, Box(0, 0, 1, 1))),
    )
    return Frame(frame.size, (*frame.items, *middle))


def _centred(outer: Size, inner: Size) -> Point:
    return Point((outer.width - inner.width) / 2, (outer.height - inner.height) / 2)
