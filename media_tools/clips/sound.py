"""A clip's sound: one track for all placements, as loud as the sheet asks, measured after it was encoded."""

import re
from dataclasses import dataclass
from pathlib import Path

from media_tools.clips.process import Report, run
from media_tools.clips.source import Cut, input_options

_RATE = 48_000
_PEAK = -2.0  # dBTP of the limiter: what AAC adds stays under the sheet's -1
_MOST_LIMITED = 6.0  # dB: more would be heard
_MOST_GAIN = 20.0  # dB: more would lift the room's noise
_SILENCE = -69.0  # LUFS: ebur128 reports -70 where nothing is heard
_NEAR = 0.2  # LU: near enough to stop correcting
_ROUNDS = 3
_NORMAL = f"aresample=async=1:first_pts=0,aformat=sample_rates={_RATE}:channel_layouts=stereo"
_BITRATE = "160k"


@dataclass(frozen=True, slots=True)
class Sound:
    """An AAC track in an MP4 container, and what was measured of it after encoding; `lufs` is None for silence."""

    path: Path
    lufs: float | None
    peak: float | None
    limited: float
    """dB by which the loudest peak had to be held down."""


@dataclass(frozen=True, slots=True)
class _Level:
    lufs: float
    peak: float


def make_sound(cut: Cut, total: float, target: float, folder: Path, report: Report) -> Sound:
    """The sound of `cut`, and silence after it up to `total` seconds, at `target` LUFS.

    Limited by at most 6 dB and lifted by at most 20: where that is not enough, the result is quieter and says so.
    """
    track = folder / "sound.m4a"
    if not cut.facts.has_sound:
        _encode(["-f", "lavfi", "-i", f"anullsrc=r={_RATE}:cl=stereo"], f"atrim=end={total:.6f}", track, total, report)
        return Sound(track, None, None, 0.0)
    plain = folder / "sound.wav"
    chain = f"{_NORMAL},apad,atrim=end={total:.6f}"
    run([*input_options(cut), "-map", "0:a:0", "-af", chain, "-c:a", "pcm_f32le", "-y", str(plain)], total, report)
    source = _measured(plain, total, report)
    if source.lufs <= _SILENCE:
        _encode(["-i", str(plain)], "anull", track, total, report)
        return Sound(track, None, None, 0.0)
    most = min(_MOST_GAIN, _PEAK + _MOST_LIMITED - source.peak)
    gain = min(most, target - source.lufs)
    for _round in range(_ROUNDS):
        _encode(["-i", str(plain)], _louder(gain), track, total, report)
        level = _measured(track, total, report)
        missing = target - level.lufs
        if abs(missing) <= _NEAR or gain + missing > most:
            break
        gain += missing
    return Sound(track, level.lufs, level.peak, max(0.0, source.peak + gain - _PEAK))


def _louder(gain: float) -> str:
    """Gain, then a limiter that sees the peaks between samples: at four times the rate."""
    limit = 10 ** (_PEAK / 20)
    return (
        f"aresample={4 * _RATE},volume={gain:.3f}dB,alimiter=limit={limit:.6f}:level=0:attack=5:release=50,"
        f"aresample={_RATE}"
    )


def _encode(source: list[str], chain: str, track: Path, total: float, report: Report) -> None:
    run(
        [*source, "-af", chain, "-c:a", "aac", "-b:a", _BITRATE, "-ar", str(_RATE), "-ac", "2", "-map_metadata", "-1",
         "-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "mp4", "-y", str(track)],
        total, report,
    )  # fmt: skip


def _measured(path: Path, total: float, report: Report) -> _Level:
    """Integrated loudness and true peak by ITU-R BS.1770, as ebur128 sums them up at the end."""
    said = run(["-i", str(path), "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"], total, report)
    summary = said.rpartition("Summary:")[2]
    lufs = re.search(r"I:\s+(-?[\d.]+|-inf) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-inf) dBFS", summary)
    if lufs is None or peak is None:
        raise ValueError(f"ebur128 gave no summary: {said[-200:]}")
    return _Level(float(lufs[1]), float(peak[1]))
