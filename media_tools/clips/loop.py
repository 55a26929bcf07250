"""A playlist as one film that goes round without an end, with sound and without.

It begins and ends in the dark, and each part comes out of the dark and goes back into it. So the last picture meets the
first one whatever a player does between the two: one that takes a moment to begin again is dark meanwhile. Silence lies
there too, so that nothing clicks.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import accumulate
from itertools import chain as flattened
from pathlib import Path
from tempfile import TemporaryDirectory

from media_tools.clips.chain import Piece, chain
from media_tools.clips.coder import Coder
from media_tools.clips.codes import Code
from media_tools.clips.film import FILMING, FORMAT, POSTER, SUFFIX, Film, check_frames
from media_tools.clips.loop_sound import Stretch, loop_sound
from media_tools.clips.loop_words import Spoken, write_words
from media_tools.clips.passage import passages
from media_tools.clips.playlist import STANDS, Hearing, Part, Playlist
from media_tools.clips.poster import save_poster
from media_tools.clips.preflight import taken
from media_tools.clips.process import Report
from media_tools.clips.sound import Levels
from media_tools.clips.story import FPS
from media_tools.errors import InvalidInput
from media_tools.made import part_of, put_in_place
from media_tools.open.folder import inside
from media_tools.open.image import open_image, probe_image
from media_tools.open.moving_pictures import SDR
from media_tools.open.video import looked_over
from media_tools.platforms import Placement
from media_tools.recipe import Recipe, canonical_json
from media_tools.spec.finding import Finding, Level

SILENT = "silent"
"""What the name of the film without sound ends with."""
MOST_SECONDS = 3600.0
"""Of the whole: nobody stays in a hall for longer, and most players' sticks hold no larger file."""
_PREPARED, _SOUNDED = 0.7, 0.9  # of the work: pictures first, then sound; the rest is joining
_CHUNK = 4 * 1024 * 1024  # bytes read at a time


@dataclass(frozen=True)
class PlaylistJob:
    """A playlist to be made, and where to."""

    playlist: Playlist
    source: Path
    """The folder in which its parts are."""
    name: str
    """What file names begin with."""
    out: Path


def make_playlist(job: PlaylistJob, report: Report) -> Iterator[Film]:
    """The film with sound and the one without, as the playlist asks; each is in its place when its row comes.

    The pictures of films that are coded as ours are today are copied, bit for bit; others of the same size are coded
    anew. Raises MediaToolsError where a part cannot be used, and what `report` raises; then nothing of it is left.
    """
    looked = tuple(_looked_over(job, partial(report, 0.0)))
    with TemporaryDirectory(prefix=FILMING) as folder:
        yield from _Making(job, looked, Path(folder), report).films()


@dataclass(frozen=True, slots=True)
class _Looked:
    """A part whose files were looked over."""

    part: Part
    path: Path
    frames: int
    heard: bool
    captions: Path | None
    transcript: Path | None

    @property
    def digests(self) -> list[str]:
        """What its files are, by their bytes."""
        return [_sha256(path) if path else "" for path in (self.path, self.captions, self.transcript)]


