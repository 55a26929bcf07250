"""Small pictures of pages: drawn small, not made small afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from media_tools.draw import draw_small
from media_tools.infographic import LaidOut, lay_out
from media_tools.layout.text import Typesetter
from media_tools.made import Order

_THUMBNAILS = (320, 256, 192)  # px wide: the widest that is light enough
_LIGHT = 8 * 1024  # bytes: a dozen thumbnails a page must not weigh on a thin line
_QUALITIES = (58, 52, 46, 40)  # WebP's own scale; below it letters on paper smear


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture in WebP, and what the page could not show."""

    content: bytes
    width: int
    height: int
    left_out: tuple[str, ...]


def draw_preview(order: Order, typesetter: Typesetter, width: int) -> Preview:
    """The page of `order`, `width` px wide or at its own size where that is less.

    Raises MediaToolsError where the page cannot be laid out.
    """
    laid, picture = _drawn(order, typesetter, width)
    return preview_of(picture, (*laid.left_out, *laid.not_in_theme))


def preview_of(picture: Image.Image, left_out: tuple[str, ...] = ()) -> Preview:
    return Preview(_encoded(picture, None), picture.width, picture.height, left_out)


def draw_thumbnail(order: Order, typesetter: Typesetter) -> bytes:
    """The page of `order` as a small picture for lists, in WebP. Raises MediaToolsError as above."""
    return _lightest(lambda width: _drawn(order, typesetter, width)[1])


def thumbnail_of(picture: Image.Image) -> bytes:
    """A finished picture as a small one for lists, in WebP."""
    return _lightest(lambda width: _smaller(picture, width))


def _lightest(picture: Callable[[int], Image.Image]) -> bytes:
    made = (_encoded(picture(width), _LIGHT) for width in _THUMBNAILS)
    return min(made, key=lambda content: max(0, len(content) - _LIGHT))


def _smaller(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)


def _drawn(order: Order, typesetter: Typesetter, width: int) -> tuple[LaidOut, Image.Image]:
    laid = lay_out(order.story, order.placement, order.brand, typesetter)
    pixels = draw_small(laid.frame, typesetter, min(1, width / laid.frame.size.width))
    height, wide = pixels.shape[:2]
    return laid, Image.frombuffer("RGBX", (wide, height), pixels, "raw", "RGBX", 0, 1).convert("RGB")


def _encoded(picture: Image.Image, most_bytes: int | None) -> bytes:
    for quality in _QUALITIES:
        stream = BytesIO()
        picture.save(stream, "WEBP", quality=quality, method=4)
        if most_bytes is None or stream.tell() <= most_bytes:
            break
    return stream.getvalue()
