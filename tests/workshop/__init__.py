"""A real workshop for a test: its own folder and database, and real processes that may be killed."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_PATIENCE = 90  # seconds for anything to happen on a busy machine


class Workshop:
    """`folder` holds everything, but for the database where POSTGRES_DB names a server's."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self._environment = {
            **os.environ, **environment,
            "DJANGO_SETTINGS_MODULE": "tests.workshop.settings", "ATTACHE_TEST_VAR": str(folder),
        }  # fmt: skip
        if "POSTGRES_DB" in os.environ:
            self._environment["POSTGRES_DB"] = _new_database(os.environ["POSTGRES_DB"])

    def manage(self, *arguments: str, stdin: str | None = None, **environment: str) -> str:
        """What a command printed; it must end well."""
        outcome = subprocess.run(
            _command(arguments), env={**self._environment, **environment}, input=stdin, capture_output=True,
            text=True, check=False, cwd=ROOT,
        )  # fmt: skip
        assert outcome.returncode == 0, outcome.stderr
        return outcome.stdout

    @contextmanager
    def running(self, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
        """A command in a process group of its own; whatever is left of it at the end is killed."""
        process = subprocess.Popen(_command(arguments), env=self._environment, start_new_session=True, cwd=ROOT)
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """The site on a free port of loopback; gives its address."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with self.running("runserver", "--noreload", "-v0", f"127.0.0.1:{port}"):
            until(lambda: _listens(port), "The site answering")
            yield f"http://127.0.0.1:{port}"

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The rows that a query in plain SQL gives."""
        if "POSTGRES_DB" not in os.environ:
            with closing(sqlite3.connect(self.folder / "attache.sqlite3", timeout=20)) as database:
                return database.execute(question).fetchall()
        with _server(self._environment["POSTGRES_DB"]) as database:
            return database.execute(question).fetchall()


def tidy_workshop(folder: Path) -> Workshop:
    """A workshop of which all that its processes throw away lies in `folder`/temporary; its database is made."""
    (folder / "temporary").mkdir()
    workshop = Workshop(folder, TMPDIR=str(folder / "temporary"))
    workshop.manage("migrate", "-v0")
    return workshop


def until(happens: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not happens():
        assert time.monotonic() < deadline, f"{what} did not happen in {_PATIENCE} s"
        time.sleep(0.05)


def _command(arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def _server(database: str) -> Any:
    import psycopg

    given = {name: os.environ.get(f"POSTGRES_{name.upper()}") for name in ("user", "password", "host", "port")}
    return psycopg.connect(dbname=database, autocommit=True, **{name: word for name, word in given.items() if word})


def _new_database(beside: str) -> str:
    name = f"{beside}_{os.getpid()}_{time.monotonic_ns()}"
    with _server(beside) as database:
        database.execute(f'CREATE DATABASE "{name}"')
    return name
