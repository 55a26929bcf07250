"""How loud a file is: integrated loudness and true peak by ITU-R BS.1770, of what a player would hear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media_tools.clips.process import Report, run

RATE = 48_000
SILENCE = -69.0  # LUFS: ebur128 reports -70 where nothing is heard


@dataclass(frozen=True, slots=True)
class Level:
    """Integrated loudness in LUFS and true peak in dBTP."""

    lufs: float
    peak: float

    @property
    def silent(self) -> bool:
        return self.lufs <= SILENCE


def measured(path: Path, total: float, report: Report, before: Sequence[str] = ()) -> Level:
    """As ebur128 sums it up at the end. `before` is what ffmpeg must be told of a file without a header."""
    said = run([*before, "-i", str(path), "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"], total, report)
    summary = said.rpartition("Summary:")[2]
    lufs = re.search(r"I:\s+(-?[\d.]+|-inf) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+|-inf) dBFS", summary)
    if lufs is None or peak is None:
        raise ValueError(f"ebur128 gave no summary: {said[-200:]}")
    return Level(float(lufs[1]), float(peak[1]))
