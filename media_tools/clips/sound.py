"""A clip's sound: one track for all placements, as loud as the sheet asks, measured after it was encoded."""

from dataclasses import dataclass
from pathlib import Path

from media_tools.clips.loudness import RATE, Level, measured
from media_tools.clips.music import Tune, mixed
from media_tools.clips.process import Report, run
from media_tools.clips.source import Cut, input_options
from media_tools.clips.speech import speech_of
from media_tools.clips.story import FPS

MOST_PEAK = -1.0
"""dBTP that the sheet allows."""
_PEAK = -2.0  # dBTP of the limiter: what AAC adds mostly stays under the sheet's
_HAIR = 0.1  # dB: what ebur128 rounds to
_MOST_LIMITED = 6.0  # dB: more would be heard
_MOST_GAIN = 20.0  # dB: more would lift the room's noise
_NEAR = 0.2  # LU: near enough to stop correcting
_ROUNDS = 4
_NORMAL = f"aresample=async=1:first_pts=0,aformat=sample_rates={RATE}:channel_layouts=stereo"
_BITRATE = "160k"
_SAMPLES = RATE // FPS  # of a frame
_JOINT = RATE // 200  # samples of a fade, 5 ms: less clicks, and more is heard as a pause


@dataclass(frozen=True, slots=True)
class Levels:
    """LUFS, dBTP and the dB of limiting, as they were measured after encoding."""

    lufs: float
    peak: float
    limited: float

    def __str__(self) -> str:
        return f"{self.lufs:.1f} LUFS, peak {self.peak:.1f} dBTP, limited by {self.limited:.1f} dB"


@dataclass(frozen=True, slots=True)
class Sound:
    """An AAC track in an MP4 container, and what was measured of it after encoding; `lufs` is None for silence."""

    path: Path
    lufs: float | None
    peak: float | None
    limited: float
    """dB by which the loudest peak had to be held down."""
    footage_heard: bool = True
    """Whether the footage's own sound is in it."""
    music_heard: bool = False

    @property
    def levels(self) -> Levels | None:
        return None if self.lufs is None or self.peak is None else Levels(self.lufs, self.peak, self.limited)


def make_sound(cut: Cut, total: float, target: float, folder: Path, report: Report, music: Tune | None = None) -> Sound:
    """The sound of `cut` up to `total` seconds at `target` LUFS, with music under it, or silence after it.

    Limited by at most 6 dB and lifted by at most 20: where that is not enough, the result is quieter and says so.
    """
    track, plain = folder / "sound.m4a", folder / "sound.wav"
    run([*_own(cut, total), "-c:a", "pcm_f32le", "-y", str(plain)], total, report)
    own = level = measured(plain, total, report)
    music_heard = False
    if music:
        spans = () if own.silent else speech_of(cut, folder, report)
        plain, music_heard = mixed(plain, own, spans, music, total, folder, report)
        level = measured(plain, total, report)
    if level.silent:
        _encode(plain, "anull", track, total, report)
        return Sound(track, None, None, 0.0, footage_heard=False)
    coded, limited = _levelled(plain, level.peak, target - level.lufs, target, track, total, report)
    return Sound(track, coded.lufs, coded.peak, limited, not own.silent, music_heard)


def _own(cut: Cut, total: float) -> list[str]:
    """ffmpeg's words for the footage's own sound, up to `total` seconds."""
    end = f"apad,atrim=end={total:.6f}"
    if not cut.facts.has_sound:
        return ["-f", "lavfi", "-i", f"anullsrc=r={RATE}:cl=stereo", "-af", f"atrim=end={total:.6f}"]
    sources = [option for stretch in cut.stretches for option in input_options(cut.path, stretch)]
    if len(cut.stretches) == 1 and not cut.opening:
        return [*sources, "-map", "0:a:0", "-af", f"{_NORMAL},{end}"]
    chains = [f"[{part}:a:0]{_piece(cut, part)}[{part}]" for part in range(len(cut.stretches))]
    labels = "".join(f"[{part}]" for part in range(len(cut.stretches)))
    joined = f"{labels}concat=n={len(cut.stretches)}:v=0:a=1,adelay={cut.opening * _SAMPLES}S:all=1,{end}[own]"
    return [*sources, "-filter_complex", ";".join([*chains, joined]), "-map", "[own]"]


def _piece(cut: Cut, number: int) -> str:
    """The sound of one stretch, to the sample; where another sound or silence is joined to it, it does not click."""
    samples = cut.stretches[number].frames * _SAMPLES
    comes = f",afade=type=in:nb_samples={_JOINT}" if number or cut.opening else ""
    last = number == len(cut.stretches) - 1
    goes = "" if last else f",afade=type=out:start_sample={samples - _JOINT}:nb_samples={_JOINT}"
    return f"{_NORMAL},apad,atrim=end_sample={samples}{comes}{goes}"


def _levelled(
    plain: Path, peak: float, gain: float, target: float, track: Path, total: float, report: Report
) -> tuple[Level, float]:
    """Encode until loudness and peak are those asked for, or as near as may be: what it measures, and dB of limiting.

    `peak` is the plain sound's, and `gain` the one to begin with.
    """
    ceiling = _PEAK
    for last in reversed(range(_ROUNDS)):
        gain = min(gain, _MOST_GAIN, ceiling + _MOST_LIMITED - peak)
        _encode(plain, _louder(gain, ceiling), track, total, report)
        level = measured(track, total, report)
        over, most = level.peak - MOST_PEAK, min(_MOST_GAIN, ceiling + _MOST_LIMITED - peak)
        missing = min(most - gain, target - level.lufs)
        if last == 0 or (abs(missing) <= _NEAR and over <= 0):
            break
        gain += missing
        ceiling -= over + _HAIR if over > 0 else 0
    return level, max(0.0, peak + gain - ceiling)


def _louder(gain: float, ceiling: float) -> str:
    """Gain, then a limiter that sees the peaks between samples: at four times the rate."""
    limit = 10 ** (ceiling / 20)
    return (
        f"aresample={4 * RATE},volume={gain:.3f}dB,alimiter=limit={limit:.6f}:level=0:attack=5:release=50,"
        f"aresample={RATE}"
    )


def _encode(plain: Path, chain: str, track: Path, total: float, report: Report) -> None:
    run(
        ["-i", str(plain), "-af", chain, "-c:a", "aac", "-b:a", _BITRATE, "-ar", str(RATE), "-ac", "2",
         "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "mp4", "-y", str(track)],
        total, report,
    )  # fmt: skip
