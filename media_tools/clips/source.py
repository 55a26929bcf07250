"""What a clip shows of a footage file, and how ffmpeg is let near it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

from media_tools.clips.film_time import FilmTime, Stretch
from media_tools.clips.keyframes import KeyFrame
from media_tools.clips.story import FPS, Footage
from media_tools.errors import InvalidInput
from media_tools.open.container import FORMATS, MOST_PIXELS, UNINDEXED, UNINDEXED_FORMATS
from media_tools.open.moving_pictures import SDR, picture_times
from media_tools.open.video import Incomplete, VideoFacts, measured, probe_video
from media_tools.spec.geometry import Size

PICTURE, SOUND = "V:0", "a:0"
"""ffmpeg's names for the streams that are shown and heard: no cover, and of several sounds the first."""
_LARGEST_TONED = 2560  # px of the long side: bringing a high range down costs as much as coding, for each px
_SLACK = 0.1  # seconds by which an end may pass the file's: players round
_EARLY = 0.002  # seconds: more than times are rounded by


@dataclass(frozen=True, slots=True)
class Cut:
    """Stretches of a file that was looked over, which follow one another behind `opening` frames of a title card."""

    path: Path
    facts: VideoFacts
    stretches: tuple[Stretch, ...]
    opening: int = 0

    @property
    def frames(self) -> int:
        """Pictures of the footage at FPS."""
        return sum(stretch.frames for stretch in self.stretches)

    @property
    def seconds(self) -> float:
        return self.frames / FPS

    @property
    def time(self) -> FilmTime:
        return FilmTime(self.stretches, self.opening)

    @property
    def size(self) -> Size:
        """Upright, in even px: what the normalising chain hands on."""
        return even(self.facts.width, self.facts.height, None if self.facts.transfer == SDR else _LARGEST_TONED)


def even(width: float, height: float, longest: float | None = None) -> Size:
    """In even px, at least 2, with no side longer than `longest`."""
    scale = min(1.0, longest / max(width, height)) if longest else 1.0
    return Size(*(max(2, int(side * scale) // 2 * 2) for side in (width, height)))


def cut(footage: Footage, path: Path, alive: Callable[[], None] = lambda: None) -> Cut:
    """Look the file over. Raises CannotOpen for the file and InvalidInput for times that it does not have.

    `alive` is called while a long one is counted; what it raises ends that.
    """
    facts = probe_video(path)
    if not facts.has_picture:
        raise InvalidInput("footage.path", f"'{path.name}' is sound alone.", "Choose footage that has a picture.")
    length = _length(footage, path, alive)
    _check_there(footage, length)
    stretches = FilmTime.of(footage, length).stretches
    return Cut(path, facts, tuple(replace(each, lead=_lead(path, facts, each.start)) for each in stretches))


def _check_there(footage: Footage, length: float) -> None:
    for number, each in enumerate(footage.ranges):
        field = f"footage.then[{number - 1}]" if number else "footage"
        if each.start >= length:
            why = f"is {each.start:g} s, and the footage lasts {length:.2f} s."
            raise InvalidInput(f"{field}.start", why, "Begin earlier.")
        if each.end is not None and each.end > length + _SLACK:
            why = f"is {each.end:g} s, and the footage lasts {length:.2f} s."
            raise InvalidInput(f"{field}.end", why, "End earlier.")


def _length(footage: Footage, path: Path, alive: Callable[[], None]) -> float:
    """Seconds. A file whose end is missing is good for who says that they end before."""
    try:
        return measured(path, alive)
    except Incomplete as error:
        if any(each.end is None or each.end > error.good for each in footage.ranges):
            raise
        return error.good


def _lead(path: Path, facts: VideoFacts, start: float) -> float:
    """Whole seconds: ffmpeg rounds them to no file's clock, so pictures keep the frames that `snapped` expects."""
    if facts.format in UNINDEXED_FORMATS:
        return min(start, UNINDEXED)
    standing = picture_times(path, start, 1 / FPS)[:1]
    return min(start, ceil(max(0.0, start - float(standing[0])) + _EARLY)) if standing else 0.0


def snapped(path: Sequence[KeyFrame], file: Path, stretch: Stretch) -> list[KeyFrame]:
    """The path with its jumps in a stretch at the very frames at which the nearest pictures of the footage come.

    Such a frame is the one to which ffmpeg's `fps` rounds a picture's time; the jump is set half a frame before it.
    """
    if not any(key.cut for key in path):
        return list(path)
    times = picture_times(file, stretch.start, stretch.seconds)
    return [_snapped(key, times, stretch.start) if key.cut and times else key for key in path]


def _snapped(key: KeyFrame, times: Sequence[Fraction], start: float) -> KeyFrame:
    second = Fraction(key.at, 1000)
    if not times[0] <= second <= times[-1] + Fraction(1, FPS):
        return key
    nearest = min(times, key=lambda time: abs(time - second))
    frame = floor((nearest - Fraction(round(start * 10**6), 10**6)) * FPS + Fraction(1, 2))
    return key.model_copy(update={"at": max(0, ceil(1000 * (start + (frame - 0.5) / FPS)))})


def input_options(file: Path, stretch: Stretch) -> list[str]:
    """What stands before the file on ffmpeg's command line. No other file is ever read through it."""
    return [
        *guarded(), *(part for name, value in sought(stretch.start).items() for part in (f"-{name}", value)),
        "-t", f"{stretch.seconds + 1 / FPS:.6f}", "-i", f"file:{file}",
    ]  # fmt: skip


def guarded() -> list[str]:
    """What stands before any file that somebody uploaded."""
    return ["-protocol_whitelist", "file", "-format_whitelist", FORMATS, "-max_pixels", str(MOST_PIXELS)]


def sought(second: float) -> dict[str, str]:
    """Where ffmpeg begins to read; nothing for the beginning, to which not every file can be wound back."""
    return {"ss": f"{second:.6f}"} if second > 0 else {}
