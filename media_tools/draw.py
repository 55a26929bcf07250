"""A page becomes pixels, or the marks of any other canvas. Nothing is measured or moved here."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import numpy as np
import skia
from numpy.typing import NDArray

from media_tools.layout.frame import Fill, Found, Frame, Gradient, Paragraph, Path, Photograph, walk
from media_tools.layout.text import Typesetter
from media_tools.spec.colour import Colour, channels
from media_tools.spec.geometry import Box

type Pixels = NDArray[np.uint8]
"""(height, width, 4) uint8 sRGB, premultiplied; the last channel is opacity."""


def draw(frame: Frame, typesetter: Typesetter) -> Pixels:
    """The finished page."""
    return _drawn(frame, typesetter, tuple(walk(frame)))


def draw_small(frame: Frame, typesetter: Typesetter, scale: float) -> Pixels:
    """The page at `scale` of its size, under 1: the same layout, with photos resized for the few px they get."""
    return _drawn(frame, typesetter, tuple(walk(frame)), scale)


def draw_ground(frame: Frame, typesetter: Typesetter) -> Pixels:
    """The page without its letters: what they stand on."""
    return _drawn(frame, typesetter, tuple(found for found in walk(frame) if not isinstance(found.item, Paragraph)))


def draw_letters(frame: Frame, typesetter: Typesetter) -> Pixels:
    """The page's letters alone on nothing."""
    return _drawn(frame, typesetter, tuple(found for found in walk(frame) if isinstance(found.item, Paragraph)))


def _drawn(frame: Frame, typesetter: Typesetter, items: tuple[Found, ...], scale: float = 1) -> Pixels:
    height, width = (max(1, round(scale * side)) for side in (frame.size.height, frame.size.width))
    pixels = np.zeros((height, width, 4), np.uint8)

    def lay(photograph: Photograph, box: Box) -> None:
        seen = _whole_px(box, scale)
        _lay(pixels, typesetter.studio.pixels(photograph.picture, photograph.crop, seen.size), seen)

    with _canvas(pixels) as canvas:
        canvas.scale(scale, scale)
        draw_on(canvas, items, typesetter, lay, scale)
    return pixels


def draw_on(
    canvas: skia.Canvas,
    items: Iterable[Found],
    typesetter: Typesetter,
    lay: Callable[[Photograph, Box], None],
    scale: float = 1,
) -> None:
    """Draw `items` on a canvas of any kind, which has `scale` px to each px of layout; `lay` puts photographs there."""
    for found in items:
        if isinstance(found.item, Photograph):
            lay(found.item, found.box)
        else:
            _draw(canvas, found, typesetter, scale)


@contextmanager
def _canvas(pixels: Pixels) -> Iterator[skia.Canvas]:
    """A canvas that draws into `pixels`, which must live as long as the canvas does."""
    height, width = pixels.shape[:2]
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, pixels, pixels.strides[0])
    yield surface.getCanvas()


def _draw(canvas: skia.Canvas, found: Found, typesetter: Typesetter, scale: float) -> None:
    box = found.box
    match found.item:
        case Frame():
            pass  # a group has no ink of its own
        case Fill(paint=Gradient() as gradient):
            canvas.drawRect(_whole(box, scale), _gradient(gradient, box))
        case Fill(paint=str(colour)):
            canvas.drawRect(_whole(box, scale), skia.Paint(Color=_colour(colour)))
        case Path() as path:
            _draw_path(canvas, path, box, typesetter.studio.outline(path.data, even_odd=path.even_odd))
        case Paragraph() as paragraph:
            typesetter.paint(canvas, paragraph, box.x, box.y)
        case item:
            raise TypeError(f"There is no drawing for {type(item).__name__}.")


def _draw_path(canvas: skia.Canvas, path: Path, box: Box, outline: skia.Path) -> None:
    paint = skia.Paint(AntiAlias=True, Color=_colour(path.colour, path.opacity))
    if path.stroke is not None:
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(path.stroke / path.scale)
    canvas.save()
    canvas.translate(round(box.x), round(box.y))  # on whole px: the modules of a code must not blur
    if path.flipped:
        canvas.translate(path.size.width, 0)
        canvas.scale(-1, 1)
    canvas.scale(path.scale, path.scale)
    canvas.drawPath(outline, paint)
    canvas.restore()


def _lay(pixels: Pixels, picture: NDArray[np.uint8], box: Box) -> None:
    """Copy a picture to its place; pictures are never turned or scaled here."""
    left, top = round(box.x), round(box.y)
    height, width = picture.shape[:2]
    target = pixels[max(top, 0) : top + height, max(left, 0) : left + width]
    seen = picture[max(-top, 0) :, max(-left, 0) :][: target.shape[0], : target.shape[1]]
    alpha = seen[..., 3:]
    if alpha.min(initial=255) == 255:
        target[...] = seen
    else:
        shown = seen[..., :3].astype(np.uint16) * alpha + target[..., :3].astype(np.uint16) * (255 - alpha)
        target[..., :3] = (shown + 127) // 255
        target[..., 3] = 255


def _whole(box: Box, scale: float) -> skia.Rect:
    """The box on whole px of the picture, at least one px each way, so that rules stay crisp."""
    seen = _whole_px(box, scale)
    return skia.Rect.MakeLTRB(seen.x / scale, seen.y / scale, seen.right / scale, seen.bottom / scale)


def _whole_px(box: Box, scale: float) -> Box:
    left, top = round(scale * box.x), round(scale * box.y)
    right, bottom = round(scale * box.right), round(scale * box.bottom)
    return Box(left, top, max(1, right - left), max(1, bottom - top))


def _gradient(gradient: Gradient, box: Box) -> skia.Paint:
    ends = [skia.Point(box.x + end.x * box.width, box.y + end.y * box.height) for end in (gradient.start, gradient.end)]
    colours = [_colour(gradient.colour, stop.opacity) for stop in gradient.stops]
    shader = skia.GradientShader.MakeLinear(ends, colours, [stop.at for stop in gradient.stops])
    paint = skia.Paint(Shader=shader)
    paint.setDither(True)  # dark gradients show bands without it
    return paint


def _colour(colour: Colour, opacity: float = 1) -> int:
    red, green, blue = (round(255 * value) for value in channels(colour))
    return int(skia.Color(red, green, blue, round(255 * opacity)))
