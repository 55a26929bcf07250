"""Films that are coded alike, one after another in one file: pictures are copied, and one sound lies beside them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from heapq import merge
from itertools import count
from pathlib import Path

import av
from av.video.stream import VideoStream

from media_tools.clips.join import OPTIONS, Coded, begins, later, on
from media_tools.clips.process import RenderFailed

_LEAD = 2
"""Pictures that are read before the first one is shown: as many as x264's order ever needs, whatever a part needs."""
_REMEDY = "See that the disk has room and each part is whole, then try again."


@dataclass(frozen=True, slots=True)
class Piece:
    """A film whose pictures are counted."""

    path: Path
    frames: int


@dataclass(frozen=True, slots=True)
class Coding:
    """What a player must know before the first picture, and the clock by which pictures come.

    Films of one coding can be shown one after another as one.
    """

    parameters: bytes
    width: int
    height: int
    clock: float
    """Seconds of a tick."""
    step: int
    """Ticks of a picture."""


def chain(pieces: Sequence[Piece], sound: Path | None, target: Path, alive: Callable[[], None]) -> None:
    """All of `pieces` in order, beside all of `sound` where there is one.

    Sound is never joined: what AAC puts before its first sample would be heard as a gap. `alive` is called before each
    packet. Raises RenderFailed, and what `alive` raises; then there is no target.
    """
    try:
        with ExitStack() as opened:
            first = opened.enter_context(av.open(str(pieces[0].path)))
            made = opened.enter_context(av.open(str(target), "w", format="mp4", options=OPTIONS))
            sides = [on(made.add_stream_from_template(first.streams.video[0]), _one_by_one(pieces))]
            if sound:
                heard = opened.enter_context(av.open(str(sound)))
                track = heard.streams.audio[0]
                packets = (packet for packet in heard.demux(track) if packet.size)
                sides.append(on(made.add_stream_from_template(track), packets))
            for packet in merge(*sides, key=begins):
                alive()
                made.mux(packet)
    except av.error.FFmpegError as error:
        target.unlink(missing_ok=True)
        raise RenderFailed(f"its parts could not be joined ({error.strerror}).", _REMEDY) from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def coding(path: Path) -> tuple[Coding, int] | None:
    """How a film is coded, and how many pictures it has; None where they do not come evenly from its beginning."""
    with av.open(str(path)) as container:
        video: VideoStream = container.streams.video[0]
        packets = [packet for packet in container.demux(video) if packet.size]
        step = packets[0].duration or 0
        even = [number * step for number in range(len(packets))]
        lead = -(packets[0].dts or 0)
        read = [(packet.dts or 0) + lead for packet in packets]
        if not packets[0].is_keyframe or sorted(packet.pts or 0 for packet in packets) != even or read != even:
            return None
        if lead > _LEAD * step:
            return None
        parameters = bytes(video.codec_context.extradata or b"")
        size = video.codec_context.width, video.codec_context.height
        return Coding(parameters, *size, float(video.time_base), step), len(packets)


def _one_by_one(pieces: Sequence[Piece]) -> Iterator[Coded]:
    """Each picture read one step after the one before it, across joints as within the parts."""
    read, begun = count(-_LEAD), 0
    for piece in pieces:
        with av.open(str(piece.path)) as container:
            for packet in container.demux(video=0):
                if packet.size:
                    packet = later(packet, begun)
                    packet.dts = next(read) * (packet.duration or 0)
                    yield packet
        begun += piece.frames
