"""Whether people can read the captions: how fast they come, how long they are, how they follow one another.

It looks at times and text alone, so that a table which is still being typed can be told row by row.
"""

import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
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
_SLACK = 100  # ms by which an end may pass the footage's: players round


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


@dataclass(frozen=True, slots=True)
class Noticed:
    """What there is to say of one caption: `index` is its place in the list, from 0, and `start` its time in ms."""

    index: int
    start: int
    finding: Finding


def rules(language: Language) -> Rules:
    return _sheet()[language.writing if language.writing in _sheet() else "default"]


def noticed(cues: Sequence[Timed], language: Language, length: int | None = None) -> tuple[Noticed, ...]:
    """Everything there is to say, caption by caption. `length` is the footage's, in ms, where it is known."""
    kept, found = rules(language), []
    for index, cue in enumerate(cues):
        before = cues[index - 1] if index else None
        said = [*_placed(cue, before, kept, length), *read(cue, kept)]
        found += [Noticed(index, cue.start, _named(index, cue, each)) for each in said]
    return tuple(found)


def read(cue: Timed, kept: Rules) -> Iterator[Finding]:
    """Of one caption by itself: whether it stands long enough, and is short enough."""
    if cue.end <= cue.start:
        return
    seconds, length = (cue.end - cue.start) / 1000, kept.length(cue.text)
    room = kept.line * kept.lines
    if length > room:
        yield _advisory(
            Code.CAPTION_LONG,
            f"has {length:g} characters, and {room:g} stand on {kept.lines} lines.",
            "Split or shorten it.",
        )
    if length / seconds > kept.speed:
        yield _advisory(
            Code.CAPTION_FAST, f"has {length / seconds:.0f} letters a second, and {kept.speed:.0f} can be read.",
            f"Give it {ceil(10 * (length / kept.speed - seconds)) / 10:.1f} s more, or shorten it.",
        )  # fmt: skip
    if not kept.shortest <= seconds <= kept.longest:
        yield _advisory(
            Code.CAPTION_TIME, f"stands for {seconds:.1f} s.", f"Give it {kept.shortest:g} to {kept.longest:g} s."
        )


def _placed(cue: Timed, before: Timed | None, kept: Rules, length: int | None) -> Iterator[Finding]:
    """Whether it can be shown at its times at all, after the one before it."""
    if cue.end <= cue.start:
        yield _blocking(
            Code.CAPTION_REVERSED, f"ends at {clock(max(0, cue.end))}, before it begins.", "Give it a later end."
        )
    yield from _inside(cue, length)
    if before is None or before.end <= before.start:
        return
    gap = cue.start - before.end
    if gap < 0:
        why = f"begins before the one above it ends, at {clock(before.end)}."
        yield _blocking(Code.CAPTION_OVERLAPS, why, "Move one of the two.")
    elif 0 < gap < kept.gap:
        yield _advisory(
            Code.CAPTION_GAP, f"comes {gap} ms after the one above it, which is seen as a flicker.",
            f"Leave {kept.gap} ms between the two, or none.",
        )  # fmt: skip


def _inside(cue: Timed, length: int | None) -> Iterator[Finding]:
    if length is None:
        return
    if cue.start >= length:
        why = f"begins after the footage has ended, at {clock(length)}."
        yield _blocking(Code.CAPTION_OUTSIDE, why, "Move it, or take it out.")
    elif cue.end > length + _SLACK:
        yield _advisory(
            Code.CAPTION_OUTSIDE, f"goes on after the footage has ended, at {clock(length)}.", "End it earlier."
        )


def called(index: int, start: int) -> str:
    return f"Caption {index + 1} at {clock(max(0, start))}"


def _named(index: int, cue: Timed, finding: Finding) -> Finding:
    return finding.model_copy(update={"message": f"{called(index, cue.start)} {finding.message}"})


def _blocking(code: Code, message: str, remedy: str) -> Finding:
    return Finding(level=Level.BLOCKING, code=code, message=message, remedy=remedy)


def _advisory(code: Code, message: str, remedy: str) -> Finding:
    return Finding(level=Level.ADVISORY, code=code, message=message, remedy=remedy)


@cache
def _sheet() -> dict[str, Rules]:
    entries = tomllib.loads(Path(__file__).with_name("quality.toml").read_text(encoding="utf-8"))
    return {name: Rules.model_validate(entries["default"] | entry) for name, entry in entries.items()}
