"""What variants hang on the apps below: files are made when something is submitted, and judged before approval."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext, ngettext
from wagtail import hooks

from cms.editions.judging import FROZEN_HOOK, OBSTACLES_HOOK
from cms.editions.models import Edition, Submission
from cms.jobs.queue import enqueue
from cms.variants.models import StoredFile, Variant


@hooks.register(FROZEN_HOOK)
def order_files(edition: Edition) -> None:
    """Nothing is queued when every file is there: submitting again unchanged makes nothing."""
    missing = Variant.order(edition)
    if missing:
        enqueue("variants.make", key=f"edition {edition.pk}", total=len(edition.placements), edition=edition.pk)


@hooks.register(OBSTACLES_HOOK)
def files_stand_in_the_way(submission: Submission) -> list[str]:
    edition = submission.edition
    states = list(
        Variant.objects.filter(edition=edition, mission=None, placement__in=edition.placements).values_list(
            "state", flat=True
        )
    )
    ready, refused = states.count(Variant.State.READY), states.count(Variant.State.REFUSED)
    obstacles = []
    if refused:
        obstacles.append(
            ngettext(
                "%(count)d file is refused; the list says why. Ask for changes.",
                "%(count)d files are refused; the list says why. Ask for changes.",
                refused,
            )
            % {"count": refused}
        )
    if ready + refused < len(edition.placements):
        obstacles.append(
            gettext("%(ready)d of %(all)d files are made; you can approve when all are here.")
            % {"ready": ready, "all": len(edition.placements)}
        )
    return obstacles


@hooks.register("attache_tick")
def sweep_objects() -> None:
    """Take away what a killed worker left: objects that were never finished, or that no row points at."""
    old = StoredFile.objects.filter(created_at__lt=Now() - timedelta(seconds=settings.ORPHANS_AFTER))
    unused = Q(variants=None, thumbnail_of=None, packages=None)
    for stored in old.filter(unused):
        stored.discard()
