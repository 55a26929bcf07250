"""The only door for captions: a SubRip or WebVTT file becomes cues, or a sentence that names the line.

WebVTT is taken apart by webvtt-py, which keeps to its specification; it leaves out what is wrong without a word, so
every line with an arrow is looked at first. SubRip has no specification, and the readers that there are lose a number
that ends a caption, so its few rules stand here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import webvtt
from pydantic import ValidationError

from media_tools.errors import CannotOpen
from media_tools.open.cue_text import Payload, milliseconds, subrip_payload, web_payload
from media_tools.open.document import problems
from media_tools.open.encoding import CannotDecode, decode
from media_tools.spec.cues import MOST_CUES, Cue, CueList, Word, clock
from media_tools.spec.language import Language

_MOST_BYTES = 5_000_000  # a three-hour speech has some 300 kB
_MOST_TOLD = 10  # further lines that are named
_ARROW = "-->"
_HEAD = "WEBVTT"
_TIME = r"((?:\d{1,3}:)?[0-5]?\d:[0-5]?\d[.,]\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*{_ARROW}\s*{_TIME}(?:\s+(.*))?")
_NUMBER = re.compile(r"\s*\d+\s*")


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
    times = _times(path, lines)
    if not times:
        raise _unreadable(path, "holds no captions.", "Choose an .srt or .vtt file.")
    if len(times) > MOST_CUES:
        raise _unreadable(path, f"holds {len(times)} captions, and we take {MOST_CUES}.", "Cut the file in two.")
    payloads = _of_web(path, lines, times) if lines[0].startswith(_HEAD) else _of_subrip(lines, times)
    return Read(CueList(cues=_in_order(path, times, payloads)), assumed)


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


def _times(path: Path, lines: Sequence[str]) -> list[_Line]:
    found, wrong = [], []
    for number, line in enumerate(lines, start=1):
        if _ARROW not in line:
            continue
        match = _TIMES.fullmatch(line)
        if match is None:
            why = f"has no two times: {line.strip()[:60]}"
            wrong.append(_Wrong(number, why, "Write it as 00:00:01.000 --> 00:00:02.500."))
        else:
            found.append(_Line(number, match[1], match[2], match[3] or ""))
    _refuse(path, wrong)
    return found


def _of_web(path: Path, lines: Sequence[str], times: Sequence[_Line]) -> Iterator[Payload]:
    """By webvtt-py, whose times are to be written in full."""
    written = list(lines)
    for line in times:
        start, end = (clock(milliseconds(time)) for time in (line.start, line.end))
        written[line.number - 1] = f"{start} {_ARROW} {end} {line.settings}"
    captions = webvtt.from_string("\n".join(written)).captions
    if len(captions) != len(times):
        raise _unreadable(path, "has captions that run into one another.", "Put an empty line between two captions.")
    for line, caption in zip(times, captions, strict=True):
        yield web_payload(caption.raw_text, line.settings)


def _of_subrip(lines: Sequence[str], times: Sequence[_Line]) -> Iterator[Payload]:
    """All lines up to the next times, less the number that stands before those."""
    ends = [*(line.number - 1 for line in times[1:]), len(lines)]
    for line, end in zip(times, ends, strict=True):
        inner = list(lines[line.number : end])
        if end < len(lines) and inner and _NUMBER.fullmatch(inner[-1]):
            inner.pop()
        yield subrip_payload("\n".join(inner))


def _in_order(path: Path, times: Sequence[_Line], payloads: Iterator[Payload]) -> tuple[Cue, ...]:
    cues: list[Cue] = []
    wrong = []
    for line, payload in zip(times, payloads, strict=True):
        cue = _cue(line, payload)
        if isinstance(cue, _Wrong):
            wrong.append(cue)
        elif cues and cue.start < cues[-1].end:
            earlier = f"before the caption above it ends at {clock(cues[-1].end)}."
            wrong.append(_Wrong(line.number, f"begins at {clock(cue.start)}, {earlier}", "Move one of the two."))
        else:
            cues.append(cue)
    _refuse(path, wrong)
    return tuple(cues)


def _cue(line: _Line, payload: Payload) -> Cue | _Wrong:
    start, end = milliseconds(line.start), milliseconds(line.end)
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
