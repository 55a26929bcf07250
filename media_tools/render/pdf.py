"""Vector pages: letters stay letters, photos are JPEG at the px they get, and nothing is dated.

Skia writes the pages; what its binding cannot say (language, trimmed and bled size) is added by pypdf.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import skia
from numpy.typing import NDArray
from PIL import Image

from media_tools.draw import draw_on
from media_tools.layout.frame import Frame, Paragraph, Photograph, walk
from media_tools.layout.text import Typesetter
from media_tools.render import Encoded, Format, Paper
from media_tools.spec.geometry import Box, Size

if TYPE_CHECKING:  # it takes a third of a second to import, and only documents need it
    from pypdf import PageObject
    from pypdf.generic import RectangleObject

_QUALITIES = (92, 82, 72)  # of the photos
_MARK_MM, _MARK_POINTS = 5.0, 0.25  # of a crop mark: its length, past the bleed, and how thick it is
_SLUG_MM = 6.0  # of paper past the bleed, for the marks
_POINTS_TO_MM = 72 / 25.4


class Pdf(Format):
    """For print and for documents that people leaf through."""

    suffix: ClassVar[str] = ".pdf"
    paged: ClassVar[bool] = True

    def write(self, frames: tuple[Frame, ...], paper: Paper, typesetter: Typesetter, most_bytes: int | None) -> Encoded:
        encoded = Encoded(b"", "")
        for encoded in self._attempts(frames, paper, typesetter):
            if most_bytes is None or len(encoded.content) <= most_bytes:
                break
        return encoded

    def _attempts(self, frames: tuple[Frame, ...], paper: Paper, typesetter: Typesetter) -> Iterator[Encoded]:
        typesetter, sizes = typesetter.carried(_paragraphs(frames)), [frame.size for frame in frames]
        for quality in _QUALITIES:
            drawn = _drawn(frames, paper, typesetter, quality)
            bleed = (
                f", {paper.bleed * paper.points / _POINTS_TO_MM:.0f} mm bleed with crop marks" if paper.bleed else ""
            )
            yield Encoded(
                _described(drawn, sizes, paper), f"PDF, {len(frames)} p., photos at JPEG quality {quality}{bleed}"
            )


def _paragraphs(frames: tuple[Frame, ...]) -> Iterator[Paragraph]:
    return (found.item for frame in frames for found in walk(frame) if isinstance(found.item, Paragraph))


def _drawn(frames: tuple[Frame, ...], paper: Paper, typesetter: Typesetter, quality: int) -> bytes:
    about = skia.PDF.Metadata()
    about.fTitle, about.fProducer = paper.title, "Attaché"
    stream = skia.DynamicMemoryWStream()
    edge = _edge(paper)
    with skia.PDF.MakeDocument(stream, about) as document:
        for frame in frames:
            width, height = ((side + 2 * edge) * paper.points for side in (frame.size.width, frame.size.height))
            canvas = document.beginPage(width, height)
            canvas.scale(paper.points, paper.points)
            canvas.translate(edge, edge)
            _draw_page(canvas, frame, paper, typesetter, quality)
            document.endPage()
    return bytes(stream.detachAsData())


def _draw_page(canvas: skia.Canvas, frame: Frame, paper: Paper, typesetter: Typesetter, quality: int) -> None:
    def lay(photograph: Photograph, box: Box) -> None:
        target = skia.Rect.MakeXYWH(box.x, box.y, box.width, box.height)
        canvas.drawImageRect(_photo(photograph, typesetter, quality), target)

    canvas.save()
    canvas.clipRect(skia.Rect.MakeWH(frame.size.width, frame.size.height).makeOutset(paper.bleed, paper.bleed))
    draw_on(canvas, walk(frame), typesetter, lay)
    canvas.restore()
    if paper.bleed:
        _mark_corners(canvas, frame.size, paper)


def _photo(photograph: Photograph, typesetter: Typesetter, quality: int) -> skia.Image:
    """The seen part of a picture as JPEG, with a px for each px of layout and no more than the picture has."""
    facts = typesetter.studio.facts(photograph.picture)
    there = photograph.crop.width * facts.width / photograph.size.width
    share = min(1.0, there)
    size = Size(max(1, round(share * photograph.size.width)), max(1, round(share * photograph.size.height)))
    pixels = typesetter.studio.pixels(photograph.picture, photograph.crop, size)
    return skia.Image.MakeFromEncoded(skia.Data.MakeWithCopy(_encoded(pixels, quality)))


def _encoded(pixels: NDArray[np.uint8], quality: int) -> bytes:
    stream = BytesIO()
    image = Image.fromarray(pixels)
    if pixels[..., 3].min() == 255:
        image.convert("RGB").save(stream, "JPEG", quality=quality, subsampling="4:4:4")
    else:
        image.save(stream, "PNG")  # what can be seen through has no place in a JPEG
    return stream.getvalue()


def _mark_corners(canvas: skia.Canvas, size: Size, paper: Paper) -> None:
    """Two short lines at each corner, outside the bleed, where the paper is to be cut."""
    paint = skia.Paint(Color=skia.ColorBLACK, StrokeWidth=_MARK_POINTS / paper.points)
    near, far = paper.bleed, paper.bleed + _px(_MARK_MM, paper)
    for x, outward in ((0.0, -1), (size.width, 1)):
        for y, down in ((0.0, -1), (size.height, 1)):
            canvas.drawLine(x + outward * near, y, x + outward * far, y, paint)
            canvas.drawLine(x, y + down * near, x, y + down * far, paint)


def _edge(paper: Paper) -> float:
    """Px of paper past the trimmed page on each side."""
    return paper.bleed + _px(_SLUG_MM, paper) if paper.bleed else 0


def _px(mm: float, paper: Paper) -> float:
    return mm * _POINTS_TO_MM / paper.points


def _described(drawn: bytes, sizes: Iterable[Size], paper: Paper) -> bytes:
    """The document with its language, its title in the window and its boxes.

    Viewers and office printers show the trimmed page; printing houses find bleed and marks around it.
    """
    from pypdf import PdfWriter
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=BytesIO(drawn))
    writer.root_object[NameObject("/Lang")] = TextStringObject(paper.language)
    writer.root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    for page, size in zip(writer.pages, sizes, strict=True):
        _box(page, size, paper)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _box(page: "PageObject", size: Size, paper: Paper) -> None:
    """The page's boxes, from its upper left corner: Skia makes pages of whole points, the paper is seldom so."""
    from pypdf.generic import RectangleObject

    left, top, edge = page.mediabox.left, page.mediabox.top, _edge(paper)

    def within(px: float) -> "RectangleObject":
        right, bottom = edge + size.width + edge - px, edge + size.height + edge - px
        points = (px, -bottom, right, -px)
        return RectangleObject(tuple(at + paper.points * by for at, by in zip((left, top) * 2, points, strict=True)))

    page.bleedbox, page.trimbox, page.cropbox = within(edge - paper.bleed), within(edge), within(edge)
    page.mediabox = within(0)
