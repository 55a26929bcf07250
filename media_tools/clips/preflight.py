"""What is to be said of a clip before it leaves: blocking where a platform or the law would refuse it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from media_tools.clips.captions import Captioner, heard, shown
from media_tools.clips.sound import Sound
from media_tools.clips.source import Cut
from media_tools.clips.story import FPS, Clip
from media_tools.platforms import Placement
from media_tools.spec.cues import Cue, clock
from media_tools.spec.finding import Finding, Level

_NEAR = 0.5  # LU
_LINES = 2
_FASTEST = 17.0  # characters a second that people can read beside a picture: ART.md, section 9
_SHORTEST, _LONGEST = 1.0, 7.0  # seconds of a caption


class Code(StrEnum):
    """Names of findings, which are stored: for ever."""

    CREDIT_MISSING = "credit-missing"
    LICENCE_MISSING = "licence-missing"
    ALT_MISSING = "alt-missing"
    TOO_LONG = "too-long"
    TOO_SHORT = "too-short"
    FILE_TOO_LARGE = "file-too-large"
    LEFT_OUT = "left-out"
    SILENT = "silent"
    LOUDNESS_MISSED = "loudness-missed"
    CAPTIONS_MISSING = "captions-missing"
    CAPTION_OUTSIDE = "caption-outside"
    GLYPH_MISSING = "glyph-missing"
    CAPTION_LONG = "caption-long"
    CAPTION_FAST = "caption-fast"
    CAPTION_TIME = "caption-time"


@dataclass(frozen=True)
class Looked:
    """A finished file and what it was made from."""

    clip: Clip
    piece: Cut
    placement: Placement
    sound: Sound
    target: float
    captioner: Captioner
    seconds: float
    bytes: int
    cardless: str
    """Why the end card is missing, where it was asked for; empty otherwise."""


def findings(looked: Looked) -> tuple[Finding, ...]:
    """Everything there is to say, what blocks first."""
    found = [*_accompanied(looked), *_taken(looked), *_heard(looked), *_read(looked)]
    return tuple(sorted(found, key=lambda finding: finding.level is not Level.BLOCKING))


def _accompanied(looked: Looked) -> Iterator[Finding]:
    footage = looked.clip.footage
    for value, code, what, remedy in (
        (
            footage.credit,
            Code.CREDIT_MISSING,
            "credit. Who made it is not named.",
            "Name who made it, in footage.credit.",
        ),
        (
            footage.licence,
            Code.LICENCE_MISSING,
            "licence.",
            "Say under which terms it may be shown, in footage.licence.",
        ),
        (footage.alt, Code.ALT_MISSING, "alt text. What it shows cannot be heard.", "Describe it, in footage.alt."),
    ):
        if not value:
            yield _blocking(code, f"The footage has no {what}", remedy)


def _taken(looked: Looked) -> Iterator[Finding]:
    """What the platform takes, by the sheet."""
    limits, name = looked.placement.limits, looked.placement.name
    most, least, bytes_ = (limits.get(key) for key in ("max_duration_s", "min_duration_s", "max_file_bytes_video"))
    if isinstance(most, int | float) and looked.seconds > most:
        yield _blocking(
            Code.TOO_LONG, f"The clip lasts {looked.seconds:.1f} s, and {name} takes {most:g} s.", "Cut it shorter."
        )
    if isinstance(least, int | float) and looked.seconds < least:
        yield _blocking(
            Code.TOO_SHORT,
            f"The clip lasts {looked.seconds:.1f} s, and {name} takes {least:g} s or more.",
            "Cut less off.",
        )
    if isinstance(bytes_, int) and looked.bytes > bytes_:
        yield _blocking(
            Code.FILE_TOO_LARGE, f"The file has {looked.bytes / 1e6:.1f} MB, and {name} takes {bytes_ / 1e6:g} MB.",
            "Cut the clip shorter.",
        )  # fmt: skip
    if looked.cardless:
        yield _advisory(Code.LEFT_OUT, f"The end card is left out: {looked.cardless}", "Shorten its words.")


def _heard(looked: Looked) -> Iterator[Finding]:
    sound = looked.sound
    if sound.lufs is None:
        if looked.piece.facts.has_sound:
            yield _advisory(Code.SILENT, "The footage's sound is silence.", "Choose other footage if it should speak.")
        return
    missing = looked.target - sound.lufs
    if abs(missing) > _NEAR:
        yield _advisory(
            Code.LOUDNESS_MISSED,
            f"The sound measures {sound.lufs:.1f} LUFS, and {looked.target:g} is asked for: lifting it by another "
            f"{missing:.1f} would crush its peaks.",
            "Accept it, or even the levels out in a sound program.",
        )


def _read(looked: Looked) -> Iterator[Finding]:
    if looked.sound.lufs is not None and not heard(looked.clip.captions.cues, looked.piece.start, looked.piece.frames):
        yield _advisory(
            Code.CAPTIONS_MISSING, "Nothing of what is said can be read.",
            "Write captions: most people watch without sound, and some cannot hear.",
        )  # fmt: skip
    for number, cue in enumerate(looked.clip.captions.cues, start=1):
        when = shown(cue, looked.piece.start, looked.piece.frames)
        if not when:
            yield _advisory(
                Code.CAPTION_OUTSIDE, f"{_called(number, cue)} falls outside the cut.", "Move it, or take it out."
            )
            continue
        yield from _legible(number, cue, len(when) / FPS, looked.captioner)


def _legible(number: int, cue: Cue, seconds: float, captioner: Captioner) -> Iterator[Finding]:
    called = _called(number, cue)
    lines, speed = captioner.lines(cue.text), len(cue.text) / seconds
    missing = captioner.page.type.missing(captioner.words(cue.text))
    if missing:
        yield _blocking(
            Code.GLYPH_MISSING,
            f"{called} has letters that no font here has: {missing}",
            "Install a font that has them.",
        )
    if lines > _LINES:
        yield _advisory(
            Code.CAPTION_LONG, f"{called} takes {lines} lines, and {_LINES} are read.", "Split or shorten it."
        )
    if speed > _FASTEST:
        yield _advisory(
            Code.CAPTION_FAST, f"{called} has {speed:.0f} letters a second, and {_FASTEST:.0f} can be read.",
            f"Give it {len(cue.text) / _FASTEST - seconds:.1f} s more, or shorten it.",
        )  # fmt: skip
    if not _SHORTEST <= seconds <= _LONGEST:
        yield _advisory(
            Code.CAPTION_TIME, f"{called} stands for {seconds:.1f} s.", f"Give it {_SHORTEST:g} to {_LONGEST:g} s."
        )


def _called(number: int, cue: Cue) -> str:
    return f"Caption {number} at {clock(cue.start)}"


def _blocking(code: Code, message: str, remedy: str) -> Finding:
    return Finding(level=Level.BLOCKING, code=code, message=message, remedy=remedy)


def _advisory(code: Code, message: str, remedy: str) -> Finding:
    return Finding(level=Level.ADVISORY, code=code, message=message, remedy=remedy)
