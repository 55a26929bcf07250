"""QR codes: the matrix, its drawing data, and the proof that a reader gets the text back."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import qrcode
import zxingcpp
from numpy.typing import NDArray
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

from media_tools.errors import InvalidInput

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

_WORN_QUALITY = 60
_LEAST_ROBUST = 4  # version: smaller codes have too few modules to lose some

QUIET = 4
"""Modules of white on each side: ISO/IEC 18004."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The dark modules of a code, without its quiet zone."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> int:
        """Modules from edge to edge, quiet zone included."""
        return len(self.rows) + 2 * QUIET

    @property
    def path(self) -> str:
        """The dark modules as SVG path data, one unit a module, quiet zone included."""
        return "".join(
            f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z"
            for y, row in enumerate(self.rows)
            for x, length in _runs(row)
        )


def matrix(text: str, *, robust: bool = False) -> Matrix:
    """The smallest code that holds `text`: level M, or H where something will cover part of it.

    Raises InvalidInput when the text is empty or longer than a code can hold.
    """
    if not text:
        raise InvalidInput("qr", "has no text.", "Give the address that the code shall carry.")
    code = qrcode.QRCode(
        version=_LEAST_ROBUST if robust else None,
        error_correction=ERROR_CORRECT_H if robust else ERROR_CORRECT_M,
        border=0,
    )
    try:
        code.add_data(text)
        code.make(fit=True)
    except UnicodeEncodeError as error:
        raise InvalidInput("qr", "has characters that are no text.", "Write the address in UTF-8.") from error
    except (DataOverflowError, ValueError) as error:
        raise InvalidInput("qr", f"has {len(text)} characters, too many for a code.", "Use a short link.") from error
    return Matrix(tuple(tuple(map(bool, row)) for row in code.get_matrix()))


def read(image: Image.Image | NDArray[np.uint8]) -> tuple[str, ...]:
    """The texts of every QR code in a picture."""
    pixels = np.ascontiguousarray(np.asarray(image.convert("L")) if isinstance(image, Image.Image) else image)
    return tuple(found.text for found in zxingcpp.read_barcodes(pixels, formats=_QR, try_invert=False))


def worn(picture: Image.Image) -> Image.Image:
    """The picture as a second platform may pass it on: half the size, as a JPEG of quality 60."""
    half = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BICUBIC)
    stream = BytesIO()
    half.save(stream, "JPEG", quality=_WORN_QUALITY)
    stream.seek(0)
    return JpegImageFile(stream).convert("RGB")


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((x, 1))
    return runs
