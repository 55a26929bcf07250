"""Stills by two processes beside one, and the memory that one needs for a photo of 24 megapixels.

Each run is the command line's own, in a process of its own: start, fonts and checks are part of it.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from media_tools.example.campaign import brand_text, story_text
from tests.bench.measure import CACHE, Figure, Tree, say
from tests.bench.stills import PHOTO, PLACEMENTS, draw_photo

NAMES = ",".join(placement.name for placement in PLACEMENTS)
ROUNDS = 3
_OFTEN = 0.02  # seconds between two looks at what runs
MOST_MEMORY = 400 / 1024  # GiB


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the command line took, with all that it started."""

    cpu: float
    wall: float
    gib: float
    """Of the largest process."""


def figures() -> Iterator[Figure]:
    draw_photo()
    story = json.loads(story_text("missions", "en"))
    for block in story["blocks"]:
        if block["block"] == "photo":
            block["picture"]["path"] = PHOTO
    with tempfile.TemporaryDirectory(prefix="attache-bench-") as temporary:
        (CACHE / "story.json").write_text(json.dumps(story), encoding="utf-8")
        (CACHE / "brand.json").write_text(brand_text(), encoding="utf-8")
        alone, shared = _best(1, "all", Path(temporary)), _best(2, "all", Path(temporary))
        feeds = _best(1, NAMES, Path(temporary))
    say(f"Two processes take {shared.wall / alone.wall:.2f} of the time of one.")
    yield Figure("stills.two.cpu", shared.cpu, alone.cpu, shared.cpu / alone.cpu, "<= 1.1")
    yield Figure("stills.photo.memory", feeds.gib, MOST_MEMORY, feeds.gib / MOST_MEMORY, "<= 1")


def _best(processes: int, names: str, folder: Path) -> Run:
    runs = [_run(processes, names, folder / f"{processes}-{number}") for number in range(ROUNDS)]
    return min(runs, key=lambda run: run.cpu)


def _run(processes: int, names: str, out: Path) -> Run:
    command = [
        sys.executable, "-m", "media_tools", "infographic", str(CACHE / "story.json"), "--brand",
        str(CACHE / "brand.json"), "--placements", names, "--out", str(out), "--format", "jpeg",
        "--jobs", str(processes),
    ]  # fmt: skip
    begun, largest, seconds = time.monotonic(), 0, 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        tree = Tree(process.pid)
        while process.poll() is None:
            seconds, largest = tree.seconds(), max(largest, tree.largest())
            time.sleep(_OFTEN)
    if process.returncode:
        raise RuntimeError(f"The command line ended with {process.returncode}.")
    return Run(seconds, time.monotonic() - begun, largest / 1024**3)
