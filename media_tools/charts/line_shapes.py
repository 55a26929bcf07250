"""A line and the area under it as paths: pieces with round joints, broken where a point is missing."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from media_tools.layout.disc import disc
from media_tools.layout.frame import Path, Placed
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Point, Size

type Track = Sequence[Point | None]
"""A line's points, px; None where nobody counted."""

_ALONE = 1.0  # strokes: radius of a point without neighbours


def runs(track: Track) -> Iterator[list[Point]]:
    """The points between gaps."""
    run: list[Point] = []
    for point in (*track, None):
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []


def line(track: Track, stroke: float, colour: Colour, size: Size) -> Iterator[Placed]:
    """A stroke that turned sharply would grow a spike, so each piece ends alone and a dot joins it to the next."""
    for run in runs(track):
        pieces = " ".join(f"M{a.x:.2f} {a.y:.2f}L{b.x:.2f} {b.y:.2f}" for a, b in pairwise(run))
        if pieces:
            yield Placed(Point(0, 0), Path(size, pieces, colour, stroke=stroke))
        yield Placed(Point(0, 0), Path(size, _joints(run, stroke / 2 if pieces else _ALONE * stroke), colour))


def area(track: Track, zero: float, colour: Colour, size: Size) -> Iterator[Placed]:
    """What lies between the line and zero, `zero` px from the top."""
    for run in runs(track):
        outline = "L".join(f"{point.x:.2f} {point.y:.2f}" for point in run)
        data = f"M{run[0].x:.2f} {zero:.2f}L{outline}L{run[-1].x:.2f} {zero:.2f}Z"
        yield Placed(Point(0, 0), Path(size, data, colour))


def dot(at: Point, radius: float, colour: Colour) -> Placed:
    return Placed(Point(at.x - radius, at.y - radius), disc(2 * radius, colour))


def _joints(run: Sequence[Point], radius: float) -> str:
    half = f"A{radius:.2f} {radius:.2f} 0 0 1"
    return "".join(
        f"M{point.x - radius:.2f} {point.y:.2f}{half} {point.x + radius:.2f} {point.y:.2f}"
        f"{half} {point.x - radius:.2f} {point.y:.2f}Z"
        for point in run
    )
