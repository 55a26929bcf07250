"""One ffmpeg process: started, watched, held within limits, and ended with its whole group."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread, Timer

import imageio_ffmpeg

from media_tools.errors import MediaToolsError

type Report = Callable[[float], None]
"""Called with the share that is done, 0 to 1. What it raises ends the process."""

_PATIENCE = 60  # seconds that any run may take, besides
_PER_SECOND = 60  # seconds of waiting for each second of film: ten times what a slow machine takes
_GRACE = 0.3  # seconds between asking and killing: its files are thrown away, so it need not finish them
_MOST_BYTES = 8 * 1024**3  # of one file
_REMEMBERED = 4000  # characters of what it said at last


_TIED = (
    "import ctypes, os, sys\n"
    "ctypes.CDLL(None).prctl(1, 9)\n"  # PR_SET_PDEATHSIG, SIGKILL: see prctl(2)
    "os.getppid() == int(sys.argv[1]) and os.execv(sys.argv[2], sys.argv[2:])"
)
"""Becomes the program that it is told, and dies with the process that started it: a killed worker must not leave an
ffmpeg behind that goes on for an hour."""


class RenderFailed(MediaToolsError):
    """ffmpeg ended without its files."""

    def __init__(self, why: str, remedy: str, said: str = "") -> None:
        self.why, self.remedy, self.said = why, remedy, said
        super().__init__(why, remedy, said)

    def __str__(self) -> str:
        return f"The clip could not be made: {self.why} {self.remedy}"


def run(arguments: Sequence[str], seconds: float, report: Report) -> str:
    """Run ffmpeg over `seconds` of film; returns what it said. Raises RenderFailed, and whatever `report` raises.

    Nothing of the process is left when this returns or raises.
    """
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-nostats", "-hide_banner", "-progress", "pipe:1",
               "-stats_period", "0.25", *arguments]  # fmt: skip
    with _started(command, seconds) as (process, said):
        ended = False
        for line in process.stdout or ():
            name, _, value = line.strip().partition("=")
            ended = ended or (name == "progress" and value == "end")
            if name == "out_time_us" and value.isdigit() and seconds:
                report(min(1.0, int(value) / 1e6 / seconds))
        code = process.wait()
    words = "".join(said)[-_REMEMBERED:]
    if code != 0 or not ended:
        raise _explained(code, words)
    return words


@contextmanager
def _started(command: Sequence[str], seconds: float) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    process = subprocess.Popen(  # noqa: S603 - our own binary, a list of arguments
        _tied(command), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        errors="replace", start_new_session=True, env={**os.environ, "AV_LOG_FORCE_NOCOLOR": "1"},
    )  # fmt: skip
    limit = int(_PATIENCE + _PER_SECOND * seconds)
    _limit(process.pid, limit)
    said: list[str] = []
    drain = Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
    drain.start()
    alarm = Timer(limit, _kill, [process])
    alarm.start()
    try:
        yield process, said
    finally:
        alarm.cancel()
        _end(process)
        drain.join(_GRACE)
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


def _tied(command: Sequence[str]) -> list[str]:
    if sys.platform != "linux":
        return list(command)
    return [sys.executable, "-I", "-S", "-c", _TIED, str(os.getpid()), *command]


def _limit(pid: int, seconds: int) -> None:
    if hasattr(resource, "prlimit"):  # Linux
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_CPU, (seconds * 4, seconds * 4 + 5))
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (_MOST_BYTES, _MOST_BYTES))


def _end(process: subprocess.Popen[str]) -> None:
    """Ask it to end, and kill its group when it does not."""
    if process.poll() is not None:
        return
    _signal(process, signal.SIGTERM)
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        _kill(process)
        process.wait()


def _kill(process: subprocess.Popen[str]) -> None:
    _signal(process, signal.SIGKILL)


def _signal(process: subprocess.Popen[str], number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _explained(code: int, words: str) -> RenderFailed:
    if "No space left on device" in words:
        return RenderFailed("the disk is full.", "Make room, then try again.", words)
    if code < 0 or code == 255:
        return RenderFailed("ffmpeg was ended from outside.", "Try again.", words)
    last = next((line.strip() for line in reversed(words.splitlines()) if line.strip()), "it said nothing")
    return RenderFailed(f"ffmpeg says “{last}”.", "Try again; if it fails twice, export the footage as MP4.", words)
