"""What people see of a playlist: what its film would be made from now, how far it is, and what holds it back."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext

from cms.accounts.models import User
from cms.editions.models import Approval, Edition
from cms.jobs.models import Job, stage
from cms.jobs.queue import cancel, worker_is_silent
from cms.library.rights import refusals
from cms.missions.models import Mission
from cms.playlists.build import Wanted, order_film, wanted
from cms.playlists.models import Film, Playlist
from cms.variants.models import Variant


class Held(NamedTuple):
    """A part of a made film that may not leave to missions now, and why."""

    title: str
    why: str


@dataclass(frozen=True)
class Shown:
    """A playlist for a member of staff."""

    playlist: Playlist
    reader: User

    @cached_property
    def wanted(self) -> Wanted:
        return wanted(self.playlist)

    @property
    def may_make(self) -> bool:
        return bool(self.wanted.parts) and not self.wanted.lacking

    @cached_property
    def film(self) -> Film | None:
        """The film of exactly what is wanted now."""
        return self._films.filter(digest=self.wanted.digest).first()

    @cached_property
    def made(self) -> Film | None:
        """The newest film that there is, of whatever was wanted then."""
        return self._films.exclude(made_at=None).first()

    @property
    def outdated(self) -> bool:
        return self.made is not None and self.made != self.film

    @cached_property
    def changed(self) -> list[str]:
        """What the newest film shows in an older version than the playlist would now."""
        old = {part.variant.edition.translation_key: part.variant for part in self._parts}
        return [
            part.variant.edition.title
            for part in self.wanted.parts
            if old.get(part.variant.edition.translation_key, part.variant).edition_id != part.variant.edition_id
        ]

    @cached_property
    def held_back(self) -> list[Held]:
        """Why the newest film does not leave to missions; empty where it does."""
        mission = Mission.objects.first()  # what missions share leaves to all of them alike
        if mission is None:
            return [Held(self.playlist.title, gettext("There is no mission yet that it could leave to."))]
        leaving = set(Variant.objects.leaving(mission).filter(pk__in=self._shown).values_list("pk", flat=True))
        return [Held(part.variant.edition.title, _why(part.variant)) for part in self._parts
                if part.variant_id not in leaving]  # fmt: skip

    @cached_property
    def job(self) -> Job | None:
        return Job.objects.filter(key=self.film.job_key).first() if self.film else None

    @property
    def state(self) -> str:
        """One of none, making, ready, refused, failed and stopped."""
        if self.film is None:
            return "none"
        if self.film.made_at:
            return "ready"
        return stage(self.job)

    @property
    def silent(self) -> bool:
        return self.state == "making" and worker_is_silent()

    @cached_property
    def may_take(self) -> bool:
        """Whether the reader may have the newest film: the gate asks the same."""
        return self.made is not None and Film.objects.leaving(self.reader).filter(pk=self.made.pk).exists()

    def act(self, asked: str) -> None:
        """Make the film, or stop making it."""
        if asked == "cancel":
            if self.job:
                cancel(self.job)
        elif self.may_make:
            order_film(self.wanted, self.reader)

    @property
    def _films(self) -> QuerySet[Film]:
        return self.playlist.films.select_related("sound", "silent", "thumbnail").prefetch_related("words__file")

    @cached_property
    def _parts(self) -> list[object]:
        return list(self.made.parts.select_related("variant__edition__campaign")) if self.made else []

    @property
    def _shown(self) -> list[int]:
        return [part.variant_id for part in self._parts]


def on_screens(mission: Mission) -> list[Film]:
    """Of each playlist in the mission's languages the newest film that leaves to it now."""
    rows = Film.objects.leaving(mission).filter(playlist__language__in=mission.languages)
    whole = rows.select_related("playlist", "sound", "silent", "thumbnail").prefetch_related("words__file")
    newest: dict[int, Film] = {}
    for film in whole:
        newest.setdefault(film.playlist_id, film)
    return list(newest.values())


def _why(variant: Variant) -> str:
    """What keeps a finished file from missions, as far as it is one thing."""
    edition = variant.edition
    if edition.withdrawn_at is not None:
        return gettext("It was withdrawn.")
    if edition.campaign.held:
        return gettext("Its campaign is on hold.")
    design = Edition.objects.filter(design_type=edition.design_type_id, design_id=edition.design_id)
    newest = Approval.objects.in_force("to_missions_at").filter(edition__in=design).first()
    if newest is None:
        return gettext("It is under embargo.")
    if newest.edition_id != edition.pk:
        return gettext("There is a newer version of it.")
    return next(refusals(edition.assets), gettext("Something that it shows may not be used yet."))
