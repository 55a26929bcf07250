"""CPU seconds, never wall time: the machine may be busy with something else."""

import json
import resource
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from operator import ge, le
from pathlib import Path
from statistics import median

import psutil

CACHE = Path(tempfile.gettempdir()) / "attache-bench"
"""What is the same in every run and takes long to make, such as the photo and the footage."""

_DIRECTIONS = {">=": ge, "<=": le}
_GONE = (psutil.NoSuchProcess, psutil.AccessDenied)


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: `aim` is a direction and the ratio to reach, such as ">= 5"."""

    name: str
    ours: float
    peer: float
    ratio: float
    aim: str

    @property
    def holds(self) -> bool:
        direction, limit = self.aim.split()
        return bool(_DIRECTIONS[direction](self.ratio, float(limit)))

    def line(self) -> str:
        rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(self).items()}
        return json.dumps({**rounded, "holds": self.holds})


def say(words: str) -> None:
    """To the person who waits; standard output is for figures alone."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()


def own_seconds() -> float:
    """User and system time of this process, all threads, and of the children it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def spent(work: Callable[[], object]) -> float:
    """The seconds that `work` takes in this process."""
    before = own_seconds()
    work()
    return own_seconds() - before


def largest_child() -> float:
    """GiB that the largest process among those this one has waited for has held at once."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2  # Linux counts in KiB


class Tree:
    """A running process and all that it has started, to the system's clock tick (10 ms) a process.

    Each process counts itself and those it has waited for, so the time of one that has ended stays in the sum. One
    whose parent has ended leaves the tree and is still counted, for every process once seen is remembered. One that
    ends unseen and unawaited is lost: the sum can be too small, never too large.
    """

    def __init__(self, root: int) -> None:
        self._root = psutil.Process(root)
        self._seen = {self._root}

    def seconds(self) -> float:
        self._seen.update(self._root.children(recursive=True))
        return sum(_seconds(process) for process in self._seen)

    def largest(self) -> int:
        """Bytes that the largest process of the tree holds now."""
        return max((_bytes(process) for process in self._seen), default=0)

    def spent(self, work: Callable[[], object]) -> float:
        before = self.seconds()
        work()
        return self.seconds() - before


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except _GONE:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def medians(rounds: int, sides: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """Each side's median over `rounds`, the sides in turn within a round and a different one first in each.

    A side says how many seconds it took.
    """
    taken: dict[str, list[float]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            taken[name].append(sides[name]())
    for name, seconds in taken.items():
        say(f"  {name or 'peer'}: {', '.join(f'{value:.4f}' for value in seconds)}")
    return {name: median(seconds) for name, seconds in taken.items()}


def _bytes(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except _GONE:
        return 0
