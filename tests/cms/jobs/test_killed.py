"""A worker that is killed at any moment loses nothing, makes nothing twice and leaves nothing stuck."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
KILLS = 10
FILES = 36
_PATIENCE = 60  # seconds for anything to happen on a busy machine


@pytest.fixture(scope="module")
def workshop(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("workshop")
    manage(folder, "migrate", "-v0")
    manage(folder, "shell", "-v0", stdin=Path(__file__).with_name("stock.py").read_text(encoding="utf-8"))
    return folder


def environment(folder: Path, **more: str) -> dict[str, str]:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.cms.jobs.real_settings", "ATTACHE_TEST_VAR": str(folder)}
    return {**os.environ, **settings, **more}


def manage(folder: Path, *arguments: str, stdin: str | None = None, **more: str) -> str:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    outcome = subprocess.run(
        command, env=environment(folder, **more), input=stdin, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


@contextmanager
def worker(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker in a process group of its own; whatever is left of it is killed."""
    command = [sys.executable, str(ROOT / "manage.py"), "worker", "--interval", "0.1", "--tick-every", "0.5"]
    process = subprocess.Popen(command, env=environment(folder), start_new_session=True, cwd=ROOT)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ask(folder: Path, question: str) -> list[tuple]:
    with closing(sqlite3.connect(folder / "attache.sqlite3", timeout=20)) as database:
        return database.execute(question).fetchall()


def until(happens: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not happens():
        assert time.monotonic() < deadline, f"{what} did not happen in {_PATIENCE} s"
        time.sleep(0.05)


def holders(folder: Path) -> set[str]:
    return {holder for (holder,) in ask(folder, "select holder from jobs_job where state = 'running'")}


def test_ten_kills_lose_nothing_and_make_nothing_twice(workshop):
    moments = random.Random(2026)  # noqa: S311 - the same ten moments each time
    for _number in range(KILLS):
        before = holders(workshop)
        with worker(workshop) as process:
            until(lambda before=before: bool(holders(workshop) - before), "A job being taken")
            time.sleep(moments.uniform(0, 2.5))
            os.killpg(process.pid, signal.SIGKILL)
    assert ask(workshop, "select count(*) from variants_variant where state = 'ready'") < [(FILES,)]

    with worker(workshop) as process:
        until(lambda: ask(workshop, "select count(*) from jobs_job where state != 'done'") == [(0,)], "The end")
        process.terminate()
        assert process.wait(_PATIENCE) == 0
    manage(workshop, "tick", ATTACHE_TEST_ORPHANS="0")

    stored = {key for (key,) in ask(workshop, "select key from variants_storedfile")}
    objects = {
        path.relative_to(workshop / "private").as_posix()
        for folder in ("variants", "thumbnails")
        for path in (workshop / "private" / folder).iterdir()
    }
    assert ask(workshop, "select state, count(*) from variants_variant group by state") == [("ready", FILES)]
    assert ask(workshop, "select count(distinct file_id) from variants_variant") == [(FILES,)]
    assert objects == stored
    assert len(stored) == 2 * FILES
    assert [path for path in workshop.rglob("*.part")] == []  # noqa: C416
    assert ask(workshop, "select count(*) from django_tasks_database_dbtaskresult where status = 'RUNNING'") == [(0,)]


def test_a_worker_told_to_end_hands_its_job_back_at_once(workshop):
    manage(
        workshop, "shell", "-v0",
        stdin="from cms.variants.models import Variant\n"
        "from cms.jobs.queue import enqueue\n"
        "Variant.objects.filter(edition=1).update(state='waiting', file=None, thumbnail=None)\n"
        "enqueue('variants.make', key='edition 1', total=12, edition=1)\n",
    )  # fmt: skip
    with worker(workshop) as process:
        until(lambda: bool(holders(workshop)), "A job being taken")
        process.terminate()
        assert process.wait(30) == 0

    assert ask(workshop, "select state, attempts <= 1 from jobs_job order by id desc limit 1") in (
        [("waiting", 1)],
        [("done", 1)],
    )
