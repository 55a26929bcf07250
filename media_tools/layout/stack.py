"""Frames one under another."""

from collections.abc import Sequence

from media_tools.layout.frame import Frame, Item, Placed
from media_tools.spec.geometry import Point, Size


def stack(items: Sequence[Item], gaps: Sequence[float], width: float, name: str = "") -> Frame:
    """`items` from the top at the start edge; `gaps` px go between them, one fewer than there are items."""
    placed, top = [], 0.0
    for item, gap in zip(items, (*gaps, 0) if items else gaps, strict=True):
        placed.append(Placed(Point(0, top), item))
        top += item.size.height + gap
    return Frame(Size(width, top), tuple(placed), name)
