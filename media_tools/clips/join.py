"""The end of a finished clip exchanged for another one by copying: no picture and no sound is coded again."""

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import chain
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from media_tools.clips.process import RenderFailed
from media_tools.clips.story import FPS

type Coded = Packet[Any]
"""A picture or a stretch of sound, as it is coded."""

OPTIONS = {"movie_timescale": "48000", "movflags": "+faststart", "fflags": "+bitexact"}
"""Of MP4 files that are made by copying."""
_AGAIN = "Make the shared clip again, then the missions' clips."


def exchange_end(clip: Path, pictures: int, card: Path, target: Path, alive: Callable[[], None]) -> None:
    """The first `pictures` of `clip`, then all of `card`'s, beside the clip's own sound from beginning to end.

    Sound is never joined: what AAC puts before its first sample would be heard as a gap. `card` must be coded as the
    clip is. `alive` is called before each packet. Raises RenderFailed where the clip cannot be parted there, and what
    `alive` raises; then there is no target.
    """
    try:
        with av.open(str(clip)) as body, av.open(str(clip)) as heard, av.open(str(card)) as end:
            _check_alike(body.streams.video[0], end.streams.video[0])
            with av.open(str(target), "w", format="mp4", options=OPTIONS) as made:
                for packet in _joined(body, heard, end, made, pictures):
                    alive()
                    made.mux(packet)
    except av.error.FFmpegError as error:
        target.unlink(missing_ok=True)
        why = f"its end card could not be joined to it ({error.strerror})."
        raise RenderFailed(why, "See that the disk has room and the shared clip is whole, then try again.") from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _check_alike(body: VideoStream, card: VideoStream) -> None:
    """A player reads one set of parameters for the whole file."""
    if body.codec_context.extradata != card.codec_context.extradata or body.time_base != card.time_base:
        raise RenderFailed("it was coded in another way than its end card.", _AGAIN)


def _joined(
    body: InputContainer, heard: InputContainer, end: InputContainer, made: OutputContainer, pictures: int
) -> Iterator[Coded]:
    """Packets in the order in which they are read; each container gives one kind, since readers share what it has."""
    video = made.add_stream_from_template(body.streams.video[0])
    shown = chain(_until(body, pictures), (later(packet, pictures) for packet in end.demux(video=0) if packet.size))
    sides = [on(video, shown)]
    for sound in heard.streams.audio:
        sides.append(on(made.add_stream_from_template(sound), (each for each in heard.demux(sound) if each.size)))
    yield from merge(*sides, key=begins)


def _until(body: InputContainer, pictures: int) -> Iterator[Coded]:
    """Exactly the packets of the first `pictures`: a picture after them that needs none before it must follow."""
    for count, packet in enumerate(body.demux(video=0)):
        if not packet.size:
            return
        if count == pictures:
            if packet.is_keyframe and _frame(packet) == pictures:
                return
            raise RenderFailed("it has no picture of its own where its end card begins.", _AGAIN)
        yield packet


def _frame(packet: Coded) -> int:
    """Which picture of the clip it is."""
    return round((packet.pts or 0) * packet.time_base * FPS)


def later(packet: Coded, pictures: int) -> Coded:
    """The packet so many pictures later."""
    shift = round(pictures / (FPS * packet.time_base))
    packet.pts, packet.dts = (packet.pts or 0) + shift, (packet.dts or 0) + shift
    return packet


def on(stream: Stream, packets: Iterable[Coded]) -> Iterator[Coded]:
    """The packets as parts of another file's stream."""
    for packet in packets:
        packet.stream = stream
        yield packet


def begins(packet: Coded) -> float:
    """Seconds at which it is read."""
    return float((packet.dts or 0) * packet.time_base)
