"""What is over goes after two weeks, except what a screen still shows."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone

from cms.jobs.clock import forget_old_rows
from cms.jobs.models import Job

LONG_AGO = timezone.now() - timedelta(days=15)


def over(key: str, kind: str = "variants.make", state: str = "done", at=LONG_AGO) -> int:
    job = Job.objects.create(kind=kind, key=key, state=state, finished_at=at)
    Job.objects.filter(pk=job.pk).update(created_at=at)
    return job.pk


def test_jobs_that_are_long_over_are_forgotten_except_the_last_word_on_each_key(db):
    over("edition 1", state="failed")
    kept = {
        over("edition 1", at=LONG_AGO + timedelta(hours=1)),
        over("edition 2", state="cancelled"),
        over("mail b", "jobs.send_mail", at=timezone.now()),
        over("mail c", "jobs.send_mail", "failed"),
        over("edition 3", at=timezone.now() - timedelta(days=1)),
        Job.objects.create(kind="variants.make", key="edition 3").pk,
    }
    over("mail a", "jobs.send_mail")

    forget_old_rows()

    assert set(Job.objects.values_list("pk", flat=True)) == kept


def test_sessions_that_ran_out_are_forgotten(db):
    Session.objects.create(session_key="old", session_data="", expire_date=LONG_AGO)
    Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + timedelta(hours=1))

    forget_old_rows()

    assert [row.session_key for row in Session.objects.all()] == ["new"]
