"""The whole batch as one ffmpeg command: one decode, one graph, one output a placement."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg

from media_tools.clips.captions import Track
from media_tools.clips.reframe import crop
from media_tools.clips.source import Cut
from media_tools.clips.story import FPS, Fit, Reframe
from media_tools.open.video import FORMATS, MOST_PIXELS
from media_tools.spec.geometry import Point, Size

THREADS = 4
"""Of each encoder: fixed, since x264's bits depend on it, as they do on a lookahead that runs ahead of its turn."""
_BLURRED = 9  # the padding is blurred at a ninth of its size: a sixth of the work, and nobody sees it
BT709 = {"color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709", "color_range": "tv"}
ENCODED = {
    "c:v": "libx264", "preset": "veryfast", "crf": 19, "maxrate": "12M", "bufsize": "24M", "profile:v": "high",
    "pix_fmt": "yuv420p", "g": 2 * FPS, "threads": THREADS, "x264-params": "lookahead-threads=1:sync-lookahead=0",
    "c:a": "copy", "movflags": "+faststart", "map_metadata": -1, "map_chapters": -1, "fflags": "+bitexact",
    "flags:v": "+bitexact", "f": "mp4",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overlay:
    """A picture that stands on every frame of the footage."""

    path: Path
    at: Point


@dataclass(frozen=True, slots=True)
class Held:
    """A film whose last picture stands until it has lasted `frames`."""

    path: Path
    frames: int


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the batch."""

    path: Path
    size: Size
    reframe: Reframe
    mark: Overlay | None = None
    captions: Track | None = None
    card: Held | None = None


def command(piece: Cut, outputs: Sequence[Output], sound: Path) -> list[str]:
    """Arguments for ffmpeg, without the program: `piece` becomes all `outputs`, each with the same `sound`."""
    source = ffmpeg.input(
        f"file:{piece.path}", ss=f"{piece.start:.6f}", t=f"{piece.seconds + 1 / FPS:.6f}", protocol_whitelist="file",
        format_whitelist=FORMATS, max_pixels=MOST_PIXELS,
    )  # fmt: skip
    copies = _upright(source.video, piece).filter_multi_output("split", len(outputs))
    track = ffmpeg.input(str(sound)).audio
    files = [_file(copies.stream(number), track, piece, output) for number, output in enumerate(outputs)]
    merged = ffmpeg.merge_outputs(*files).global_args("-v", "error").overwrite_output()
    arguments: list[str] = merged.compile(cmd="ffmpeg")[1:]
    return arguments


def _upright(video: Any, piece: Cut) -> Any:
    """Progressive, square px, FPS, BT.709, and exactly as many frames as were cut.

    ffmpeg turns rotated footage by itself. What does not say which colours it has is taken as its size suggests.
    """
    if piece.facts.untagged:
        video = video.filter("setparams", colorspace="bt709" if piece.facts.hd else "smpte170m")
    square = (
        video.filter("bwdif", deint="interlaced")
        .filter("scale", w="trunc(iw*sar/2)*2", h="trunc(ih/2)*2", out_color_matrix="bt709", out_range="tv")
        .filter("format", "yuv420p")
        .filter("setsar", "1")
        .filter("fps", FPS)
    )
    return _lasting(square, piece.frames)


def _lasting(video: Any, frames: int) -> Any:
    """As many frames as are asked for: the last one stands, or what is too much goes."""
    held = video.filter("tpad", stop=-1, stop_mode="clone").filter("trim", end_frame=frames)
    return held.filter("setpts", f"N/{FPS}/TB")


def _file(video: Any, sound: Any, piece: Cut, output: Output) -> Any:
    shown = _framed(video, piece.size, output)
    if output.mark:
        mark = _clear(ffmpeg.input(str(output.mark.path)))
        shown = shown.overlay(mark, x=int(output.mark.at.x), y=int(output.mark.at.y), format="yuv420")
    if output.captions:
        at = output.captions.at
        words = _clear(ffmpeg.input(str(output.captions.script), f="concat", safe=0))
        shown = shown.overlay(words, x=int(at.x), y=int(at.y), format="yuv420", eof_action="pass")
    if output.card:
        card = _lasting(_plain(ffmpeg.input(str(output.card.path)).video), output.card.frames)
        shown = ffmpeg.concat(_plain(shown), card, v=1, a=0)
    return ffmpeg.output(_plain(shown), sound, str(output.path), **ENCODED, **BT709)


def _framed(video: Any, source: Size, output: Output) -> Any:
    target = output.size
    if output.reframe.fit is Fit.PAD and source != target:
        return _padded(video, source, target)
    part = crop(source, target, output.reframe.focal)
    cut = video.filter("crop", int(part.width), int(part.height), int(part.x), int(part.y))
    return cut.filter("scale", int(target.width), int(target.height), flags="lanczos").filter("setsar", "1")


def _padded(video: Any, source: Size, target: Size) -> Any:
    """All of the footage, before itself blurred and enlarged."""
    scale = min(target.width / source.width, target.height / source.height)
    width, height = (int(side * scale) // 2 * 2 for side in (source.width, source.height))
    both = video.filter_multi_output("split", 2)
    part = crop(source, target, (0.5, 0.5))
    small = [max(2, int(side / _BLURRED) // 2 * 2) for side in (target.width, target.height)]
    ground = (
        both.stream(0)
        .filter("crop", int(part.width), int(part.height), int(part.x), int(part.y))
        .filter("scale", *small)
        .filter("gblur", sigma=small[0] / 14)
        .filter("eq", brightness=-0.06)
        .filter("scale", int(target.width), int(target.height), flags="bicubic")
        .filter("setsar", "1")
    )
    front = both.stream(1).filter("scale", width, height, flags="lanczos").filter("setsar", "1")
    return ground.overlay(front, x=int(target.width - width) // 2, y=int(target.height - height) // 2, format="yuv420")


def _clear(picture: Any) -> Any:
    """A drawing with its opacity, in the footage's own colour space: left to itself, overlay takes another one."""
    return picture.filter("scale", out_color_matrix="bt709", out_range="tv").filter("format", "yuva420p")


def _plain(video: Any) -> Any:
    """What both footage and cards are before they are joined: 8 bits, BT.709, square px, FPS."""
    return (
        video.filter("scale", out_color_matrix="bt709", out_range="tv")
        .filter("format", "yuv420p")
        .filter("setsar", "1")
        .filter("fps", FPS)
        .filter("setparams", color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv")
    )
