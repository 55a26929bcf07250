"""One side of a camera's way through a shot: at rest as long as it can be, and slow where it must move."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import median

_BRIEF = 0.7  # seconds: what lasts less is no reason to move
_HOLD = 2.0  # seconds: where it may rest for less, it passes through
_SPEED = 0.6  # of the frame's length a second, at most
_HASTE = 1.2  # of the frame's length a second gained or lost in a second, at most
_PEAK = 1.5  # times its mean speed is the most of an eased move
_GAIN = 6.0  # times the way over the square of the time is the most that its speed changes


@dataclass(frozen=True, slots=True)
class Wish:
    """At one second, from where to where the frame's centre may lie, and where best: shares of the footage."""

    second: float
    low: float
    best: float
    high: float


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the frame's centre is at one second."""

    second: float
    centre: float


@dataclass(slots=True)
class _Rest:
    """Wishes that one place of the frame fulfils."""

    wishes: list[Wish]

    @property
    def low(self) -> float:
        return max(wish.low for wish in self.wishes)

    @property
    def high(self) -> float:
        return min(wish.high for wish in self.wishes)

    @property
    def centre(self) -> float:
        return min(max(self.low, median(wish.best for wish in self.wishes)), self.high)

    @property
    def begin(self) -> float:
        return self.wishes[0].second

    @property
    def end(self) -> float:
        return self.wishes[-1].second

    @property
    def middle(self) -> float:
        return (self.begin + self.end) / 2

    def holds(self, others: Sequence[Wish]) -> bool:
        both = _Rest([*self.wishes, *others])
        return both.low <= both.high


def steady(wishes: Sequence[Wish], length: float) -> list[Stop]:
    """The stops of a frame that is `length` long: one where it can stand still all the time.

    It begins to move before it must, so that it need never hurry; where even that is too late it stays behind.
    """
    rests = _without_brief(_rests(wishes))
    return _slowed([stop for rest in _moving(rests, length) for stop in rest], length)


def _rests(wishes: Sequence[Wish]) -> list[_Rest]:
    """As few as there can be: each lasts as long as one place will do."""
    rests = [_Rest([wishes[0]])]
    for wish in wishes[1:]:
        if rests[-1].holds([wish]):
            rests[-1].wishes.append(wish)
        else:
            rests.append(_Rest([wish]))
    return rests


def _without_brief(rests: Sequence[_Rest]) -> list[_Rest]:
    """What is over at once is not followed, and what was the same before and after it is one rest."""
    kept: list[_Rest] = []
    for number, rest in enumerate(rests):
        if rest.end - rest.begin < _BRIEF and _returns(rests, number):
            continue
        if kept and kept[-1].holds(rest.wishes):
            kept[-1].wishes.extend(rest.wishes)
        else:
            kept.append(rest)
    return kept or [max(rests, key=lambda rest: len(rest.wishes))]


def _returns(rests: Sequence[_Rest], number: int) -> bool:
    """Whether what comes after a rest is where it was before; the ends of a shot have nothing to return from."""
    if number in (0, len(rests) - 1):
        return True
    return rests[number - 1].holds(rests[number + 1].wishes)


def _moving(rests: Sequence[_Rest], length: float) -> list[tuple[Stop, ...]]:
    """Two stops for a place that is held, one for a place that is passed; moves are as long as they must be."""
    if len(rests) == 1:
        return [(Stop(rests[0].begin, rests[0].centre),)]
    last = len(rests) - 1
    spans = [
        [rest.begin, rest.end] if rest.end - rest.begin >= _HOLD or number in (0, last) else [rest.middle, rest.middle]
        for number, rest in enumerate(rests)
    ]
    for (rest, span), (next_rest, next_span) in pairwise(zip(rests, spans, strict=True)):
        missing = _time(abs(next_rest.centre - rest.centre) / length) - (next_span[0] - span[1])
        if missing > 0:
            span[1] = max((span[0] + span[1]) / 2, span[1] - missing / 2)
            next_span[0] = min((next_span[0] + next_span[1]) / 2, next_span[0] + missing / 2)
    return [
        tuple(Stop(second, rest.centre) for second in sorted(set(span)))
        for rest, span in zip(rests, spans, strict=True)
    ]


def _time(way: float) -> float:
    """Seconds of an eased move over `way` frames' lengths."""
    return max(_PEAK * way / _SPEED, sqrt(_GAIN * way / _HASTE))


def _slowed(stops: Sequence[Stop], length: float) -> list[Stop]:
    """Where the time is too short for the way, the frame goes as far as it can."""
    slowed = [stops[0]]
    for stop in stops[1:]:
        before = slowed[-1]
        most = length * _SPEED * (stop.second - before.second) / _PEAK
        way = min(most, max(-most, stop.centre - before.centre))
        slowed.append(Stop(stop.second, before.centre + way))
    return slowed
