"""The only door for footage and sound: a container within limits, or a sentence to act on.

A file's own words are never believed: only containers of FORMATS are opened, so a playlist in disguise leads nowhere.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from media_tools.errors import CannotOpen

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
_MAGIC = re.compile(
    rb"....(ftyp|moov|mdat|wide|free|skip)|\x1aE\xdf\xa3|RIFF....(AVI |WAVE)|\x47.{187}\x47|\0\0\x01\xba"
    rb"|\x06\x0e\x2b\x34|ID3|\xff[\xe2-\xfb\xf1\xf9]|fLaC|OggS",
    re.DOTALL,
)
DONE_BY = "Ask for the file as the camera made it, or export it as MP4 (H.264)."


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
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
        raise CannotOpen(path.name, "by its content this is neither footage nor sound.", DONE_BY)


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
            raise too_fast(path, float(video.average_rate))


def too_fast(path: Path, fps: float) -> CannotOpen:
    why = f"has {fps:.0f} pictures a second, and we open up to {MOST_FPS}."
    return CannotOpen(path.name, why, "Export it at 60 a second or fewer.")


def picture_of(container: InputContainer) -> VideoStream | None:
    """Its first stream of pictures that is not the cover of a record."""
    return next((video for video in container.streams.video if not _is_cover(video)), None)


def _is_cover(video: VideoStream) -> bool:
    return bool(video.disposition & Disposition.attached_pic)


def picture_stream(path: Path, container: InputContainer) -> VideoStream:
    video = picture_of(container)
    if video is None:
        raise CannotOpen(path.name, "is sound alone.", "Choose footage that has a picture.")
    return video


def seek(container: InputContainer, second: float) -> None:
    """To a picture that can be decoded by itself, not after `second` on the file's own clock."""
    early = UNINDEXED if container.format.name in UNINDEXED_FORMATS else 0
    with suppress(av.FFmpegError):  # with nothing to go back to, it is read from where it begins: slower, and the same
        container.seek(max(0, int((second - early) * av.time_base)), backward=True)


def beginning(container: InputContainer) -> Fraction:
    """What the file's own clock shows at its beginning, where picture or sound begins, whichever is first."""
    return Fraction(container.start_time or 0, av.time_base)
