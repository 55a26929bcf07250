"""The only door for captions: a SubRip or WebVTT file becomes cues, or a sentence that names the line."""

import re
import warnings
from html import unescape
from pathlib import Path

import pysubs2
from pydantic import ValidationError

from media_tools.errors import CannotOpen
from media_tools.spec.cues import MOST_CUES, Cue, CueList, clock

_MOST_BYTES = 5_000_000  # a three-hour speech has some 300 kB
_ARROW = "-->"
_TIME = r"(?:\d{1,3}:)?[0-5]?\d:[0-5]?\d[.,]\d{1,3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*{_ARROW}\s*{_TIME}(\s.*)?")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<\d[\d:.]*>")
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read_captions(path: Path) -> CueList:
    """Cues in order, as plain words. Raises CannotOpen with the number of the line that stands in the way."""
    text = _decoded(path).replace("\r\n", "\n").replace("\r", "\n")
    kind = "vtt" if text.startswith("WEBVTT") else "srt"
    places = [number for number, line in enumerate(text.split("\n"), start=1) if _ARROW in line]
    if not places:
        raise _unreadable(path, "holds no captions.", "Choose an .srt or .vtt file.")
    _check_times(path, text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of times inside words, which are karaoke's; broken ones were told above
        events = [event for event in pysubs2.SSAFile.from_string(text, format_=kind) if not event.is_comment]
    if len(events) != len(places):
        raise _unreadable(path, "has captions that run into one another.", "Put an empty line between two captions.")
    if len(events) > MOST_CUES:
        raise _unreadable(path, f"holds {len(events)} captions, and we take {MOST_CUES}.", "Cut the file in two.")
    cues = tuple(_cue(path, line, event) for line, event in zip(places, events, strict=True))
    for line, before, after in zip(places[1:], cues, cues[1:], strict=False):
        if after.start < before.end:
            raise _at(
                path, line, f"begins at {clock(after.start)}, before the caption above it ends at {clock(before.end)}.",
                "Move one of the two.",
            )  # fmt: skip
    return CueList(cues=cues)


def _decoded(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _unreadable(path, "is over 5 MB, so it is no captions file.", "Choose an .srt or .vtt file.")
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(
            path, f"cannot be read ({error.strerror}).", "Correct the path, or upload it again."
        ) from error
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _at(path, line, f"is not in {encoding.upper()}.", "Save the file as UTF-8.") from error


def _check_times(path: Path, text: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if _ARROW in line and not _TIMES.fullmatch(line):
            raise _at(
                path, number, f"has no two times: {line.strip()[:60]}", "Write it as 00:00:01.000 --> 00:00:02.500."
            )


def _cue(path: Path, line: int, event: pysubs2.SSAEvent) -> Cue:
    words = unescape(_TAG.sub("", event.plaintext)).strip()
    if not words:
        raise _at(path, line, "is followed by no words.", "Write them, or take the caption out.")
    try:
        return Cue(start=event.start, end=event.end, text=words)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        why, _, remedy = str(first.get("ctx", {}).get("error", first["msg"])).partition(". ")
        raise _at(path, line, f"{why.removesuffix('.')}.", remedy or "Correct it.") from error


def _at(path: Path, line: int, why: str, remedy: str) -> CannotOpen:
    return CannotOpen(path.name, f"line {line} {why}", remedy)


def _unreadable(path: Path, why: str, remedy: str) -> CannotOpen:
    return CannotOpen(path.name, why, remedy)
