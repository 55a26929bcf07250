"""Small pictures of pages: drawn small, not made small afterwards."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from media_tools.carousel import lay_out_slides
from media_tools.draw import draw_small
from media_tools.infographic import LaidOut
from media_tools.layout.text import Typesetter
from media_tools.made import Order, write_whole
from media_tools.open.pdf import open_page
from media_tools.spec.geometry import Size

_THUMBNAILS = (320, 256, 192)  # px wide: the widest that is light enough
_LIGHT = 8 * 1024  # bytes: a dozen thumbnails a page must not weigh on a thin line
_PAGE_WIDTH, _PAGE_QUALITY = 1240, 85  # px and JPEG quality of a document's page on the screen
_QUALITIES = (58, 52, 46, 40)  # WebP's own scale; below it letters on paper smear


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture in WebP, and what the page could not show."""

    content: bytes
    width: int
    height: int
    left_out: tuple[str, ...]
    more: tuple[bytes, ...] = ()
    """The other slides of a carousel, in order."""
    seconds: float = 0
    """How long it plays, where the picture shows moments of a clip."""


def draw_preview(order: Order, typesetter: Typesetter, width: int) -> Preview:
    """The page of `order`, `width` px wide or at its own size where that is less.

    Raises MediaToolsError where the page cannot be laid out.
    """
    slides = lay_out_slides(order.story, order.placement, order.brand, typesetter)
    first, *more = (_drawn(slide, typesetter, width) for slide in slides)
    left_out = tuple(name for slide in slides for name in (*slide.left_out, *slide.not_in_theme))
    return replace(preview_of(first, left_out), more=tuple(_encoded(picture, None) for picture in more))


def preview_of(picture: Image.Image, left_out: tuple[str, ...] = (), seconds: float = 0) -> Preview:
    return Preview(_encoded(picture, None), picture.width, picture.height, left_out, seconds=seconds)


def draw_thumbnail(order: Order, typesetter: Typesetter) -> bytes:
    """The first page of `order` as a small picture for lists, in WebP. Raises MediaToolsError as above."""
    first, *_ = lay_out_slides(order.story, order.placement, order.brand, typesetter)
    return _lightest(lambda width: _drawn(first, typesetter, width))


def page_pictures(document: Path, count: int, size: Size) -> tuple[Path, ...]:
    """Each of a document's `count` pages as a JPEG beside it, for people who look before they open."""
    share = min(1, _PAGE_WIDTH / size.width)
    seen = Size(size.width * share, size.height * share)
    pictures = tuple(document.with_name(f"{document.stem}_{number}.jpg") for number in range(1, count + 1))
    for number, path in enumerate(pictures, start=1):
        stream = BytesIO()
        open_page(document, number, seen).save(stream, "JPEG", quality=_PAGE_QUALITY)
        write_whole(path, stream.getvalue())
    return pictures


def thumbnail_of(picture: Image.Image) -> bytes:
    """A finished picture as a small one for lists, in WebP."""
    return _lightest(lambda width: _smaller(picture, width))


def _lightest(picture: Callable[[int], Image.Image]) -> bytes:
    made = []
    for width in _THUMBNAILS:
        made.append(_encoded(picture(width), _LIGHT))
        if len(made[-1]) <= _LIGHT:
            break
    return min(made, key=len)


def _smaller(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)


def _drawn(laid: LaidOut, typesetter: Typesetter, width: int) -> Image.Image:
    pixels = draw_small(laid.frame, typesetter, min(1, width / laid.frame.size.width))
    height, wide = pixels.shape[:2]
    return Image.frombuffer("RGBX", (wide, height), pixels, "raw", "RGBX", 0, 1).convert("RGB")


def _encoded(picture: Image.Image, most_bytes: int | None) -> bytes:
    for quality in _QUALITIES:
        stream = BytesIO()
        picture.save(stream, "WEBP", quality=quality, method=4)
        if most_bytes is None or stream.tell() <= most_bytes:
            break
    return stream.getvalue()
