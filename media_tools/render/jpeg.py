from collections.abc import Iterator
from io import BytesIO
from typing import ClassVar

from PIL import Image

from media_tools.render import Encoded, Raster

_QUALITIES = (90, 82, 74, 66, 58)
_FULL_COLOUR = 90  # from here up colour keeps its full resolution: red type on paper does not fray


class Jpeg(Raster):
    """For feeds: every platform of the sheet takes it."""

    suffix: ClassVar[str] = ".jpg"

    def attempts(self, image: Image.Image) -> Iterator[Encoded]:
        for quality in _QUALITIES:
            sampling = "4:4:4" if quality >= _FULL_COLOUR else "4:2:0"
            stream = BytesIO()
            image.save(stream, "JPEG", quality=quality, subsampling=sampling, optimize=False)
            yield Encoded(stream.getvalue(), f"JPEG quality {quality}, {sampling}")
