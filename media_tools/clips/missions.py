"""Each mission's own clip: the shared one with the mission's names, verb and link on its end card."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from pydantic import Field

from media_tools.clips.cards import card_frames, end_card, filmed
from media_tools.clips.codes import Code
from media_tools.clips.film import FILMING, FORMAT, SUFFIX, TEXTLESS, Film, FilmJob, check_frames, make_films
from media_tools.clips.graph import Held, card_command
from media_tools.clips.join import exchange_end
from media_tools.clips.preflight import left_out, taken
from media_tools.clips.process import Report, run
from media_tools.clips.story import FPS, Clip, EndCard
from media_tools.errors import DoesNotFit, InvalidInput
from media_tools.layout.text import Typesetter
from media_tools.made import PART, put_in_place
from media_tools.platforms import Placement
from media_tools.recipe import Recipe, content_digest
from media_tools.spec import Spec, Words
from media_tools.spec.brand import Brand, LockUp
from media_tools.spec.finding import Finding, Level
from media_tools.spec.language import Language
from media_tools.spec.link import Link
from media_tools.studio import Studio

_SHARED = 0.9  # of the work: the films themselves, before any mission's card
_OF_THE_FILE = frozenset({Code.TOO_LONG, Code.TOO_SHORT, Code.FILE_TOO_LARGE})
"""Found anew of each mission's file."""


Verb = Annotated[Words, Field(min_length=1, max_length=60)]


class Mission(Spec):
    """An embassy, consulate or delegation, as its own end card names it."""

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60, description="In file names: hanoi.")
    names: dict[str, LockUp] = Field(
        min_length=1, description="The names in each of its languages, by language tag; in others it has no film."
    )
    link: Link | None = Field(default=None, description="Where its card leads; none for the story's own link.")
    verbs: dict[str, Verb] = Field(
        default={}, description="What the viewer is asked to do, by language tag; none for the story's own words."
    )

    def speaks(self, language: str) -> bool:
        return not {language, Language(language).base}.isdisjoint(self.names)

    def kit(self, brand: Brand) -> Brand:
        """The ministry's brand under the mission's names."""
        return brand.model_copy(update={"names": self.names})

    def card(self, card: EndCard, language: str) -> EndCard:
        """It lasts as long as the shared one: so does the sound."""
        verb = self.verbs.get(language) or self.verbs.get(Language(language).base) or card.verb
        return EndCard(verb=verb, link=self.link or card.link, seconds=card.seconds)


class Missions(Spec):
    """Who gets a film with an end card of its own."""

    missions: tuple[Mission, ...] = Field(min_length=1, max_length=1000)


def make_mission_films(job: FilmJob, missions: Sequence[Mission], report: Report) -> Iterator[Film]:
    """Every shared film, and then each mission's own, placement by placement; each is there when it comes.

    A mission has films in the languages that it has names in. Raises MediaToolsError as `make_films` does, and for a
    mission or a story from which no such film can be made, before anything is.
    """
    clips = {clip.language: clip for clip in (job.clip, *job.others)}
    _check(missions, tuple(clips.values()))
    shared = []
    for film in make_films(job, lambda share: report(_SHARED * share)):
        yield film
        if film.placement != TEXTLESS:
            shared.append(film)
    wanted = [(film, mission) for film in shared for mission in missions if mission.speaks(film.language)]
    typesetter = Typesetter(Studio(job.source))
    for done, (film, mission) in enumerate(wanted):
        alive = partial(_alive, report, _SHARED + (1 - _SHARED) * done / len(wanted))
        yield own_film(replace(job, clip=clips[film.language]), film, mission, typesetter, alive)


def own_film(job: FilmJob, shared: Film, mission: Mission, typesetter: Typesetter, report: Report) -> Film:
    """`shared` with the mission's own end card. Its pictures before the card, and its sound, are the very same bits.

    Refused with what it is made from, and where the mission's card has no room.
    """
    placement = next(each for each in job.placements if each.name == shared.placement)
    work = _Exchange(job, shared, mission, placement, typesetter)
    return replace(work.film(report), mission=mission.name, fingerprint=work.fingerprint)


