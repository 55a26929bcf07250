"""A path that keeps a footage's people in a frame of other proportions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from media_tools.clips.keyframes import Aim, KeyFrame
from media_tools.clips.steady import Stop, Wish, steady
from media_tools.clips.story import Fit, Reframe
from media_tools.clips.subject import Spot, subject
from media_tools.clips.watching import Shot
from media_tools.errors import InvalidInput
from media_tools.spec.geometry import Size

ASPECTS = ("9:16", "4:5", "1:1", "16:9")
_SHORT = 1080  # px of the short side of what platforms take
_ASIDE = 0.17  # of the frame's length by which a subject may lie beside its centre
_LEAST_ASIDE = 0.05  # where several people leave less room
_EYES = 0.08  # of the frame's height by which faces lie above its centre
_TALL = 1 / 8  # of the frame's height: smaller faces are brought nearer
_NEARER = 1.5  # times, at most
_ENLARGED = 1.5  # times to which the footage's own px may be enlarged by that
_ALIKE = 0.01  # of the footage: a jump over less is an accident, not a cut


def follow(shots: Sequence[Shot], source: Size, target: Size, focal: Aim) -> tuple[KeyFrame, ...]:
    """Key frames, few for each shot; it looks at `focal` while there is nobody."""
    path: list[KeyFrame] = []
    for shot in shots:
        keys = _through(shot, _Frame(source, target), focal)
        if path and len(keys) == 1 and _alike(path[-1], keys[0]):
            continue
        path += [keys[0].model_copy(update={"cut": bool(path)}), *keys[1:]]
    return tuple(path)


def framings(shots: Sequence[Shot], source: Size, aspects: Iterable[str]) -> dict[str, Reframe]:
    """How a story's footage is to be framed in each of some proportions. Raises InvalidInput for what is none."""
    middle = Reframe().middle
    return {aspect: Reframe(fit=Fit.FACES, path=follow(shots, source, _sized(aspect), middle)) for aspect in aspects}


def _sized(aspect: str) -> Size:
    sides = re.fullmatch(r"([1-9]\d?):([1-9]\d?)", aspect)
    if sides is None:
        raise InvalidInput("aspects", f"has “{aspect}”, which is no width and height.", "Write them as 9:16.")
    width, height = int(sides[1]), int(sides[2])
    return Size(_SHORT * width / min(width, height), _SHORT * height / min(width, height))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is cut out of the footage, and what it is brought to."""

    source: Size
    target: Size

    def room(self, scale: float) -> Size:
        """In shares of the footage."""
        ratio = self.target.width / self.target.height * self.source.height / self.source.width
        return Size(min(1.0, ratio) / scale, min(1.0, 1 / ratio) / scale)

    @property
    def nearest(self) -> float:
        """The scale up to which the footage's px are not enlarged too much."""
        most = _ENLARGED * self.room(1).width * self.source.width / self.target.width
        return max(1.0, min(_NEARER, most))


def _through(shot: Shot, frame: _Frame, focal: Aim) -> list[KeyFrame]:
    whole = frame.room(1)
    spots = subject(shot, whole) if min(whole.width, whole.height) < 1 - _ALIKE else ()
    if not spots:
        return [_key(shot.start, _within(focal.x, whole.width), _within(focal.y, whole.height), 1)]
    scale = _scale(spots, frame)
    room = frame.room(scale)
    across = steady([_across(spot, room.width) for spot in spots], room.width)
    down = steady([_down(spot, room.height) for spot in spots], room.height)
    if len(across) == len(down) == 1:
        return [_key(shot.start, across[0].centre, down[0].centre, scale)]
    moments = sorted({round(stop.second, 3) for stops in (across, down) if len(stops) > 1 for stop in stops})
    keys = [_key(moment, _at(across, moment), _at(down, moment), scale) for moment in moments]
    return [keys[0].model_copy(update={"at": round(1000 * shot.start)}), *keys[1:]]


def _scale(spots: Sequence[Spot], frame: _Frame) -> float:
    """Nearer where faces are small, as long as people, and the footage's px, allow it."""
    room = frame.room(1)
    tall = float(np.median([spot.box.height for spot in spots])) / room.height
    wide = max(spot.box.width for spot in spots) / room.width
    return round(max(1.0, min(frame.nearest, _TALL / tall, (1 - 2 * _ASIDE) / wide)), 2)


def _across(spot: Spot, length: float) -> Wish:
    return _wish(spot.second, spot.box.x + spot.box.width / 2, spot.box.width, length)


def _down(spot: Spot, length: float) -> Wish:
    return _wish(spot.second, spot.box.y + spot.box.height / 2 + _EYES * length, spot.box.height, length)


def _wish(second: float, best: float, extent: float, length: float) -> Wish:
    aside = max(_LEAST_ASIDE * length, min(_ASIDE * length, (length - extent) / 2))
    return Wish(second, _within(best - aside, length), _within(best, length), _within(best + aside, length))


def _within(centre: float, length: float) -> float:
    """A centre at which the frame does not leave the footage."""
    return min(max(length / 2, centre), 1 - length / 2)


def _at(stops: Sequence[Stop], second: float) -> float:
    return float(np.interp(second, [stop.second for stop in stops], [stop.centre for stop in stops]))


def _key(second: float, x: float, y: float, scale: float) -> KeyFrame:
    return KeyFrame(at=round(1000 * second), x=round(x, 4), y=round(y, 4), scale=scale)


def _alike(one: KeyFrame, other: KeyFrame) -> bool:
    return max(abs(one.x - other.x), abs(one.y - other.y)) < _ALIKE and one.scale == other.scale
