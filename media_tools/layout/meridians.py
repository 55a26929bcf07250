"""The motif: seven meridians of a globe that rises over the lower edge."""

from collections.abc import Iterator, Sequence
from math import cos, hypot, pi

from media_tools.layout.frame import Align, Frame, Paragraph, Path, Placed, walk
from media_tools.layout.page import Page
from media_tools.spec.colour import WHITE, contrast, mix
from media_tools.spec.geometry import Box, Point, Size

_COUNT = 7
_STROKE = 0.0034  # of the diameter
_OPACITIES = ((12, 0.42), (8, 0.32), (0, 0.26))  # by the least contrast of white on the ground: fainter on lighter ones
_LEAST = 0.35  # of the short side: a smaller globe is none
_CLEAR = 0.02  # of the short side, between the globe and letters


def risen(page: Page, centre: Point, widest: float, words: Sequence[Placed]) -> tuple[Placed, ...]:
    """The globe round `centre`, at most `widest` px across, as large as it can be without running under letters.

    `words` are the page's groups with their places. None where the globe would be too small, or the brand has none.
    """
    clear = _CLEAR * page.short
    gaps = (_distance(centre, box) - clear for box in _lines(page, words) if box.y < centre.y)
    radius = min((widest / 2, *gaps))
    if not page.brand.meridians or 2 * radius < _LEAST * page.short:
        return ()
    return (Placed(Point(centre.x - radius, centre.y - radius), meridians(2 * radius, page.ground.colour)),)


def meridians(diameter: float, ground: str) -> Frame:
    """The upper half of the globe, `diameter` px wide, in a light tint of the ground it stands on."""
    radius = diameter / 2
    size = Size(diameter, radius)
    colour = mix(WHITE, ground, 0.6)
    opacity = next(opacity for least, opacity in _OPACITIES if contrast(WHITE, ground) >= least)
    arcs = (_arc(radius, radius * cos(index * pi / (2 * _COUNT))) for index in range(_COUNT))
    paths = (Path(size, arc, colour, opacity, stroke=_STROKE * diameter) for arc in arcs)
    return Frame(size, tuple(Placed(Point(0, 0), path) for path in paths), "meridians")


def _arc(radius: float, across: float) -> str:
    """Half an ellipse standing on the lower edge, `across` px to each side of the middle."""
    return f"M{radius - across:.2f} {radius:.2f}A{across:.2f} {radius:.2f} 0 0 1 {radius + across:.2f} {radius:.2f}"


def _lines(page: Page, words: Sequence[Placed]) -> Iterator[Box]:
    """Where paragraphs are, no wider than their longest line."""
    for placed in words:
        for found in walk(Frame(page.size, (placed,))):
            text = found.item
            if isinstance(text, Paragraph):
                wide = min(text.size.width, page.type.widest_line(text))
                left = found.box.x if text.align is Align.LEFT else found.box.right - wide
                yield Box(left, found.box.y, wide, found.box.height)


def _distance(point: Point, box: Box) -> float:
    across = max(box.x - point.x, 0, point.x - box.right)
    return hypot(across, max(box.y - point.y, 0, point.y - box.bottom))
