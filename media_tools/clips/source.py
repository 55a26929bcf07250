"""The part of a footage file that a clip shows, and how ffmpeg is let near it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from media_tools.clips.story import FPS, Footage
from media_tools.errors import InvalidInput
from media_tools.open.video import FORMATS, MOST_PIXELS, VideoFacts, measured, probe_video
from media_tools.spec.geometry import Size

_SLACK = 0.1  # seconds by which an end may pass the file's: players round


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a file that was looked over, from `start` for `frames` pictures at FPS."""

    path: Path
    facts: VideoFacts
    start: float
    frames: int

    @property
    def seconds(self) -> float:
        return self.frames / FPS

    @property
    def size(self) -> Size:
        """Upright, in even px: what the normalising chain hands on."""
        return Size(self.facts.width // 2 * 2, self.facts.height // 2 * 2)


def cut(footage: Footage, path: Path, alive: Callable[[], None] = lambda: None) -> Cut:
    """Look the file over. Raises CannotOpen for the file and InvalidInput for times that it does not have.

    `alive` is called while a long one is counted; what it raises ends that.
    """
    facts = probe_video(path)
    if not facts.has_picture:
        raise InvalidInput("footage.path", f"'{path.name}' is sound alone.", "Choose footage that has a picture.")
    length = measured(path, alive)
    if footage.start >= length:
        raise InvalidInput(
            "footage.start", f"is {footage.start:g} s, and the footage lasts {length:.2f} s.", "Begin earlier."
        )
    if footage.end is not None and footage.end > length + _SLACK:
        raise InvalidInput(
            "footage.end", f"is {footage.end:g} s, and the footage lasts {length:.2f} s.", "End earlier."
        )
    end = min(footage.end or length, length)
    return Cut(path, facts, footage.start, max(1, round((end - footage.start) * FPS)))


def input_options(piece: Cut) -> list[str]:
    """What stands before the file on ffmpeg's command line. No other file is ever read through it."""
    return [
        "-protocol_whitelist", "file", "-format_whitelist", FORMATS, "-max_pixels", str(MOST_PIXELS),
        "-ss", f"{piece.start:.6f}", "-t", f"{piece.seconds + 1 / FPS:.6f}", "-i", f"file:{piece.path}",
    ]  # fmt: skip
