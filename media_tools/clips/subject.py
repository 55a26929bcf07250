"""Whom a shot is about: the faces that are large, sure and there to stay, and as many of them as a frame can hold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from statistics import fmean, median

import numpy as np

from media_tools.clips.faces import Face
from media_tools.clips.watching import Shot
from media_tools.spec.geometry import Box, Size

_SMALLEST = 0.04  # of the picture's height: smaller faces are a crowd's
_BESIDE = 0.5  # of the tallest face's height: a smaller one is in the background
_STAYS = 0.3  # of the looks at a shot in which a face must be found: what is found less is taken for noise
_JUMP = 1.2  # of its size by which a face may move from one look to the next
_GROWTH = 1.8  # times by which it may grow or shrink meanwhile
_LOST = 1.6  # seconds for which it may be turned away
_AROUND = 0.35  # of a face's width that is kept free at each of its sides


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the subject is at one moment, in seconds of the file and shares of the picture."""

    second: float
    box: Box


@dataclass(frozen=True, slots=True)
class _Person:
    """One face through a shot."""

    seconds: tuple[float, ...]
    faces: tuple[Face, ...]

    @property
    def height(self) -> float:
        return median(face.box.height for face in self.faces)

    @property
    def weight(self) -> float:
        """How much the shot is theirs: size counts most, then how long and how surely they are seen."""
        return self.height * len(self.faces) * fmean(face.score for face in self.faces)

    def at(self, second: float) -> Box:
        """Between two looks on the straight way, before the first and after the last there."""
        sides = zip(*((box.x, box.y, box.width, box.height) for box in (face.box for face in self.faces)), strict=True)
        return Box(*(float(np.interp(second, self.seconds, side)) for side in sides))

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where they and the room beside them mostly lie."""
        lefts = [face.box.x - _AROUND * face.box.width for face in self.faces]
        rights = [face.box.right + _AROUND * face.box.width for face in self.faces]
        return median(lefts), median(rights)


def subject(shot: Shot, room: Size) -> tuple[Spot, ...]:
    """The box around the shot's people at each look, of those whom a frame of `room`, in shares, holds together.

    The one to whom the shot belongs most is always of them. Empty where there are no faces.
    """
    people = _together(_important(_people(shot), len(shot.sights)), room.width)
    if not people:
        return ()
    moments = [sight.second for sight in shot.sights]
    return tuple(Spot(moment, _around(person.at(moment) for person in people)) for moment in moments)


def _people(shot: Shot) -> list[_Person]:
    """Faces of one look are given to those who were nearest at the looks before."""
    open_: list[list[tuple[float, Face]]] = []
    for sight in shot.sights:
        free = [seen for seen in open_ if sight.second - seen[-1][0] <= _LOST]
        for face in sight.faces:
            if face.box.height < _SMALLEST:
                continue
            same = min(free, key=lambda seen: _distance(seen[-1][1], face), default=None)
            if same is not None and _like(same[-1][1], face):
                same.append((sight.second, face))
                free = [seen for seen in free if seen is not same]
            else:
                open_.append([(sight.second, face)])
    return [_Person(*zip(*seen, strict=True)) for seen in open_]


def _important(people: Sequence[_Person], looks: int) -> list[_Person]:
    """Those who are seen often enough and are not in the background, the weightiest first."""
    there = [person for person in people if len(person.faces) >= max(min(2, looks), _STAYS * looks)]
    tallest = max((person.height for person in there), default=0)
    near = [person for person in there if person.height >= _BESIDE * tallest]
    return sorted(near, key=lambda person: -person.weight)


def _together(people: Iterable[_Person], room: float) -> list[_Person]:
    """The first, and of the others each whom the room holds beside those already in it."""
    held: list[_Person] = []
    for person in people:
        lefts, rights = zip(*(each.reach for each in (*held, person)), strict=True)
        if not held or max(rights) - min(lefts) <= room:
            held.append(person)
    return held


def _around(boxes: Iterator[Box]) -> Box:
    whole = next(boxes)
    for box in boxes:
        whole = whole.around(box)
    return whole


def _distance(one: Face, other: Face) -> float:
    """Between their centres, in widths and heights of the first."""
    across = one.box.x + one.box.width / 2 - other.box.x - other.box.width / 2
    down = one.box.y + one.box.height / 2 - other.box.y - other.box.height / 2
    return hypot(across / one.box.width, down / one.box.height)


def _like(one: Face, other: Face) -> bool:
    grown = other.box.height / one.box.height
    return _distance(one, other) <= _JUMP and 1 / _GROWTH <= grown <= _GROWTH