@dataclass(frozen=True)
class _Exchange:
    """One shared film on its way to one mission."""

    job: FilmJob
    shared: Film
    mission: Mission
    placement: Placement
    type: Typesetter

    @property
    def clip(self) -> Clip:
        """The story with the mission's card."""
        card = self.mission.card(_card(self.job.clip), self.job.clip.language)
        return self.job.clip.model_copy(update={"end_card": card})

    @property
    def kit(self) -> Brand:
        return self.mission.kit(self.job.brand)

    @property
    def fingerprint(self) -> str:
        """What was approved stays the same; names, verb and link are the mission's own."""
        own = f"{self.mission.name} {content_digest(_card(self.clip), self.kit, str)}"
        return Recipe(self.shared.content, self.placement, FORMAT, own).fingerprint

    @property
    def path(self) -> Path:
        stem = f"{self.job.stem}_{self.placement.name}_{self.mission.name}"
        return self.job.out / f"{stem}{SUFFIX}"

    @cached_property
    def body(self) -> int:
        """Pictures before the card."""
        frames = round(self.shared.seconds * FPS)
        return frames if self._cardless else frames - card_frames(self.job.clip)

    @cached_property
    def _cardless(self) -> str:
        """Why the shared film has no card; empty where it has one."""
        try:
            end_card(self.job.clip, _card(self.job.clip), self.placement, self.job.brand, self.type)
        except DoesNotFit as problem:
            return str(problem)
        return ""

    def film(self, report: Report) -> Film:
        if self.shared.path is None:
            return self._refused(self.shared.findings)
        part = self.path.with_name(self.path.name + PART)
        try:
            frames = self._join(self.shared.path, part, report)
            return self._judged(part, frames / FPS)
        except DoesNotFit as problem:
            why = f"The end card of {self.mission.name} has no room: {problem.why}"
            finding = Finding(level=Level.BLOCKING, code=Code.LEFT_OUT, message=why, remedy="Shorten its words.")
            return self._refused((finding, *self.shared.findings))
        finally:
            part.unlink(missing_ok=True)

    def _join(self, shared: Path, part: Path, report: Report) -> int:
        """How many pictures there are in the end."""
        alive = partial(report, 0.0)
        with TemporaryDirectory(prefix=FILMING) as folder:
            arriving = filmed(self.clip, self.placement, self.kit, self.type, self.job.cache, alive)
            if arriving is None:
                raise ValueError("A clip without an end card has no mission's films.")
            card = Held(arriving, card_frames(self.clip))
            coded = Path(folder) / f"card{SUFFIX}"
            run(card_command(card, coded), card.frames / FPS, report)
            exchange_end(shared, self.body, coded, part, alive)
        check_frames(part, self.body + card.frames)
        return self.body + card.frames

    def _judged(self, part: Path, seconds: float) -> Film:
        size = part.stat().st_size
        card_missing = left_out(self._cardless)
        kept = (each for each in self.shared.findings if each.code not in _OF_THE_FILE and each != card_missing)
        found = (*taken(self.placement, seconds, size), *kept)
        if any(finding.level is Level.BLOCKING for finding in found):
            return self._refused(found)
        with part.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        put_in_place(part, self.path)
        return replace(self.shared, path=self.path, seconds=seconds, bytes=size, sha256=sha256, findings=found)

    def _refused(self, found: tuple[Finding, ...]) -> Film:
        self.path.unlink(missing_ok=True)  # an earlier film must not pass for this one
        return replace(self.shared, path=None, bytes=0, sha256="", findings=found, poster=None)


def _alive(report: Report, share: float, _share: float) -> None:
    report(share)


def _card(clip: Clip) -> EndCard:
    if clip.end_card is None:
        raise InvalidInput(
            "end_card", f"of '{clip.language}' is missing, and missions have their own.", "Give it words and a link."
        )
    return clip.end_card


def _check(missions: Sequence[Mission], clips: Sequence[Clip]) -> None:
    """Raises InvalidInput for a story without a card, and for missions that cannot be told apart or have no film."""
    for clip in clips:
        _card(clip)
    for index, mission in enumerate(missions):
        if mission.name in {other.name for other in missions[:index]}:
            raise InvalidInput(f"missions[{index}].name", f"'{mission.name}' stands twice.", "Give each its own.")
        if not any(mission.speaks(clip.language) for clip in clips):
            told = ", ".join(clip.language for clip in clips)
            why = f"has none of '{mission.name}' in {told}."
            raise InvalidInput(f"missions[{index}].names", why, "Add its names in that language, or leave it out.")
