"""Copies of originals on this machine, for the library that draws: it reads files, not stores."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage


def folder() -> Path:
    path = Path(settings.ORIGINALS)
    path.mkdir(parents=True, exist_ok=True)
    return path


def bring(key: str, name: str) -> Path:
    """The object `key` of the private store as the file `name` of our folder; it appears whole."""
    path = folder() / name
    if not path.exists():
        part = path.with_name(f"{path.name}.{id(path):x}.part")
        with default_storage.open(key) as source, part.open("wb") as copy:
            shutil.copyfileobj(source, copy)
        part.replace(path)
    return path
