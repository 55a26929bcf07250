"""The only door for footage and sound: what a file is by its header, within limits, or a sentence to act on.

A file's own words are never believed: only containers of FORMATS are opened, so a playlist in disguise leads nowhere.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.reformatter import Colorspace
from av.video.stream import VideoStream
from numpy.typing import NDArray

from media_tools.errors import CannotOpen
from media_tools.open.tone import standard

FORMATS = "mov,matroska,mpegts,mpeg,avi,mxf,wav,mp3,flac,ogg,aac"
"""ffmpeg's demuxers that we let open a file: none of them reads a second file."""
UNINDEXED_FORMATS = frozenset({"mpegts", "mpeg"})
UNINDEXED = 3.0
"""Seconds by which one must begin to read early in those: a place is found, and then the next picture that needs no
other, which may come some seconds later."""
MOST_PIXELS = 36_000_000  # 8K and a little; a decoder is never started above it
MOST_SECONDS = 4 * 3600  # a whole conference
MOST_FPS = 120  # slow motion of most phones
MOST_STREAMS = 32  # a broadcaster's file has sixteen of sound, and a camera's some of data
MOST_BYTES = 20_000_000_000  # an hour as cameras record it
SDR = "sdr"
_UNSAID = 2  # ISO/IEC 23091-2: the matrix is unspecified
_HD = 720  # px of the short side
_HALF_A_FRAME = 1 / 60  # seconds: times are rounded differently in every container
_HAIR = 1e-4  # seconds: less than any two pictures are apart

_MAGIC = re.compile(
    rb"....(ftyp|moov|mdat|wide|free|skip)|\x1aE\xdf\xa3|RIFF....(AVI |WAVE)|\x47.{187}\x47|\0\0\x01\xba"
    rb"|\x06\x0e\x2b\x34|ID3|\xff[\xe2-\xfb\xf1\xf9]|fLaC|OggS",
    re.DOTALL,
)
_DONE_BY = "Ask for the file as the camera made it, or export it as MP4 (H.264)."


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
        return _is_hd(self.width, self.height)

    @property
    def has_picture(self) -> bool:
        return self.width > 0

    @property
    def has_sound(self) -> bool:
        return self.channels > 0


def probe_video(path: Path) -> VideoFacts:
    """From the header and the first frame, within the limits above. Raises CannotOpen."""
    with _opened(path) as container:
        video = picture_of(container)
        audio = next(iter(container.streams.audio), None)
        if video is None and audio is None:
            raise CannotOpen(path.name, "holds neither picture nor sound.", _DONE_BY)
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
    with _opened(path) as container:
        video, beginning = picture_of(container), float(_beginning(container))
        streams = [*([video] if video else []), *container.streams.audio]
        if not streams:
            raise CannotOpen(path.name, "holds neither picture nor sound.", _DONE_BY)
        first, told = streams[0], (container.duration or 0) / av.time_base
        stretches = _stretches(container, streams, alive)
        shown = stretches.get(first.index, _Stretch(beginning, beginning, 0))
        there = max((each.end for each in stretches.values()), default=beginning) - beginning
        if first.duration:
            told, there = float(first.duration * first.time_base), shown.end - shown.begin
    _check_length(path, shown.end - shown.begin)
    if video:
        _check_rate(path, shown)
    good = shown.end - min(shown.begin, beginning)
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
    with _opened(path) as container:
        video = _picture_stream(path, container)
        video.thread_type = "AUTO"
        begin, aspect = _beginning(container), float(video.sample_aspect_ratio or 1)
        _seek(container, float(begin) + start)
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
    with _opened(path) as container:
        video = _picture_stream(path, container)
        clock = Fraction(video.time_base.numerator, video.time_base.denominator)
        begin = _beginning(container)
        _seek(container, float(begin) + start)
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
    with _opened(path) as container:
        video = _picture_stream(path, container)
        video.thread_type = "AUTO"
        begin = float(_beginning(container))
        _seek(container, begin + second)
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
    transfer = _transfer(frame)
    if transfer != SDR:
        wide = frame.to_ndarray(format="rgb48le", width=width, height=frame.height, src_colorspace=Colorspace.BT2020)
        return _turned(standard(wide, transfer), frame)
    said = int(frame.colorspace) != _UNSAID
    taken = None if said else Colorspace.ITU709 if _is_hd(frame.width, frame.height) else Colorspace.ITU601
    pixels = frame.to_ndarray(format="rgb24", width=width, height=frame.height, src_colorspace=taken)
    return _turned(pixels, frame)


