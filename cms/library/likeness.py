"""What a drawing looks like, drawn by us: the file that somebody uploaded never reaches a browser.

A child process that draws imports this, so it knows nothing of Django.
"""

from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from media_tools.charts.atlas import WATER
from media_tools.draw import draw
from media_tools.layout.disc import disc
from media_tools.layout.frame import Fill, Frame, Placed
from media_tools.layout.frame import Path as Outline
from media_tools.layout.text import Typesetter
from media_tools.open.artwork import open_artwork
from media_tools.open.drawing import SIDE, Drawing, Kind, Shape
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Point, Size
from media_tools.studio import Studio

SIDES = 640  # px of the longer side: sharp at the width of a column on a dense screen
_MARGIN = 20.0  # px
_LINE, _BORDER, _DOT = 2.0, 1.5, 9.0  # px
_INK, _PAPER = "#2F3F4C", "#FFFFFF"
_SVG = b"<"  # what its text begins with


class Likeness(NamedTuple):
    """A drawing as a small picture, and what its file told."""

    picture: bytes
    """PNG."""
    width: int
    height: int
    names: tuple[str, ...]
    is_svg: bool


def likeness(path: Path) -> Likeness:
    """Raises CannotOpen."""
    drawing = open_artwork(path)
    picture = _drawn(drawing, path.parent)
    stream = BytesIO()
    picture.save(stream, "PNG", optimize=True)
    is_svg = path.read_bytes().lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(_SVG)
    return Likeness(stream.getvalue(), picture.width, picture.height, drawing.names, is_svg)


def _drawn(drawing: Drawing, folder: Path) -> Image.Image:
    scale = (SIDES - 2 * _MARGIN) / SIDE
    inner = Size(drawing.size.width * scale, drawing.size.height * scale)
    page = Size(inner.width + 2 * _MARGIN, inner.height + 2 * _MARGIN)
    water = drawing.named(WATER)
    shapes = (_placed(shape, _PAPER if shape in water else _INK, scale, inner) for shape in drawing.shapes)
    items = (Placed(Point(0, 0), Fill(page, _PAPER)), *shapes, *_borders(drawing, scale, inner))
    pixels = draw(Frame(page, items), Typesetter(Studio(folder)))
    return Image.fromarray(pixels, "RGBA").convert("RGB").quantize(64)  # one ink on paper: a few kilobytes


def _placed(shape: Shape, colour: Colour, scale: float, size: Size) -> Placed:
    if shape.kind is Kind.POINT:
        corner = Point(_MARGIN + shape.box.x * scale - _DOT / 2, _MARGIN + shape.box.y * scale - _DOT / 2)
        return Placed(corner, disc(_DOT, colour))
    stroke = _LINE if shape.kind is Kind.LINE else None
    outline = Outline(size, shape.data, colour, stroke=stroke, scale=scale, even_odd=shape.even_odd)
    return Placed(Point(_MARGIN, _MARGIN), outline)


def _borders(drawing: Drawing, scale: float, size: Size) -> tuple[Placed, ...]:
    """Between parts that have names, so that regions of a map are told apart; a logo has none."""
    named = "".join(shape.data for shape in drawing.shapes if shape.names and shape.kind is Kind.AREA)
    borders = Outline(size, named, _PAPER, stroke=_BORDER, scale=scale)
    return (Placed(Point(_MARGIN, _MARGIN), borders),) if named else ()
