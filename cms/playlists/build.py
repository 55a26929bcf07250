"""What a playlist's film is made from: the same parts in the same order find the same film."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext

from cms.accounts.languages import language_name
from cms.accounts.models import User
from cms.editions.models import Approval, ApprovedPlacement, Edition
from cms.jobs.queue import enqueue
from cms.playlists.models import Entry, Film, FilmPart, Playlist
from cms.variants.models import Variant
from media_tools.clips.playlist import STANDS
from media_tools.recipe import DRAWING, canonical_json

STEPS = 100
"""How many steps of a job's progress the making is."""


class Lacking(NamedTuple):
    """A design that the film cannot have now, and why."""

    title: str
    why: str


class Chosen(NamedTuple):
    """A finished file, and how long it stands where it does not move by itself."""

    variant: Variant
    seconds: float | None

    @property
    def value(self) -> dict[str, Any]:
        return {"variant": self.variant.pk, "seconds": self.seconds, "title": self.variant.edition.title}

    @property
    def identity(self) -> list[Any]:
        """With its row: of a newer version with the very same file too, it is the newer one that leaves."""
        return [self.variant.pk, self.variant.file.sha256, self.seconds]


@dataclass(frozen=True)
class Wanted:
    """What a playlist's film is made from now, and what it lacks."""

    playlist: Playlist
    parts: tuple[Chosen, ...]
    lacking: tuple[Lacking, ...]

    @property
    def digest(self) -> str:
        playlist = self.playlist
        told = [playlist.title, playlist.language, playlist.placement, playlist.hearing]
        parts = [part.identity for part in self.parts]
        return hashlib.sha256(canonical_json([told, parts, playlist.slot.drawn_by(), DRAWING])).hexdigest()

    @property
    def values(self) -> dict[str, Any]:
        """By value, as JSON: what is ordered now is made, whatever is typed meanwhile."""
        return {
            "title": self.playlist.title,
            "language": self.playlist.language,
            "placement": self.playlist.placement,
            "hearing": self.playlist.hearing,
            "parts": [part.value for part in self.parts],
        }


def wanted(playlist: Playlist) -> Wanted:
    """Of each design the newest approved edition in the playlist's language: the one that leaves now, else the next."""
    found = [_part(entry, playlist) for entry in playlist.entries.select_related("clip", "infographic")]
    return Wanted(
        playlist,
        tuple(each for each in found if isinstance(each, Chosen)),
        tuple(each for each in found if isinstance(each, Lacking)),
    )


@transaction.atomic
def order_film(chosen: Wanted, by: User) -> Film:
    """The film of these parts; the worker makes it if nobody has yet."""
    film, made = Film.objects.get_or_create(
        playlist=chosen.playlist, digest=chosen.digest, defaults={"wanted": chosen.values}
    )
    if made:
        FilmPart.objects.bulk_create(
            FilmPart(film=film, variant=part.variant, number=number) for number, part in enumerate(chosen.parts)
        )
    if film.made_at is None:
        enqueue("playlists.make", key=film.job_key, owner=by, total=STEPS, film=film.pk)
    return film


def _part(entry: Entry, playlist: Playlist) -> Chosen | Lacking:
    design = entry.design
    editions = Edition.objects.filter(translation_key=design.translation_key, language=playlist.language)
    approval = _approval(editions)
    if approval is None:
        why = gettext("Nobody has approved it in %(language)s yet.") % {"language": language_name(playlist.language)}
        return Lacking(design.title, why)
    edition = approval.edition
    if edition.withdrawn_at is not None:
        return Lacking(edition.title, gettext("It was withdrawn."))
    variant = next(_shared(approval, playlist.placement), None)
    if variant is None:
        why = gettext("It has no file for %(screen)s. Tick that placement in the design, and submit it again.")
        return Lacking(edition.title, why % {"screen": playlist.screen})
    if variant.state != Variant.State.READY:
        why = gettext("Its file for %(screen)s is not there yet: %(state)s.")
        return Lacking(edition.title, why % {"screen": playlist.screen, "state": variant.get_state_display()})
    return Chosen(variant, None if variant.moving else float(entry.seconds or STANDS))


def _approval(editions: QuerySet[Edition]) -> Approval | None:
    for rows in (Approval.objects.in_force("to_missions_at"), Approval.objects.standing("to_missions_at")):
        if first := rows.filter(edition__in=editions).select_related("edition").first():
            return first
    return None


def _shared(approval: Approval, placement: str) -> Iterator[Variant]:
    """Its files for the screen that everybody shares: what moves before what stands."""
    judged = ApprovedPlacement.objects.filter(
        approval=approval, placement=OuterRef("placement"), animated=OuterRef("animated")
    )
    rows = Variant.objects.filter(Exists(judged), edition=approval.edition, placement=placement, mission=None)
    yield from rows.select_related("edition", "file").order_by("-animated", "pk")
