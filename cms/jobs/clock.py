"""What is due, once a minute. Harmless when run twice, and when two workers run it at once."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail import hooks

from cms.jobs.models import Job, WorkerSeen
from cms.jobs.run import give_up, put_back

TICK_HOOK = "attache_tick"
_KEPT = timedelta(days=14)
logger = logging.getLogger(__name__)


def tick() -> list[str]:
    """Do everything that is due; the result names what failed, which the log explains. The rest was done."""
    duties: list[Callable[[], None]] = [free_stale_jobs, forget_old_rows, refresh_statistics]
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
    for job in Job.objects.filter(state=Job.State.RUNNING, lease_until__lt=Now()):
        if job.attempts > settings.JOB_ATTEMPTS:
            give_up(job)
            continue
        with transaction.atomic():
            stale = Job.objects.filter(pk=job.pk, holder=job.holder, state=Job.State.RUNNING, lease_until__lt=Now())
            if stale.update(state=Job.State.WAITING, lease_until=None):
                _close_task(job.pk)
                put_back(job.pk)


def _close_task(job_id: int) -> None:
    """The queue's own row of a run whose worker was killed says that it runs, for ever, unless somebody closes it."""
    running = DBTaskResult.objects.running().filter(args_kwargs__args=[job_id])
    running.update(status=TaskResultStatus.FAILED, finished_at=Now())


def forget_old_rows() -> None:
    DBTaskResult.objects.finished().filter(finished_at__lt=Now() - _KEPT).delete()
    WorkerSeen.objects.filter(seen_at__lt=Now() - _KEPT).delete()


def refresh_statistics() -> None:
    """Without statistics SQLite's planner makes searches two hundred times slower; this looks first whether it must."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")
