"""A film looked at from end to end: whether it plays, and what it shows now and then."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

_THUMBNAIL = (48, 48)


@dataclass(frozen=True, slots=True)
class Watched:
    width: int
    height: int
    frames: int
    sounds: int
    bytes: int
    seen: dict[int, NDArray[np.float32]]
    """Small pictures, 0 to 255, by the number of their frame."""

    @property
    def kind(self) -> tuple[int, int, int, int]:
        """What two films have in common that can be compared."""
        return self.width, self.height, self.frames, self.sounds

    def apart(self, other: "Watched", moments: Collection[int]) -> float:
        """Mean difference of their pictures at the moment where they are least alike, of 255."""
        return max(float(np.abs(self.seen[moment] - other.seen[moment]).mean()) for moment in moments)


def watched(path: Path, moments: Collection[int]) -> Watched:
    """Decode all of it, and keep the pictures at `moments`, numbers of frames."""
    seen, frames = {}, 0
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        for frame in container.decode(video):
            if frames in moments:
                small = frame.to_ndarray(format="rgb24", width=_THUMBNAIL[0], height=_THUMBNAIL[1])
                seen[frames] = small.astype(np.float32)
            frames += 1
        return Watched(video.width, video.height, frames, len(container.streams.audio), path.stat().st_size, seen)
