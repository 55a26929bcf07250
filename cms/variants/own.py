"""A mission's own files: those of approved editions, under its name, made when it asks."""

from collections.abc import Collection, Iterable
from itertools import groupby

from django.db import transaction

from cms.accounts.models import User
from cms.editions.models import Edition
from cms.jobs.queue import enqueue
from cms.missions.models import Mission
from cms.variants.models import Variant
from cms.variants.work import STEPS


def nameable(mission: Mission, editions: Collection[int]) -> list[Variant]:
    """Shared files of some editions that leave to the mission, and could stand under its name.

    They are in its languages and for its platforms, it has a name in their language, and their kind shows names.
    """
    languages = [code for code in mission.languages if mission.name_in(code)]
    rows = Variant.objects.leaving(mission).filter(mission=None, edition__in=editions, edition__language__in=languages)
    shared = [
        row for row in rows.order_by("edition", "pk") if not mission.platforms or row.slot.platform in mission.platforms
    ]
    whole = Edition.objects.defer("brand").filter(pk__in={row.edition_id for row in shared})
    shows = {edition.pk for edition in whole if edition.kind.shows_names(edition)}
    return [row for row in shared if row.edition_id in shows]


@transaction.atomic
def order_own(mission: Mission, shared: Iterable[Variant], by: User) -> None:
    """A row for each file that is lacking, and a job for each edition; asked twice, nothing is made twice."""
    for edition, rows in groupby(shared, key=lambda row: row.edition_id):
        frozen = Edition.objects.get(pk=edition)
        lacking = Variant.order_own(frozen, [row.wanted for row in rows], mission)
        if lacking:
            told = {"edition": edition, "mission": mission.pk}
            enqueue("variants.make_own", key=own_key(edition, mission.pk), owner=by, total=STEPS * lacking, **told)


def own_key(edition: int, mission: int) -> str:
    """The key of the job that makes a mission's own files of an edition."""
    return f"edition {edition} mission {mission}"
