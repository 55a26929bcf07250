"""Whether people can read the captions: how fast they come, how long they are, how they follow one another.

It looks at times and text alone, so that a table which is still being typed can be told row by row.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Protocol

import regex
from pydantic import Field

from media_tools.clips.codes import Code
from media_tools.spec import Spec
from media_tools.spec.cues import clock
from media_tools.spec.finding import Finding, Level
from media_tools.spec.language import Language

_CLUSTER = regex.compile(r"\X")
_FULL_WIDTH = frozenset("WF")  # Unicode's East_Asian_Width
SLACK = 100
"""Ms by which an end may pass the footage's: players round."""
_LAST_PLANE_WITH_LETTERS = 0x40000  # what is full-width lies below it


class Rules(Spec):
    """How much of a caption people can read in one script."""

    line: float = Field(gt=0, description="Characters of a line.")
    lines: int = Field(gt=0)
    speed: float = Field(gt=0, description="Characters a second.")
    shortest: float = Field(gt=0, description="Seconds.")
    longest: float = Field(gt=0, description="Seconds.")
    gap: int = Field(ge=0, description="Ms between two captions that do not touch.")
    half: bool = Field(description="Whether what is not full-width counts as a half.")
    source: str
    checked: date

    def length(self, text: str) -> float:
        """Characters as readers see them: a letter with its marks is one."""
        clusters = _CLUSTER.findall(unicodedata.normalize("NFC", text))
        if not self.half:
            return len(clusters)
        return sum(1.0 if unicodedata.east_asian_width(cluster[0]) in _FULL_WIDTH else 0.5 for cluster in clusters)


class Timed(Protocol):
    """A caption as far as it is typed: times in ms, which may be anything."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def text(self) -> str: ...


class Fault(StrEnum):
    """What can make a caption hard to read, one for each sentence."""

    LONG = "long"
    FAST = "fast"
    BRIEF = "brief"
    LASTING = "lasting"
    REVERSED = "reversed"
    OVERLAPS = "overlaps"
    AFTER = "after"
    BEYOND = "beyond"
    GAP = "gap"


type _Said = tuple[Fault, Mapping[str, float]]
"""A fault and the numbers that its sentence names: of letters, seconds, or of ms where it is a moment or a gap."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What there is to say of one caption: `index` is its place in the list, from 0, and `start` its time in ms.

    `fault` and `values` are what `finding` says, for those who say it in words of their own.
    """

    index: int
    start: int
    finding: Finding
    fault: Fault
    values: Mapping[str, float]


def rules(language: Language) -> Rules:
    return _sheet()[language.writing if language.writing in _sheet() else "default"]


def noticed(cues: Sequence[Timed], language: Language, length: int | None = None) -> tuple[Noticed, ...]:
    """Everything there is to say, caption by caption. `length` is the footage's, in ms, where it is known."""
    kept, found = rules(language), []
    for index, cue in enumerate(cues):
        before = cues[index - 1] if index else None
        for said in (*_placed(cue, before, kept, length), *_read(cue, kept)):
            found.append(Noticed(index, cue.start, _named(index, cue, _finding(said)), *said))
    return tuple(found)


def read(cue: Timed, kept: Rules) -> Iterator[Finding]:
    """Of one caption by itself: whether it stands long enough, and is short enough."""
    return map(_finding, _read(cue, kept))


def _read(cue: Timed, kept: Rules) -> Iterator[_Said]:
    if cue.end <= cue.start:
        return
    seconds, letters = (cue.end - cue.start) / 1000, kept.length(cue.text)
    room = kept.line * kept.lines
    if letters > room:
        yield (
            Fault.LONG,
            {"letters": letters, "room": room, "lines": kept.lines, "surplus": ceil(letters - room)},
        )
    if letters / seconds > kept.speed:
        more, surplus = ceil(10 * (letters / kept.speed - seconds)) / 10, ceil(letters - kept.speed * seconds)
        yield Fault.FAST, {"speed": letters / seconds, "most": kept.speed, "more": more, "surplus": surplus}
    if not kept.shortest <= seconds <= kept.longest:
        fault = Fault.BRIEF if seconds < kept.shortest else Fault.LASTING
        yield fault, {"seconds": seconds, "shortest": kept.shortest, "longest": kept.longest}


