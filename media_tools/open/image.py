"""The only door for pictures: a file becomes an upright sRGB picture without metadata, or a sentence to act on."""

import os
import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import ExifTags, Image, ImageCms, ImageOps
from PIL.AvifImagePlugin import AvifImageFile
from PIL.BmpImagePlugin import BmpImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile, jpeg_factory
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from media_tools.errors import CannotOpen

MOST_BYTES = 200_000_000  # ten times a 24-megapixel JPEG at full quality
MOST_PIXELS = 100_000_000  # 400 MB once decoded; Pillow itself warns at 89 million and refuses at 179 million
MOST_MOVING_PIXELS = 4 * MOST_PIXELS  # all frames together: half a minute of GIF at 800 x 600
MOST_FRAMES = 10_000  # counting the pages of a TIFF takes 0.1 ms each
LARGEST_PROFILE = 4 * 1024 * 1024  # bytes; profiles of printing presses, the largest in use, have up to about 3 MB

# Pillow's readers by the bytes a file begins with; no other reader is ever started. They are called directly, for
# Image.open warns of 89 to 100 megapixels, and warnings can be switched off only for all threads at once.
READERS: tuple[tuple[bytes, Callable[[BinaryIO], ImageFile]], ...] = (
    (rb"\xff\xd8\xff", jpeg_factory),
    (rb"\x89PNG\r\n\x1a\n", PngImageFile),
    (rb"RIFF....WEBP", WebPImageFile),
    (rb"GIF8[79]a", GifImageFile),
    (rb"II[*+]\0|MM\0[*+]", TiffImageFile),
    (rb"....ftyp(....)*avi[fs]", AvifImageFile),
    (rb"BM....\0\0\0\0", BmpImageFile),
)
REFUSED = (
    (rb"....ftyp(....)*(hei[cxms]|hev[cx]|mif1)", "an HEIC photo, as iPhones make"),
    (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", "a video"),
    (rb"%PDF", "a PDF document"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "a PostScript drawing"),
    (rb"8BP[SB]", "a Photoshop document"),
    (rb"PK\x03\x04", "a ZIP package or an office document"),
    (rb"(\xef\xbb\xbf)?\s*<", "a web page or an SVG drawing"),
)

# What Pillow and its decoders raise on broken files, by their source and by changing bytes; not CannotOpen.
BROKEN = (
    OSError,
    EOFError,
    ValueError,
    SyntaxError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    LookupError,
    RuntimeError,
    struct.error,
    zlib.error,
    Warning,  # where warnings are errors, as in our tests
)
TOO_LARGE = (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning)

PROFILE_SPACES = {"RGB": "RGB", "RGBA": "RGB", "L": "GRAY", "CMYK": "CMYK"}


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What a picture's header says; `width` and `height` in px once upright, `format` in lower case."""

    format: str
    width: int
    height: int
    mode: str
    frames: int
    bytes: int


def probe_image(path: Path) -> ImageFacts:
    """Read the header only, within the limits above. Raises CannotOpen."""
    with _reading(path) as stream:
        return _facts(path.name, stream)


def open_image(path: Path, at_least: tuple[int, int] | None = None) -> Image.Image:
    """Decode to an upright sRGB picture in mode RGB or RGBA, free of metadata; of an animation, the first frame.

    `at_least` is the width and height in upright px the caller needs: a JPEG is
    then decoded at 1/2, 1/4 or 1/8 while both sides stay as long. Raises CannotOpen.
    """
    with _reading(path) as stream:
        _facts(path.name, stream)
        picture = _read_header(path.name, stream)  # again: counting pages mixes the pages' metadata
        if not _is_whole(picture, stream):
            raise EOFError
        if at_least and isinstance(picture, JpegImageFile):
            width, height = (max(1, side) for side in at_least)
            picture.draft(None, (height, width) if _lies_on_side(picture) else (width, height))
        picture.load()
        with suppress(*BROKEN):  # a broken EXIF block turns nothing
            ImageOps.exif_transpose(picture, in_place=True)
        upright = _to_srgb(_to_eight_bit(picture), picture.info.get("icc_profile"))
        upright.info = {}
        return upright


@contextmanager
def opened_header(path: Path) -> Iterator[ImageFile]:
    """The picture with its header alone read, for what it says of itself. Raises CannotOpen."""
    with _reading(path) as stream:
        _facts(path.name, stream)
        yield _read_header(path.name, stream)


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    """Open a file of at most MOST_BYTES; what goes wrong meanwhile becomes CannotOpen."""
    try:
        _check_file(path)
        with path.open("rb") as stream:
            yield stream
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CannotOpen(path.name, "the file is not there.", "Upload it again.") from error
    except PermissionError as error:
        remedy = "Ask the administrator to let the program read it, or upload it again."
        raise CannotOpen(path.name, "the file is locked against reading.", remedy) from error
    except TOO_LARGE as error:
        why = "the picture is too large to open."
        raise CannotOpen(path.name, why, f"Export it at no more than {MOST_PIXELS // 10**6} megapixels.") from error
    except BROKEN as error:
        why = "the file is incomplete or damaged."
        remedy = "Ask for it to be sent again, or open it in a picture program and export it as JPEG or PNG."
        raise CannotOpen(path.name, why, remedy) from error


def _check_file(path: Path) -> None:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise CannotOpen(path.name, "this is a folder, not a picture.", "Choose a picture inside it.")
    if not stat.S_ISREG(status.st_mode):
        raise CannotOpen(path.name, "this is not an ordinary file.", "Choose a picture file.")
    if status.st_size == 0:
        raise CannotOpen(path.name, "the file is empty.", "Ask for it to be sent again.")
    if status.st_size < 16:  # no picture's header is shorter
        why = f"the file is incomplete: it ends after {status.st_size} of its bytes."
        raise CannotOpen(path.name, why, "Ask for it to be sent again.")
    if status.st_size > MOST_BYTES:
        why = f"the file has {status.st_size / 10**6:.0f} MB, and we open up to {MOST_BYTES // 10**6} MB."
        raise CannotOpen(path.name, why, "Export it smaller or more compressed, as JPEG for instance.")


def _read_header(name: str, stream: BinaryIO) -> ImageFile:
    """Start the one reader the content asks for, whatever the file's extension; pixels are read later."""
    stream.seek(0)
    start = stream.read(64)
    stream.seek(0)
    for magic, reader in READERS:
        if re.match(magic, start, re.DOTALL):
            return reader(stream)
    remedy = "Choose a picture, or export this one as JPEG or PNG from the program that made it."
    for magic, kind in REFUSED:
        if re.match(magic, start, re.DOTALL):
            raise CannotOpen(name, f"by its content this is {kind}, which we cannot read as a picture.", remedy)
    raise CannotOpen(name, "this is not a picture of a kind we read.", remedy)


def _facts(name: str, stream: BinaryIO) -> ImageFacts:
    picture = _read_header(name, stream)
    width, height = picture.size
    if _lies_on_side(picture):
        width, height = height, width
    if width * height > MOST_PIXELS:
        why = f"the picture has {width} x {height} px, and we open up to {MOST_PIXELS // 10**6} megapixels."
        raise CannotOpen(name, why, "Export it smaller.")
    kind, mode, frames = (picture.format or "").lower(), picture.mode, _count_frames(picture)
    if frames > MOST_FRAMES or frames * width * height > MOST_MOVING_PIXELS:
        why = f"the picture moves or has pages, and all {frames} of {width} x {height} px are too much to open."
        raise CannotOpen(name, why, "Export the one frame or page you need as JPEG or PNG.")
    kind = "jpeg" if kind == "mpo" else kind
    return ImageFacts(kind, width, height, mode, frames, os.fstat(stream.fileno()).st_size)


def _count_frames(picture: ImageFile) -> int:
    """Pages of a TIFF are counted one by one and up to MOST_FRAMES: Pillow's count of a million takes hours."""
    if not isinstance(picture, TiffImageFile):
        return int(getattr(picture, "n_frames", 1))
    with suppress(EOFError):
        for page in range(1, MOST_FRAMES + 1):
            picture.seek(page)
    return picture.tell() + 1


def _lies_on_side(picture: ImageFile) -> bool:
    """Whether EXIF swaps width and height; Pillow's TIFF reader has then swapped them itself."""
    if isinstance(picture, TiffImageFile):
        return False
    with suppress(*BROKEN):
        return picture.getexif().get(ExifTags.Base.Orientation) in (5, 6, 7, 8)
    return False


def _is_whole(picture: ImageFile, stream: BinaryIO) -> bool:
    """Whether the end mark is there, which Pillow does not miss; `stream` stands where the header ended."""
    position = stream.tell()
    match picture:
        case JpegImageFile():  # a tail of zeros, as broken transfers leave, would decode to grey
            whole = b"\xff\xd9" in stream.read()
        case PngImageFile():
            whole = _has_last_chunk(stream)
        case GifImageFile():
            stream.seek(-16, os.SEEK_END)
            whole = stream.read().rstrip(b"\0\r\n").endswith(b"\0;")
        case _:  # the other formats' decoders know
            whole = True
    stream.seek(position)
    return whole


def _has_last_chunk(stream: BinaryIO) -> bool:
    stream.seek(8)
    while len(head := stream.read(8)) == 8:
        length, name = struct.unpack(">I4s", head)
        if name == b"IEND":
            return True
        stream.seek(length + 4, os.SEEK_CUR)
    return False


def _to_eight_bit(picture: Image.Image) -> Image.Image:
    """The picture in mode L, RGB, RGBA or CMYK."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return Image.fromarray(_scale(np.asarray(picture), picture.mode))
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in PROFILE_SPACES:
        return picture
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _scale(values: np.ndarray, mode: str) -> np.ndarray:
    """Deep greys of shape (height, width) as uint8, scaled evenly.

    White is 65535 in a 16-bit picture; elsewhere no standard says, so it is the
    first usual white that all values stay within, or else the largest value.
    """
    values = np.nan_to_num(values, posinf=0, neginf=0).astype(np.float32)
    top, black = float(values.max()), min(0.0, float(values.min()))
    whites = (65535.0,) if mode.startswith("I;16") else (255.0, 65535.0) if mode == "I" else (1.0, 255.0, 65535.0)
    white = next((white for white in whites if top <= white), top)
    values -= black
    values *= 255 / (white - black)
    return np.rint(values).astype(np.uint8)


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A new RGB or RGBA picture; a profile that is broken, huge or for other colours is taken as sRGB."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile and len(profile) <= LARGEST_PROFILE:
        with suppress(ImageCms.PyCMSError, *BROKEN):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if source.profile.xcolor_space.strip() == PROFILE_SPACES[picture.mode]:
                return _transform(source, picture.mode, mode).apply(picture)
    return picture.convert(mode)


def _transform(source: ImageCms.ImageCmsProfile, mode: str, to_mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        source,
        ImageCms.createProfile("sRGB"),
        mode,
        to_mode,
        ImageCms.Intent.PERCEPTUAL,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
