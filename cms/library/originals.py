"""Copies of originals on this machine, for the library that draws: it reads files, not stores."""

import os
from collections.abc import Callable
from pathlib import Path
from time import time
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage

_CHUNK = 1024 * 1024
_RESTED = 24 * 3600  # seconds after which no drawing can still be reading a file


def folder() -> Path:
    path = Path(settings.ORIGINALS)
    path.mkdir(parents=True, exist_ok=True)
    return path


def bring(key: str, name: str, alive: Callable[[], None] = lambda: None) -> Path:
    """The object `key` of the private store as the file `name` of our folder; it appears whole.

    `alive` is called while a large one comes; what it raises ends the copying, and nothing is left of it.
    """
    path = folder() / name
    if _in_use(path):
        return path
    part = path.with_name(f"{path.name}.{uuid4().hex}.part")
    try:
        if not _linked(key, part):
            _copy(key, part, alive)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def tidy(folder: Path, budget: int) -> None:
    """Keep no more than `budget` bytes in a folder of copies: those that were not used for longest go first."""
    copies = [(facts, path) for path in folder.glob("*") if (facts := _facts(path)) and _copied(facts)]
    files = sorted(copies, key=lambda entry: entry[0].st_mtime)
    spare = sum(facts.st_size for facts, _path in files) - budget
    for facts, path in files:
        if spare <= 0 or facts.st_mtime > time() - _RESTED:
            return
        path.unlink(missing_ok=True)
        spare -= facts.st_size


def _in_use(path: Path) -> bool:
    """Whether it is here, and not to be tidied away from now on."""
    facts = _facts(path)
    if facts is None:
        return False
    if _copied(facts):
        try:
            os.utime(path)
        except FileNotFoundError:  # tidied away a moment ago
            return False
    return True


def _facts(path: Path) -> os.stat_result | None:
    """None for what another process has just taken away or given its name."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _copied(facts: os.stat_result) -> bool:
    """It takes room of its own: a link to an object of the store takes none."""
    return facts.st_nlink == 1


def _linked(key: str, part: Path) -> bool:
    """In a folder on the same disk the object itself will do: it is never written again."""
    if not isinstance(default_storage, FileSystemStorage):
        return False
    try:
        os.link(default_storage.path(key), part)
    except OSError:
        return False
    return True


def _copy(key: str, part: Path, alive: Callable[[], None]) -> None:
    with default_storage.open(key) as source, part.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            alive()
            copy.write(chunk)
