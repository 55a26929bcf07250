"""What is due, once a minute. Harmless when run twice, and when two workers run it at once."""

import logging
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet
from wagtail import hooks

from cms.jobs.models import Job, WorkerSeen
from cms.jobs.run import give_up, hand_back, lease, put_back
from cms.jobs.tasks import run_job

TICK_HOOK = "attache_tick"
_KEPT = timedelta(days=14)
logger = logging.getLogger(__name__)


def tick() -> list[str]:
    """Do everything that is due; the result names what failed, which the log explains. The rest was done."""
    duties: list[Callable[[], None]] = [
        free_stale_jobs, queue_lost_jobs, close_dead_tasks, forget_old_rows, refresh_statistics,
    ]  # fmt: skip
    failed = []
    for duty in [*duties, *hooks.get_hooks(TICK_HOOK)]:
        try:
            duty()
        except Exception:
            logger.exception("The tick's %s failed", duty.__name__)
            failed.append(duty.__name__)
    return failed


def free_stale_jobs() -> None:
    """Jobs whose worker fell silent go back to the queue, or end when they have killed workers often enough."""
    silent = Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=Now())
    for job_id in silent.values_list("pk", flat=True):
        _free(silent.filter(pk=job_id))


@transaction.atomic
def _free(silent: QuerySet[Job]) -> None:
    job = silent.select_for_update().first()
    if job is None:  # its worker spoke after all
        return
    _close_tasks(job.pk)
    if job.attempts >= settings.JOB_ATTEMPTS:
        give_up(job)
    else:
        hand_back(job)


def queue_lost_jobs() -> None:
    """Jobs that wait without a place in the queue get one: their worker ended before it held them.

    A place too many does no harm: who comes to a job that is held or over leaves it alone.
    """
    waiting = Job.objects.filter(state=Job.State.WAITING, created_at__lt=Now() - lease())
    placed = Q(status=TaskResultStatus.READY) | Q(status=TaskResultStatus.RUNNING, started_at__gt=Now() - lease())
    lost = set(waiting.values_list("pk", flat=True))
    for job_id in lost - _jobs_of(_tasks().filter(placed)):
        with transaction.atomic():
            _close_tasks(job_id)
            put_back(job_id)


def close_dead_tasks() -> None:
    """A worker that was killed after its job's end, or after handing it back, has left the queue's row open."""
    old = _tasks().running().filter(started_at__lt=Now() - lease())
    running = Job.objects.filter(state=Job.State.RUNNING).values_list("pk", flat=True)
    for job_id in _jobs_of(old).difference(running):
        _close_tasks(job_id)


def _tasks() -> DBTaskResultQuerySet:
    """The queue's own rows of our jobs; others may keep theirs in the same table."""
    return DBTaskResult.objects.filter(backend_name=run_job.backend)


def _jobs_of(tasks: DBTaskResultQuerySet) -> set[int]:
    return {job_id for (job_id,) in tasks.values_list("args_kwargs__args", flat=True)}


def _close_tasks(job_id: int) -> None:
    """The queue's own row of a run whose worker was killed says that it runs, for ever, unless somebody closes it."""
    running = _tasks().running().filter(args_kwargs__args=[job_id])
    running.update(status=TaskResultStatus.FAILED, finished_at=Now())


def forget_old_rows() -> None:
    newest = Job.objects.filter(key=OuterRef("key")).order_by("-created_at", "-pk").values("pk")[:1]
    over = Job.objects.exclude(state__in=Job.OPEN).filter(finished_at__lt=Now() - _KEPT)
    sent = Q(kind="jobs.send_mail", state=Job.State.DONE)
    over.filter(sent | ~Q(pk=Subquery(newest))).delete()  # screens show the last word on each key
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    DBTaskResult.objects.finished().filter(finished_at__lt=Now() - _KEPT).delete()
    WorkerSeen.objects.filter(seen_at__lt=Now() - _KEPT).delete()


def refresh_statistics() -> None:
    """Without statistics SQLite's planner makes searches two hundred times slower; this looks first whether it must."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")
