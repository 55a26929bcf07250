"""Pictures over time: groups that come in one after another, and then stand still to be read."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from media_tools.clips.story import FPS
from media_tools.draw import Pixels

_TEXT_IN, _STAGGER = 0.36, 0.08  # seconds: ART.md, section 9, Motion
RISE = 0.012  # of the height
_OPAQUE = 3  # channels of a picture that nothing is seen through
_HAIR = 0.25  # of a step of 255: moviepy rounds opacity down

type Curve = tuple[tuple[float, float], tuple[float, float]]
"""A cubic Bézier by its two handles, as CSS writes it."""

TEXT_EASE: Curve = ((0.2, 0.0), (0.0, 1.0))
LINE_EASE: Curve = ((0.4, 0.0), (0.2, 1.0))
COUNT_EASE: Curve = ((0.1, 0.8), (0.2, 1.0))


class Moving(Protocol):
    """Pictures over time, whose last one stands."""

    def at(self, second: float) -> NDArray[np.uint8]: ...

    @property
    def frames(self) -> int: ...


@dataclass(frozen=True)
class Arrival:
    """A still ground, and groups that fade and rise onto it in reading order. All are as large as the frame."""

    ground: NDArray[np.uint8]
    """Of three channels where it covers everything; of four, premultiplied, where something is seen through it."""
    groups: tuple[Pixels, ...]

    def at(self, second: float) -> NDArray[np.uint8]:
        """(height, width, channels of the ground) uint8 sRGB, `second` seconds after the beginning."""
        if second >= self._settled:
            return self._still
        frame = self.ground.astype(np.uint16)
        for number, group in enumerate(self.groups):
            share = eased((second - number * _STAGGER) / _TEXT_IN)
            if share > 0:
                _lay(frame, group, share, round((1 - share) * RISE * group.shape[0]))
        return frame.astype(np.uint8)

    @property
    def frames(self) -> int:
        """How many pictures differ; the last of them is the whole, and stands from then on."""
        return ceil(self._settled * FPS) + 1

    @property
    def _settled(self) -> float:
        return _TEXT_IN + _STAGGER * (len(self.groups) - 1) if self.groups else 0.0

    @cached_property
    def _still(self) -> NDArray[np.uint8]:
        frame = self.ground.astype(np.uint16)
        for group in self.groups:
            _lay(frame, group, 1.0, 0)
        return frame.astype(np.uint8)


def film(moving: Moving, path: Path, alive: Callable[[], None]) -> None:
    """Write what moves as a lossless film that ends when it stands still; `alive` is called before each picture."""
    from moviepy import VideoClip  # a second to import, and stills never need it

    def at(second: float) -> NDArray[np.uint8]:
        alive()
        picture = moving.at(second)
        return picture if picture.shape[-1] == _OPAQUE else straight(picture)[..., :_OPAQUE]

    def cover(second: float) -> NDArray[np.float64]:
        covered: NDArray[np.float64] = (moving.at(second)[..., _OPAQUE] + _HAIR) / 255
        return covered

    clip = VideoClip(at, duration=moving.frames / FPS)
    if moving.at(0).shape[-1] > _OPAQUE:
        clip = clip.with_mask(VideoClip(cover, is_mask=True, duration=clip.duration))
    clip.write_videofile(str(path), fps=FPS, codec="ffv1", audio=False, logger=None, threads=1)


def straight(pixels: Pixels) -> Pixels:
    """The opacity that was multiplied in, divided out: so PNG and films hold colour."""
    opacity = pixels[..., 3:].astype(np.uint16)
    colour = (pixels[..., :3].astype(np.uint16) * 255 + opacity // 2) // np.maximum(opacity, 1)
    return np.dstack([colour.astype(np.uint8), pixels[..., 3]])


def eased(share: float, curve: Curve = TEXT_EASE) -> float:
    """The share of the way that is gone when `share` of the time is: a cubic Bézier, as CSS has it."""
    if share <= 0 or share >= 1:
        return min(1.0, max(0.0, share))
    (x1, y1), (x2, y2) = curve
    low, high = 0.0, 1.0
    while high - low > 1e-5:
        middle = (low + high) / 2
        low, high = (middle, high) if _bezier(x1, x2, middle) < share else (low, middle)
    return _bezier(y1, y2, low)


def _bezier(first: float, second: float, t: float) -> float:
    return 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t**2 * second + t**3


def _lay(frame: NDArray[np.uint16], group: Pixels, opacity: float, down: int) -> None:
    """Lay a premultiplied picture over the frame, `down` px lower, at some opacity."""
    height = frame.shape[0] - down
    rows = np.flatnonzero(group[:height, :, 3].any(axis=1))
    if not len(rows):
        return
    top, bottom = rows[0], rows[-1] + 1
    over(frame[top + down : bottom + down], group[top:bottom], opacity)


def over(target: NDArray[np.uint16], group: Pixels, opacity: float) -> None:
    """Lay a premultiplied picture over another one of its size, opaque or premultiplied too, at some opacity."""
    ink, share = group.astype(np.uint16), round(opacity * 255)
    cover = (ink[..., 3:] * share + 127) // 255
    target[:] = (target * (255 - cover) + 127) // 255 + (ink[..., : target.shape[-1]] * share + 127) // 255
    np.minimum(target, 255, out=target)
