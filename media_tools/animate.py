"""Infographics into clips: the still's own layout comes block by block, and stands until it was read."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf
from pathlib import Path
from tempfile import TemporaryDirectory

import ffmpeg
from PIL import Image

from media_tools.alt_text import alt_texts, transcript
from media_tools.clips.animation import Animation, Shortened
from media_tools.clips.codes import Code
from media_tools.clips.film import FILMING, FORMAT, POSTER, SUFFIX, Film, check_frames
from media_tools.clips.graph import BT709, ENCODED
from media_tools.clips.motion import film
from media_tools.clips.poster import save_poster
from media_tools.clips.preflight import taken
from media_tools.clips.process import Report, run
from media_tools.clips.sidecars import caption_name
from media_tools.clips.story import FPS
from media_tools.clips.timeline import LONGEST, Timeline, timeline
from media_tools.infographic import Infographic, LaidOut, lay_out
from media_tools.layout.text import Typesetter
from media_tools.made import Made, Order, make, part_of, put_in_place, write_whole
from media_tools.platforms import Placement
from media_tools.preview import Preview, preview_of
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
_REMEDY = "Shorten the text or leave out a block."
_MOMENTS = 6  # pictures of a storyboard at most: two rows of three, or three of two where pages are wide
_APART = 0.3  # seconds: what comes sooner after something comes with it
_GAP = 1 / 60  # of a storyboard's width


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
    for number, placement in enumerate(job.placements):
        path = job.out / f"{job.name}_{job.story.language}_{placement.name}{SUFFIX}"
        with TemporaryDirectory(prefix=FILMING) as name:
            order = Order(_one_page(job.story), placement.film, job.brand, _STILL)
            still = make(order, typesetter, Path(name) / "still.png")[0]
            fingerprint = Recipe(content, placement, FORMAT).fingerprint
            shot = _Shot(still, Path(name), path, content, fingerprint)
            yield shot.film(_share(report, number, len(job.placements)))


def storyboard(story: Infographic, placement: Placement, brand: Brand, typesetter: Typesetter, width: int) -> Preview:
    """Moments of a placement's clip in one picture, `width` px wide, in reading order; the last is its end.

    Raises MediaToolsError where the page cannot be laid out.
    """
    laid = lay_out(_one_page(story), placement.film, brand, typesetter)
    told = timeline(laid)
    animation = Animation.of(laid.frame, told, typesetter)
    pictures = [Image.fromarray(animation.at(second)) for second in _moments(told)]
    sheet = _sheet(pictures, laid, width)
    return preview_of(sheet, (*laid.left_out, *laid.not_in_theme), told.seconds)


@dataclass(frozen=True)
class _Shot:
    """One placement's still on its way to be a clip."""

    still: Made
    folder: Path
    path: Path
    content: str
    fingerprint: str

    def film(self, report: Report) -> Film:
        """The clip in its place with what travels beside it, or what stands in its way."""
        findings = [each for each in inspect(self.still) if each.code not in _OF_FILES]
        told = timeline(self.still.laid) if self.still.laid else None
        if told is None or _blocked(findings):
            return self._refused(findings, told)
        part = part_of(self.path)
        try:
            self._code(told, part, report)
            findings += [*_haste(told), *_not_taken(self.still.order.placement, told, part.stat().st_size)]
            if _blocked(findings):
                return self._refused(findings, told)
            put_in_place(part, self.path)
        finally:
            part.unlink(missing_ok=True)
        return self._finished(findings, told)

    def _code(self, told: Timeline, part: Path, report: Report) -> None:
        """The pictures that differ without loss first, then all of it as it leaves."""
        frames, moving = _frames(told), self.folder / "moving.mkv"
        shortened = Shortened.of(Animation.of(self.still.page.frame, told, self.still.typesetter))
        film(shortened, moving, _counted(report, shortened.frames))
        arguments = command(moving, shortened.holds(frames), part, frames / FPS)
        run(arguments, frames / FPS, lambda share: report(_FILMED + (1 - _FILMED) * share))
        check_frames(part, frames)

    def _finished(self, findings: list[Finding], told: Timeline) -> Film:
        page, brand = self.still.page, self.still.order.brand
        poster = save_poster(self.path, self.path.with_suffix(POSTER), _frames(told) - 1)
        words = self.path.with_name(f"{caption_name(self.path.stem, page.page.language.tag)}.txt")
        write_whole(words, f"{transcript(page, brand)}\n".encode())
        content = self.path.read_bytes()
        return replace(
            self._made(findings, told), path=self.path, bytes=len(content), sha256=hashlib.sha256(content).hexdigest(),
            poster=poster, sidecars=(words,), alt=alt_texts([page], brand)[0],
        )  # fmt: skip

    def _refused(self, findings: list[Finding], told: Timeline | None) -> Film:
        """An earlier story's files must not pass for this one's."""
        for old in (self.path, self.path.with_suffix(POSTER)):
            old.unlink(missing_ok=True)
        return self._made(findings, told)

    def _made(self, findings: list[Finding], told: Timeline | None) -> Film:
        slot, language = self.still.order.placement, self.still.order.story.language
        seconds = _frames(told) / FPS if told else 0.0
        return Film(
            slot.name, language, None, slot.width, slot.height, seconds, 0, "", self.content, self.fingerprint,
            tuple(findings), None, (),
        )  # fmt: skip


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


