"""Jobs in words: idempotent, cancellable, retried, and never failing in silence."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from django.apps import apps

from cms.jobs import clock, run
from cms.jobs.easels import Easels
from cms.jobs.models import Job
from cms.jobs.queue import cancel, enqueue, retry, worker_is_silent
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
    monkeypatch.setattr(run, "put_back", lambda *arguments: None)
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


def test_a_tick_s_failing_duty_does_not_stop_the_others(db, monkeypatch):
    done = []

    def fails():
        raise RuntimeError

    monkeypatch.setattr(clock.hooks, "get_hooks", lambda *_: [fails, lambda: done.append(1)])

    assert clock.tick() == ["fails"]
    assert done == [1]


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
    easels.preview(("somebody", 1), story, brand, name, 320)
    (child,) = [one for one in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(one.cmdline())][
        -1:
    ]
    os.kill(child.pid, signal.SIGKILL)

    drawn = easels.preview(("somebody", 2), story, brand, name, 320)

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
