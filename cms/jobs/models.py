import secrets
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

_TELLING = 5.0  # seconds of work, after which one can tell how long the rest takes


def new_number() -> str:
    return secrets.token_hex(3).upper()


class Job(models.Model):
    """A piece of work done in the background: what it is for, how far it is, and why it stopped if it did."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    OPEN = (State.WAITING, State.RUNNING)

    kind = models.CharField(_("kind"), max_length=60, help_text="app.function: cms.<app>.work.<function> does it.")
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=120, db_index=True, help_text="At most one open job a key.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("for")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    begun = models.PositiveIntegerField(default=0, help_text="What was done when its run began.")
    message = models.CharField(_("doing"), max_length=200, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    number = models.CharField(_("number"), max_length=8, default=new_number, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, help_text="Runs in a row that got no further.")
    cancel_requested = models.BooleanField(default=False)
    again = models.BooleanField(default=False, help_text="Asked for since a run of it began, and not cancelled after.")
    lease_until = models.DateTimeField(null=True)
    holder = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=("waiting", "running")), name="one_open_job_a_key"
            )
        ]
        indexes = [models.Index(fields=["state", "lease_until"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def seconds_left(self) -> float | None:
        """By how long its run took for what it did; None while that tells nothing."""
        if self.state != self.State.RUNNING or self.started_at is None:
            return None
        did, took = self.done - self.begun, (timezone.now() - self.started_at).total_seconds()
        return None if did <= 0 or took < _TELLING else took * max(0, self.total - self.done) / did

    @property
    def time_left(self) -> str:
        return time_left([self])


def stage(job: Job | None) -> str:
    """Of what a job makes and that is not there: one of making, failed, refused and stopped."""
    stages = {
        Job.State.WAITING: "making", Job.State.RUNNING: "making", Job.State.FAILED: "failed", Job.State.DONE: "refused",
    }  # fmt: skip
    return stages.get(Job.State(job.state), "stopped") if job else "stopped"


def time_left(jobs: Sequence[Job]) -> str:
    """How long jobs that run side by side still take, in words; empty where nobody knows."""
    seconds = [job.seconds_left for job in jobs if job.state in Job.OPEN]
    known = [each for each in seconds if each is not None]
    if not known or len(known) < len(seconds):
        return ""
    minutes = round(max(known) / 60)
    if minutes < 1:
        return gettext("less than a minute left")
    return ngettext("about %(minutes)s minute left", "about %(minutes)s minutes left", minutes) % {"minutes": minutes}


class WorkerSeen(models.Model):
    """A worker that is there, or was."""

    worker = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)
