"""A clip in the making can be stopped in the middle of it, and nothing is left of what was begun."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import psutil
import pytest

from media_tools.clips.film import FILMING
from tests.workshop import Workshop, tidy_workshop, until

WORKER = ("worker", "--interval", "0.1", "--tick-every", "0.5")
STOCK = Path(__file__).parents[2] / "workshop/stock_clip.py"
AT_ONCE = 3  # seconds
TOKEN = "t" * 32
"""What a form sends twice, to show that it is ours."""

pytestmark = pytest.mark.xdist_group("killed")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory) -> Workshop:
    return tidy_workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="module")
def told(workshop) -> dict[str, str]:
    """Where the clip's files are listed, and the session of an editor."""
    return json.loads(workshop.manage("shell", "-v0", stdin=STOCK.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def site(workshop, told) -> Iterator[str]:
    """It runs before anything is stopped: a button's way must not be measured with a server's start."""
    with workshop.serving() as site:
        until(lambda: asked(site, told, "GET") == 200, "The page of files")
        yield site


def asked(site: str, told: dict[str, str], method: str, button: str = "") -> int:
    """A request of the editor for the page of files; the status that it gets."""
    cookies = f"sessionid={told['session']}; csrftoken={TOKEN}"
    headers = {"Cookie": cookies, "X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
    with closing(HTTPConnection(urlsplit(site).netloc, timeout=30)) as line:
        line.request(method, told["files"], f"{button}=1", headers)
        return line.getresponse().status


def encoding(worker: int) -> list[psutil.Process]:
    """The processes that code a clip's pictures for a worker: not those that copy its footage for players."""
    return [child for child in psutil.Process(worker).children(recursive=True) if FILMING in " ".join(told_to(child))]


def told_to(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:  # it has just ended
        return []


def state(workshop: Workshop) -> str:
    return workshop.ask("select state from jobs_job where kind = 'variants.make' order by id desc limit 1")[0][0]


def left_behind(workshop: Workshop) -> list[Path]:
    folder = workshop.folder
    kept = [path for name in ("private", "originals") for path in (folder / name).rglob("*.part")]
    return [*(folder / "temporary").iterdir(), *kept]


def test_a_clip_is_stopped_in_the_middle_of_ffmpeg_and_nothing_is_left(workshop, told, site):
    with workshop.running(*WORKER) as worker:
        until(lambda: bool(encoding(worker.pid)), "Coding of pictures")
        (ffmpeg,) = encoding(worker.pid)
        assert state(workshop) == "running"
        assert left_behind(workshop) != []

        assert asked(site, told, "POST", "cancel") == 302
        pressed = monotonic()
        until(lambda: state(workshop) == "cancelled", "The job's end")
        took = monotonic() - pressed

        assert took < AT_ONCE
        assert not ffmpeg.is_running()
        assert encoding(worker.pid) == []
        assert left_behind(workshop) == []
        assert workshop.ask("select count(*) from variants_variant where state = 'ready'") == [(0,)]
        assert workshop.ask("select count(*) from variants_storedfile") == [(0,)]


def test_what_was_stopped_is_begun_again_and_handed_back_when_its_worker_ends(workshop, told, site):
    assert asked(site, told, "POST", "retry") == 302

    with workshop.running(*WORKER) as worker:
        until(lambda: bool(encoding(worker.pid)), "Coding of pictures")
        (ffmpeg,) = encoding(worker.pid)
        worker.terminate()
        assert worker.wait(30) == 0

    assert not ffmpeg.is_running()
    assert state(workshop) == "waiting"
    assert left_behind(workshop) == []
    assert workshop.ask("select count(*) from variants_storedfile") == [(0,)]


def test_a_worker_that_is_killed_takes_its_ffmpeg_with_it(workshop, told):
    """Otherwise it codes on beside the one of the worker that takes the job over."""
    with workshop.running(*WORKER) as worker:
        until(lambda: bool(encoding(worker.pid)), "Coding of pictures")
        (ffmpeg,) = encoding(worker.pid)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    try:
        _gone, alive = psutil.wait_procs([ffmpeg], timeout=AT_ONCE)
        assert alive == []
    finally:
        if ffmpeg.is_running():
            ffmpeg.kill()