def _one_page(story: Infographic) -> Infographic:
    """A clip has no second slide: what its page cannot hold is left out, as on stills that stand alone."""
    return story.model_copy(update={"carousel": False})


def _moments(told: Timeline) -> list[float]:
    """When something has just come and all stands, the last at the end; of many, some that lie evenly."""
    moving = [step for step in told.steps if step.seconds]
    still = (step.end for step in moving if not any(other.start < step.end < other.end for other in moving))
    ends = sorted({*still, told.settled})
    stops = [end for end, following in zip(ends, [*ends[1:], inf], strict=True) if following - end >= _APART]
    shown = min(_MOMENTS, len(stops))
    return [stops[round((number + 1) * len(stops) / shown) - 1] for number in range(shown)]


def _sheet(pictures: Sequence[Image.Image], laid: LaidOut, width: int) -> Image.Image:
    """Pictures in rows, as people of the page's language read; nothing between them."""
    page = laid.frame.size
    columns, gap = min(len(pictures), 3 if page.width <= page.height else 2), round(width * _GAP)
    wide = (width - gap * (columns - 1)) // columns
    high, rows = round(wide * page.height / page.width), ceil(len(pictures) / columns)
    sheet = Image.new("RGBA", (width, rows * high + gap * (rows - 1)))
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        across = columns - 1 - column if laid.page.right_to_left else column
        small = picture.resize((wide, high), Image.Resampling.LANCZOS, reducing_gap=3)
        sheet.paste(small, (across * (wide + gap), row * (high + gap)))
    return sheet


def _blocked(findings: Iterable[Finding]) -> bool:
    return any(finding.level is Level.BLOCKING for finding in findings)


def _not_taken(placement: Placement, told: Timeline, size: int) -> Iterator[Finding]:
    for finding in taken(placement, _frames(told) / FPS, size):
        yield finding.model_copy(update={"remedy": _REMEDY})


def _haste(told: Timeline) -> Iterator[Finding]:
    """What cannot be read in the time that a clip has."""
    if told.wanted > LONGEST:
        yield Finding(
            level=Level.ADVISORY,
            code=Code.READ_TOO_FAST,
            message=f"Reading everything takes {told.wanted:.0f} seconds, and the clip ends after {LONGEST:.0f}.",
            remedy=_REMEDY,
        )


def _counted(report: Report, frames: int) -> Callable[[], None]:
    """Called before each picture, reports how far the filming is."""
    numbers = iter(range(1, frames + 1))
    return lambda: report(_FILMED * next(numbers, frames) / frames)


def _share(report: Report, number: int, count: int) -> Report:
    return lambda share: report((number + share) / count)
