"""Footage looked through once: its shots, and the faces in each. No frame's proportions matter yet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from media_tools.clips.faces import Face, FaceFinder
from media_tools.clips.film_time import Stretch
from media_tools.clips.shots import SMALL, with_cuts
from media_tools.clips.source import Cut
from media_tools.open.moving_pictures import pictures

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
    """The shots of what is shown of some footage, in the order in which they lie in its file.

    `alive` is called before each picture; what it raises ends the work.
    """
    finder = FaceFinder()
    stretches = sorted(piece.stretches, key=lambda stretch: stretch.start)
    return tuple(shot for stretch in stretches for shot in _shots(piece.path, stretch, finder, alive))


def _shots(path: Path, stretch: Stretch, finder: FaceFinder, alive: Callable[[], None]) -> Iterator[Shot]:
    begin, due, sights = stretch.start, stretch.start, list[Sight]()
    shown = pictures(path, stretch.start, stretch.seconds)
    for picture, cuts in with_cuts(shown, lambda picture: picture.grey(*SMALL)):
        alive()
        if cuts:
            yield Shot(begin, picture.second, tuple(sights))
            begin, due, sights = picture.second, picture.second, []
        if picture.second >= due:
            sights.append(Sight(picture.second, finder.faces(picture.rgb(_LARGE))))
            due = picture.second + _EVERY
    yield Shot(begin, stretch.end, tuple(sights))
