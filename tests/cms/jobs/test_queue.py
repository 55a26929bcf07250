"""Jobs in words: idempotent, cancellable, retried, and never failing in silence."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from django.apps import apps
from django.db import transaction
from django.db.models.functions import Now
from django_tasks_db.models import DBTaskResult

from cms.jobs import clock, run
from cms.jobs.easels import Easels
from cms.jobs.models import Job
from cms.jobs.queue import cancel, enqueue, retry, worker_is_silent
from cms.settings import base
from media_tools.errors import InvalidInput
from media_tools.example import campaign

ROOT = Path(__file__).parents[3]


def work(monkeypatch, function) -> None:
    monkeypatch.setattr(run, "_work", lambda kind: function)


def test_one_open_job_a_key(db):
    first = enqueue("variants.make", key="same", edition=1)

    assert enqueue("variants.make", key="same", edition=1) == first
    assert enqueue("variants.make", key="other", edition=1) != first


def test_what_an_editor_must_mend_fails_at_once_in_its_own_words(db, monkeypatch):
    def refuse(progress, **arguments):
        raise InvalidInput("headline", "is missing.", "Add one.")

    work(monkeypatch, refuse)
    job = enqueue("variants.make", key="k")

    run.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.State.FAILED, "headline: is missing. Add one.")


def test_a_fault_is_tried_again_and_then_told_with_its_number(db, monkeypatch, settings):
    def fail(progress, **arguments):
        raise RuntimeError("a bug")

    work(monkeypatch, fail)
    job = enqueue("variants.make", key="k")

    states = []
    for _attempt in range(settings.JOB_ATTEMPTS):
        run.run(job.pk)
        job.refresh_from_db()
        states.append(job.state)

    assert states == ["waiting", "waiting", "failed"]
    assert job.number in job.problem
    assert "a bug" not in job.problem


def test_cancelled_while_running_it_ends_at_its_next_step(db, monkeypatch):
    steps = []

    def many(progress, **arguments):
        for step in range(5):
            progress.advance(step, 5)
            steps.append(step)
            cancel(job)

    work(monkeypatch, many)
    job = enqueue("variants.make", key="k")

    run.run(job.pk)

    job.refresh_from_db()
    assert (job.state, steps) == (Job.State.CANCELLED, [0])
    assert retry(job).state == Job.State.WAITING


def test_a_run_whose_lease_was_lost_writes_nothing_more(db, monkeypatch):
    def slow(progress, **arguments):
        Job.objects.filter(pk=job.pk).update(holder="00000000-0000-0000-0000-000000000000")
        progress.advance(1, 2)

    work(monkeypatch, slow)
    job = enqueue("variants.make", key="k")

    run.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.RUNNING, 0)


def test_a_job_that_runs_is_not_taken_twice(db, monkeypatch):
    taken = []

    def again(progress, **arguments):
        taken.append(1)
        run.run(job.pk)

    work(monkeypatch, again)
    job = enqueue("variants.make", key="k")

    run.run(job.pk)

    assert taken == [1]


def test_what_is_asked_while_it_runs_is_done_by_another_run(db, monkeypatch, at_commit):
    wanted, made = ["one"], []

    def make(progress, **arguments):
        made.append(list(wanted))
        if len(wanted) == 1:
            wanted.append("two")
            assert enqueue("variants.make", key="k") == job

    work(monkeypatch, make)
    with at_commit():
        job = enqueue("variants.make", key="k")

    job.refresh_from_db()
    assert made == [["one"], ["one", "two"]]
    assert (job.state, job.again) == (Job.State.DONE, False)


@pytest.mark.parametrize("end", [InvalidInput("headline", "is missing.", "Add one."), run.Cancelled()], ids=type)
def test_what_is_asked_while_it_runs_outlives_that_run_s_end(db, monkeypatch, end):
    def fail(progress, **arguments):
        progress.advance(3, 5)
        enqueue("variants.make", key="k")
        raise end

    work(monkeypatch, fail)
    job = enqueue("variants.make", key="k")

    run.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.attempts, job.problem) == (Job.State.WAITING, 0, 0, "")


def test_asked_and_then_cancelled_it_is_not_run_again(db, monkeypatch):
    def many(progress, **arguments):
        enqueue("variants.make", key="k")
        cancel(job)
        progress.advance(1, 5)

    work(monkeypatch, many)
    job = enqueue("variants.make", key="k")

    run.run(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


@pytest.mark.parametrize("end", [run.Cancelled, run.Stopped])
def test_tried_again_before_it_was_cancelled_it_runs_to_its_end(db, monkeypatch, end):
    runs = []

    def make(progress, **arguments):
        runs.append(1)
        if len(runs) == 1:
            cancel(job)
            retry(job)
            raise end
        progress.advance(5, 5)

    work(monkeypatch, make)
    job = enqueue("variants.make", key="k")

    run.run(job.pk)
    run.run(job.pk)

    job.refresh_from_db()
    assert (job.state, len(runs)) == (Job.State.DONE, 2)


def test_a_run_may_say_for_each_chunk_that_it_is_alive(db, monkeypatch, django_assert_num_queries):
    seconds = [100.0]
    monkeypatch.setattr(run, "monotonic", lambda: seconds[0])

    def write(progress, **arguments):
        progress.alive()
        with django_assert_num_queries(0):
            for _chunk in range(1000):
                progress.alive()
        Job.objects.filter(pk=job.pk).update(lease_until=Now())
        seconds[0] += 1
        progress.alive()
        assert Job.objects.filter(pk=job.pk, lease_until__gt=Now() + run.lease() / 2).exists()

    work(monkeypatch, write)
    job = enqueue("variants.make", key="k")

    run.run(job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_a_tick_s_failing_duty_does_not_stop_the_others(db, monkeypatch):
    done = []

    def fails():
        raise RuntimeError

    monkeypatch.setattr(clock.hooks, "get_hooks", lambda *_: [fails, lambda: done.append(1)])

    assert clock.tick() == ["fails"]
    assert done == [1]


@pytest.fixture
def kept_queue(db, settings) -> None:
    """The queue of every installation: rows in the database, which no worker takes here."""
    settings.TASKS = base.TASKS


def statuses(job: Job) -> list[str]:
    tasks = DBTaskResult.objects.filter(args_kwargs__args=[job.pk])
    return sorted(tasks.values_list("status", flat=True))


def long_ago():
    return Now() - run.lease() - timedelta(seconds=1)


def test_a_job_and_its_place_in_the_queue_are_kept_together_or_not_at_all(kept_queue):
    job = enqueue("variants.make", key="k")
    with transaction.atomic():
        enqueue("variants.make", key="other")
        transaction.set_rollback(True)

    assert statuses(job) == ["READY"]
    assert DBTaskResult.objects.count() == Job.objects.count() == 1


def test_without_such_a_queue_a_job_runs_when_its_transaction_is_kept(db, monkeypatch, at_commit):
    work(monkeypatch, lambda progress: None)

    with at_commit():
        job = enqueue("variants.make", key="k")
        assert Job.objects.get(pk=job.pk).state == Job.State.WAITING

    assert Job.objects.get(pk=job.pk).state == Job.State.DONE


@pytest.mark.parametrize("status", ["RUNNING", "FAILED"], ids=["killed", "refused by a locked database"])
def test_a_job_whose_worker_ended_before_it_held_it_is_queued_anew(kept_queue, status):
    job = enqueue("variants.make", key="k")
    DBTaskResult.objects.update(status=status, started_at=long_ago())
    Job.objects.update(created_at=long_ago())

    clock.tick()
    clock.tick()

    assert statuses(job) == ["FAILED", "READY"]
    assert Job.objects.get(pk=job.pk).state == Job.State.WAITING


@pytest.mark.parametrize(
    "task",
    [
        {"run_after": Now() + timedelta(hours=1)},
        {"run_after": long_ago()},
        {"status": "RUNNING", "started_at": Now()},
    ],
    ids=["not yet due", "behind others", "just taken"],
)
def test_a_job_with_its_place_in_the_queue_is_left_there(kept_queue, task):
    job = enqueue("variants.make", key="k")
    DBTaskResult.objects.update(**task)
    Job.objects.update(created_at=long_ago())

    clock.tick()

    assert statuses(job) == [task.get("status", "READY")]


def test_a_job_that_kills_its_workers_is_begun_as_often_as_allowed(kept_queue, monkeypatch, settings):
    begun = []

    def kill(progress):
        begun.append(1)
        raise SystemExit

    work(monkeypatch, kill)
    job = enqueue("variants.make", key="k")

    while "READY" in statuses(job):
        DBTaskResult.objects.ready().update(status="RUNNING", started_at=long_ago())
        with pytest.raises(SystemExit):
            run.run(job.pk)
        Job.objects.update(lease_until=long_ago())
        clock.tick()

    job.refresh_from_db()
    assert len(begun) == settings.JOB_ATTEMPTS
    assert job.state == Job.State.FAILED
    assert job.number in job.problem
    assert statuses(job) == ["FAILED"] * len(begun)


def test_what_a_worker_killed_after_its_job_s_end_left_is_closed(kept_queue, monkeypatch):
    work(monkeypatch, lambda progress: None)
    job = enqueue("variants.make", key="k")
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago())
    run.run(job.pk)

    clock.tick()

    assert statuses(job) == ["FAILED"]
    assert Job.objects.get(pk=job.pk).state == Job.State.DONE


def test_without_a_worker_the_page_can_say_so(db):
    assert worker_is_silent()


@pytest.fixture
def easels(tmp_path: Path):
    easels = Easels(tmp_path, 1, 20)
    yield easels
    easels.stop()


def children() -> list[psutil.Process]:
    mine = psutil.Process().children(recursive=True)
    return [one for one in mine if "spawn_main" in " ".join(one.cmdline())]


def order(name: str = "x.post"):
    story = campaign.story("newsrooms", "en").model_dump(mode="json")
    story["blocks"] = [block for block in story["blocks"] if block["block"] != "photo"]
    return story, campaign.brand().model_dump(mode="json"), name


def test_a_child_that_dies_fails_its_own_drawing_and_is_replaced(easels):
    story, brand, name = order()
    easels.preview(("somebody", 1), "infographic", story, brand, name, 320)
    (child,) = [one for one in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(one.cmdline())][
        -1:
    ]
    os.kill(child.pid, signal.SIGKILL)

    drawn = easels.preview(("somebody", 2), "infographic", story, brand, name, 320)

    assert drawn.width == 320


def test_children_know_nothing_of_django():
    """They start fast and cannot reach the database."""
    code = (
        "import sys, cms.jobs.easels; "
        "sys.exit(bool({'django', 'wagtail'} & {name.partition('.')[0] for name in sys.modules}))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_site_has_its_own_easels(db):
    assert isinstance(apps.get_app_config("jobs").easels, Easels)


def test_the_list_says_that_no_worker_is_there_and_takes_a_job_back(db, enter):
    job = enqueue("variants.make", key="k")
    client = enter("editor")

    page = client.get("/admin/jobs/").content.decode()
    client.post(f"/admin/jobs/{job.pk}/cancel/")

    assert "No worker is running" in page
    assert Job.objects.get(pk=job.pk).state == Job.State.CANCELLED
    assert enter("approver").get("/admin/jobs/").status_code == 302
