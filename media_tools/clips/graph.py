"""The whole batch as one ffmpeg command: one decode, one graph, one output a placement."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import ffmpeg

from media_tools.clips.captions import Track
from media_tools.clips.film_time import Stretch
from media_tools.clips.keyframes import Aim
from media_tools.clips.moves import Moves
from media_tools.clips.normal import at_size, progressive
from media_tools.clips.reframe import Window, crop
from media_tools.clips.source import PICTURE, Cut, sought
from media_tools.clips.story import FPS
from media_tools.open.container import FORMATS, MOST_PIXELS
from media_tools.spec.geometry import Point, Size

THREADS = 4
"""Of each encoder: fixed, since x264's bits depend on it, as they do on a lookahead that runs ahead of its turn."""
_BLURRED = 9  # the padding is blurred at a ninth of its size: a sixth of the work, and nobody sees it
_GOES = 6  # frames in which a title card goes: ART.md, section 10, Motion
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


class Rate(NamedTuple):
    """How many kbit/s the pictures have on average: a first run sees what they need, a second one shares it out."""

    kbps: int
    run: int
    """1 or 2."""
    log: Path
    """What the first run leaves for the second: the beginning of file names."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the batch."""

    path: Path
    size: Size
    window: Window | None
    """What of the footage it shows, at its first frame where that moves; None for all of it before its own blur."""
    moves: Moves | None = None
    mark: Overlay | None = None
    captions: Track | None = None
    card: Held | None = None
    lower_thirds: Track | None = None
    title: Held | None = None
    """A film that one can see through, over the first picture of the footage."""
    rate: Rate | None = None
    """None for as many bits as the pictures need."""


def command(piece: Cut, outputs: Sequence[Output], sound: Path) -> list[str]:
    """Arguments for ffmpeg, without the program: `piece` becomes all `outputs`, each with the same `sound`."""
    shown = _shown(_joined(piece), piece, outputs)
    track = ffmpeg.input(str(sound)).audio
    files = [_file(video, track, output, piece.time.frames) for video, output in zip(shown, outputs, strict=True)]
    merged = ffmpeg.merge_outputs(*files).global_args("-v", "error").overwrite_output()
    arguments: list[str] = merged.compile(cmd="ffmpeg")[1:]
    return arguments


def card_command(card: Held, path: Path) -> list[str]:
    """Arguments by which a card becomes a film of its own, coded as clips are, so that it can be joined to one."""
    made = ffmpeg.output(_card(card), str(path), **ENCODED, **BT709).global_args("-v", "error").overwrite_output()
    arguments: list[str] = made.compile(cmd="ffmpeg")[1:]
    return arguments


def _shown(video: Any, piece: Cut, outputs: Sequence[Output]) -> list[Any]:
    """The picture of each output: framed once for all that are framed alike, such as a placement's languages."""
    alike: dict[Any, list[int]] = {}
    for number, output in enumerate(outputs):
        alike.setdefault((output.size, output.window, output.moves and output.moves.name), []).append(number)
    copies = video.filter_multi_output("split", len(alike))
    shown: dict[int, Any] = {}
    for copy, numbers in enumerate(alike.values()):
        framed = _opened(_framed(copies.stream(copy), piece.size, outputs[numbers[0]]), piece.opening)
        if len(numbers) == 1:
            shown[numbers[0]] = framed
            continue
        shared = framed.filter_multi_output("split", len(numbers))
        shown |= {number: shared.stream(index) for index, number in enumerate(numbers)}
    return [shown[number] for number in range(len(outputs))]


def _joined(piece: Cut) -> Any:
    """Each stretch is read from where it begins, so that nothing between two of them is decoded."""
    parts = [_upright(_read(piece, stretch), piece, stretch) for stretch in piece.stretches]
    return parts[0] if len(parts) == 1 else _numbered(ffmpeg.concat(*parts, v=1, a=0))


def _read(piece: Cut, stretch: Stretch) -> Any:
    source = ffmpeg.input(
        f"file:{piece.path}", **sought(stretch.start - stretch.lead),
        t=f"{stretch.lead + stretch.seconds + 1 / FPS:.6f}",
        protocol_whitelist="file", format_whitelist=FORMATS, max_pixels=MOST_PIXELS,
    )  # fmt: skip
    return source[PICTURE]


