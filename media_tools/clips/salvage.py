"""What is there of a file whose end is missing, as a whole file. Nothing is coded again."""

from pathlib import Path

from media_tools.clips.process import RenderFailed, run
from media_tools.clips.source import guarded
from media_tools.errors import CannotOpen
from media_tools.open.video import Incomplete, measured


def save_good_part(path: Path, target: Path) -> None:
    """Picture and sound of `path` as far as they are there; `target` is of the kind that its ending says.

    Raises CannotOpen where nothing of it can be used.
    """
    streams = ["-map", "0:V?", "-map", "0:a?", "-c", "copy", "-map_metadata", "-1"]
    arguments = ["-v", "error", *guarded(), "-fflags", "+discardcorrupt", "-i", f"file:{path}", *streams, str(target)]
    try:
        run(arguments, _good(path), lambda _share: None)
        measured(target)
    except (RenderFailed, CannotOpen) as error:
        why = "is incomplete, and what is there of it cannot be used by itself."
        raise CannotOpen(path.name, why, "Ask for it to be sent again.") from error


def _good(path: Path) -> float:
    """Seconds of it that are there."""
    try:
        return measured(path)
    except Incomplete as error:
        return error.good
