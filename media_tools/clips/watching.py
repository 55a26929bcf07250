"""Footage looked through once: its shots, and the faces in each. No frame's proportions matter yet."""

from collections.abc import Callable
from dataclasses import dataclass

from media_tools.clips.faces import Face, FaceFinder
from media_tools.clips.shots import SMALL, with_cuts
from media_tools.clips.source import Cut
from media_tools.open.video import pictures

_EVERY = 0.3  # seconds from one look for faces to the next
_LARGE = 480  # px of the long side of what is looked at


@dataclass(frozen=True, slots=True)
class Sight:
    """The faces of one picture, seconds from the file's beginning."""

    second: float
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class Shot:
    """What one camera saw without a cut, from `start` to `end` in seconds of the file."""

    start: float
    end: float
    sights: tuple[Sight, ...]


def watch(piece: Cut, alive: Callable[[], None] = lambda: None) -> tuple[Shot, ...]:
    """The shots of a piece of footage. `alive` is called before each picture; what it raises ends the work."""
    finder = FaceFinder()
    shots: list[Shot] = []
    begin, due, sights = piece.start, piece.start, list[Sight]()
    shown = pictures(piece.path, piece.start, piece.seconds)
    for picture, cuts in with_cuts(shown, lambda picture: picture.grey(*SMALL)):
        alive()
        if cuts:
            shots.append(Shot(begin, picture.second, tuple(sights)))
            begin, due, sights = picture.second, picture.second, []
        if picture.second >= due:
            sights.append(Sight(picture.second, finder.faces(picture.rgb(_LARGE))))
            due = picture.second + _EVERY
    return (*shots, Shot(begin, piece.start + piece.seconds, tuple(sights)))
