"""Clips of footage that costs more than most, and what coding leaves of the picture. As in `clips`, whose job this is.

`clips.4k` and `clips.hdr` are that job on the same film enlarged to 3840 x 2160, and coded as phones do in HLG, ten
bits of HEVC; the bare peer decodes those too, and leaves colours as they are. `clips.vmaf` is the mean VMAF of our
films beside the same graph coded without loss, of the placement where it is lowest: pictures, captions and card.
"""

import re
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import imageio_ffmpeg

from media_tools.clips import graph
from media_tools.example.campaign import brand
from tests.bench.clips import FOOTAGE, PLACEMENTS, Contest, beside, clip, film_footage, put
from tests.bench.measure import CACHE, Figure, medians, say

LARGE, WIDE = "pavilion-3840x2160.mp4", "pavilion-hlg.mp4"
LEAST_VMAF = 93.0
_LOSSLESS = {"crf": 0, "profile:v": "high444", "maxrate": "2000M", "bufsize": "2000M"}
_AIMS = {LARGE: ("clips.4k", "<= 1.5"), WIDE: ("clips.hdr", "<= 1.6")}
_MEAN = re.compile(r"VMAF score: ([\d.]+)")


def figures() -> Iterator[Figure]:
    film_footage()
    _film_dear_footage()
    with TemporaryDirectory(prefix="attache-bench-") as temporary:
        contest = Contest(clip(), brand(), Path(temporary) / "whole", Path(temporary) / "cards")
        contest.ours("ours")  # cards are made once
        for path, (name, aim) in _AIMS.items():
            yield _dear(contest, path, name, aim)
        yield _vmaf(contest)


def _dear(contest: Contest, path: str, name: str, aim: str) -> Figure:
    say(f"{name}, once:")
    footage = contest.clip.footage.model_copy(update={"path": path})
    dear = contest.changed(name, footage=footage)
    seconds = medians(1, {"ours": partial(dear.ours, "ours"), "bare x264": partial(dear.bare, "bare")})
    return beside(name, seconds["ours"], seconds["bare x264"], aim)


def _vmaf(contest: Contest) -> Figure:
    say("clips.vmaf, once:")
    with patch.dict(graph.ENCODED, _LOSSLESS):
        contest.ours("lossless")
    found = {}
    for placement in PLACEMENTS:
        found[placement.name] = _beside_lossless(contest.path("ours", placement), contest.path("lossless", placement))
        say(f"  {placement.name}: {found[placement.name]:.1f}")
    worst = min(found.values())
    return Figure("clips.vmaf", worst, LEAST_VMAF, worst / LEAST_VMAF, ">= 1")


def _beside_lossless(path: Path, lossless: Path) -> float:
    """The mean of all pictures, from 0 to 100."""
    program = imageio_ffmpeg.get_ffmpeg_exe()
    command = [program, "-nostdin", "-i", path, "-i", lossless, "-lavfi", "[0:v][1:v]libvmaf", "-f", "null", "-"]
    told = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stderr
    score = _MEAN.search(told)
    if score is None:
        raise ValueError(f"ffmpeg told no VMAF of {path.name}.")
    return float(score[1])


def _film_dear_footage() -> None:
    if not (CACHE / LARGE).exists():
        say(f"Filming {CACHE / LARGE}, once.")
        tags = ("-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709")
        larger = ("-vf", "scale=3840:2160:flags=lanczos", "-preset", "veryfast", "-crf", 16, *tags, "-c:a", "copy")
        put(LARGE, "-i", CACHE / FOOTAGE, *larger)
    if not (CACHE / WIDE).exists():
        say(f"Filming {CACHE / WIDE}, once.")
        tags = "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc:log-level=error"
        wide = ("-vf", "format=yuv420p10le", "-c:v", "libx265", "-preset", "fast", "-x265-params", tags, "-c:a", "copy")
        put(WIDE, "-i", CACHE / FOOTAGE, *wide)
