"""A worker that is killed at any moment loses nothing, makes nothing twice and leaves nothing stuck."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.workshop import Workshop, until

KILLS = 10
FILES = 36
WORKER = ("worker", "--interval", "0.1", "--tick-every", "0.5")
HESITATING = f"""
from time import sleep
from django.core.management import call_command
from django.tasks.signals import task_started
task_started.connect(lambda **_: sleep(1.25), weak=False)
call_command{WORKER}
"""
"""A worker that needs a second from taking a job out of the queue to holding it, where others need milliseconds."""
STOCK = Path(__file__).parents[2] / "workshop/stock.py"

pytestmark = pytest.mark.xdist_group("killed")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory) -> Workshop:
    workshop = Workshop(tmp_path_factory.mktemp("workshop"))
    workshop.manage("migrate", "-v0")
    workshop.manage("shell", "-v0", stdin=STOCK.read_text(encoding="utf-8"))
    return workshop


def holders(workshop: Workshop) -> set[str]:
    return {str(holder) for (holder,) in workshop.ask("select holder from jobs_job where state = 'running'")}


def seen(workshop: Workshop) -> set[str]:
    return {worker for (worker,) in workshop.ask("select worker from jobs_workerseen")}


def test_ten_kills_lose_nothing_and_make_nothing_twice(workshop):
    """Every other worker is killed some time after its start, which may be before it holds a job."""
    moments = random.Random(2026)  # noqa: S311 - the same ten moments each time
    for number in range(KILLS):
        worker, signs = (WORKER, holders) if number % 2 else (("shell", "-v0", "-c", HESITATING), seen)
        before = signs(workshop)
        with workshop.running(*worker) as process:
            until(lambda signs=signs, before=before: bool(signs(workshop) - before), "A worker's sign")
            time.sleep(moments.uniform(0, 2.5))
            os.killpg(process.pid, signal.SIGKILL)
    assert workshop.ask("select count(*) from variants_variant where state = 'ready'") < [(FILES,)]

    with workshop.running(*WORKER) as process:
        until(lambda: workshop.ask("select count(*) from jobs_job where state != 'done'") == [(0,)], "The end")
        process.terminate()
        assert process.wait(60) == 0
    workshop.manage("tick", ATTACHE_TEST_ORPHANS="0")

    stored = {key for (key,) in workshop.ask("select key from variants_storedfile")}
    objects = {
        path.relative_to(workshop.folder / "private").as_posix()
        for folder in ("variants", "thumbnails", "pages")
        for path in (workshop.folder / "private" / folder).iterdir()
    }
    assert workshop.ask("select state, count(*) from variants_variant group by state") == [("ready", FILES)]
    assert workshop.ask("select count(distinct file_id) from variants_variant") == [(FILES,)]
    assert objects == stored
    pages = workshop.ask("select count(distinct file_id) from variants_sidecar where number > 0")[0][0]
    assert len(stored) == 2 * FILES + pages
    assert [path for path in workshop.folder.rglob("*.part")] == []  # noqa: C416
    assert workshop.ask("select count(*) from django_tasks_database_dbtaskresult where status = 'RUNNING'") == [(0,)]


def test_a_worker_told_to_end_hands_its_job_back_at_once(workshop):
    workshop.manage(
        "shell", "-v0",
        stdin="from cms.variants.models import Variant\n"
        "from cms.jobs.queue import enqueue\n"
        "Variant.objects.filter(edition=1).update(state='waiting', file=None, thumbnail=None)\n"
        "enqueue('variants.make', key='edition 1', total=12, edition=1)\n",
    )  # fmt: skip
    with workshop.running(*WORKER) as process:
        until(lambda: bool(holders(workshop)), "A job being taken")
        process.terminate()
        assert process.wait(30) == 0

    assert workshop.ask("select state, attempts <= 1 from jobs_job order by id desc limit 1") in (
        [("waiting", 1)],
        [("done", 1)],
    )
