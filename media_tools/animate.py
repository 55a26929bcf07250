"""Infographics into clips: the still's own layout comes block by block, and stands until it was read."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import ffmpeg

from media_tools.clips.animation import Animation, Shortened
from media_tools.clips.codes import Code
from media_tools.clips.film import FILMING, FORMAT, SUFFIX, Film
from media_tools.clips.graph import BT709, ENCODED
from media_tools.clips.motion import film
from media_tools.clips.process import Report, run
from media_tools.clips.story import FPS
from media_tools.clips.timeline import LONGEST, Timeline, timeline
from media_tools.infographic import Infographic
from media_tools.layout.text import Typesetter
from media_tools.made import Made, Order, make, part_of, put_in_place
from media_tools.platforms import Placement
from media_tools.recipe import Recipe, content_digest
from media_tools.spec.brand import Brand
from media_tools.spec.finding import Finding, Level
from media_tools.stills import inspect
from media_tools.studio import Studio

_STILL = "png"
_OF_FILES = frozenset({"format-not-taken", "file-too-large", "over-target"})
"""What checks say of the still's file, which nobody gets."""
_FILMED = 0.5  # of the work: the rest is coding
_SILENCE = "anullsrc=r=48000:cl=stereo"


@dataclass(frozen=True)
class AnimationJob:
    """A story to be animated for some placements, and where to."""

    story: Infographic
    brand: Brand
    source: Path
    """The story's folder, where its pictures are."""
    placements: tuple[Placement, ...]
    name: str
    """What file names begin with."""
    out: Path


def animate(job: AnimationJob, report: Report) -> Iterator[Film]:
    """Every placement's clip, in the order asked for; each is in its place when its row comes.

    Raises MediaToolsError when the story or the brand cannot be used at all, and what `report` raises.
    """
    typesetter = Typesetter(Studio(job.source))
    content = content_digest(job.story, job.brand, typesetter.studio.sha256)
    story = job.story.model_copy(update={"carousel": False})
    for number, placement in enumerate(job.placements):
        path = job.out / f"{job.name}_{story.language}_{placement.name}{SUFFIX}"
        order = Order(story, placement.film, job.brand, _STILL)
        yield _animated(order, path, content, typesetter, partial(_share, report, number, len(job.placements)))


def _animated(order: Order, path: Path, content: str, typesetter: Typesetter, report: Report) -> Film:
    with TemporaryDirectory(prefix=FILMING) as name:
        folder = Path(name)
        still = make(order, typesetter, folder / "still.png")[0]
        told = timeline(still.laid) if still.laid else None
        findings = (*(each for each in inspect(still) if each.code not in _OF_FILES), *_haste(told))
        refused = told is None or any(finding.level is Level.BLOCKING for finding in findings)
        if refused:  # an earlier story's clip must not pass for this one's
            path.unlink(missing_ok=True)
        elif told is not None:
            _film(still, told, folder / "moving.mkv", path, report)
    seconds = _frames(told) / FPS if told else 0.0
    content_of = b"" if refused else path.read_bytes()
    sha256 = "" if refused else hashlib.sha256(content_of).hexdigest()
    size, fingerprint = order.placement, Recipe(content, order.placement, FORMAT).fingerprint
    return Film(
        size.name, order.story.language, None if refused else path, size.width, size.height, seconds,
        len(content_of), sha256, content, fingerprint, findings, None, (),
    )  # fmt: skip


def _film(still: Made, told: Timeline, moving: Path, path: Path, report: Report) -> None:
    """The pictures that differ without loss first, then all of it as it leaves, whole or not there."""
    animation = Animation.of(still.page.frame, told, still.typesetter)
    part, seconds = part_of(path), _frames(told) / FPS
    shortened = Shortened.of(animation)
    film(shortened, moving, _counted(report, shortened.frames))
    holds = shortened.holds(_frames(told))
    try:
        run(command(moving, holds, part, seconds), seconds, lambda share: report(_FILMED + (1 - _FILMED) * share))
        put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)


def command(moving: Path, holds: Iterable[tuple[int, int]], path: Path, seconds: float) -> list[str]:
    """Arguments for ffmpeg, without the program: `moving` in silence, with some frames held for as many more."""
    shown = (
        ffmpeg.input(str(moving))
        .video.filter("scale", out_color_matrix="bt709", out_range="tv")
        .filter("format", "yuv420p")
        .filter("setsar", "1")
        .filter("fps", FPS)
        .filter("setparams", color_primaries="bt709", color_trc="bt709", colorspace="bt709", range="tv")
    )
    for number, more in holds:
        shown = shown.filter("loop", loop=more, size=1, start=number)
    shown = shown.filter("setpts", f"N/{FPS}/TB")
    silence = ffmpeg.input(_SILENCE, f="lavfi", t=f"{seconds:.6f}").audio
    coded = {**ENCODED, "c:a": "aac", "b:a": "128k", "flags:a": "+bitexact"}
    written = ffmpeg.output(shown, silence, str(path), **coded, **BT709)
    arguments: list[str] = written.global_args("-v", "error").overwrite_output().compile(cmd="ffmpeg")[1:]
    return arguments


def _frames(told: Timeline) -> int:
    return round(told.seconds * FPS)


def _haste(told: Timeline | None) -> Iterator[Finding]:
    """What cannot be read in the time that a clip has."""
    if told is not None and told.wanted > LONGEST:
        yield Finding(
            level=Level.ADVISORY,
            code=Code.READ_TOO_FAST,
            message=f"Reading everything takes {told.wanted:.0f} seconds, and the clip ends after {LONGEST:.0f}.",
            remedy="Shorten the text or leave out a block.",
        )


def _counted(report: Report, frames: int) -> Callable[[], None]:
    """Called before each picture, reports how far the filming is."""
    numbers = iter(range(1, frames + 1))
    return lambda: report(_FILMED * next(numbers, frames) / frames)


def _share(report: Report, number: int, count: int, share: float) -> None:
    report((number + share) / count)
