"""The finished page turned for right-to-left languages. Text was set in its own direction; only places change."""

from dataclasses import replace

from media_tools.layout.frame import Align, Fill, Frame, Gradient, Item, Paragraph, Path, Placed
from media_tools.spec.geometry import Point

UNMIRRORED = frozenset({"mark", "qr", "donut", "atlas", "logo", "icon"})
"""Groups that keep their inside: they move with the page, but are not turned. Photographs never are."""

_OTHER_SIDE = {Align.LEFT: Align.RIGHT, Align.RIGHT: Align.LEFT, Align.CENTRE: Align.CENTRE}


def mirror(frame: Frame) -> Frame:
    """`frame` as seen in a mirror, but for photographs and the groups in UNMIRRORED."""
    return replace(
        frame,
        items=tuple(
            Placed(Point(frame.size.width - placed.at.x - placed.item.size.width, placed.at.y), _mirrored(placed.item))
            for placed in frame.items
        ),
    )


def _mirrored(item: Item) -> Item:
    match item:
        case Frame(name=name):
            return item if name in UNMIRRORED else mirror(item)
        case Paragraph(align=align):
            return replace(item, align=_OTHER_SIDE[align])
        case Fill(paint=Gradient() as gradient):
            return replace(item, paint=replace(gradient, start=_across(gradient.start), end=_across(gradient.end)))
        case Path():
            return replace(item, flipped=not item.flipped)
        case _:
            return item


def _across(point: Point) -> Point:
    return Point(1 - point.x, point.y)
