"""SVG path data as a Skia path; fontTools reads it."""

import skia
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path

from media_tools.errors import CannotOpen


def outline(data: str, *, even_odd: bool = False) -> skia.Path:
    """The path, with what it encloses twice a hole where `even_odd` says so. Raises CannotOpen for no path data."""
    pen = _SkiaPen()
    if even_odd:
        pen.path.setFillType(skia.PathFillType.kEvenOdd)
    try:
        parse_path(data, pen)
    except (ValueError, IndexError, TypeError) as error:
        raise CannotOpen(f"path “{data[:40]}”", "is not SVG path data.", "Copy the d attribute of the path.") from error
    return pen.path.detach()


class _SkiaPen(BasePen):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        self.path = skia.PathBuilder()

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.path.moveTo(*point)

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.path.lineTo(*point)

    def _curveToOne(  # noqa: N802
        self, first: tuple[float, float], second: tuple[float, float], end: tuple[float, float]
    ) -> None:
        self.path.cubicTo(*first, *second, *end)

    def _closePath(self) -> None:  # noqa: N802
        self.path.close()
