"""A drawing in one colour of the page, as logos and icons are drawn."""

from functools import reduce
from operator import or_

from media_tools.errors import InvalidInput
from media_tools.layout.frame import Frame, Path, Placed
from media_tools.open.drawing import Drawing, Kind
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Point, Size


def in_one_colour(drawing: Drawing, field: str, what: str, remedy: str) -> Drawing:
    """The drawing without margins round its ink.

    Raises InvalidInput for one that would not look the same in one colour; `remedy` is for one in several.
    """
    if any(shape.kind is not Kind.AREA or shape.stroked for shape in drawing.shapes):
        raise InvalidInput(field, f"{what} is drawn with strokes.", "Convert them to outlines in the drawing program.")
    if len(reduce(or_, (shape.colours for shape in drawing.shapes))) > 1:
        raise InvalidInput(field, f"{what} has several colours, and artwork is drawn in one.", remedy)
    return drawing.trimmed


def inked(drawing: Drawing, size: Size, colour: Colour, name: str) -> Frame:
    """The whole drawing, as wide as `size`; a group of that name, which the mirror may leave unturned."""
    scale = size.width / drawing.size.width
    paths = (Path(size, shape.data, colour, scale=scale, even_odd=shape.even_odd) for shape in drawing.shapes)
    return Frame(size, tuple(Placed(Point(0, 0), path) for path in paths), name)
