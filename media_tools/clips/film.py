"""Clips in, checked files out: a batch of placements by one ffmpeg process, each file whole or not there."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from itertools import batched, groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import av
from PIL import Image

from media_tools.clips.captions import Captioner, heard, save_drawing, write_track
from media_tools.clips.cards import card_frames, filmed
from media_tools.clips.graph import Held, Output, Overlay, command
from media_tools.clips.overlay import clip_page, standing_mark
from media_tools.clips.preflight import Looked, findings
from media_tools.clips.process import RenderFailed, Report, run
from media_tools.clips.sidecars import write_sidecars
from media_tools.clips.sound import Sound, make_sound
from media_tools.clips.source import Cut, cut
from media_tools.clips.story import FPS, Clip
from media_tools.draw import draw
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Frame
from media_tools.layout.page import Page
from media_tools.layout.text import Typesetter
from media_tools.made import PART, put_in_place, write_whole
from media_tools.open.folder import inside
from media_tools.open.video import frame_at
from media_tools.platforms import Placement
from media_tools.recipe import Recipe, content_digest
from media_tools.spec.brand import Brand
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Point, Size
from media_tools.studio import Studio

FORMAT, SUFFIX, POSTER = "mp4", ".mp4", ".poster.jpg"
TEXTLESS = "textless"
FILMING = "attache-clip-"
"""What the names of temporary folders begin with."""
_BATCH = 4  # outputs of one process: memory grows with each, and the decode is shared already
_LOUDNESS = -14.0  # LUFS, where the sheet says nothing
_POSTER = 0.30  # of the footage's length
_POSTER_QUALITY = 88
_CHUNK = 4 * 1024 * 1024  # bytes read at a time
_LARGEST = 1920  # px: the long side of a textless master
_PREPARED = 0.2  # of a batch's work: sound, captions and cards, before the pictures are coded


@dataclass(frozen=True, slots=True)
class Film:
    """One finished file, or the reasons why there is none (`path` is None)."""

    placement: str
    language: str
    path: Path | None
    width: int
    height: int
    seconds: float
    bytes: int
    sha256: str
    content: str
    fingerprint: str
    findings: tuple[Finding, ...]
    poster: Path | None
    sidecars: tuple[Path, ...]

    @property
    def refused(self) -> bool:
        return self.path is None


@dataclass(frozen=True)
class FilmJob:
    """A clip to be made for some placements, and where to."""

    clip: Clip
    brand: Brand
    source: Path
    """The story's folder, where its footage is."""
    placements: tuple[Placement, ...]
    name: str
    """What file names begin with."""
    out: Path
    cache: Path
    """Where end cards are kept between jobs."""
    textless: bool = False

    @property
    def stem(self) -> str:
        return f"{self.name}_{self.clip.language}"


def make_films(job: FilmJob, report: Report) -> Iterator[Film]:
    """Every placement's file, in the order asked for, and then the textless master; a batch is there when it comes.

    Raises MediaToolsError when footage, captions or brand cannot be used, and what `report` raises; then nothing of
    the batch is left.
    """
    job.cache.mkdir(parents=True, exist_ok=True)
    alive = partial(report, 0.0)
    path = inside(job.source, job.clip.footage.path)
    piece = cut(job.clip.footage, path, alive)
    content = content_digest(job.clip, job.brand, lambda _name: _sha256(path, alive))
    with TemporaryDirectory(prefix=FILMING) as folder:
        studio = _Studio(job, piece, Typesetter(Studio(job.source)), Path(folder), content)
        sidecars = tuple(write_sidecars(job.clip, piece, job.out / job.stem))
        batches = list(_batches(job.placements))
        steps = len(batches) + job.textless
        for number, (target, batch) in enumerate(batches):
            films = studio.batch(number, batch, target, partial(_share, report, number, steps))
            yield from (replace(film, sidecars=sidecars) for film in films)
        if job.textless:
            yield studio.textless(partial(_share, report, steps - 1, steps))


