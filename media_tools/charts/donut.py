"""One share of one whole as a ring, from twelve o'clock clockwise in every language."""

from dataclasses import replace
from math import cos, hypot, sin, tau

from media_tools.layout.frame import Align, Frame, Item, Path, Placed, TextStyle
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.geometry import Point, Size

SMALLEST = 7.5  # em of the label's size: the diameter at which the percentage is half as large again as a label
_RING = 0.38  # of the radius
_PERCENT = 0.20  # of the diameter: the size of the percentage
_WIDEST = 0.5  # of the diameter: the percentage
_CLEAR = 0.02  # of the diameter, between words and ring
_PIECES = 4  # SVG draws no arc of a whole turn


def donut(share: float, percent: str, amounts: str, diameter: float, page: Page) -> Frame:
    """The ring with `percent` inside, over `amounts` where these have room there: see `has_room`."""
    size = Size(diameter, diameter)
    placed = [Placed(Point(0, 0), Path(size, _arc(1, diameter), page.ground.empty))]
    if share:
        placed.append(Placed(Point(0, 0), Path(size, _arc(share, diameter), page.ground.strong)))
    words = _words(percent, amounts if has_room(percent, amounts, diameter, page) else "", diameter, page)
    placed.append(Placed(Point((diameter - words.size.width) / 2, (diameter - words.size.height) / 2), words))
    return Frame(size, tuple(placed), "donut")


def has_room(percent: str, amounts: str, diameter: float, page: Page) -> bool:
    """Whether both corners of the lower line lie inside the ring."""
    words = _words(percent, amounts, diameter, page)
    across = page.width_of(amounts, page.quiet) / 2
    return hypot(across, words.size.height / 2) <= diameter * ((1 - _RING) / 2 - _CLEAR)


def _words(percent: str, amounts: str, diameter: float, page: Page) -> Frame:
    width = (1 - _RING) * diameter
    items: list[Item] = [page.set(percent, _large(percent, diameter, page), width, Align.CENTRE)]
    if amounts:
        items.append(page.set(amounts, page.quiet, width, Align.CENTRE))
    return stack(items, [0] * (len(items) - 1), width)


def _large(percent: str, diameter: float, page: Page) -> TextStyle:
    style = replace(page.figure(_PERCENT * diameter), colour=page.ground.text)
    widest = _WIDEST * diameter / page.width_of(percent, style)
    return replace(style, size=style.size * min(1, widest))


def _arc(share: float, diameter: float) -> str:
    """A piece of the ring as SVG path data: along its outer edge, and back along its inner one."""
    outer = diameter / 2
    turns = [share * piece / _PIECES for piece in range(_PIECES + 1)]
    there = _along(turns, outer, outer, "1")
    back = _along(turns[::-1], outer, outer * (1 - _RING), "0")
    return f"M{there}L{back}Z"


def _along(turns: list[float], middle: float, radius: float, sweep: str) -> str:
    """Arcs through the points at `turns` of a circle, clockwise where `sweep` is 1."""
    points = [f"{middle + radius * sin(tau * turn):.2f} {middle - radius * cos(tau * turn):.2f}" for turn in turns]
    return f"A{radius:.2f} {radius:.2f} 0 0 {sweep} ".join(points)
