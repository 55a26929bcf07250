"""How the rest of the workshop asks for work, and asks about it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from cms.accounts.models import User
from cms.jobs.models import Job, WorkerSeen
from cms.jobs.run import put_back

SILENT_AFTER = timedelta(seconds=60)


@transaction.atomic
def enqueue(kind: str, key: str, *, owner: User | None = None, total: int = 0, **arguments: Any) -> Job:
    """A job to be done once this transaction is kept. While one with the same key is open, that one is returned.

    It is held until this transaction's end: one that waits begins after it and finds what it wrote, and one that runs,
    which may have looked already, runs again.
    """
    wanted = {"kind": kind, "owner": owner, "total": total, "arguments": arguments}
    job, made = Job.objects.get_or_create(key=key, state__in=Job.OPEN, defaults=wanted)
    if made:
        put_back(job.pk)
    elif not Job.objects.filter(pk=job.pk, state__in=Job.OPEN).update(again=True):  # it has just ended
        return enqueue(kind, key, owner=owner, total=total, **arguments)
    return job


@transaction.atomic
def cancel(job: Job) -> None:
    """Stop it: at once while it waits, else at its next step. It is held meanwhile, so it is in one of the two."""
    held = Job.objects.select_for_update().filter(pk=job.pk, state__in=Job.OPEN).first()
    if held is None:
        return
    waits = held.state == Job.State.WAITING
    ended = {"state": Job.State.CANCELLED, "finished_at": Now()} if waits else {}
    Job.objects.filter(pk=job.pk).update(cancel_requested=True, again=False, **ended)


def retry(job: Job) -> Job:
    """Another job for the same work, or another run of this one when it has not ended yet."""
    return enqueue(job.kind, job.key, owner=job.owner, total=job.total, **job.arguments)


def last_seen() -> datetime | None:
    """When a worker last gave a sign."""
    return WorkerSeen.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()


def worker_is_silent() -> bool:
    return not WorkerSeen.objects.filter(seen_at__gt=Now() - SILENT_AFTER).exists()
