"""Music under a clip: as long as the clip, softer where somebody speaks, from silence and back to it.

It is lowered by where speech was found, not by a compressor that follows the voice: so it is down before the first
word, by the same dB whatever the speaker's level, and comes back in pauses alone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from media_tools.clips.loudness import RATE, Level, measured
from media_tools.clips.process import Report, run
from media_tools.clips.source import guarded, sought
from media_tools.clips.speech import Span
from media_tools.clips.story import Music
from media_tools.errors import CannotOpen, InvalidInput
from media_tools.open.video import looked_over

_SHORTEST = 1.0  # seconds: less is a knock when it is repeated
_CROSSFADE = 2.0  # seconds, or a third of the music
_DUCKED = 12.0  # dB; with the usual level, 20 under the voice: WCAG 2.2, 1.4.7
_FALL, _RISE = 300, 700  # ms to go down before a word, and to come back after it
_PAUSE = 1500  # ms: music that rises in a shorter one is heard to pump
_FADE_IN, _FADE_OUT = 500, 2000  # ms
_STEPS = 1000  # of the envelope, a second
_CHANNELS = 2
_RAW = ["-f", "f32le", "-ar", str(RATE), "-ac", str(_CHANNELS)]
_CHUNK = 1 << 20  # samples written at a time

type Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tune:
    """A music file that was looked over."""

    path: Path
    music: Music


def tune(music: Music, path: Path, alive: Callable[[], None] = lambda: None) -> Tune:
    """Raises CannotOpen for the file and InvalidInput for a beginning that it does not have."""
    facts, length = looked_over(path)
    alive()
    if not facts.has_sound:
        raise InvalidInput("music.path", f"'{path.name}' has no sound.", "Choose a WAV, MP3 or M4A file.")
    if music.start + _SHORTEST > length:
        raise InvalidInput(
            "music.start", f"is {music.start:g} s, and the music lasts {length:.2f} s.",
            f"Begin at least {_SHORTEST:g} s before its end.",
        )  # fmt: skip
    return Tune(path, music)


def mixed(
    voice: Path, loudness: Level, spans: tuple[Span, ...], music: Tune, total: float, folder: Path, report: Report
) -> tuple[Path, bool]:
    """The sound in `voice` with music under it, as float WAV, and whether the music is heard.

    `spans` are where somebody speaks, in ms from the clip's beginning. Where the voice is silence, the
    music stands alone and as it is.
    """
    bed = _bed(music, total, folder, report)
    level = measured(bed, total, report, _RAW)
    alone = loudness.silent or level.silent
    gain = 0.0 if alone else loudness.lufs + music.music.level - level.lufs
    envelope = folder / "envelope.raw"
    under = () if loudness.silent else spans
    envelope_of(under, round(total * 1000)).tofile(envelope)
    path = folder / "mixed.wav"
    graph = (
        f"[1:a]volume={gain:.3f}dB[music];[2:a]aresample={RATE},pan=stereo|c0=c0|c1=c0[envelope];"
        f"[music][envelope]amultiply[bed];[0:a][bed]amix=inputs=2:normalize=0:duration=first[out]"
    )
    run(
        ["-i", str(voice), *_RAW, "-i", str(bed), "-f", "f32le", "-ar", str(_STEPS), "-ac", "1", "-i", str(envelope),
         "-filter_complex", graph, "-map", "[out]", "-c:a", "pcm_f32le", "-y", str(path)],
        total, report,
    )  # fmt: skip
    return path, not level.silent


def envelope_of(spans: Iterable[Span], length: int) -> Samples:
    """By what music is multiplied at each ms: faded in and out, and down where somebody speaks."""
    down = np.zeros(length, np.float32)
    for span in _held(spans):
        times = [span.begin - _FALL, span.begin, span.end, span.end + _RISE]
        near = np.arange(max(0, times[0]), min(length, times[-1]))
        lowered = np.interp(near, times, [0, _DUCKED, _DUCKED, 0]).astype(np.float32)
        down[near] = np.maximum(down[near], lowered)
    moments = np.arange(length) + 0.5
    fade_in, fade_out = min(_FADE_IN, length / 4), min(_FADE_OUT, length / 3)
    edges = np.minimum(1, np.minimum(moments / fade_in, (length - moments) / fade_out))
    found: Samples = (10 ** (-down / 20) * np.sin(edges * np.pi / 2)).astype(np.float32)
    return found


def _held(spans: Iterable[Span]) -> Iterator[Span]:
    """Without the pauses in which the music would not come back."""
    held: Span | None = None
    for span in spans:
        if held and span.begin - held.end < _PAUSE:
            held = Span(held.begin, span.end)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _bed(music: Tune, total: float, folder: Path, report: Report) -> Path:
    """The music from its beginning on, for `total` seconds; repeated where it is shorter."""
    once, bed = folder / "once.raw", folder / "bed.raw"
    run(
        [*guarded(), *(part for name, value in sought(music.music.start).items() for part in (f"-{name}", value)),
         "-t", f"{total:.6f}", "-i", f"file:{music.path}", "-map", "0:a:0", "-af",
         f"aresample=async=1:first_pts=0,aformat=sample_rates={RATE}:channel_layouts=stereo",
         "-c:a", "pcm_f32le", *_RAW, "-y", str(once)],
        total, report,
    )  # fmt: skip
    if not once.stat().st_size:
        why = f"has no sound at {music.music.start:g} s."
        raise CannotOpen(music.path.name, why, "Begin earlier, or export the music as WAV.")
    samples = np.memmap(once, np.float32, "r").reshape(-1, _CHANNELS)
    with bed.open("wb") as file:
        for part in repeated(samples, round(total * RATE)):
            file.write(part.tobytes())
            report(1.0)
    once.unlink()
    return bed


def repeated(samples: Samples, length: int) -> Iterator[Samples]:
    """(length, channels) in parts: `samples` again and again, its end faded into its beginning at equal power."""
    over = min(round(_CROSSFADE * RATE), len(samples) // 3)
    turn = np.linspace(0, np.pi / 2, over, dtype=np.float32)[:, None]
    seam = samples[len(samples) - over :] * np.cos(turn) + samples[:over] * np.sin(turn)
    parts: list[Samples] = [samples[over : len(samples) - over], seam]
    yield from _chunks(samples[: min(over, length)])
    left = length - over
    while left > 0:
        for part in parts:
            yield from _chunks(part[: max(0, left)])
            left -= len(part)


def _chunks(samples: Samples) -> Iterator[Samples]:
    for begin in range(0, len(samples), _CHUNK):
        yield samples[begin : begin + _CHUNK]
