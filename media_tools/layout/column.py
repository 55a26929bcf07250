"""Rows that share a height: each has a least, some can grow, and what is left over becomes even space."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Frame, Placed
from media_tools.spec.geometry import Point, Size

_LOOSEST = 1.9  # times the gap, before space goes above and below the rows


@dataclass(frozen=True, slots=True)
class Row:
    """Something between `least` and `most` px high; `fill` makes it at a height."""

    least: float
    most: float
    fill: Callable[[float], Frame]


def least_height(rows: Sequence[Row], gap: float) -> float:
    return sum(row.least for row in rows) + gap * max(0, len(rows) - 1)


def eased_height(rows: Sequence[Row], gap: float, ease: float) -> float:
    """The height at which every row has `ease` (0 to 1) of the growth it can use."""
    return least_height(rows, gap) + sum(ease * (row.most - row.least) for row in rows)


def ease(rows: Sequence[Row], gap: float, height: float) -> float:
    """The share of the growth they can use that `height` leaves them, at most 1; under 0 where they do not fit."""
    spare, room = height - least_height(rows, gap), sum(row.most - row.least for row in rows)
    return min(1.0, spare / room) if room > 0 and spare >= 0 else spare if spare < 0 else 1.0


def column(rows: Sequence[Row], size: Size, gap: float) -> Frame:
    """`rows` from top to bottom of `size`, in its middle where they do not fill it.

    Raises DoesNotFit when their least heights need more.
    """
    filled, between = _filled(rows, size, gap)
    used = sum(frame.size.height for frame in filled) + between * max(0, len(rows) - 1)
    return _placed(filled, size, (size.height - used) / 2, between)


def hung(rows: Sequence[Row], size: Size, gap: float) -> Frame:
    """The same from the top of `size`."""
    filled, between = _filled(rows, size, gap)
    return _placed(filled, size, 0, between)


def _filled(rows: Sequence[Row], size: Size, gap: float) -> tuple[list[Frame], float]:
    """The rows, grown into `size`, and the px between them."""
    needed = least_height(rows, gap)
    if needed > size.height + 0.5:
        raise DoesNotFit("The body", needed, size.height)
    filled = [row.fill(height) for row, height in zip(rows, _grown(rows, size.height - needed), strict=True)]
    spare = size.height - sum(frame.size.height for frame in filled) - gap * max(0, len(rows) - 1)
    return filled, gap + min(spare / (len(rows) + 1), (_LOOSEST - 1) * gap) if len(rows) > 1 else 0


def _placed(filled: Sequence[Frame], size: Size, top: float, between: float) -> Frame:
    placed = []
    for frame in filled:
        placed.append(Placed(Point(0, top), frame))
        top += frame.size.height + between
    return Frame(size, tuple(placed), "body")


def _grown(rows: Sequence[Row], spare: float) -> list[float]:
    """Least heights with `spare` px shared out, in proportion to what each row can still take."""
    room = sum(row.most - row.least for row in rows)
    share = min(1, spare / room) if room > 0 else 0
    return [row.least + share * (row.most - row.least) for row in rows]
