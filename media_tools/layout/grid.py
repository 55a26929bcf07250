"""Twelve columns, and pieces of several heights that share them: one over another, or side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf

from media_tools.layout.frame import Frame, Placed
from media_tools.spec.geometry import Point, Size

COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal columns across `width` px, `gutter` px apart."""

    width: float
    gutter: float

    def span(self, columns: int) -> float:
        """Px of width of so many columns and what is between them."""
        return columns * self._pitch - self.gutter

    def start(self, column: int) -> float:
        """Px from the start edge to a column, counted from 0."""
        return column * self._pitch

    @property
    def _pitch(self) -> float:
        return (self.width + self.gutter) / COLUMNS


@dataclass(frozen=True, slots=True)
class Piece:
    """What can be `least` px high, should be `good` px, and has no use for more than `most`."""

    least: float
    good: float
    most: float
    fill: Callable[[float], Frame]
    """The piece at a height; a lower one where it has no use for all of it."""
    columns: int = COLUMNS
    """How many it fills; those that are left of the ones it is given stay empty."""
    loose: bool = False
    """Whether it may stand in a row that is higher than it has a use for."""


def piled(pieces: Sequence[Piece], gap: float, width: float, loosest: float = inf) -> Piece:
    """The pieces one over another, `gap` px apart; up to `loosest` where they are given more than they have use for."""
    if len(pieces) == 1:
        return pieces[0]
    gaps = gap * (len(pieces) - 1)
    least, good, most = (sum(each) + gaps for each in zip(*map(_heights, pieces), strict=True))

    def fill(height: float) -> Frame:
        frames = [piece.fill(share) for piece, share in zip(pieces, shared(pieces, height - gaps), strict=True)]
        spare = max(0, height - gaps - sum(frame.size.height for frame in frames))
        between = min(max(gap, loosest), gap + spare / (len(frames) - 1))
        placed, top = [], 0.0
        for frame in frames:
            placed.append(Placed(Point(0, top), frame))
            top += frame.size.height + between
        return Frame(Size(width, top - between), tuple(placed), "pile")

    return Piece(least, good, most, fill, max(piece.columns for piece in pieces))


def abreast(columns: Sequence[tuple[int, Piece]], grid: Grid) -> Piece:
    """Pieces side by side, each so many columns wide, in a row as high as all that are not loose have a use for."""
    pieces = [piece for _, piece in columns]
    least = max(piece.least for piece in pieces)
    most = max(least, min(piece.most for piece in [piece for piece in pieces if not piece.loose] or pieces))
    good = min(max(piece.good for piece in pieces), most)

    def fill(height: float) -> Frame:
        placed, start = [], 0
        for wide, piece in columns:
            placed.append(Placed(Point(grid.start(start), 0), piece.fill(min(height, most))))
            start += wide
        return Frame(Size(grid.width, max(each.item.size.height for each in placed)), tuple(placed), "row")

    return Piece(least, max(least, good), most, fill)


def shared(pieces: Sequence[Piece], height: float) -> list[float]:
    """A height for each piece: all are brought from least to good alike, then from good to most."""
    shares, left = [piece.least for piece in pieces], height - sum(piece.least for piece in pieces)
    for wanted in ([piece.good for piece in pieces], [piece.most for piece in pieces]):
        lack = sum(wanted) - sum(shares)
        part = min(1.0, max(0.0, left) / lack) if lack > 0 else 0.0
        shares = [share + part * (want - share) for share, want in zip(shares, wanted, strict=True)]
        left -= part * lack
    return shares


def _heights(piece: Piece) -> tuple[float, float, float]:
    return piece.least, piece.good, piece.most
