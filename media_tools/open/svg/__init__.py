"""SVG drawings: shapes, groups and their styles are read; whatever could run, load, hide or differ is refused."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from fontTools.misc.transform import Identity, Transform
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import parse_path

from media_tools.open.drawing import SIDE, Drawing, Kind, Plotter, Refused, Shape, readable_names
from media_tools.open.outline import outline
from media_tools.open.svg.outlines import number, numbers, path_data, transform
from media_tools.open.svg.styles import Sheet, Styles, check_seen, inherited, opacity_of, paint
from media_tools.open.svg.tree import SHAPES, UNDRAWN, Element, read_tree
from media_tools.spec.geometry import Box, Size

MOST_LETTERS = 1_500_000  # of outlines and transforms in one file: 60,000 points of 25 letters each
MOST_NAMES = 50_000  # of all shapes together, those of their groups counted with each
_SLACK = 0.02  # of the longer side: how far a shape may lie outside the page
_WHOLE = 0.01  # of the longer side: a rectangle that leaves no more free than this is a background


@dataclass(frozen=True, slots=True)
class _Around:
    """What a shape has from the groups that it lies in."""

    place: Transform
    styles: Styles
    opacity: float = 1
    names: tuple[str, ...] = ()


def read_svg(content: bytes) -> Drawing:
    """Raises Refused."""
    root = read_tree(content)
    page = _page(root)
    longer = max(page.width, page.height)
    place = Identity.scale(SIDE / longer).translate(-page.x, -page.y)
    size = Size(SIDE * page.width / longer, SIDE * page.height / longer)
    shapes = _Shapes(Sheet.of(root), size)
    return Drawing(size, tuple(shapes.read(root, _Around(place, {}))))


def _page(root: Element) -> Box:
    box = root.attributes.get("viewBox")
    try:
        if box is None:
            values = [0.0, 0.0, *(number(root.attributes[side]) for side in ("width", "height"))]
        else:
            values = numbers(box)
        page = Box(*values)
    except (KeyError, ValueError, TypeError) as error:
        raise Refused("does not say how large its page is.", "Export it with a view box.") from error
    if not all(map(math.isfinite, values)) or min(page.width, page.height) <= 0:
        raise Refused("has a page of no size.", "Export it with a view box around the drawing.")
    if max(page.width, page.height) > SIDE * min(page.width, page.height):
        raise Refused("has a page like a thread.", "Export it with a view box around the drawing.")
    return page


@dataclass
class _Shapes:
    """Reads shapes one after another and counts what they take together, with one pen for all."""

    sheet: Sheet
    size: Size
    pen: Plotter = field(default_factory=Plotter)
    letters: int = 0
    names: int = 0

    def read(self, element: Element, around: _Around) -> Iterator[Shape]:
        if element.tag in UNDRAWN:
            return
        styles = self.sheet.styles_of(element)
        check_seen(styles)
        turned = element.attributes.get("transform", "")
        self._count_letters(turned)
        inside = _Around(
            around.place.transform(transform(turned)),
            {**around.styles, **inherited(styles)},
            around.opacity * opacity_of(styles, "opacity"),
            (*_names(element), *around.names) if element.tag != "svg" else (),
        )
        if element.tag in SHAPES:
            yield from self._shape(element, inside)
        for child in element.children:
            yield from self.read(child, inside)

    def _shape(self, element: Element, around: _Around) -> Iterator[Shape]:
        fill = paint(around.styles, "fill", around.opacity) if element.tag != "line" else None
        stroke = paint(around.styles, "stroke", around.opacity)
        if fill is None and stroke is None:
            return  # nobody sees it: icon sets put such squares round their drawings
        drawn, box, plain = self._drawn(element, around.place)
        if not drawn:
            return
        self._check_place(drawn, box, plain=plain and fill is not None)
        self.names += len(around.names)
        if self.names > MOST_NAMES:
            raise Refused("has more names than parts.", "Take classes and titles that name nothing out of it.")
        yield Shape(
            Kind.LINE if fill is None else Kind.AREA,
            drawn,
            box,
            around.names,
            even_odd=around.styles.get("fill-rule") == "evenodd",
            colours=frozenset(colour for colour in (fill, stroke) if colour),
            stroked=stroke is not None,
        )

    def _drawn(self, element: Element, place: Transform) -> tuple[str, Box, bool]:
        self._count_letters(element.attributes.get("d", element.attributes.get("points", "")))
        data = path_data(element.tag, element.attributes)
        try:
            parse_path(data, TransformPen(self.pen, place))
        except (ValueError, IndexError, TypeError, ArithmeticError) as error:
            raise Refused(f"has an outline that is broken: {data[:40]!r}.", "Export it again as plain SVG.") from error
        return self.pen.take()

    def _count_letters(self, text: str) -> None:
        self.letters += len(text)
        if self.letters > MOST_LETTERS:
            raise Refused("has outlines that are too long.", "Simplify its outlines, and export it again.")

    def _check_place(self, data: str, box: Box, *, plain: bool) -> None:
        page = Box.of(self.size)
        if plain and box.overhang(page) <= _WHOLE * SIDE:
            raise Refused(
                "has a background as large as its page, which would be drawn as a shape.",
                "Delete it in the drawing program, and export it again.",
            )
        if page.overhang(box) > _SLACK * SIDE and page.overhang(_bounds(data)) > _SLACK * SIDE:
            remedy = "Cut off what lies outside, or fit the page to the drawing, and export it again."
            raise Refused("is drawn beyond the edge of its page.", remedy)


def _bounds(data: str) -> Box:
    """Of the ink itself; the points that pull at curves may lie outside it."""
    bounds = outline(data).computeTightBounds()
    return Box(bounds.left(), bounds.top(), bounds.width(), bounds.height())


def _names(element: Element) -> tuple[str, ...]:
    """Every way to name an element: what a person wrote first, then its id and classes."""
    attributes = element.attributes
    titles = (child.text for child in element.children if child.tag == "title")
    given = (attributes.get(name, "") for name in ("data-name", "label", "aria-label", "id"))
    return readable_names([*titles, *given, *attributes.get("class", "").split()])
