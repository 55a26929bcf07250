"""Clips in, checked files out: a batch of placements by one ffmpeg process, each file whole or not there."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import batched, groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import av
from PIL import Image

from media_tools.clips.captions import Captioner, heard, save_drawing, write_track
from media_tools.clips.cards import card_frames, filmed
from media_tools.clips.fitting import byte_limit, rate_within
from media_tools.clips.follow import follow
from media_tools.clips.framed import framed
from media_tools.clips.graph import Held, Output, Overlay, Rate, command
from media_tools.clips.keyframes import KeyFrame
from media_tools.clips.lower_thirds import seen, write_lower_thirds
from media_tools.clips.moves import Moves, windows, write_moves
from media_tools.clips.music import Tune, tune
from media_tools.clips.overlay import clip_page, standing_mark
from media_tools.clips.poster import save_picture, save_poster
from media_tools.clips.preflight import Looked, findings, taken
from media_tools.clips.process import RenderFailed, Report, run
from media_tools.clips.reframe import Window
from media_tools.clips.sidecars import write_sidecars
from media_tools.clips.sound import Levels, Sound, make_sound
from media_tools.clips.source import Cut, cut
from media_tools.clips.story import FPS, Clip, Fit, Footage, Music, Reframe
from media_tools.clips.thumbnail import moment, thumbnail_words, under
from media_tools.clips.title_card import filmed_title, title_frames
from media_tools.clips.watching import Shot, watch
from media_tools.draw import draw
from media_tools.errors import DoesNotFit, InvalidInput
from media_tools.layout.frame import Frame
from media_tools.layout.page import Page
from media_tools.layout.text import Typesetter
from media_tools.made import PART, put_in_place
from media_tools.open.folder import inside
from media_tools.open.moving_pictures import frame_at
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
    alt: str = ""
    """What it shows, where its own words say that better than those beside its footage."""
    sound: Levels | None = None
    """How loud it came out; None for silence."""
    mission: str = ""
    """Whose end card it has; empty for the film that all share."""

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
    others: tuple[Clip, ...] = ()
    """The same footage in other languages: it is read and framed once for all of them."""

    @property
    def stem(self) -> str:
        return f"{self.name}_{self.clip.language}"


def make_films(job: FilmJob, report: Report) -> Iterator[Film]:
    """Every placement's file, in the order asked for, and then the textless master; a batch is there when it comes.

    Raises MediaToolsError when footage, captions or brand cannot be used, and what `report` raises; then nothing of
    the batch is left.
    """
    clips = (job.clip, *job.others)
    _check_alike(clips)
    job.cache.mkdir(parents=True, exist_ok=True)
    alive = partial(report, 0.0)
    path = inside(job.source, job.clip.footage.path)
    piece = cut(job.clip.footage, path, alive)
    files = {job.clip.footage.path: _sha256(path, alive)}
    music = _music(job, alive)
    if music:
        files[music.music.path] = _sha256(music.path, alive)
    shots = watch(piece, alive) if job.clip.footage.sought else ()
    with TemporaryDirectory(prefix=FILMING) as folder:
        typesetter = Typesetter(Studio(job.source))
        studios = [
            _Studio(
                replace(job, clip=clip), replace(piece, opening=title_frames(clip)), shots, typesetter,
                Path(folder) / clip.language, content_digest(clip, job.brand, files.__getitem__), music,
            )
            for clip in clips
        ]  # fmt: skip
        sidecars = {studio.job.clip.language: studio.sidecars() for studio in studios}
        batches = list(_batches(studios, job.placements))
        steps = len(batches) + job.textless
        for number, batch in enumerate(batches):
            films = _filmed(number, batch, partial(_share, report, number, steps))
            yield from (replace(film, sidecars=sidecars[film.language]) for film in films)
        if job.textless:
            yield studios[0].textless(partial(_share, report, steps - 1, steps))


@dataclass(frozen=True, slots=True)
class _Roomless:
    """Why a card is missing, where it was asked for; empty otherwise."""

    card: str
    title: str
    thumbnail: str


@dataclass(frozen=True)
class _Studio:
    """One job at work: its cut, its fonts, its folder of things that are thrown away."""

    job: FilmJob
    piece: Cut
    shots: tuple[Shot, ...]
    """None where nobody is to be followed."""
    type: Typesetter
    folder: Path
    content: str
    music: Tune | None

    @property
    def frames(self) -> int:
        return self.piece.time.frames + card_frames(self.job.clip)

    def sidecars(self) -> tuple[Path, ...]:
        return tuple(write_sidecars(self.job.clip, self.piece, self.job.out / self.job.name))

    def textless(self, report: Report) -> Film:
        """The cut alone, upright and at the sheet's loudness, for whoever makes another version."""
        size = _within(self.piece.size, _LARGEST)
        path = self.job.out / f"{self.job.stem}_{TEXTLESS}{SUFFIX}"
        part = path.with_name(path.name + PART)
        shown = windows(Reframe().keys, self.piece, size)
        output = Output(part, size, shown[0])
        plain = replace(self, piece=replace(self.piece, opening=0), music=None)
        sound = plain.sound(self.piece.seconds, _LOUDNESS, TEXTLESS, lambda _share: report(0))
        plain.run([output], sound, self.piece.seconds, partial(_between, report, _PREPARED, 1))
        poster = partial(save_poster, path, frame=round(_POSTER * self.piece.frames))
        return replace(plain._finished(TEXTLESS, output, path, self.piece.frames, (), "", poster), sound=sound.levels)

    def sound(self, total: float, target: float, name: str, report: Report) -> Sound:
        folder = self.folder / f"sound {name}"
        folder.mkdir(parents=True)
        return make_sound(self.piece, total, target, folder, report, self.music)

    def output(self, placement: Placement, page: Page, alive: Callable[[], None]) -> tuple[Output, _Roomless]:
        """What ffmpeg is to make, and why there is no card where there should be one."""
        clip, time, folder = self.job.clip, self.piece.time, self.folder / placement.name
        folder.mkdir(parents=True)
        card, no_card = self._card(filmed, placement, alive)
        title, no_title = self._card(filmed_title, placement, alive)
        no_words = self._why_wordless(placement)
        said = heard(clip.captions.cues, time)
        thirds = seen(clip.lower_thirds, page, time)
        named = write_lower_thirds(thirds, page, time.frames, folder / "names", alive)
        standing = [third.standing for third in thirds]
        captioner = Captioner(page, clip.caption_look)
        track = write_track(captioner, said, time.frames, folder / "captions", alive, standing)
        path = self.job.out / f"{self.job.stem}_{placement.name}{SUFFIX}{PART}"
        window, moves = self._framed(placement.name, page.size, folder)
        output = Output(
            path, page.size, window, moves, self._mark(page, folder / "mark.png"), track,
            Held(card, card_frames(clip)) if card else None, named, Held(title, self.piece.opening) if title else None,
        )  # fmt: skip
        return output, _Roomless(no_card, no_title, no_words)

    def _why_wordless(self, placement: Placement) -> str:
        """Why the thumbnail has no words; empty where it has."""
        try:
            thumbnail_words(self.job.clip, placement, self.job.brand, self.type)
        except DoesNotFit as problem:
            return str(problem)
        return ""

    def _card(
        self, film: Callable[..., Path | None], placement: Placement, alive: Callable[[], None]
    ) -> tuple[Path | None, str]:
        """The card's film, and why there is none where it has no room."""
        try:
            return film(self.job.clip, placement, self.job.brand, self.type, self.job.cache, alive), ""
        except DoesNotFit as problem:
            return None, str(problem)

    def _framed(self, name: str, size: Size, folder: Path) -> tuple[Window | None, Moves | None]:
        reframe = self.job.clip.footage.framed(size.aspect)
        if reframe.fit is Fit.PAD and self.piece.size != size:
            return None, None
        shown = windows(self._path(size), self.piece, size)
        return shown[0], write_moves(shown, f"{self.job.clip.language}.{name}", folder / "moves.txt")

    def _path(self, size: Size) -> tuple[KeyFrame, ...]:
        """Where a frame of a size looks, and when."""
        reframe = self.job.clip.footage.framed(size.aspect)
        return follow(self.shots, self.piece.size, size, reframe.middle) if reframe.sought else reframe.keys

    def _mark(self, page: Page, path: Path) -> Overlay:
        mark = standing_mark(page)
        save_drawing(draw(Frame(mark.item.size, (replace(mark, at=Point(0, 0)),)), self.type), path)
        return Overlay(path, mark.at)

    def run(self, outputs: Sequence[Output], sound: Sound, seconds: float, report: Report) -> None:
        try:
            run(command(self.piece, outputs, sound.path), seconds, report)
        except BaseException:
            for output in outputs:
                output.path.unlink(missing_ok=True)
            raise

    def looked(
        self, placement: Placement, page: Page, output: Output, sound: Sound, target: float, roomless: _Roomless
    ) -> Looked:
        return Looked(
            self.job.clip, self.piece, placement, sound, target, Captioner(page, self.job.clip.caption_look),
            self.frames / FPS, output.path.stat().st_size, roomless.card, roomless.title,
            roomless.thumbnail,
        )  # fmt: skip

    def hold(self, placement: Placement, output: Output, sound: Sound, report: Report) -> int:
        """Film it again with so few kbit/s that its file is small enough; 0 where it is, or never would be."""
        limit, seconds = byte_limit(placement), self.frames_of(output) / FPS
        if limit is None or output.path.stat().st_size <= limit:
            return 0
        kbps = rate_within(limit, output.size, seconds, sound.path.stat().st_size)
        for number in (1, 2) if kbps else ():
            rate = Rate(kbps or 0, number, self.folder / placement.name / "rate")
            self.run([replace(output, rate=rate)], sound, seconds, report)
        return kbps or 0

    def frames_of(self, output: Output) -> int:
        return self.frames if output.card or not self.job.clip.end_card else self.piece.time.frames

    def finished(self, placement: Placement, output: Output, found: tuple[Finding, ...]) -> Film:
        path = output.path.with_name(output.path.name.removesuffix(PART))
        fingerprint = Recipe(self.content, placement, FORMAT).fingerprint
        poster = partial(self._save_thumbnail, placement, output.size)
        return self._finished(placement.name, output, path, self.frames_of(output), found, fingerprint, poster)

    @cached_property
    def _moment(self) -> tuple[Image.Image, float]:
        """The picture that stands for the clip, as it was filmed, and its second of the file."""
        second = moment(self.job.clip, self.piece.time)
        return Image.fromarray(frame_at(self.piece.path, second)), second

    def _save_thumbnail(self, placement: Placement, size: Size, target: Path) -> Path:
        """Where its words have no room it has none, of which a finding tells."""
        picture, second = self._moment
        clip, reframe = self.job.clip, self.job.clip.footage.framed(size.aspect)
        path = reframe.path if reframe.fit is Fit.PAD else self._path(size)
        seen = framed(picture, size, reframe.model_copy(update={"path": path}), second)
        with suppress(DoesNotFit):
            card = thumbnail_words(clip, placement, self.job.brand, self.type)
            seen = under(seen, card, clip, placement, self.job.brand, self.type)
        return save_picture(seen, target)

    def _finished(
        self, placement: str, output: Output, path: Path, frames: int, found: tuple[Finding, ...], fingerprint: str,
        save: Callable[[Path], Path],
    ) -> Film:  # fmt: skip
        """The file under its name, once it was counted; gone where a finding blocks it."""
        size, part = output.size, output.path
        refused = any(finding.level is Level.BLOCKING for finding in found)
        sha256, count, poster = "", 0, None
        try:
            if not refused:
                check_frames(part, frames)
                sha256, count = _sha256(part), part.stat().st_size
                put_in_place(part, path)
                poster = save(path.with_suffix(POSTER))
        finally:
            part.unlink(missing_ok=True)
        if refused:  # an earlier clip's files must not pass for this one's
            path.unlink(missing_ok=True)
            path.with_suffix(POSTER).unlink(missing_ok=True)
        return Film(
            placement, self.job.clip.language, None if refused else path, int(size.width), int(size.height),
            frames / FPS, count, sha256, self.content, fingerprint, found, poster, (),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Batch:
    """What one process makes: placements, each in one language, of one loudness, one length and one beginning."""

    target: float
    wanted: tuple[tuple[_Studio, Placement], ...]


def _batches(studios: Sequence[_Studio], placements: Sequence[Placement]) -> Iterator[_Batch]:
    """At most _BATCH together, the languages of a placement side by side: what they share is made once."""
    wanted = [(studio, placement) for placement in placements for studio in studios]
    alike = groupby(wanted, key=lambda each: (_target(each[1]), each[0].piece.opening, each[0].frames))
    for (target, _opening, _frames), group in alike:
        for batch in batched(group, _BATCH):
            yield _Batch(target, batch)


@dataclass(frozen=True, slots=True)
class _Take:
    """One file of a batch, ready to be filmed."""

    studio: _Studio
    slot: Placement
    page: Page
    output: Output
    roomless: _Roomless

    @property
    def untaken(self) -> tuple[Finding, ...]:
        """What is known before filming to be against the platform's limits of time."""
        return tuple(taken(self.slot, self.studio.frames_of(self.output) / FPS, 0))


def _filmed(number: int, batch: _Batch, report: Report) -> list[Film]:
    first, count = batch.wanted[0][0], len(batch.wanted)
    total = first.frames / FPS
    sound = first.sound(total, batch.target, f"{number}", lambda _share: report(0))
    takes = []
    for done, (studio, slot) in enumerate(batch.wanted):
        page = clip_page(studio.job.clip, slot, studio.job.brand, studio.type)
        takes.append(_Take(studio, slot, page, *studio.output(slot, page, partial(report, _PREPARED * done / count))))
    ready = [take.output for take in takes if not take.untaken]
    if ready:
        first.run(ready, sound, total, partial(_between, report, _PREPARED, 1))
    return [_judged(take, sound, batch.target, lambda _share: report(1)) for take in takes]


def _judged(take: _Take, sound: Sound, target: float, report: Report) -> Film:
    studio, slot, output = take.studio, take.slot, take.output
    if found := take.untaken:
        return studio.finished(slot, output, found)
    kbps = studio.hold(slot, output, sound, report)
    looked = studio.looked(slot, take.page, output, sound, target, take.roomless)
    film = studio.finished(slot, output, findings(replace(looked, kbps=kbps)))
    return replace(film, sound=sound.levels)


def _music(job: FilmJob, alive: Callable[[], None]) -> Tune | None:
    music = job.clip.music
    return tune(music, inside(job.source, music.path), alive) if music else None


def _check_alike(clips: Sequence[Clip]) -> None:
    """Raises InvalidInput for languages that do not share one picture and one sound."""
    first, *others = clips
    for clip in others:
        if _pictured(clip) != _pictured(first):
            why = f"of '{clip.language}' is not that of '{first.language}'."
            raise InvalidInput("footage", why, "Give both the same file, times and framing, or film them one by one.")
        if _tuned(clip) != _tuned(first):
            why = f"of '{clip.language}' is not that of '{first.language}'."
            raise InvalidInput("music", why, "Give both the same file, beginning and level, or film them one by one.")
    tags = [clip.language for clip in clips]
    if len(set(tags)) < len(tags):
        raise InvalidInput("language", f"stands twice: {', '.join(tags)}.", "Give each language one story.")


def _pictured(clip: Clip) -> Footage:
    """What decides about the picture alone."""
    return clip.footage.model_copy(update={"alt": "", "credit": "", "licence": ""})


def _tuned(clip: Clip) -> Music | None:
    """What decides about the sound alone."""
    return clip.music and clip.music.model_copy(update={"credit": "", "licence": ""})


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


def check_frames(path: Path, frames: int) -> None:
    """Raises RenderFailed for a file that has other than so many pictures."""
    with av.open(str(path)) as container:
        counted = sum(1 for packet in container.demux() if packet.size and packet.stream.type == "video")
    if counted != frames:
        why = f"it has {counted} pictures where {frames} belong."
        raise RenderFailed(why, "Try again; if it fails twice, export the footage as MP4.")
