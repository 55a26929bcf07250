"""Captions as pictures: where they stand in a frame, in how many parts, and when each picture shows.

Sizes and places are the visual language's (ART.md, section 10), as shares of the frame's height by class of frame.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from pathlib import Path

import numpy as np
from PIL import Image

from media_tools.clips.film_time import FilmTime
from media_tools.clips.lettering import PAD_BOTTOM, PAD_TOP, PAD_X, placed
from media_tools.clips.motion import straight
from media_tools.clips.overlay import Standing, standing_mark
from media_tools.clips.story import FPS
from media_tools.draw import Pixels, draw
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Align, Frame, Paragraph, Placed, TextStyle
from media_tools.layout.page import LANDSCAPE, PORTRAIT, SQUARE, STORY, Page
from media_tools.spec.colour import WHITE
from media_tools.spec.cues import CaptionLook, Cue, Edge, bare
from media_tools.spec.geometry import Box, Point, Size

LINES = 2
"""Of one caption: what has more is shown as several, one after another."""
_LEADING = 1.46  # em
_WEIGHT = 600
_TALL = 0.92  # times the size, for scripts whose letters stack
_TALL_LEADING = 1.5  # a script with body lines as high as this stacks
_APART = 0.5  # em between a caption and what it keeps clear of
_TWO_LINES = (2.0, 1.9, 1.8, 1.7, 1.5, 1.25, 1.0)
"""Times a line's width, as much as a part of a long caption may take: the most that its words allow to stand on two."""


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
    """Draws the captions of one placement, all inside one box of the frame: `box`."""

    page: Page
    look: CaptionLook = field(default_factory=CaptionLook)

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
        """Where captions may stand: between what the platform covers, from the mark to the line that none passes."""
        page, free = self.page, Box.of(self.page.size).inset(self.page.safe)
        width = min(self.manner.width * page.size.width, free.width)
        bottom = min(self.manner.bottom * page.size.height, free.bottom)
        left, top = free.x + (free.width - width) / 2, max(free.y, page.box.y)
        mark = standing_mark(page)
        if left < mark.at.x + mark.item.size.width and mark.at.x < left + width:
            top = mark.at.y + mark.item.size.height + _APART * self.style.size
        return Box(*(int(side) // 2 * 2 for side in (left, top, width, bottom - top)))

    def frame(self, text: str, edge: Edge = Edge.BOTTOM, beside: Box | None = None, lit: slice | None = None) -> Frame:
        """One caption in the box: at its foot, above `beside` of the frame where that is in the way, or at its head."""
        lines = self.words(text)
        top = self._top(lines, edge, beside)
        return Frame(self.box.size, placed(self.page, self.look.style, lines, top, lit), "caption")

    def lines(self, text: str) -> int:
        return self.words(text).lines

    def words(self, text: str) -> Paragraph:
        return balanced(self.page, text, self.style, self._room, Align.CENTRE)

    def parts(self, text: str) -> tuple[str, ...]:
        """The text in as few parts as stand on two lines each; whole where a word must be torn."""
        if self.lines(text) <= LINES:
            return (text,)
        for times in _TWO_LINES:
            parts = tuple(balanced(self.page, text, self.style, times * self._room).text.split("\n"))
            if all(self.lines(part) <= LINES for part in parts):
                return parts
        return (text,)

    def picture(self, text: str) -> Pixels:
        """(height, width, 4) uint8 sRGB, premultiplied."""
        return draw(self.frame(text), self.page.type)

    @property
    def _room(self) -> float:
        return self.box.width - 2 * PAD_X * self.style.size

    def _top(self, lines: Paragraph, edge: Edge, beside: Box | None) -> float:
        """Of the first line, in the box."""
        em = self.style.size
        head = PAD_TOP * em
        foot = self.box.height - PAD_BOTTOM * em - lines.size.height
        if beside is None:
            return head if edge is Edge.TOP else foot
        above = beside.y - self.box.y - (_APART + PAD_BOTTOM) * em - lines.size.height
        if edge is Edge.TOP:
            return head if above >= head else max(head, min(foot, beside.bottom - self.box.y + (_APART + PAD_TOP) * em))
        return max(head, min(foot, above))


@dataclass(frozen=True, slots=True)
class Track:
    """Captions or lower thirds of a placement as one picture track for ffmpeg, and where it lies on the frame."""

    script: Path
    at: Point


@dataclass(frozen=True, slots=True)
class Heard:
    """A cue that falls into the cut, or a part of it, with the film's frames in which it stands."""

    cue: Cue
    when: range
    spoken: tuple[tuple[int, str], ...] = ()
    """Its words, each with the frame from which it is heard."""


def heard(cues: Iterable[Cue], time: FilmTime) -> tuple[Heard, ...]:
    """In the order in which they are shown."""
    found = [
        Heard(cue, when, tuple((time.frame_of(word.start / 1000, when), word.text) for word in cue.words))
        for cue in cues
        for when in time.shown(cue.start / 1000, cue.end / 1000)
    ]
    return tuple(sorted(found, key=lambda each: each.when.start))


@dataclass(frozen=True, slots=True)
class Showing:
    """One picture of captions, and the frames in which it shows."""

    when: range
    frame: Frame


def showings(captioner: Captioner, said: Heard, standing: Sequence[Standing] = ()) -> Iterator[Showing]:
    """The pictures of one cue: of its parts where it is long, and of its words where they are to be lit.

    All of them stand at one place, clear of what stands there during any of them.
    """
    met = [each.box for each in standing if meet(each.when, said.when)]
    beside = reduce(Box.around, met) if met else None
    begun = 0
    parts = captioner.parts(said.cue.text)
    turns = [_turn(said, sum(len(bare(part)) for part in parts[:number])) for number in range(len(parts))]
    for part, start, end in zip(parts, turns, [*turns[1:], said.when.stop], strict=True):
        if start < end:
            for when, lit in _lit(captioner, said, part, begun, range(start, end)):
                yield Showing(when, captioner.frame(part, said.cue.edge, beside, lit))
        begun += len(bare(part))


def _turn(said: Heard, letters: int) -> int:
    """The frame at which what follows the first `letters` begins: by its words' times, or by its share of the text."""
    passed = 0
    for frame, word in said.spoken:
        if passed >= letters:
            return frame if letters else said.when.start
        passed += len(bare(word))
    return said.when.start + round(len(said.when) * letters / len(bare(said.cue.text)))


def _lit(captioner: Captioner, said: Heard, part: str, begun: int, when: range) -> Iterator[tuple[range, slice | None]]:
    """The frames of a part, by the letters that are lit in them. `begun` letters came before it."""
    if not captioner.look.highlight or not said.spoken:
        yield when, None
        return
    text = captioner.words(part).text
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    passed, lit, start = -begun, None, when.start
    for frame, word in said.spoken:
        first, passed = passed, passed + len(bare(word))
        if passed <= 0 or first >= len(places):
            continue
        turn = min(max(frame, when.start), when.stop)
        if turn > start:
            yield range(start, turn), lit
        start, lit = turn, slice(places[max(0, first)], places[min(passed, len(places)) - 1] + 1)
    if start < when.stop:
        yield range(start, when.stop), lit


def meet(one: range, other: range) -> bool:
    """Whether two stretches of frames have one in common."""
    return one.start < other.stop and other.start < one.stop


def write_track(
    captioner: Captioner, cues: Sequence[Heard], frames: int, folder: Path, alive: Callable[[], None] = lambda: None,
    standing: Sequence[Standing] = (),
) -> Track | None:  # fmt: skip
    """PNGs and the list of when each stands, to the frame; None where no caption falls into the cut.

    Each is as large as all of them need. `alive` is called before each caption; what it raises ends the work.
    """
    if not cues:
        return None
    pictures: list[Showing] = []
    for said in cues:
        alive()
        pictures += showings(captioner, said, standing)
    folder.mkdir()
    top, height = _reach(pictures, captioner)
    size = Size(captioner.box.width, height)
    save_drawing(np.zeros((int(height), int(size.width), 4), np.uint8), folder / "none.png")
    entries: list[tuple[str, int]] = []
    position = 0
    for number, picture in enumerate(pictures):
        alive()
        name = f"{number:05}.png"
        save_drawing(draw(_cropped(picture.frame, top, size), captioner.page.type), folder / name)
        if picture.when.start > position:
            entries.append(("none.png", picture.when.start - position))
        entries.append((name, len(picture.when)))
        position = picture.when.stop
    entries.append(("none.png", max(1, frames - position)))
    script = write_list(entries, folder / "captions.ffconcat")
    return Track(script, Point(captioner.box.x, captioner.box.y + top))


def _reach(pictures: Sequence[Showing], captioner: Captioner) -> tuple[float, float]:
    """Top and height, in even px of the box, of all that is drawn: a small picture is read and laid in less time."""
    slack = PAD_BOTTOM * captioner.style.size  # an outline's ring and the tallest letters pass their lines by less
    items = [item for picture in pictures for item in picture.frame.items]
    top = max(0, int(min(item.at.y for item in items) - slack) // 2 * 2)
    bottom = min(captioner.box.height, max(item.at.y + item.item.size.height for item in items) + slack)
    return top, int(bottom - top) // 2 * 2


def _cropped(frame: Frame, top: float, size: Size) -> Frame:
    moved = (Placed(Point(item.at.x, item.at.y - top), item.item) for item in frame.items)
    return Frame(size, tuple(moved), frame.name)


def write_list(entries: Sequence[tuple[str, int]], path: Path) -> Path:
    """Pictures that follow one another, each with the frames for which it stands, as ffmpeg reads it."""
    path.write_text("\n".join(["ffconcat version 1.0", *_listed(entries)]) + "\n", encoding="ascii")
    return path


def _listed(entries: Sequence[tuple[str, int]]) -> list[str]:
    """Times in whole ms, each a hair before its frame: a still on a clock of 1/1000 s is then never late."""
    lines, position = [], 0
    for name, count in entries:
        begin, end = (position * 1000 // FPS, (position + count) * 1000 // FPS)
        lines += [f"file {name}", "option framerate 1000", f"duration {(end - begin) / 1000:.3f}"]
        position += count
    return [*lines, f"file {entries[-1][0]}", "option framerate 1000"]


def save_drawing(pixels: Pixels, path: Path) -> None:
    Image.fromarray(straight(pixels), "RGBA").save(path, compress_level=1)
