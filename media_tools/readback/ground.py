"""What lies under words: one colour, or a picture."""

from collections.abc import Sequence

from media_tools.layout.frame import Fill, Found, Gradient, Photograph


def on_picture(found: Found, items: Sequence[Found]) -> bool:
    """Whether the nearest thing under `found`, of the page's `items`, is a photograph or a veil over one."""
    for lower in reversed(items[: items.index(found)]):
        match lower.item:
            case Photograph() | Fill(paint=Gradient()) if lower.box.overlap(found.box):
                return True
            case Fill(paint=str()) if lower.box.overhang(found.box) == 0:
                return False
    return False
