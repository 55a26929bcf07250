"""What a film or sound is by its header, and how much of it is really there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from media_tools.errors import CannotOpen
from media_tools.open.container import DONE_BY, MOST_FPS, MOST_SECONDS, beginning, opened, picture_of, too_fast
from media_tools.open.moving_pictures import SDR, UNSAID, is_hd, transfer_of


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What a header says. `width` and `height` are px once upright and square; both 0 for sound alone."""

    format: str
    width: int
    height: int
    seconds: float | None
    """None where the header does not say; `measured` counts."""
    fps: float
    codec: str
    rotation: int
    interlaced: bool
    transfer: str
    """The transfer curve: sdr, hlg or pq."""
    untagged: bool
    """Whether it does not say by which matrix its colours were coded."""
    audio_codec: str
    channels: int
    bytes: int

    @property
    def hd(self) -> bool:
        """Large enough to be coded by BT.709 where nothing is said: what is smaller was made for BT.601."""
        return is_hd(self.width, self.height)

    @property
    def has_picture(self) -> bool:
        return self.width > 0

    @property
    def has_sound(self) -> bool:
        return self.channels > 0


def probe_video(path: Path) -> VideoFacts:
    """From the header and the first frame, within the limits above. Raises CannotOpen."""
    with opened(path) as container:
        video = picture_of(container)
        audio = next(iter(container.streams.audio), None)
        if video is None and audio is None:
            raise CannotOpen(path.name, "holds neither picture nor sound.", DONE_BY)
        seen = _seen(container, video) if video else _Seen(0, 0)
        seconds = container.duration / av.time_base if container.duration else None
        _check_length(path, seconds)
        return VideoFacts(
            format=container.format.name.partition(",")[0],
            width=seen.width,
            height=seen.height,
            seconds=seconds,
            fps=float(video.average_rate or 0) if video else 0.0,
            codec=video.codec_context.name if video else "",
            rotation=seen.rotation,
            interlaced=seen.interlaced,
            transfer=seen.transfer,
            untagged=seen.untagged,
            audio_codec=audio.codec_context.name if audio else "",
            channels=audio.channels if audio else 0,
            bytes=path.stat().st_size,
        )


def measured(path: Path, alive: Callable[[], None] = lambda: None) -> float:
    """Seconds from the file's beginning to the end of its last picture (its sound, where there is no picture).

    What is really there is counted, without decoding. `alive` is called at each packet; what it raises ends the
    counting. Raises CannotOpen for a file with more pictures than it says, and Incomplete for one that ends before
    its header says.
    """
    with opened(path) as container:
        video, begun = picture_of(container), float(beginning(container))
        streams = [*([video] if video else []), *container.streams.audio]
        if not streams:
            raise CannotOpen(path.name, "holds neither picture nor sound.", DONE_BY)
        first, told = streams[0], (container.duration or 0) / av.time_base
        stretches = _stretches(container, streams, alive)
        shown = stretches.get(first.index, _Stretch(begun, begun, 0))
        there = max((each.end for each in stretches.values()), default=begun) - begun
        if first.duration:
            told, there = float(first.duration * first.time_base), shown.end - shown.begin
    _check_length(path, shown.end - shown.begin)
    if video:
        _check_rate(path, shown)
    good = shown.end - min(shown.begin, begun)
    if told and there < told - max(0.2, 0.02 * told):
        raise Incomplete(path.name, good, told)
    return good


def looked_over(path: Path) -> tuple[VideoFacts, float]:
    """What it is, and how long. Raises CannotOpen."""
    return probe_video(path), measured(path)


class Incomplete(CannotOpen):
    """A file whose end is missing; `good` seconds of it are there."""

    def __init__(self, name: str, good: float, told: float) -> None:
        self.good, self.told = good, told
        why = f"is incomplete: {good:.1f} of its {told:.1f} seconds are there."
        super().__init__(
            name, why, f"Ask for it to be sent again, or use what is there: end at {good:.1f} s or earlier."
        )

    def __reduce__(self) -> Any:
        return type(self), (self.name, self.good, self.told)


class _Stretch(NamedTuple):
    """From where to where on the file's own clock one stream reaches, in seconds, and in how many packets."""

    begin: float
    end: float
    packets: int


def _stretches(container: InputContainer, streams: Sequence[Any], alive: Callable[[], None]) -> dict[int, _Stretch]:
    """Of each stream, without what its edit list leaves out."""
    found: dict[int, _Stretch] = {}
    for packet in container.demux(*streams):
        alive()
        if packet.pts is None or packet.is_discard:
            continue
        begin = float(packet.pts * packet.time_base)
        end = begin + float((packet.duration or 0) * packet.time_base)
        begun, ended, count = found.get(packet.stream_index, _Stretch(begin, end, 0))
        found[packet.stream_index] = _Stretch(min(begun, begin), max(ended, end), count + 1)
    return found


def _check_rate(path: Path, counted: _Stretch) -> None:
    """By what is there: a header says what it likes."""
    seconds = counted.end - counted.begin
    if counted.packets > 2 * MOST_FPS * (seconds + 1):  # a field of interlaced footage may come by itself
        raise too_fast(path, counted.packets / max(seconds, 1))


def _check_length(path: Path, seconds: float | None) -> None:
    if seconds is not None and seconds > MOST_SECONDS:
        why = f"lasts {seconds / 3600:.1f} hours, and we open up to {MOST_SECONDS // 3600}."
        raise CannotOpen(path.name, why, "Cut it first.")


class _Seen(NamedTuple):
    """What the first picture tells: size in px once upright and square, rotation in degrees, fields, colours."""

    width: int
    height: int
    rotation: int = 0
    interlaced: bool = False
    transfer: str = SDR
    untagged: bool = False


def _seen(container: InputContainer, video: VideoStream) -> _Seen:
    frame: Any = next(container.decode(video), None)
    if frame is None:
        raise ValueError("There is no picture in it.")
    aspect = video.sample_aspect_ratio or 1
    width, height = round(frame.width * float(aspect)), frame.height
    rotation = round(frame.rotation or 0) % 360
    if rotation in (90, 270):
        width, height = height, width
    untagged = int(frame.colorspace) == UNSAID
    return _Seen(width, height, rotation, bool(frame.interlaced_frame), transfer_of(frame), untagged)
