"""Pictures of a film, decoded from where one asks for them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from media_tools.open.container import beginning, opened, picture_stream, seek
from media_tools.open.tone import standard

SDR = "sdr"
UNSAID = 2
"""ISO/IEC 23091-2: the matrix is unspecified."""
_HD = 720  # px of the short side
_HALF_A_FRAME = 1 / 60  # seconds: times are rounded differently in every container
_HAIR = 1e-4  # seconds: less than any two pictures are apart


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of a film, and when it comes: in seconds from the beginning of the file."""

    second: float
    _frame: Any
    _aspect: float

    def rgb(self, longest: int) -> NDArray[np.uint8]:
        """(height, width, 3) uint8 sRGB, upright, px square, the long side `longest` px or a little less."""
        width, height = self._frame.width * self._aspect, self._frame.height
        scale = min(1.0, longest / max(width, height))
        pixels = self._frame.to_ndarray(
            format="rgb24", width=max(2, round(width * scale)), height=max(2, round(height * scale))
        )
        return _turned(pixels, self._frame)

    def grey(self, width: int, height: int) -> NDArray[np.uint8]:
        """(height, width) uint8, as it was coded: neither upright nor square."""
        pixels: NDArray[np.uint8] = self._frame.to_ndarray(format="gray", width=width, height=height)
        return pixels


def pictures(path: Path, start: float, seconds: float) -> Iterator[Shown]:
    """Every picture that comes from `start` on, for `seconds`, in order. Raises CannotOpen."""
    with opened(path) as container:
        video = picture_stream(path, container)
        video.thread_type = "AUTO"
        begin, aspect = beginning(container), float(video.sample_aspect_ratio or 1)
        seek(container, float(begin) + start)
        for frame in container.decode(video):
            if frame.time is None:
                continue
            second = frame.time - float(begin)
            if second >= start + seconds:
                break
            if second >= start - _HAIR:
                yield Shown(second, frame, aspect)


def picture_times(path: Path, start: float, seconds: float) -> tuple[Fraction, ...]:
    """When the picture that stands at `start` came, and when each one for `seconds` after it comes.

    In seconds of the file, to the tick of its own clock, counted without decoding. Raises CannotOpen.
    """
    with opened(path) as container:
        video = picture_stream(path, container)
        clock = Fraction(video.time_base.numerator, video.time_base.denominator)
        begin = beginning(container)
        seek(container, float(begin) + start)
        found = set()
        for packet in container.demux(video):
            if packet.pts is None or packet.is_discard:
                continue
            found.add(packet.pts * clock - begin)
            if packet.is_keyframe and max(found) > start + seconds:
                break
    times = sorted(found)
    standing = bisect_right(times, start + _HAIR) - 1
    return tuple(time for time in times[max(0, standing) :] if time < start + seconds)


def frame_at(path: Path, second: float) -> NDArray[np.uint8]:
    """The picture that stands `second` seconds after the beginning, the last one where the file ends earlier.

    (height, width, 3) uint8 sRGB, upright, px square. Raises CannotOpen.
    """
    with opened(path) as container:
        video = picture_stream(path, container)
        video.thread_type = "AUTO"
        begin = float(beginning(container))
        seek(container, begin + second)
        found: Any = None
        for frame in container.decode(video):
            found = frame
            if frame.time is not None and frame.time - begin >= second - _HALF_A_FRAME:
                break
        if found is None:
            raise ValueError("There is no picture in it.")
        return _upright(found, float(video.sample_aspect_ratio or 1))


def _upright(frame: Any, aspect: float) -> NDArray[np.uint8]:
    width = max(1, round(frame.width * aspect))
    transfer = transfer_of(frame)
    if transfer != SDR:
        wide = frame.to_ndarray(format="rgb48le", width=width, height=frame.height, src_colorspace=Colorspace.BT2020)
        return _turned(standard(wide, transfer), frame)
    said = int(frame.colorspace) != UNSAID
    taken = None if said else Colorspace.ITU709 if is_hd(frame.width, frame.height) else Colorspace.ITU601
    pixels = frame.to_ndarray(format="rgb24", width=width, height=frame.height, src_colorspace=taken)
    return _turned(pixels, frame)


def _turned(pixels: NDArray[np.uint8], frame: Any) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.rot90(pixels, round((frame.rotation or 0) / 90) % 4))


def transfer_of(frame: Any) -> str:
    return {16: "pq", 18: "hlg"}.get(int(frame.color_trc or 0), SDR)


def is_hd(width: int, height: int) -> bool:
    return min(width, height) >= _HD
