"""How far a mission's own files are, for the people at the mission."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from cms.accounts.models import User
from cms.editions.finished import Wanted
from cms.jobs.models import Job
from cms.jobs.queue import worker_is_silent
from cms.missions.models import Mission
from cms.variants.models import Variant
from cms.variants.own import nameable, order_own, own_key
from cms.variants.screens import Grouped, grouped

_MADE = (Variant.State.READY, Variant.State.SAME, Variant.State.REFUSED)
"""What is not made again, however often it is asked for."""


@dataclass(frozen=True)
class OwnFiles:
    """Those that a mission can have under its name of some editions."""

    mission: Mission
    editions: Collection[int]

    @cached_property
    def shared(self) -> list[Variant]:
        """The shared files that they would stand in place of."""
        return nameable(self.mission, self.editions)

    @cached_property
    def rows(self) -> dict[tuple[int, Wanted], Variant]:
        """What was asked for."""
        offered = {(row.edition_id, row.wanted) for row in self.shared}
        asked = Variant.objects.own(self.mission).filter(edition__in=self.editions).order_by("pk")
        return {key: row for row in asked if (key := (row.edition_id, row.wanted)) in offered}

    @cached_property
    def jobs(self) -> list[Job]:
        """The newest of each edition."""
        keys = [own_key(edition, self.mission.pk) for edition in self.editions]
        newest = {job.key: job for job in Job.objects.filter(key__in=keys).order_by("created_at", "pk")}
        return list(newest.values())

    @property
    def offered(self) -> int:
        return len(self.shared)

    @property
    def ready(self) -> int:
        return self._count(Variant.State.READY)

    @property
    def same(self) -> int:
        """How many have no place for a name."""
        return self._count(Variant.State.SAME)

    @property
    def refused(self) -> int:
        return self._count(Variant.State.REFUSED)

    @property
    def made(self) -> int:
        return self._count(*_MADE)

    @property
    def lacking(self) -> int:
        """How many a click would make."""
        return self.offered - self.made

    @property
    def making(self) -> bool:
        return any(job.state in Job.OPEN for job in self.jobs)

    @property
    def silent(self) -> bool:
        """Whether something waits for a worker, and none answers."""
        return self.making and worker_is_silent()

    @property
    def failed(self) -> bool:
        """Whether something was asked for that is not there, and nobody is at it."""
        return bool(self.rows) and not self.making and self._count(Variant.State.FAILED, *Variant.OPEN) > 0

    @property
    def problems(self) -> list[str]:
        """Why, in the worker's words: English."""
        told = [row.problem for row in self.rows.values()] + [job.problem for job in self.jobs]
        return list(dict.fromkeys(filter(None, told))) if self.failed else []

    @property
    def refusals(self) -> list[Grouped]:
        return [told for told in grouped(self._in(Variant.State.REFUSED)) if told.level == "blocking"]

    def order(self, by: User) -> None:
        """Those that are lacking, whatever became of them before."""
        order_own(self.mission, self.shared, by)

    def _in(self, *states: str) -> Iterable[Variant]:
        return (row for row in self.rows.values() if row.state in states)

    def _count(self, *states: str) -> int:
        return sum(1 for _row in self._in(*states))
