"""Which moments of the file a film shows, and in which of its frames."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from media_tools.clips.story import FPS, Footage

_A_DAY = 24 * 3600.0  # seconds: no file lasts as long


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range of the file: `frames` pictures at FPS from second `start` on."""

    start: float
    frames: int
    lead: float = 0.0
    """Seconds before `start` at which ffmpeg begins to read, so that it has the picture that stands then."""

    @property
    def seconds(self) -> float:
        return self.frames / FPS

    @property
    def end(self) -> float:
        return self.start + self.seconds


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the file in the film, which it enters at frame `first`."""

    stretch: Stretch
    first: int

    @property
    def when(self) -> range:
        return range(self.first, self.first + self.stretch.frames)

    def frame(self, second: float) -> int:
        """The film's frame at which a second of the file would come if the stretch had no ends."""
        return self.first + round((second - self.stretch.start) * FPS)


@dataclass(frozen=True, slots=True)
class FilmTime:
    """Stretches of a file one after another, behind `opening` frames of a title card."""

    stretches: tuple[Stretch, ...]
    opening: int = 0

    @classmethod
    def of(cls, footage: Footage, length: float = _A_DAY) -> Self:
        """Of a file that lasts `length` seconds."""
        ends = [(each.start, min(length if each.end is None else each.end, length)) for each in footage.ranges]
        return cls(tuple(Stretch(start, max(1, round((end - start) * FPS))) for start, end in ends))

    @property
    def frames(self) -> int:
        """All of them, up to the end card."""
        return self.opening + sum(stretch.frames for stretch in self.stretches)

    @property
    def parts(self) -> Iterator[Part]:
        first = self.opening
        for stretch in self.stretches:
            yield Part(stretch, first)
            first += stretch.frames

    def shown(self, begin: float, end: float) -> tuple[range, ...]:
        """The frames that show what lies between two seconds of the file, in as few ranges as there can be.

        What goes on over a joint is one, where the file goes on there later; what lies in no stretch is in none.
        """
        found: list[range] = []
        before: Stretch | None = None
        for part in self.parts:
            when = range(max(part.when.start, part.frame(begin)), min(part.when.stop, part.frame(end)))
            if when and before and found and found[-1].stop == when.start and before.start < part.stretch.start:
                found[-1] = range(found[-1].start, when.stop)
            elif when:
                found.append(when)
            before = part.stretch
        return tuple(found)

    def frame_of(self, second: float, when: range) -> int:
        """Of the frames `when`, the one at which a second of the file comes; what is cut out comes with what follows.

        What comes later than all of them has a later one.
        """
        frame = when.start
        for part in self.parts:
            if part.when.start < when.stop and when.start < part.when.stop:
                frame = max(part.when.start, when.start, part.frame(second))
                if frame < part.when.stop:
                    break
        return frame

    def second_at(self, frame: int) -> float:
        """The second of the file that a frame shows; of the title card, the first of all."""
        part = max((part for part in self.parts if part.first <= frame), key=lambda part: part.first, default=None)
        return self.stretches[0].start if part is None else part.stretch.start + (frame - part.first) / FPS
