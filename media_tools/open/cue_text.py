"""What stands in a caption of a SubRip or WebVTT file: its words, when each is heard, at which edge it stands.

WebVTT by its specification, section 6.4, "cue text parsing rules"; SubRip by what players take: HTML's simplest tags
and the place overrides of SubStation, {\\an8}. Colours, slants and weights are the brand's business, so they go.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import groupby

from media_tools.spec.cues import Edge

_VOICE = "v"
_ABOVE = frozenset({"rt", "rp"})  # ruby: a reading over characters that stand in the line themselves, and its brackets
_TAG = re.compile(r"<(/?)([a-zA-Z]++)([^<>]*+)>|<((?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3})>|<[\d:]+(?:[.,]\d*)?>|</?>")
"""A name, or a moment; last what the specification reads over: a moment that is none, and nothing at all."""
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks with which old players were told which way text runs: layout knows by the language."""
_OVERRIDE = re.compile(r"\{\\[^{}]*\}")
_PLACE = re.compile(r"\\an?(\d{1,2})")
_AT_HEAD = frozenset({"7", "8", "9"})  # of \an: the upper row of a keypad
_LINE = re.compile(r"(?:^|\s)line:(-?\d+(?:\.\d+)?)(%?)")
_MIDDLE = 50  # per cent of the height
_LINES = 15  # of a frame, as players set them: 5.33 % of its height each, and what stands between
_DASH = "– "
_SPACES = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a caption's text, and the ms from which it is heard; None where the file does not say it."""

    text: str
    start: int | None


@dataclass(frozen=True, slots=True)
class Payload:
    """A caption without its marks."""

    parts: tuple[Part, ...]
    edge: Edge

    @property
    def text(self) -> str:
        return _on_one_line("".join(part.text for part in self.parts))

    def timed(self, begin: int) -> tuple[Part, ...]:
        """The parts that are words, the first from `begin`; none where the file has no times in the caption."""
        if all(part.start is None for part in self.parts):
            return ()
        heard, at = [], begin
        for part in self.parts:
            at = part.start if part.start is not None else at
            if part.text.strip():
                heard.append(Part(_on_one_line(part.text), at))
        return tuple(Part(_joined(parts), start) for start, parts in groupby(heard, key=lambda part: part.start))


def web_payload(text: str, settings: str) -> Payload:
    """Of a WebVTT cue, whose settings stand behind its times."""
    line = _LINE.search(settings)
    return Payload(tuple(_parts(text)), Edge.TOP if line and _upper(float(line[1]), line[2]) else Edge.BOTTOM)


def subrip_payload(text: str) -> Payload:
    places = [place for override in _OVERRIDE.findall(text) for place in _PLACE.findall(override)]
    edge = Edge.TOP if places and places[0] in _AT_HEAD else Edge.BOTTOM
    return Payload(tuple(_parts(_OVERRIDE.sub("", text))), edge)


def milliseconds(time: str) -> int:
    """Of 01:02.345 or 00:01:02,345."""
    whole, _, rest = time.replace(",", ".").partition(".")
    hours, minutes, seconds = ([0, 0, 0] + [int(part) for part in whole.split(":")])[-3:]
    return 1000 * (3600 * hours + 60 * minutes + seconds) + int(rest.ljust(3, "0"))


def _upper(line: float, unit: str) -> bool:
    """Whether a line is of the upper half: by share, or by lines counted from the head; from the foot below nought."""
    return line < _MIDDLE if unit else 0 <= line < _LINES / 2 or line < -_LINES / 2


def _parts(text: str) -> Iterator[Part]:
    """Text between the marks. Where several people speak, each begins with a dash."""
    several = len({match[3].strip() for match in _TAG.finditer(text) if match[2] == _VOICE and not match[1]}) > 1
    at, start, hidden = 0, None, False
    for match in _TAG.finditer(text):
        if not hidden:
            yield Part(unescape(text[at : match.start()]), start)
        closing, name, _said, moment = match.groups()
        at = match.end()
        if moment:
            start = milliseconds(moment)
        elif name in _ABOVE:
            hidden = not closing
        elif name == "ruby" and closing:
            hidden = False
        elif name == _VOICE and not closing and several:
            yield Part(_DASH, start)
        elif name == "br":
            yield Part(" ", start)
    if not hidden:
        yield Part(unescape(text[at:]), start)


def _on_one_line(text: str) -> str:
    """A no-break space stays: somebody meant it."""
    return _SPACES.sub(" ", _TURNS.sub("", text)).strip(" ")


def _joined(parts: Iterator[Part]) -> str:
    return " ".join(part.text for part in parts)