def _turned(pixels: NDArray[np.uint8], frame: Any) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.rot90(pixels, round((frame.rotation or 0) / 90) % 4))


def picture_of(container: InputContainer) -> VideoStream | None:
    """Its first stream of pictures that is not the cover of a record."""
    return next((video for video in container.streams.video if not _is_cover(video)), None)


def _is_cover(video: VideoStream) -> bool:
    return bool(video.disposition & Disposition.attached_pic)


def _picture_stream(path: Path, container: InputContainer) -> VideoStream:
    video = picture_of(container)
    if video is None:
        raise CannotOpen(path.name, "is sound alone.", "Choose footage that has a picture.")
    return video


def _seek(container: InputContainer, second: float) -> None:
    """To a picture that can be decoded by itself, not after `second` on the file's own clock."""
    early = UNINDEXED if container.format.name in UNINDEXED_FORMATS else 0
    with suppress(av.FFmpegError):  # with nothing to go back to, it is read from where it begins: slower, and the same
        container.seek(max(0, int((second - early) * av.time_base)), backward=True)


def _beginning(container: InputContainer) -> Fraction:
    """What the file's own clock shows at its beginning, where picture or sound begins, whichever is first."""
    return Fraction(container.start_time or 0, av.time_base)


@contextmanager
def _opened(path: Path) -> Iterator[InputContainer]:
    """The container, once its kind and size are known to be harmless; what goes wrong meanwhile becomes CannotOpen."""
    _check_kind(path)
    try:
        with av.open(f"file:{path}", options={"format_whitelist": FORMATS, "protocol_whitelist": "file"}) as container:
            _check_streams(path, container)
            yield container
    except (av.FFmpegError, ValueError, OverflowError) as error:
        why = "the file is incomplete or damaged."
        remedy = "Ask for it to be sent again, as the camera made it or as MP4 (H.264)."
        raise CannotOpen(path.name, why, remedy) from error


def _check_kind(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            start = stream.read(192)
    except OSError as error:
        raise CannotOpen(
            path.name, f"cannot be read ({error.strerror}).", "Correct the path, or upload it again."
        ) from error
    if size == 0:
        raise CannotOpen(path.name, "the file is empty.", "Ask for it to be sent again.")
    if size > MOST_BYTES:
        raise CannotOpen(path.name, f"has {size / 10**9:.0f} GB, and we open up to 20 GB.", "Export it smaller.")
    if not _MAGIC.match(start):
        raise CannotOpen(path.name, "by its content this is neither footage nor sound.", _DONE_BY)


def _check_streams(path: Path, container: InputContainer) -> None:
    if len(container.streams) > MOST_STREAMS:
        why = f"has {len(container.streams)} streams, and we open up to {MOST_STREAMS}."
        raise CannotOpen(path.name, why, "Export it with one picture and one sound.")
    for stream in (*container.streams.video, *container.streams.audio[:1]):  # of several sounds the first is heard
        if stream.codec_context is None:  # its description was cut off
            raise ValueError("A stream is not described.")
    for video in container.streams.video:
        context = video.codec_context
        if context.width * context.height > MOST_PIXELS:
            why = f"has {context.width} x {context.height} px, and we open up to {MOST_PIXELS // 10**6} megapixels."
            raise CannotOpen(path.name, why, "Export it at 4K or smaller.")
        context.options = {"max_pixels": str(MOST_PIXELS)}  # its pictures may grow on the way
        if video.average_rate and video.average_rate > MOST_FPS and not _is_cover(video):
            raise _too_fast(path, float(video.average_rate))


def _check_rate(path: Path, counted: _Stretch) -> None:
    """By what is there: a header says what it likes."""
    seconds = counted.end - counted.begin
    if counted.packets > 2 * MOST_FPS * (seconds + 1):  # a field of interlaced footage may come by itself
        raise _too_fast(path, counted.packets / max(seconds, 1))


def _too_fast(path: Path, fps: float) -> CannotOpen:
    why = f"has {fps:.0f} pictures a second, and we open up to {MOST_FPS}."
    return CannotOpen(path.name, why, "Export it at 60 a second or fewer.")


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
    untagged = int(frame.colorspace) == _UNSAID
    return _Seen(width, height, rotation, bool(frame.interlaced_frame), _transfer(frame), untagged)


def _transfer(frame: Any) -> str:
    return {16: "pq", 18: "hlg"}.get(int(frame.color_trc or 0), SDR)


def _is_hd(width: int, height: int) -> bool:
    return min(width, height) >= _HD
