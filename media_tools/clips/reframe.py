"""Which part of the footage a frame of other proportions shows."""

from dataclasses import dataclass

from media_tools.clips.keyframes import Aim
from media_tools.spec.geometry import Box, Point, Size

_REACH = 16  # px of the source by which a gliding cut may begin early: among so many, one lies on the px that is meant
_UNEVEN = 0.3  # px: the worth of an even px, on which colour lies as it should


@dataclass(frozen=True, slots=True)
class Window:
    """How ffmpeg cuts a frame out: a part of the source, the size to which it is brought, where the frame lies in that.

    All in whole px, those of the source even: H.264 keeps colour for every second one.
    """

    part: Box
    brought: Size
    at: Point


def crop(source: Size, target: Size, aim: Aim) -> Box:
    """The largest part of `source` with the proportions of `target`, divided by the aim's scale, its centre as near the
    aim as it can be. In whole, even px.
    """
    exact = _exact(source, target, aim)
    width, height = _even(exact.width), _even(exact.height)
    x = _even(min(max(0, aim.x * source.width - width / 2), source.width - width))
    y = _even(min(max(0, aim.y * source.height - height / 2), source.height - height))
    return Box(x, y, width, height)


def resting(source: Size, target: Size, aim: Aim) -> Window:
    """The window of a frame that stands: the very px are brought to the target's size."""
    return Window(crop(source, target, aim), target, Point(0, 0))


def gliding(source: Size, target: Size, aim: Aim) -> Window:
    """The window of a frame that moves: true to a px of the target, where `crop` is true to two of the source."""
    exact = _exact(source, target, aim)
    x, width, wide, left = _axis(exact.x, exact.width, source.width, target.width)
    y, height, high, top = _axis(exact.y, exact.height, source.height, target.height)
    return Window(Box(x, y, width, height), Size(wide, high), Point(left, top))


def _exact(source: Size, target: Size, aim: Aim) -> Box:
    ratio = target.width / target.height
    width = min(source.width, source.height * ratio) / aim.scale
    height = min(source.height, source.width / ratio) / aim.scale
    x = min(max(0, aim.x * source.width - width / 2), source.width - width)
    y = min(max(0, aim.y * source.height - height / 2), source.height - height)
    return Box(x, y, width, height)


def _axis(begin: float, length: float, whole: float, target: float) -> tuple[int, int, int, int]:
    """For one axis: where the cut begins and how long it is, how long it becomes, and where the frame begins in it.

    Of all beginnings in reach it takes the one from which whole px lead nearest to `begin`.
    """
    cut = min(int(whole), _even(length) + _REACH + 4)
    brought = max(int(target), round(cut * target / length))
    most = min(_even(begin), int(whole) - cut)
    choices = []
    for first in range(most, max(-1, most - _REACH), -2):
        meant = (begin - first) * brought / cut
        for near in (int(meant), int(meant) + 1):
            px = min(near, brought - int(target))
            choices.append((abs(meant - px) + _UNEVEN * (px % 2), first, px))
    _error, first, px = min(choices)
    return first, cut, brought, px


def _even(value: float) -> int:
    return int(value / 2 + 1e-9) * 2
