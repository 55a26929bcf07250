"""Round marks: the stops of a timeline, the numerals of steps."""

from media_tools.layout.frame import Path
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Size


def disc(diameter: float, colour: Colour) -> Path:
    """A filled circle in a box `diameter` px wide."""
    return Path(Size(diameter, diameter), _circle(0, diameter), colour)


def ring(diameter: float, stroke: float, colour: Colour) -> Path:
    """A circle's outline, `stroke` px thick, that stays inside a box `diameter` px wide."""
    return Path(Size(diameter, diameter), _circle(stroke / 2, diameter - stroke), colour, stroke=stroke)


def _circle(edge: float, diameter: float) -> str:
    """Two half circles between `edge` and `edge` + `diameter` px, as SVG path data."""
    radius, middle, far = diameter / 2, edge + diameter / 2, edge + diameter
    half = f"A{radius:.2f} {radius:.2f} 0 0 1"
    return f"M{edge:.2f} {middle:.2f}{half} {far:.2f} {middle:.2f}{half} {edge:.2f} {middle:.2f}Z"
