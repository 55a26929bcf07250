"""The motif: seven meridians of a globe that rises over the lower edge."""

from math import cos, pi

from media_tools.layout.frame import Frame, Path, Placed
from media_tools.spec.colour import WHITE, mix
from media_tools.spec.geometry import Point, Size

_COUNT = 7
_STROKE = 0.0034  # of the diameter
_OPACITY = 0.32


def meridians(diameter: float, ground: str) -> Frame:
    """The upper half of the globe, `diameter` px wide, in a light tint of the ground it stands on."""
    radius = diameter / 2
    size = Size(diameter, radius)
    colour = mix(WHITE, ground, 0.6)
    arcs = (_arc(radius, radius * cos(index * pi / (2 * _COUNT))) for index in range(_COUNT))
    paths = (Path(size, arc, colour, _OPACITY, stroke=_STROKE * diameter) for arc in arcs)
    return Frame(size, tuple(Placed(Point(0, 0), path) for path in paths), "meridians")


def _arc(radius: float, across: float) -> str:
    """Half an ellipse standing on the lower edge, `across` px to each side of the middle."""
    return f"M{radius - across:.2f} {radius:.2f}A{across:.2f} {radius:.2f} 0 0 1 {radius + across:.2f} {radius:.2f}"
