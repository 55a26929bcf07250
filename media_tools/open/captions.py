"""The only door for captions: a SubRip or WebVTT file becomes cues, or a sentence that names the line.

WebVTT is taken apart by its specification, section 6.1, and what that would drop without a word is told with its line.
SubRip has no specification, and the readers that there are lose a number that ends a caption, so its few rules stand
here as well.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile, zip_longest
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from media_tools.errors import CannotOpen
from media_tools.open.cue_text import Payload, milliseconds, subrip_payload, web_payload
from media_tools.open.document import problems
from media_tools.open.encoding import CannotDecode, decode
from media_tools.spec.cues import MOST_CUES, Cue, CueList, Word, clock
from media_tools.spec.language import Language

_MOST_BYTES = 5_000_000  # a three-hour speech has some 300 kB
_MOST_TOLD = 10  # further lines that are named
_DAY = 24 * 3600 * 1000  # ms
_ARROW = "-->"
_HEAD = "WEBVTT"
_TIME = r"((?:\d{1,3}:)?[0-5]?\d:[0-5]?\d[.,]\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*{_ARROW}\s*{_TIME}(?:\s+(.*))?")
_MEANT = re.compile(rf"\d\s*{_ARROW}|{_ARROW}\s*\d")  # as times, though they are written wrongly
_NUMBER = re.compile(r"\s*\d+\s*")
_BESIDES = ("NOTE", "STYLE", "REGION")  # what begins a block that is no caption


@dataclass(frozen=True, slots=True)
class Read:
    """What a captions file holds."""

    captions: CueList
    assumed: str = ""
    """The encoding it was taken to be in, where it does not say it and is not in UTF-8: somebody must look at it."""

    @property
    def cues(self) -> tuple[Cue, ...]:
        return self.captions.cues


class _Line(NamedTuple):
    """A line with times, by its number in the file."""

    number: int
    start: str
    end: str
    settings: str


class _Wrong(NamedTuple):
    """What a line says wrong, and what to do."""

    number: int
    why: str
    remedy: str


def read_captions(path: Path, language: str = "") -> Read:
    """Cues in order. Raises CannotOpen with the number of the line that stands in the way.

    `language` is the tag of the words, where it is known: it decides between old encodings.
    """
    text, assumed = _decoded(path, language)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    web = lines[0].startswith(_HEAD)
    times = _times(path, lines, web=web)
    if not times:
        raise _unreadable(path, "holds no captions.", "Choose an .srt or .vtt file.")
    if len(times) > MOST_CUES:
        raise _unreadable(path, f"holds {len(times)} captions, and we take {MOST_CUES}.", "Cut the file in two.")
    payload = _of_web if web else _of_subrip
    found = [(line, payload(line, following)) for line, following in _between(lines, times)]
    return Read(CueList(cues=_in_order(path, found)), assumed)


def _decoded(path: Path, language: str) -> tuple[str, str]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _unreadable(path, "is over 5 MB, so it is no captions file.", "Choose an .srt or .vtt file.")
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(
            path, f"cannot be read ({error.strerror}).", "Correct the path, or upload it again."
        ) from error
    try:
        decoded = decode(content, Language.parse(language) if language else None)
    except CannotDecode as error:
        why = " ".join(filter(None, (f"line {error.line} is not in {error.encoding}.", error.why)))
        raise _unreadable(path, why, "Save the file as UTF-8.") from error
    return decoded.text, decoded.assumed


def _times(path: Path, lines: Sequence[str], *, web: bool) -> list[_Line]:
    found, wrong, besides = [], [], False
    for number, line in enumerate(lines, start=1):
        if number == 1 or not lines[number - 2].strip():
            besides = web and line.split(" ")[0].strip() in _BESIDES
        if _ARROW not in line:
            continue
        match = _TIMES.fullmatch(line)
        if match is not None:
            found.append(_Line(number, match[1], match[2], match[3] or ""))
        elif _MEANT.search(line):
            why = f"has no two times: {line.strip()[:60]}"
            wrong.append(_Wrong(number, why, "Write it as 00:00:01.000 --> 00:00:02.500."))
        elif web and not besides:
            wrong.append(_Wrong(number, "has an arrow among its words, where WebVTT ends them.", "Write it as --&gt;."))
    _refuse(path, wrong)
    return found


def _between(lines: Sequence[str], times: Sequence[_Line]) -> Iterator[tuple[_Line, Sequence[str]]]:
    """All lines up to the next times, less the number that stands before those."""
    for line, after in zip_longest(times, times[1:]):
        inner = list(lines[line.number : after.number - 1 if after else len(lines)])
        if after and inner and _NUMBER.fullmatch(inner[-1]):
            inner.pop()
        yield line, inner


def _of_web(line: _Line, following: Sequence[str]) -> Payload:
    """An empty line ends a caption, and where there is none the next times do."""
    return web_payload("\n".join(takewhile(str.strip, following)), line.settings)


def _of_subrip(_line: _Line, following: Sequence[str]) -> Payload:
    return subrip_payload("\n".join(following))


def _in_order(path: Path, found: Sequence[tuple[_Line, Payload]]) -> tuple[Cue, ...]:
    """By their times, whichever way they stand in the file. Raises CannotOpen for two that are seen at once."""
    made = [(line, _cue(line, payload)) for line, payload in found]
    wrong = [cue for _line, cue in made if isinstance(cue, _Wrong)]
    cues = sorted(((line, cue) for line, cue in made if isinstance(cue, Cue)), key=lambda each: each[1].start)
    for (above, before), (line, cue) in pairwise(cues):
        if cue.start < before.end:
            earlier = f"before the caption of line {above.number} ends at {clock(before.end)}."
            wrong.append(_Wrong(line.number, f"begins at {clock(cue.start)}, {earlier}", "Move one of the two."))
    _refuse(path, sorted(wrong))
    return tuple(cue for _line, cue in cues)


def _cue(line: _Line, payload: Payload) -> Cue | _Wrong:
    start, end = milliseconds(line.start), milliseconds(line.end)
    if end > _DAY:
        return _Wrong(line.number, f"ends at {clock(end)}, and a day is the most.", "Correct its hours.")
    if not payload.text:
        return _Wrong(line.number, "is followed by no words.", "Write them, or take the caption out.")
    try:
        words = tuple(Word(start=part.start or 0, text=part.text) for part in payload.timed(start))
        return Cue(start=start, end=end, text=payload.text, edge=payload.edge, words=words)
    except ValidationError as error:
        problem = problems(error)[0]
        return _Wrong(line.number, problem.why, problem.remedy)


def _refuse(path: Path, wrong: Sequence[_Wrong]) -> None:
    """Raises CannotOpen for the first line that is wrong, with the numbers of the others."""
    if not wrong:
        return
    first, *others = wrong
    told = ", ".join(f"{other.number}" for other in others[:_MOST_TOLD])
    rest = f" and {len(others) - _MOST_TOLD} more" if len(others) > _MOST_TOLD else ""
    also = f" (Lines that need attention after this one: {told}{rest}.)" if others else ""
    raise _unreadable(path, f"line {first.number} {first.why}", first.remedy + also)


def _unreadable(path: Path, why: str, remedy: str) -> CannotOpen:
    return CannotOpen(path.name, why, remedy)
