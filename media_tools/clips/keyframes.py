"""Where a frame of other proportions looks, and when: a few key frames, and the smooth way between them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from pydantic import Field

from media_tools.spec import Spec
from media_tools.spec.cues import Milliseconds
from media_tools.spec.picture import Share

MOST_KEY_FRAMES = 5000
CLOSEST = 4.0


class KeyFrame(Spec):
    """Where the frame looks at one moment. Before the first it looks there too, and after the last."""

    at: Milliseconds = Field(description="When, in ms from the footage's beginning.")
    x: Share = Field(description="The frame's centre, as a share of the footage's width from the left.")
    y: Share = Field(description="The frame's centre, as a share of the footage's height from the top.")
    scale: float = Field(
        default=1, ge=1, le=CLOSEST, description="How many times closer than the largest frame that the footage holds."
    )
    cut: bool = Field(
        default=False, description="Whether the footage cuts here, and the frame jumps; it glides otherwise."
    )


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a frame looks: its centre in shares of the footage, and how close."""

    x: float
    y: float
    scale: float = 1.0


@dataclass(frozen=True)
class Course:
    """Key frames as a function of time: at rest at the ends of every shot, and never beyond the key frames' values."""

    shots: tuple["_Shot", ...]

    @classmethod
    def through(cls, path: Sequence[KeyFrame]) -> Self:
        return cls(tuple(_Shot.through(shot) for shot in _by_shot(path)))

    @property
    def moves(self) -> bool:
        """Whether it ever glides, cuts apart."""
        return any(shot.moves for shot in self.shots)

    def at(self, millisecond: float) -> Aim:
        number = bisect_right(self.shots, millisecond, key=lambda shot: shot.times[0])
        return self.shots[max(0, number - 1)].at(millisecond)


@dataclass(frozen=True, slots=True)
class _Shot:
    """A cubic through the key frames of one shot, as F. N. Fritsch and J. Butland shape it (1984): it never overshoots,
    stands still between equal key frames, and eases into and out of every stop.
    """

    times: tuple[int, ...]
    values: tuple[tuple[float, float, float], ...]
    slopes: tuple[tuple[float, float, float], ...]

    @classmethod
    def through(cls, path: Sequence[KeyFrame]) -> Self:
        times = tuple(key.at for key in path)
        values = tuple((key.x, key.y, key.scale) for key in path)
        slopes = zip(*(_slopes(times, [value[axis] for value in values]) for axis in range(3)), strict=True)
        return cls(times, values, tuple(slopes))

    @property
    def moves(self) -> bool:
        return any(one != other for one, other in pairwise(self.values))

    def at(self, millisecond: float) -> Aim:
        if millisecond <= self.times[0]:
            return Aim(*self.values[0])
        if millisecond >= self.times[-1]:
            return Aim(*self.values[-1])
        number = bisect_right(self.times, millisecond) - 1
        span = self.times[number + 1] - self.times[number]
        share = (millisecond - self.times[number]) / span
        (begin, end), (rise, fall) = self.values[number : number + 2], self.slopes[number : number + 2]
        return Aim(*(_cubic(share, begin[i], end[i], rise[i] * span, fall[i] * span) for i in range(3)))


def _by_shot(path: Sequence[KeyFrame]) -> Iterator[list[KeyFrame]]:
    shot: list[KeyFrame] = []
    for key in path:
        if key.cut and shot:
            yield shot
            shot = []
        shot.append(key)
    yield shot


def _slopes(times: Sequence[int], values: Sequence[float]) -> list[float]:
    """How fast the value changes at each key frame, per ms: 0 at the ends, and where it turns or stands."""
    spans = [after - before for before, after in pairwise(times)]
    rises = [(after - before) / span for (before, after), span in zip(pairwise(values), spans, strict=True)]
    inner = [
        _between(before, after, first, second)
        for (before, after), (first, second) in zip(pairwise(rises), pairwise(spans), strict=True)
    ]
    return [0.0, *inner, 0.0] if rises else [0.0]


def _between(before: float, after: float, first: float, second: float) -> float:
    if before * after <= 0:
        return 0.0
    one, other = 2 * second + first, second + 2 * first
    return (one + other) / (one / before + other / after)


def _cubic(share: float, begin: float, end: float, rise: float, fall: float) -> float:
    """Hermite's cubic from `begin` to `end`, with slopes `rise` and `fall` there."""
    left = 1 - share
    toward = share * share * (3 - 2 * share)
    return begin + (end - begin) * toward + left * left * share * rise - left * share * share * fall
