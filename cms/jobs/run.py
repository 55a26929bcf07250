"""One run of a job: claimed by one worker, leased, told to stop, and ended in words."""

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django_tasks_db import DatabaseBackend

from cms.jobs import presence
from cms.jobs.models import Job
from media_tools.errors import MediaToolsError

_EVERY = 1.0  # seconds between two renewals of a lease by `alive`
_AFRESH: dict[str, Any] = {"state": Job.State.WAITING, "lease_until": None, "attempts": 0, "done": 0, "message": ""}
logger = logging.getLogger(__name__)


class Cancelled(Exception):
    """Somebody pressed Cancel."""


class LeaseLost(Exception):
    """Another run holds the job now, so this one must write nothing more."""


class Stopped(Exception):
    """This worker is about to end; the job goes back to the queue."""


class Progress:
    """How a running job says how far it is. Saying so renews its lease."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._renewed = float("-inf")

    def advance(self, done: int, total: int | None = None, message: str = "") -> None:
        """Raises Cancelled, LeaseLost or Stopped when the work must end here."""
        changes: dict[str, Any] = {"done": done, "message": message[:200]}
        if done > self._job.done:
            changes["attempts"] = 0  # it gets somewhere, so a worker that dies now is not the work's fault
        if total is not None:
            changes["total"] = total
        self._renew(**changes)

    def alive(self) -> None:
        """Cheap enough for each chunk of something long: looks once a second. Raises as `advance` does."""
        if monotonic() - self._renewed >= _EVERY:
            self._renew()

    def _renew(self, **changes: Any) -> None:
        mine = Job.objects.filter(pk=self._job.pk, holder=self._job.holder, state=Job.State.RUNNING)
        if not mine.update(lease_until=Now() + lease(), **changes):
            raise LeaseLost
        self._renewed = monotonic()
        presence.renew()
        if presence.stopping():
            raise Stopped
        if mine.filter(cancel_requested=True).exists():
            raise Cancelled


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE)


def run(job_id: int) -> None:
    """Do a job that waits or whose worker fell silent; anything else is left alone."""
    job = _claim(job_id)
    if job is None:
        return
    before = job.done
    try:
        _work(job.kind)(Progress(job), **job.arguments)
    except LeaseLost:
        return
    except Stopped:
        hand_back(job)
    except Cancelled:
        _end(job, state=Job.State.CANCELLED, finished_at=Now())
    except MediaToolsError as error:
        _end(job, state=Job.State.FAILED, problem=str(error), finished_at=Now())
    except Exception:  # a fault of ours: kept with its number, tried again, and told to people at last
        logger.exception("Job %s (%s) failed", job.number, job.kind)
        _end_fault(job, before)
    else:
        _end(job, state=Job.State.DONE, message="", finished_at=Now())


def hand_back(job: Job) -> None:
    """Back to the queue with what it has done: its worker ends, or fell silent."""
    _end(job, timedelta(0), state=Job.State.WAITING, lease_until=None)


def give_up(job: Job) -> None:
    """End a job that has spent its attempts, in words."""
    problem = gettext(
        "Something of ours failed (number %(number)s). Your text is saved. Try again; if it fails twice, send the "
        "number to the administrator."
    ) % {"number": job.number}
    _end(job, state=Job.State.FAILED, problem=problem, finished_at=Now())


def _claim(job_id: int) -> Job | None:
    """The job as ours, in one conditional update; None when it is somebody else's or over.

    What was asked for `again` begins here, so a cancel before that counts no more.
    """
    holder = uuid.uuid4()
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=Now())
    claimed = Job.objects.filter(free, pk=job_id).update(
        state=Job.State.RUNNING,
        holder=holder,
        lease_until=Now() + lease(),
        started_at=Now(),
        begun=F("done"),
        attempts=F("attempts") + 1,
        problem="",
        cancel_requested=Q(cancel_requested=True, again=False),
        again=False,
    )
    return Job.objects.get(pk=job_id) if claimed else None


def _work(kind: str) -> Callable[..., None]:
    app, _, name = kind.partition(".")
    work: Callable[..., None] = import_string(f"cms.{app}.work.{name}")
    return work


def _end_fault(job: Job, before: int) -> None:
    job.refresh_from_db(fields=["done", "attempts"])
    attempts = 1 if job.done > before else job.attempts
    if attempts >= settings.JOB_ATTEMPTS:
        give_up(job)
    else:
        pause = timedelta(seconds=2**attempts)
        _end(job, pause, state=Job.State.WAITING, attempts=attempts, lease_until=None)


@transaction.atomic
def _end(job: Job, pause: timedelta | None = None, **changes: Any) -> None:
    """Write the end of this run, unless another run holds the job. It is queued after a `pause`, if one is given.

    Work that was asked for `again` while it ran begins afresh, however this run ended.
    """
    mine = Job.objects.filter(pk=job.pk, holder=job.holder, state=Job.State.RUNNING)
    held = mine.select_for_update().first()
    if held is None:
        return
    if pause is None and held.again:
        pause, changes = timedelta(0), _AFRESH
    mine.update(**changes)
    if pause is not None:
        put_back(job.pk, pause)


def put_back(job_id: int, pause: timedelta = timedelta(0)) -> None:
    """Queue a waiting job, so that no crash comes between its row and the queue's.

    A queue of rows in this database takes it in this very transaction. Any other, such as that of the tests, which
    runs a job at once and knows no pause, must not see it before the transaction is kept.
    """
    from cms.jobs.tasks import run_job  # it imports us

    if isinstance(run_job.get_backend(), DatabaseBackend):
        run_job.using(run_after=timezone.now() + pause if pause else None).enqueue(job_id)
    else:
        transaction.on_commit(partial(run_job.enqueue, job_id))