def _upright(video: Any, piece: Cut, stretch: Stretch) -> Any:
    """Exactly as many frames as were cut, at FPS."""
    moments = progressive(video, piece.facts, "send_field").filter("fps", FPS, start_time=f"{stretch.lead:.6f}")
    return _lasting(at_size(moments, piece.facts, piece.size), stretch.frames)


def _opened(video: Any, frames: int) -> Any:
    """The first picture stands for so many frames before the others come."""
    return _numbered(video.filter("tpad", start=frames, start_mode="clone")) if frames else video


def _lasting(video: Any, frames: int) -> Any:
    """As many frames as are asked for: the last one stands, or what is too much goes."""
    held = video.filter("tpad", stop=-1, stop_mode="clone").filter("trim", end_frame=frames)
    return _numbered(held)


def _numbered(video: Any) -> Any:
    """Each frame at its own time, whatever it had."""
    return video.filter("setpts", f"N/{FPS}/TB")


def _file(shown: Any, sound: Any, output: Output, frames: int) -> Any:
    if output.title:
        shown = shown.overlay(_title(output.title), format="yuv420", eof_action="pass")
    if output.mark:
        mark = _clear(ffmpeg.input(str(output.mark.path)))
        shown = shown.overlay(mark, x=int(output.mark.at.x), y=int(output.mark.at.y), format="yuv420")
    for track in (output.lower_thirds, output.captions):
        if track:
            words = _clear(ffmpeg.input(str(track.script), f="concat", safe=0))
            shown = shown.overlay(words, x=int(track.at.x), y=int(track.at.y), format="yuv420", eof_action="pass")
    if output.card:
        shown = ffmpeg.concat(_plain(shown), _card(output.card), v=1, a=0)
    joint = {"force_key_frames": f"{frames / FPS:.6f}"}  # there a mission's own card can be joined instead
    return ffmpeg.output(_plain(shown), sound, str(output.path), **_coded(output.rate), **joint, **BT709)


def _coded(rate: Rate | None) -> dict[str, object]:
    if rate is None:
        return ENCODED
    peak = {"maxrate": f"{2 * rate.kbps}k", "bufsize": f"{4 * rate.kbps}k"}
    runs = {"b:v": f"{rate.kbps}k", "pass": rate.run, "passlogfile": str(rate.log)}
    return {name: value for name, value in ENCODED.items() if name != "crf"} | peak | runs


def _title(title: Held) -> Any:
    """It goes all together, and then the footage moves."""
    standing = _lasting(_clear(ffmpeg.input(str(title.path)).video), title.frames)
    return standing.filter("fade", type="out", start_frame=title.frames - _GOES, nb_frames=_GOES, alpha=1)


def _card(card: Held) -> Any:
    return _lasting(_plain(ffmpeg.input(str(card.path)).video), card.frames)


def _framed(video: Any, source: Size, output: Output) -> Any:
    window = output.window
    if window is None:
        return _padded(video, source, output.size)
    part, brought, at, size = window.part, window.brought, window.at, output.size
    if output.moves is None:
        cut = video.filter("crop", int(part.width), int(part.height), int(part.x), int(part.y))
        return cut.filter("scale", int(brought.width), int(brought.height), flags="lanczos").filter("setsar", "1")
    name = output.moves.name
    return (
        video.filter("sendcmd", f=str(output.moves.script))
        .filter(f"crop@source.{name}", int(part.width), int(part.height), int(part.x), int(part.y))
        .filter(f"scale@{name}", int(brought.width), int(brought.height), flags="lanczos")
        .filter(f"crop@frame.{name}", int(size.width), int(size.height), int(at.x), int(at.y), exact=1)
        .filter("setsar", "1")
    )


def _padded(video: Any, source: Size, target: Size) -> Any:
    """All of the footage, before itself blurred and enlarged."""
    scale = min(target.width / source.width, target.height / source.height)
    width, height = (int(side * scale) // 2 * 2 for side in (source.width, source.height))
    both = video.filter_multi_output("split", 2)
    part = crop(source, target, Aim(0.5, 0.5))
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
