"""A QR code as a file of its own, with or without a logo, and never one that was not read back."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from media_tools.draw import draw
from media_tools.errors import InvalidInput
from media_tools.layout.frame import Fill, Frame, Photograph, Placed
from media_tools.layout.frame import Path as Outline
from media_tools.layout.text import Typesetter
from media_tools.made import FORMATS, write_whole
from media_tools.qr import matrix, read
from media_tools.spec.colour import WHITE
from media_tools.spec.geometry import Box, Point, Size
from media_tools.studio import Studio

SIZE = 1024
_INK = "#000000"
_LOGO = 0.20  # of the code's side: readers lose about as much as level Q can restore above 0.3
_LOGO_ROOM = 0.24  # of the side: the logo with white round it
_LEAST_MODULE = 3  # px: cameras and encoders blur smaller ones
_LARGEST = 8192
_BY_SUFFIX = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}


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
    pixels = draw(frame, typesetter)
    if text not in read(pixels[..., 0]):
        raise InvalidInput("logo", "covers too much: the code could not be read back.", "Use a plainer logo, or none.")
    encoded = FORMATS[_BY_SUFFIX[path.suffix.lower()]].encode(pixels, None)
    write_whole(path, encoded.content)
    digest = hashlib.sha256(encoded.content).hexdigest()
    return QRImage(text, path, side, side, len(encoded.content), digest)


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
