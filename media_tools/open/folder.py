"""Names inside a story are names inside its own folder, and nothing else."""

from pathlib import Path, PurePosixPath

from media_tools.errors import CannotOpen


def inside(folder: Path, name: str) -> Path:
    """The file `name` in `folder`. Raises CannotOpen for a path that leaves the folder, a link, or no file."""
    parts = PurePosixPath(name).parts
    if "\\" in name or "\0" in name or ":" in name or PurePosixPath(name).is_absolute() or ".." in parts:
        raise CannotOpen(repr(name), "leaves the story's folder.", "Copy the file beside the story and name it alone.")
    path = folder
    try:
        for part in parts:
            path = path / part
            if path.is_symlink():
                raise CannotOpen(repr(name), "is a link to another place.", "Put the file itself beside the story.")
        there = path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        there = False
    if not there:
        raise CannotOpen(repr(name), "is not there.", "Put the file beside the story, or correct its name.")
    return path
