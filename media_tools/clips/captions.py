"""Captions as pictures: words in white, each line on its own dark box, inside what the platform leaves free.

Sizes and places are the visual language's (ART.md, section 9), as shares of the frame's height by class of frame.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image

from media_tools.clips.story import FPS
from media_tools.draw import Pixels, draw
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Align, Frame, Paragraph, Placed, TextStyle
from media_tools.layout.frame import Path as Outline
from media_tools.layout.page import LANDSCAPE, PORTRAIT, SQUARE, STORY, Page, lines_of
from media_tools.spec.colour import WHITE
from media_tools.spec.cues import Cue
from media_tools.spec.geometry import Box, Point, Size

_PAD_X, _PAD_TOP, _PAD_BOTTOM, _RADIUS, _LEADING = 0.42, 0.20, 0.24, 0.16, 1.46  # em
_OPACITY = 0.80
_WEIGHT = 600
_TALL = 0.92  # times the size, for scripts whose letters stack
_TALL_LEADING = 1.5  # a script with body lines as high as this stacks


@dataclass(frozen=True, slots=True)
class Manner:
    """How captions stand in one class of frames: shares of height and width."""

    size: float
    bottom: float
    width: float


_MANNERS = {
    STORY.name: Manner(0.029, 0.64, 0.80),
    PORTRAIT.name: Manner(0.038, 0.90, 0.80),
    SQUARE.name: Manner(0.044, 0.90, 0.80),
    LANDSCAPE.name: Manner(0.050, 0.86, 0.66),
}


@dataclass(frozen=True)
class Captioner:
    """Draws the captions of one placement, all in one box of the frame: `box`."""

    page: Page

    @property
    def manner(self) -> Manner:
        return _MANNERS.get(self.page.shape.name, _MANNERS[LANDSCAPE.name])

    @cached_property
    def style(self) -> TextStyle:
        script = self.page.language.script
        tall = _TALL if script.body_leading >= _TALL_LEADING else 1
        size = max(self.manner.size * self.page.size.height * tall, self.page.legible)
        leading = max(_LEADING, script.body_leading)
        return replace(self.page.label, size=size, weight=_WEIGHT, leading=leading, colour=WHITE)

    @cached_property
    def box(self) -> Box:
        """Where captions may stand: centred between what the platform covers, up to the line that none passes."""
        page, free = self.page, Box.of(self.page.size).inset(self.page.safe)
        width = min(self.manner.width * page.size.width, free.width)
        bottom = min(self.manner.bottom * page.size.height, free.bottom)
        height = min(0.5 * page.size.height, bottom - free.y)
        left = free.x + (free.width - width) / 2
        return Box(*(int(side) // 2 * 2 for side in (left, bottom - height, width, height)))

    def frame(self, text: str) -> Frame:
        """One caption at the foot of the box."""
        em, lines = self.style.size, self.words(text)
        top = self.box.height - _PAD_BOTTOM * em - lines.size.height
        words = Placed(Point(_PAD_X * em, top), lines)
        return Frame(self.box.size, (*self._grounds(lines, top), words), "caption")

    def lines(self, text: str) -> int:
        return lines_of(self.words(text))

    def words(self, text: str) -> Paragraph:
        room = self.box.width - 2 * _PAD_X * self.style.size
        return balanced(self.page, text, self.style, room, Align.CENTRE)

    def picture(self, text: str) -> Pixels:
        """(height, width, 4) uint8 sRGB, premultiplied."""
        return draw(self.frame(text), self.page.type)

    def _grounds(self, lines: Paragraph, top: float) -> tuple[Placed, ...]:
        """A box a line, as wide as the line; they touch and do not overlap."""
        em, leading = self.style.size, self.style.size * self.style.leading
        colour = self.page.brand.colours.veil
        placed = []
        for number, (left, right) in enumerate(self.page.type.inked(lines)):
            size = Size(right - left + 2 * _PAD_X * em, leading)
            at = Point(left, top + number * leading)
            placed.append(Placed(at, Outline(size, _rounded(size, _RADIUS * em), colour, _OPACITY)))
        return tuple(placed)


@dataclass(frozen=True, slots=True)
class Track:
    """The captions of a placement as one picture track for ffmpeg, and where it lies on the frame."""

    script: Path
    at: Point


def shown(cue: Cue, start: float, frames: int) -> range:
    """The clip's frames in which a cue stands; empty where it falls outside the cut."""
    first, last = (round((moment / 1000 - start) * FPS) for moment in (cue.start, cue.end))
    return range(max(0, first), min(frames, last))


type Heard = tuple[tuple[Cue, range], ...]
"""Cues that fall into the cut, each with the clip's frames in which it stands."""


def heard(cues: Iterable[Cue], start: float, frames: int) -> Heard:
    return tuple((cue, when) for cue in cues if (when := shown(cue, start, frames)))


def write_track(
    captioner: Captioner, cues: Heard, frames: int, folder: Path, alive: Callable[[], None] = lambda: None
) -> Track | None:
    """PNGs and the list of when each stands, to the frame; None where no caption falls into the cut.

    `alive` is called before each caption; what it raises ends the work.
    """
    if not cues:
        return None
    folder.mkdir()
    save_drawing(np.zeros((int(captioner.box.height), int(captioner.box.width), 4), np.uint8), folder / "none.png")
    entries: list[tuple[str, int]] = []
    position = 0
    for number, (cue, when) in enumerate(cues):
        alive()
        name = f"{number:04}.png"
        save_drawing(captioner.picture(cue.text), folder / name)
        if when.start > position:
            entries.append(("none.png", when.start - position))
        entries.append((name, len(when)))
        position = when.stop
    entries.append(("none.png", max(1, frames - position)))
    script = folder / "captions.ffconcat"
    script.write_text("\n".join(["ffconcat version 1.0", *_listed(entries)]) + "\n", encoding="ascii")
    return Track(script, Point(captioner.box.x, captioner.box.y))


def _listed(entries: list[tuple[str, int]]) -> list[str]:
    """Times in whole ms, each a hair before its frame: a still on a clock of 1/1000 s is then never late."""
    lines, position = [], 0
    for name, count in entries:
        begin, end = (position * 1000 // FPS, (position + count) * 1000 // FPS)
        lines += [f"file {name}", "option framerate 1000", f"duration {(end - begin) / 1000:.3f}"]
        position += count
    return [*lines, f"file {entries[-1][0]}", "option framerate 1000"]


def save_drawing(pixels: Pixels, path: Path) -> None:
    """PNG holds straight colour, so the opacity that was multiplied in is divided out."""
    opacity = pixels[..., 3:].astype(np.uint16)
    straight = (pixels[..., :3].astype(np.uint16) * 255 + opacity // 2) // np.maximum(opacity, 1)
    Image.fromarray(np.dstack([straight.astype(np.uint8), pixels[..., 3]]), "RGBA").save(path, compress_level=1)


def _rounded(size: Size, radius: float) -> str:
    w, h, r = size.width, size.height, radius
    return (
        f"M{r:.2f} 0L{w - r:.2f} 0A{r:.2f} {r:.2f} 0 0 1 {w:.2f} {r:.2f}L{w:.2f} {h - r:.2f}"
        f"A{r:.2f} {r:.2f} 0 0 1 {w - r:.2f} {h:.2f}L{r:.2f} {h:.2f}A{r:.2f} {r:.2f} 0 0 1 0 {h - r:.2f}"
        f"L0 {r:.2f}A{r:.2f} {r:.2f} 0 0 1 {r:.2f} 0Z"
    )
