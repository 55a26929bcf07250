"""How long a job still takes, told from what its run has done so far."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.jobs.models import Job, time_left


def job(done: int, took: float, **changes: object) -> Job:
    """One of a hundred steps that began so many seconds ago."""
    started = timezone.now() - timedelta(seconds=took)
    return Job(**{"state": Job.State.RUNNING, "total": 100, "done": done, "started_at": started, **changes})


@pytest.mark.parametrize(
    ("done", "took", "changes", "told"),
    [
        (25, 60, {}, "about 3 minutes left"),
        (50, 60, {}, "about 1 minute left"),
        (90, 60, {}, "less than a minute left"),
        (75, 60, {"begun": 50}, "about 1 minute left"),
        (0, 60, {}, ""),
        (50, 2, {}, ""),
        (50, 60, {"state": Job.State.DONE}, ""),
        (0, 0, {"state": Job.State.WAITING, "started_at": None}, ""),
    ],
)
def test_the_rest_takes_as_long_as_what_was_done(done, took, changes, told):
    assert job(done, took, **changes).time_left == told


def test_of_several_the_longest_counts_and_of_one_that_waits_nobody_knows():
    assert time_left([job(50, 60), job(25, 60), job(100, 60, state=Job.State.DONE)]) == "about 3 minutes left"
    assert time_left([job(50, 60), job(0, 0, state=Job.State.WAITING)]) == ""