def _placed(cue: Timed, before: Timed | None, kept: Rules, length: int | None) -> Iterator[_Said]:
    """Whether it can be shown at its times at all, after the one before it."""
    if cue.end <= cue.start:
        yield Fault.REVERSED, {"at": max(0, cue.end)}
    if length is not None and cue.start >= length:
        yield Fault.AFTER, {"at": length}
    elif length is not None and cue.end > length + SLACK:
        yield Fault.BEYOND, {"at": length}
    if before is None or before.end <= before.start:
        return
    gap = cue.start - before.end
    if gap < 0:
        yield Fault.OVERLAPS, {"at": before.end}
    elif 0 < gap < kept.gap:
        yield Fault.GAP, {"gap": gap, "least": kept.gap}


@cache
def full_width() -> tuple[tuple[int, int], ...]:
    """The ranges of code points, first and last, that `length` counts as one where others are halves."""
    wide = [
        point for point in range(_LAST_PLANE_WITH_LETTERS) if unicodedata.east_asian_width(chr(point)) in _FULL_WIDTH
    ]
    ends = [point for point, after in pairwise([*wide, -1]) if after != point + 1]
    begins = [point for before, point in pairwise([-2, *wide]) if before != point - 1]
    return tuple(zip(begins, ends, strict=True))


def called(index: int, start: int) -> str:
    return f"Caption {index + 1} at {clock(max(0, start))}"


def _named(index: int, cue: Timed, finding: Finding) -> Finding:
    return finding.model_copy(update={"message": f"{called(index, cue.start)} {finding.message}"})


def blocks(fault: Fault) -> bool:
    """Whether a clip with it is refused."""
    return _SENTENCES[fault][1] is Level.BLOCKING


def _finding(said: _Said) -> Finding:
    fault, values = said
    code, level, message, remedy = _SENTENCES[fault]
    told = {name: clock(int(value)) if name == "at" else value for name, value in values.items()}
    return Finding(level=level, code=code, message=message.format(**told), remedy=remedy.format(**told))


_SENTENCES = {
    Fault.LONG: (
        Code.CAPTION_LONG, Level.ADVISORY, "has {letters:g} characters, and {room:g} stand on {lines:g} lines.",
        "Split or shorten it.",
    ),
    Fault.FAST: (
        Code.CAPTION_FAST, Level.ADVISORY, "has {speed:.0f} letters a second, and {most:.0f} can be read.",
        "Give it {more:.1f} s more, or shorten it.",
    ),
    Fault.BRIEF: (
        Code.CAPTION_TIME, Level.ADVISORY, "stands for {seconds:.1f} s.", "Give it {shortest:g} to {longest:g} s.",
    ),
    Fault.LASTING: (
        Code.CAPTION_TIME, Level.ADVISORY, "stands for {seconds:.1f} s.", "Give it {shortest:g} to {longest:g} s.",
    ),
    Fault.REVERSED: (
        Code.CAPTION_REVERSED, Level.BLOCKING, "ends at {at}, before it begins.", "Give it a later end.",
    ),
    Fault.OVERLAPS: (
        Code.CAPTION_OVERLAPS, Level.BLOCKING, "begins before the one above it ends, at {at}.", "Move one of the two.",
    ),
    Fault.AFTER: (
        Code.CAPTION_OUTSIDE, Level.BLOCKING, "begins after the footage has ended, at {at}.",
        "Move it, or take it out.",
    ),
    Fault.BEYOND: (
        Code.CAPTION_OUTSIDE, Level.ADVISORY, "goes on after the footage has ended, at {at}.", "End it earlier.",
    ),
    Fault.GAP: (
        Code.CAPTION_GAP, Level.ADVISORY,
        "comes {gap:g} ms after the one above it, which is seen as a flicker.",
        "Leave {least:g} ms between the two, or none.",
    ),
}  # fmt: skip


@cache
def _sheet() -> dict[str, Rules]:
    entries = tomllib.loads(Path(__file__).with_name("quality.toml").read_text(encoding="utf-8"))
    return {name: Rules.model_validate(entries["default"] | entry) for name, entry in entries.items()}
