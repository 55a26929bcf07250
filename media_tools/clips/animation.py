"""A page's timeline as pictures: each part is drawn once, and laid onto what stands already."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Self

import numpy as np
from numpy.typing import NDArray

from media_tools.clips.motion import RISE, over
from media_tools.clips.story import FPS
from media_tools.clips.timeline import Step, Timeline, Way
from media_tools.draw import Pixels, draw
from media_tools.layout.frame import Frame
from media_tools.layout.text import Typesetter


@dataclass(frozen=True)
class _Layer:
    """A step's ink, and where on the page it begins, px."""

    step: Step
    left: int
    top: int
    ink: Pixels


@dataclass(frozen=True)
class Animation:
    """The pictures of a timeline. The last one is the page as its still shows it, px for px."""

    timeline: Timeline
    typesetter: Typesetter
    page: NDArray[np.uint8]
    ground: NDArray[np.uint8]
    """What stands before anything else does."""
    layers: tuple[_Layer, ...]

    @classmethod
    def of(cls, frame: Frame, timeline: Timeline, typesetter: Typesetter) -> Self:
        """`timeline` is that of `frame`."""
        steps = timeline.steps
        first = next((number for number, step in enumerate(steps) if step.way is not Way.STANDS), len(steps))
        standing = tuple(placed for step in steps[:first] for placed in step.items)
        ground = draw(Frame(frame.size, standing), typesetter)[..., :3]
        layers = tuple(layer for step in steps[first:] for layer in _drawn(step, frame, typesetter))
        return cls(timeline, typesetter, draw(frame, typesetter)[..., :3].copy(), ground.copy(), layers)

    def at(self, second: float) -> NDArray[np.uint8]:
        """(height, width, 3) uint8 sRGB, `second` seconds after the beginning."""
        if second >= self.timeline.settled:
            return self.page
        picture = self.ground.copy()
        for layer in self.layers:
            share = layer.step.share(second)
            if share > 0:
                self._lay(picture, layer, share, second)
        return picture

    def _lay(self, picture: NDArray[np.uint8], layer: _Layer, share: float, second: float) -> None:
        step = layer.step
        if step.count is not None and second < step.end:
            counting = _layers(step, Frame(self.timeline.size, step.shown(second)), self.typesetter)
            layer = next(counting, layer)
        down = round((1 - share) * RISE * picture.shape[0]) if step.way is Way.RISE else 0
        rows, columns = _seen(layer.ink, step.way, share)
        ink = layer.ink[rows, columns]
        top, left = layer.top + rows.start + down, layer.left + columns.start
        part = picture[top : top + ink.shape[0], left : left + ink.shape[1]]
        if part.size:
            laid = part.astype(np.uint16)
            over(laid, ink[: part.shape[0]], share if step.way in (Way.FADE, Way.RISE) else 1.0)
            part[:] = laid


@dataclass(frozen=True)
class Shortened:
    """An animation without the pictures that are as the one before: coding them would be most of the work."""

    animation: Animation
    kept: tuple[int, ...]
    """Numbers of the clip's frames."""

    @classmethod
    def of(cls, animation: Animation) -> Self:
        steps, last = animation.timeline.steps, ceil(animation.timeline.settled * FPS)
        moving = (number for number in range(1, last + 1) if any(_moves(step, number) for step in steps))
        return cls(animation, (0, *moving))

    @property
    def frames(self) -> int:
        return len(self.kept)

    def at(self, second: float) -> NDArray[np.uint8]:
        return self.animation.at(self.kept[min(round(second * FPS), self.frames - 1)] / FPS)

    def holds(self, frames: int) -> Iterator[tuple[int, int]]:
        """Frames of a clip of `frames` that stand, and how many more times each of them is seen."""
        for number, following in zip(self.kept, (*self.kept[1:], frames), strict=True):
            if following - number > 1:
                yield number, following - number - 1


def _moves(step: Step, number: int) -> bool:
    """Whether something of it changes between the frame before and this one."""
    return step.seconds > 0 and step.start < number / FPS and (number - 1) / FPS < step.end


def _drawn(step: Step, page: Frame, typesetter: Typesetter) -> Iterator[_Layer]:
    return _layers(step, Frame(page.size, step.items), typesetter)


def _layers(step: Step, frame: Frame, typesetter: Typesetter) -> Iterator[_Layer]:
    """The frame's ink alone; nothing where it has none."""
    pixels = draw(frame, typesetter)
    inked = pixels[..., 3] > 0
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if rows.size:
        top, left = int(rows[0]), int(columns[0])
        yield _Layer(step, left, top, pixels[top : rows[-1] + 1, left : columns[-1] + 1].copy())


def _seen(ink: Pixels, way: Way, share: float) -> tuple[slice, slice]:
    """Rows and columns that have come: what grows is uncovered from where it begins."""
    height, width = ink.shape[:2]
    across, along = round(share * width), round(share * height)
    match way:
        case Way.TO_RIGHT:
            return slice(0, height), slice(0, across)
        case Way.TO_LEFT:
            return slice(0, height), slice(width - across, width)
        case Way.UP:
            return slice(height - along, height), slice(0, width)
        case Way.DOWN:
            return slice(0, along), slice(0, width)
        case Way.STANDS | Way.FADE | Way.RISE:
            return slice(0, height), slice(0, width)
