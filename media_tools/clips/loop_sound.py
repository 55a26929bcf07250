"""The sound of a playlist: that of each part beside its pictures, to the sample, and silence between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from media_tools.clips.loudness import RATE, measured
from media_tools.clips.process import Report, run
from media_tools.clips.sound import Levels
from media_tools.clips.source import guarded
from media_tools.clips.story import FPS

_A_PICTURE = RATE // FPS  # samples
_BYTES = 4  # of a sample: 16 bits, left and right
_EDGE = 0.02  # seconds in which a part's sound comes and goes: what begins or ends at once is heard as a click
_BITRATE = "192k"  # it is coded for the second time
_GATHERED = 0.6  # of the work: the rest is coding and measuring
_CHUNK = 1024 * 1024  # bytes copied at a time


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where in the whole a part's sound is: from which picture on, for how many, and in which file."""

    begin: int
    frames: int
    path: Path


def loop_sound(stretches: Sequence[Stretch], frames: int, folder: Path, report: Report) -> tuple[Path, Levels | None]:
    """A track as long as `frames` pictures, and how loud it is; None for silence.

    Parts of one placement are equally loud already, so nothing is made louder or quieter.
    """
    plain, track = folder / "sound.pcm", folder / "sound.m4a"
    with plain.open("wb") as whole:
        for number, each in enumerate(stretches):
            report(_GATHERED * number / len(stretches))
            whole.truncate(each.begin * _A_PICTURE * _BYTES)  # what nobody writes is silence
            whole.seek(0, 2)
            heard = _heard(each, folder, partial(_ignored, report, _GATHERED * number / len(stretches)))
            with heard.open("rb") as part:
                while chunk := part.read(_CHUNK):
                    whole.write(chunk)
            heard.unlink()
        whole.truncate(frames * _A_PICTURE * _BYTES)
    _encode(plain, track, frames / FPS, partial(_ignored, report, _GATHERED))
    plain.unlink()
    level = measured(track, frames / FPS, partial(_ignored, report, 1.0))
    return track, None if level.silent else Levels(level.lufs, level.peak, 0.0)


def _heard(stretch: Stretch, folder: Path, report: Report) -> Path:
    """Exactly as many samples as its pictures last."""
    path, samples = folder / "part.pcm", stretch.frames * _A_PICTURE
    begin, end = (
        f"afade=t=in:d={_EDGE}",
        f"afade=t=out:st={stretch.frames / FPS - _EDGE:.6f}:d={_EDGE}",
    )
    chain = (
        f"aresample={RATE}:async=1:first_pts=0,aformat=sample_rates={RATE}:channel_layouts=stereo,"
        f"apad,atrim=end_sample={samples},{begin},{end}"
    )
    source = [*guarded(), "-i", f"file:{stretch.path}", "-map", "0:a:0"]
    run([*source, "-af", chain, "-f", "s16le", "-y", str(path)], stretch.frames / FPS, report)
    return path


def _encode(plain: Path, track: Path, seconds: float, report: Report) -> None:
    raw = ["-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", str(plain)]
    coded = ["-c:a", "aac", "-b:a", _BITRATE, "-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "mp4"]
    run([*raw, *coded, "-y", str(track)], seconds, report)


def _ignored(report: Report, share: float, _share: float) -> None:
    report(share)
