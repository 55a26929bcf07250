"""A path as commands for ffmpeg, exact to the frame."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from media_tools.clips.keyframes import Aim, Course, KeyFrame
from media_tools.clips.reframe import Window, gliding, resting
from media_tools.clips.source import Cut, snapped
from media_tools.clips.story import FPS
from media_tools.spec.geometry import Size


@dataclass(frozen=True, slots=True)
class Moves:
    """A window that changes: what it is at first, and the script of its changes for the filters called `name`."""

    name: str
    first: Window
    script: Path


def windows(path: Sequence[KeyFrame], piece: Cut, target: Size) -> list[Window]:
    """The window of each of the cut's frames, or the one window of all of them."""
    if len(path) == 1:
        return [resting(piece.size, target, Aim(path[0].x, path[0].y, path[0].scale))]
    window = gliding if Course.through(path).moves else resting
    shown = []
    for stretch in piece.stretches:
        course = Course.through(snapped(path, piece.path, stretch))
        moments = (1000 * (stretch.start + number / FPS) for number in range(stretch.frames))
        shown += [window(piece.size, target, course.at(moment)) for moment in moments]
    return shown


def write_moves(shown: Sequence[Window], name: str, script: Path) -> Moves | None:
    """The script of all changes; None where there are none. Filters are called `name` in it."""
    lines = list(_lines(shown, name))
    if not lines:
        return None
    script.write_text("\n".join(lines) + "\n", encoding="ascii")
    return Moves(name, shown[0], script)


def _lines(shown: Sequence[Window], name: str) -> Iterator[str]:
    """Commands half a frame before the frame that they are for: ffmpeg's clock is never that wrong."""
    for number, (before, after) in enumerate(pairwise(shown), start=1):
        if before != after:
            settings = zip(_settings(before, name), _settings(after, name), strict=True)
            changed = ", ".join(new for old, new in settings if old != new)
            yield f"{(number - 0.5) / FPS:.6f} {changed};"


def _settings(window: Window, name: str) -> tuple[str, ...]:
    part, brought, at = window.part, window.brought, window.at
    return (
        f"crop@source.{name} w {part.width:.0f}",
        f"crop@source.{name} h {part.height:.0f}",
        f"crop@source.{name} x {part.x:.0f}",
        f"crop@source.{name} y {part.y:.0f}",
        f"scale@{name} w {brought.width:.0f}",
        f"scale@{name} h {brought.height:.0f}",
        f"crop@frame.{name} x {at.x:.0f}",
        f"crop@frame.{name} y {at.y:.0f}",
    )
