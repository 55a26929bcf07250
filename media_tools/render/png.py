from collections.abc import Iterator
from io import BytesIO
from typing import ClassVar

from PIL import Image

from media_tools.render import Encoded, Raster

_LEVELS = (1, 6)  # of zlib: the first is quick, the second a fifth smaller
_COLOURS = (256, 128, 64)


class Png(Raster):
    """For print, screens and further editing: nothing is lost while the limit allows."""

    suffix: ClassVar[str] = ".png"

    def attempts(self, image: Image.Image) -> Iterator[Encoded]:
        opaque = image.convert("RGB")
        for level in _LEVELS:
            yield Encoded(_saved(opaque, level), f"PNG level {level}")
        for count in _COLOURS:
            palette = opaque.quantize(count, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG)
            yield Encoded(_saved(palette, 9), f"PNG with {count} colours")


def _saved(image: Image.Image, level: int) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG", compress_level=level)
    return stream.getvalue()
