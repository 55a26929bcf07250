"""Small pictures of pages: drawn small, not made small afterwards."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from media_tools.draw import draw_small
from media_tools.infographic import lay_out
from media_tools.layout.text import Typesetter
from media_tools.made import Order

_QUALITIES = (58, 52, 46, 40)  # WebP's own scale; below it letters on paper smear


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture in WebP, and what the page could not show."""

    content: bytes
    width: int
    height: int
    left_out: tuple[str, ...]


def draw_preview(order: Order, typesetter: Typesetter, width: int, most_bytes: int | None = None) -> Preview:
    """The page of `order`, `width` px wide or at its own size where that is less, in at most `most_bytes` if it can be.

    Raises MediaToolsError where the page cannot be laid out.
    """
    laid = lay_out(order.story, order.placement, order.brand, typesetter)
    scale = min(1, width / laid.frame.size.width)
    pixels = draw_small(laid.frame, typesetter, scale)
    height, wide = pixels.shape[:2]
    picture = Image.frombuffer("RGBX", (wide, height), pixels, "raw", "RGBX", 0, 1).convert("RGB")
    return Preview(_encoded(picture, most_bytes), wide, height, (*laid.left_out, *laid.not_in_theme))


def _encoded(picture: Image.Image, most_bytes: int | None) -> bytes:
    for quality in _QUALITIES:
        stream = BytesIO()
        picture.save(stream, "WEBP", quality=quality, method=4)
        if most_bytes is None or stream.tell() <= most_bytes:
            break
    return stream.getvalue()