@dataclass(frozen=True)
class _Making:
    """One playlist at work."""

    job: PlaylistJob
    looked: tuple[_Looked, ...]
    folder: Path
    report: Report

    @property
    def playlist(self) -> Playlist:
        return self.job.playlist

    def films(self) -> Iterator[Film]:
        heard = self.playlist.hearing is not Hearing.SILENT
        track, levels = self._sound() if heard else (None, None)
        words = tuple(write_words(self._spoken, self.playlist.language, self._named("").with_suffix("")))
        if heard:
            yield self._film("", track, levels, words)
        if self.playlist.hearing is not Hearing.SOUND:
            yield self._film(SILENT, None, None, words)

    @cached_property
    def parts(self) -> tuple[Piece, ...]:
        """Each part's pictures, coded alike."""
        coded = []
        for number, each in enumerate(self.looked):
            coder = self._coder(_PREPARED * number / len(self.looked))
            if each.part.is_picture:
                coded.append(coder.picture(open_image(each.path), each.frames))
            else:
                coded.append(coder.film(each.path, each.frames))
        return tuple(coded)

    @cached_property
    def whole(self) -> tuple[Piece, ...]:
        """Out of the dark, a part, through the dark, a part and so on, and into the dark."""
        first, *others = passages(self.parts, self._coder(_PREPARED))
        return (first, *flattened.from_iterable(zip(self.parts, others, strict=True)))

    @property
    def begins(self) -> tuple[int, ...]:
        """The picture of the whole with which each part begins."""
        ends = list(accumulate(piece.frames for piece in self.whole))
        return tuple(ends[:-1:2])

    @property
    def frames(self) -> int:
        return sum(piece.frames for piece in self.whole)

    @cached_property
    def content(self) -> str:
        """What it is made from: its words, and its files in order by their bytes."""
        told = [[each.part.title, each.frames, *each.digests] for each in self.looked]
        return hashlib.sha256(canonical_json([self.playlist.language, self.playlist.title, told])).hexdigest()

    @property
    def _spoken(self) -> list[Spoken]:
        return [
            Spoken(each.part.title, begin, piece.frames, each.captions, each.transcript)
            for each, piece, begin in zip(self.looked, self.parts, self.begins, strict=True)
        ]

    def _sound(self) -> tuple[Path, Levels | None]:
        stretches = [
            Stretch(begin, piece.frames, each.path)
            for each, piece, begin in zip(self.looked, self.parts, self.begins, strict=True)
            if each.heard
        ]
        return loop_sound(stretches, self.frames, self.folder, partial(_between, self.report))

    def _coder(self, share: float) -> Coder:
        return Coder(self.playlist.slot.size, self.folder, lambda _share: self.report(share))

    def _named(self, how: str) -> Path:
        stem = "_".join(filter(None, (self.job.name, self.playlist.language, self.playlist.placement, how)))
        return self.job.out / f"{stem}{SUFFIX}"

    def _film(self, how: str, track: Path | None, levels: Levels | None, words: tuple[Path, ...]) -> Film:
        path = self._named(how)
        part = part_of(path)
        try:
            chain(self.whole, track, part, partial(self.report, _SOUNDED))
            check_frames(part, self.frames)
            size, sha256 = part.stat().st_size, _sha256(part)
            found = (*_too_much(self.playlist.slot, self.frames, size), *(_unheard() if track and not levels else ()))
            film = self._row(how, size, sha256, found, words, levels)
            if any(finding.level is Level.BLOCKING for finding in found):
                path.unlink(missing_ok=True)  # an earlier film must not pass for this one
                return film
            put_in_place(part, path)
        finally:
            part.unlink(missing_ok=True)
        shown = self.begins[0] + self.parts[0].frames // 2
        return replace(film, path=path, poster=save_poster(path, path.with_suffix(POSTER), shown))

    def _row(
        self,
        how: str,
        size: int,
        sha256: str,
        found: tuple[Finding, ...],
        words: tuple[Path, ...],
        levels: Levels | None,
    ) -> Film:
        slot = self.playlist.slot
        fingerprint = Recipe(self.content, slot, f"{FORMAT} {how}".strip()).fingerprint
        return Film(
            slot.name, self.playlist.language, None, slot.width, slot.height, self.frames / FPS, size, sha256,
            self.content, fingerprint, found, None, words, sound=levels,
        )  # fmt: skip


def _looked_over(job: PlaylistJob, alive: Callable[[], None]) -> Iterator[_Looked]:
    """Raises CannotOpen and InvalidInput with the part's field, before anything is made."""
    total = 0
    for number, part in enumerate(job.playlist.parts):
        alive()
        field, path = f"parts[{number}].path", inside(job.source, part.path)
        frames, heard = (_picture if part.is_picture else _film)(part, path, field, job.playlist.slot)
        total += frames
        if total > MOST_SECONDS * FPS:
            why = f"'{part.path}' makes the whole longer than {MOST_SECONDS / 60:.0f} minutes."
            raise InvalidInput(field, why, "Take parts out, or make two playlists.")
        beside = (inside(job.source, name) if name else None for name in (part.captions, part.transcript))
        yield _Looked(part, path, frames, heard, *beside)


def _film(part: Part, path: Path, field: str, slot: Placement) -> tuple[int, bool]:
    """How many pictures it has, and whether there is sound beside them."""
    facts, seconds = looked_over(path)
    if not facts.has_picture:
        raise InvalidInput(field, f"'{part.path}' is sound alone.", "Choose a film.")
    _check_size(part, facts.width, facts.height, field, slot)
    if facts.transfer != SDR:
        why = f"'{part.path}' has a high dynamic range, which the other parts have not."
        raise InvalidInput(field, why, "Make it as a clip for this screen first.")
    return max(1, round(seconds * FPS)), facts.has_sound


def _picture(part: Part, path: Path, field: str, slot: Placement) -> tuple[int, bool]:
    facts = probe_image(path)
    _check_size(part, facts.width, facts.height, field, slot)
    return round((part.seconds or STANDS) * FPS), False


def _check_size(part: Part, width: int, height: int, field: str, slot: Placement) -> None:
    if (width, height) != (slot.width, slot.height):
        why = f"'{part.path}' has {width} x {height} px, and {slot.name} has {slot.width} x {slot.height}."
        raise InvalidInput(field, why, f"Make it for {slot.name}.")


def _too_much(slot: Placement, frames: int, size: int) -> Iterator[Finding]:
    for finding in taken(slot, frames / FPS, size):
        yield finding.model_copy(update={"remedy": "Take a part out."})


def _unheard() -> Iterator[Finding]:
    yield Finding(
        level=Level.ADVISORY,
        code=Code.SILENT,
        message="Nothing is heard in any of the parts.",
        remedy="Take the film without sound, or add a part that speaks.",
    )


def _between(report: Report, share: float) -> None:
    report(_PREPARED + (_SOUNDED - _PREPARED) * share)


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