@dataclass(frozen=True)
class _Studio:
    """One job at work: its cut, its fonts, its folder of things that are thrown away."""

    job: FilmJob
    piece: Cut
    type: Typesetter
    folder: Path
    content: str

    @property
    def frames(self) -> int:
        return self.piece.frames + card_frames(self.job.clip)

    def batch(self, number: int, placements: Sequence[Placement], target: float, report: Report) -> list[Film]:
        total = self.frames / FPS
        sound = self._sound(total, target, f"{number}", lambda _share: report(0))
        pages = [clip_page(self.job.clip, placement, self.job.brand, self.type) for placement in placements]
        outputs = []
        for done, (slot, page) in enumerate(zip(placements, pages, strict=True)):
            outputs.append(self._output(slot, page, partial(report, _PREPARED * done / len(pages))))
        self._run([output for output, _why in outputs], sound, total, partial(_between, report, _PREPARED, 1))
        return [
            self._judged(slot, output, self._looked(slot, page, output, sound, target, why))
            for slot, page, (output, why) in zip(placements, pages, outputs, strict=True)
        ]

    def textless(self, report: Report) -> Film:
        """The cut alone, upright and at the sheet's loudness, for whoever makes another version."""
        size = _within(self.piece.size, _LARGEST)
        path = self.job.out / f"{self.job.stem}_{TEXTLESS}{SUFFIX}"
        part = path.with_name(path.name + PART)
        output = Output(part, size, self.job.clip.footage.reframe)
        sound = self._sound(self.piece.seconds, _LOUDNESS, TEXTLESS, lambda _share: report(0))
        self._run([output], sound, self.piece.seconds, partial(_between, report, _PREPARED, 1))
        return self._finished(TEXTLESS, output, path, self.piece.frames, (), "")

    def _sound(self, total: float, target: float, name: str, report: Report) -> Sound:
        folder = self.folder / f"sound {name}"
        folder.mkdir()
        return make_sound(self.piece, total, target, folder, report)

    def _output(self, placement: Placement, page: Page, alive: Callable[[], None]) -> tuple[Output, str]:
        """What ffmpeg is to make, and why there is no end card where there should be one."""
        clip, folder = self.job.clip, self.folder / placement.name
        folder.mkdir()
        why, card = "", None
        try:
            card = filmed(clip, placement, self.job.brand, self.type, self.job.cache, alive)
        except DoesNotFit as problem:
            why = str(problem)
        said = heard(clip.captions.cues, self.piece.start, self.piece.frames)
        track = write_track(Captioner(page), said, self.piece.frames, folder / "captions", alive)
        path = self.job.out / f"{self.job.stem}_{placement.name}{SUFFIX}{PART}"
        reframe = clip.footage.framed(page.size.aspect)
        held = Held(card, card_frames(clip)) if card else None
        return Output(path, page.size, reframe, self._mark(page, folder / "mark.png"), track, held), why

    def _mark(self, page: Page, path: Path) -> Overlay:
        mark = standing_mark(page)
        save_drawing(draw(Frame(mark.item.size, (replace(mark, at=Point(0, 0)),)), self.type), path)
        return Overlay(path, mark.at)

    def _run(self, outputs: Sequence[Output], sound: Sound, seconds: float, report: Report) -> None:
        try:
            run(command(self.piece, outputs, sound.path), seconds, report)
        except BaseException:
            for output in outputs:
                output.path.unlink(missing_ok=True)
            raise

    def _looked(
        self, placement: Placement, page: Page, output: Output, sound: Sound, target: float, cardless: str
    ) -> Looked:
        return Looked(
            self.job.clip, self.piece, placement, sound, target, Captioner(page), self.frames / FPS,
            output.path.stat().st_size, cardless,
        )  # fmt: skip

    def _judged(self, placement: Placement, output: Output, looked: Looked) -> Film:
        frames = self.frames if output.card or not self.job.clip.end_card else self.piece.frames
        path = output.path.with_name(output.path.name.removesuffix(PART))
        fingerprint = Recipe(self.content, placement, FORMAT).fingerprint
        return self._finished(placement.name, output, path, frames, findings(looked), fingerprint)

    def _finished(
        self, placement: str, output: Output, path: Path, frames: int, found: tuple[Finding, ...], fingerprint: str
    ) -> Film:
        """The file under its name, once it was counted; gone where a finding blocks it."""
        size, part = output.size, output.path
        refused = any(finding.level is Level.BLOCKING for finding in found)
        sha256, count, poster = "", 0, None
        try:
            if not refused:
                _check_frames(part, frames)
                sha256, count = _sha256(part), part.stat().st_size
                put_in_place(part, path)
                poster = _poster(path, path.with_suffix(POSTER), round(_POSTER * self.piece.frames))
        finally:
            part.unlink(missing_ok=True)
        if refused:  # an earlier clip's files must not pass for this one's
            path.unlink(missing_ok=True)
            path.with_suffix(POSTER).unlink(missing_ok=True)
        return Film(
            placement, self.job.clip.language, None if refused else path, int(size.width), int(size.height),
            frames / FPS, count, sha256, self.content, fingerprint, found, poster, (),
        )  # fmt: skip


def _batches(placements: Sequence[Placement]) -> Iterator[tuple[float, tuple[Placement, ...]]]:
    """Placements of one loudness, at most _BATCH together."""
    for target, group in groupby(placements, key=_target):
        for batch in batched(group, _BATCH):
            yield target, batch


def _target(placement: Placement) -> float:
    said = placement.limits.get("loudness_lufs")
    return float(said) if isinstance(said, int | float) else _LOUDNESS


def _share(report: Report, number: int, steps: int, share: float) -> None:
    report((number + share) / steps)


def _between(report: Report, begin: float, end: float, share: float) -> None:
    """Report a part of the work as the stretch from `begin` to `end` of the whole."""
    report(begin + (end - begin) * share)


def _within(size: Size, longest: int) -> Size:
    scale = min(1.0, longest / max(size.width, size.height))
    return Size(*(int(side * scale) // 2 * 2 for side in (size.width, size.height)))


def _sha256(path: Path, alive: Callable[[], None] = lambda: None) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            alive()
            found.update(chunk)
    return found.hexdigest()


def _check_frames(path: Path, frames: int) -> None:
    with av.open(str(path)) as container:
        counted = sum(1 for packet in container.demux(video=0) if packet.size)
    if counted != frames:
        why = f"it has {counted} pictures where {frames} belong."
        raise RenderFailed(why, "Try again; if it fails twice, export the footage as MP4.")


def _poster(path: Path, target: Path, frame: int) -> Path:
    """A picture of the clip itself, for where it does not play."""
    encoded = BytesIO()
    Image.fromarray(frame_at(path, frame / FPS)).save(encoded, "JPEG", quality=_POSTER_QUALITY, optimize=True)
    write_whole(target, encoded.getvalue())
    return target
