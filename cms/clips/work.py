"""What the worker does for clips before anything is filmed: it finds faces."""

from collections.abc import Callable
from itertools import count
from typing import Any

from pydantic import ValidationError as NotValid

from cms.clips.faces import largest
from cms.clips.models import FoundPath
from cms.clips.ranges import Edges, raw_ranges
from cms.jobs.run import Progress
from cms.library import originals
from media_tools.clips.follow import follow
from media_tools.clips.keyframes import Aim
from media_tools.clips.source import cut
from media_tools.clips.story import FPS, Footage
from media_tools.clips.watching import watch
from media_tools.open.document import problems


def find_faces(
    progress: Progress, *, footage: str, name: str, ranges: list[tuple[int, int | None]], frames: list[dict[str, Any]]
) -> None:
    """Look through some ranges of footage once, and keep a path for each frame. Done again, it finds the same."""
    path = originals.bring(footage, name, progress.alive)
    piece = cut(_part(name, ranges), path, progress.alive)
    shots = watch(piece, _counting(progress, piece.frames))
    for frame in frames:
        keys = follow(shots, piece.size, largest(frame["aspect"]), Aim(*frame["focal"]))
        kept = [key.model_dump(mode="json") for key in keys]
        FoundPath.objects.get_or_create(digest=frame["digest"], defaults={"keys": kept})


def _part(name: str, ranges: list[tuple[int, int | None]]) -> Footage:
    """Raises InvalidInput for times that no clip can have."""
    told = raw_ranges([Edges(begins, ends) for begins, ends in ranges])
    try:
        return Footage.model_validate({"path": name, **told})
    except NotValid as error:
        raise problems(error)[0] from error


def _counting(progress: Progress, pictures: int) -> Callable[[], None]:
    """Says once for each second of footage how far the work is."""
    seen = count(1)

    def alive() -> None:
        number = next(seen)
        if number % FPS:
            progress.alive()
        else:
            progress.advance(min(number, pictures), pictures)  # footage of 60 a second has more than a clip

    return alive
