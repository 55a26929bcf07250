"""How the rest of the workshop asks for work, and asks about it."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from cms.accounts.models import User
from cms.jobs.models import Job, WorkerSeen
from cms.jobs.tasks import run_job

SILENT_AFTER = timedelta(seconds=60)


def enqueue(kind: str, key: str, *, owner: User | None = None, total: int = 0, **arguments: Any) -> Job:
    """A job to be done once this transaction is kept. While one with the same key is open, that one is returned."""
    with transaction.atomic():
        open_one = Job.objects.filter(key=key, state__in=Job.OPEN).first()
        if open_one:
            return open_one
        try:
            with transaction.atomic():
                job = Job.objects.create(kind=kind, key=key, owner=owner, total=total, arguments=arguments)
        except IntegrityError:  # somebody was faster
            return Job.objects.get(key=key, state__in=Job.OPEN)
        transaction.on_commit(partial(run_job.enqueue, job.pk))
        return job


def cancel(job: Job) -> None:
    """Stop it: at once while it waits, else at its next step."""
    waiting = Job.objects.filter(pk=job.pk, state=Job.State.WAITING)
    if not waiting.update(state=Job.State.CANCELLED, cancel_requested=True, finished_at=Now()):
        Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(cancel_requested=True)


def retry(job: Job) -> Job:
    """Another job for the same work, once this one has ended."""
    return enqueue(job.kind, job.key, owner=job.owner, total=job.total, **job.arguments)


def last_seen() -> datetime | None:
    """When a worker last gave a sign."""
    return WorkerSeen.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()


def worker_is_silent() -> bool:
    return not WorkerSeen.objects.filter(seen_at__gt=Now() - SILENT_AFTER).exists()
