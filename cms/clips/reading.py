"""What a caption's row says of itself: in a page as it comes, and as data for the script that follows what is typed.

The limits are the library's, and so are the faults; the words are this person's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.clips.moments import written
from media_tools.clips.quality import SLACK, Fault, Noticed, blocks, full_width, noticed, rules
from media_tools.spec.language import Language

_SPEED = _("Letters a second: %(speed)s")
_SENTENCES = {
    Fault.FAST: _(
        "Too fast: at most %(most)s letters a second. Give it %(more)s s more, or shorten it by %(surplus)s."
    ),
    Fault.LONG: _("Too long: %(room)s letters stand on %(lines)s lines. Split it, or shorten it by %(surplus)s."),
    Fault.BRIEF: _("Too brief: give it at least %(shortest)s s."),
    Fault.LASTING: _("Stands too long: at most %(longest)s s. Split it, or end it earlier."),
    Fault.REVERSED: _("Ends before it begins. Give it a later end."),
    Fault.OVERLAPS: _("Begins before the one above ends, at %(at)s. Move one of the two."),
    Fault.AFTER: _("Begins after the footage has ended, at %(at)s. Move it, or take it out."),
    Fault.BEYOND: _("Goes on after the footage has ended, at %(at)s. End it earlier."),
    Fault.GAP: _("Flickers: %(gap)s ms after the one above. Leave %(least)s ms, or none."),
}
_UNSPACED = frozenset({"Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr"})
"""Scripts that do not write a space between words."""
_CLOSE = frozenset({"Hans", "Hant", "Jpan"})
"""Those that write none between sentences either."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A row whose times can be read."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is wrong with a row."""

    words: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """How one row reads."""

    speed: str = ""
    faults: tuple[Said, ...] = ()


def readings(cues: Sequence[Timed], language: str, length: int | None) -> list[Reading]:
    """Of each caption. `length` is the footage's, in ms, where it is known."""
    spoken = Language.parse(language)
    faults: dict[int, list[Said]] = {}
    for each in noticed(cues, spoken, length):
        faults.setdefault(each.index, []).append(Said(_words(each), blocks(each.fault)))
    kept = rules(spoken)
    return [
        Reading(_speed(kept.length(cue.text), cue.end - cue.start), tuple(faults.get(index, ())))
        for index, cue in enumerate(cues)
    ]


def for_the_script(language: str, length: int | None) -> dict[str, Any]:
    """Limits and sentences, so that a page has them from one place alone."""
    spoken = Language.parse(language)
    kept = rules(spoken)
    return {
        **kept.model_dump(include={"line", "lines", "speed", "shortest", "longest", "gap"}),
        "wide": full_width() if kept.half else None,
        "slack": SLACK,
        "length": length,
        "joint": "" if spoken.writing in _CLOSE else " ",
        "unspaced": spoken.writing in _UNSPACED,
        "said": str(_SPEED),
        "sentences": {fault: str(words) for fault, words in _SENTENCES.items()},
        "blocking": [fault for fault in Fault if blocks(fault)],
    }


def _speed(letters: float, ms: int) -> str:
    return str(_SPEED) % {"speed": _rounded(1000 * letters / ms)} if ms > 0 and letters else ""


def _words(each: Noticed) -> str:
    return str(_SENTENCES[each.fault]) % dict(_told(each.values))


def _told(values: Mapping[str, float]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        match name:
            case "at":
                yield name, written(int(value))
            case "more":
                yield name, f"{value:.1f}"
            case "speed":
                yield name, str(_rounded(value))
            case _:
                yield name, f"{value:g}"


def _rounded(value: float) -> int:
    """Halves go up, as in the script."""
    return floor(value + 0.5)
