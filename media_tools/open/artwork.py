"""The only door for drawn artwork: an SVG or GeoJSON file becomes named outlines, or a sentence to act on."""

import stat
from pathlib import Path

from media_tools.errors import CannotOpen
from media_tools.open.drawing import Drawing, Refused
from media_tools.open.geojson import read_geojson
from media_tools.open.svg import read_svg

MOST_BYTES = 5_000_000  # a map of all countries at 1 : 50 million has 4 MB


def open_artwork(path: Path) -> Drawing:
    """The kind is told by the content, whatever the file is called. Raises CannotOpen."""
    content = _content(path)
    start = content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1]
    try:
        if start == b"<":
            drawing = read_svg(content)
        elif start == b"{":
            drawing = read_geojson(content)
        else:
            raise Refused("is neither SVG nor GeoJSON.", "Choose a drawing, or export this one as plain SVG.")
        if not drawing.shapes:
            raise Refused("shows nothing.", "Export it with its outlines, filled.")
    except Refused as refused:
        raise CannotOpen(path.name, refused.why, refused.remedy) from refused
    return drawing


def _content(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CannotOpen(path.name, "is not an ordinary file.", "Choose an SVG or GeoJSON file.")
        if status.st_size > MOST_BYTES:
            why = f"has {status.st_size / 10**6:.0f} MB, and we open drawings of up to {MOST_BYTES // 10**6} MB."
            raise CannotOpen(path.name, why, "Simplify its outlines, and export it again.")
        return path.read_bytes()
    except OSError as error:
        raise CannotOpen(
            path.name, f"cannot be read ({error.strerror}).", "Correct the path, or upload it again."
        ) from error
