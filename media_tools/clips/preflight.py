"""What is to be said of a clip before it leaves: blocking where a platform or the law would refuse it."""

from collections.abc import Iterator
from dataclasses import dataclass

from media_tools.clips.captions import LINES, Captioner, Heard, heard
from media_tools.clips.codes import Code
from media_tools.clips.quality import called, noticed, read, rules
from media_tools.clips.sound import Sound
from media_tools.clips.source import Cut
from media_tools.clips.story import FPS, Clip
from media_tools.platforms import Placement
from media_tools.spec.finding import Finding, Level
from media_tools.spec.language import Language

_NEAR = 0.5  # LU


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

    @property
    def language(self) -> Language:
        return self.captioner.page.language


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
    said = heard(looked.clip.captions.cues, looked.piece.start, looked.piece.frames)
    if looked.sound.lufs is not None and not said:
        yield _advisory(
            Code.CAPTIONS_MISSING, "Nothing of what is said can be read.",
            "Write captions: most people watch without sound, and some cannot hear.",
        )  # fmt: skip
    standing = {each.cue: each for each in said}
    length = looked.piece.facts.seconds
    told = noticed(looked.clip.captions.cues, looked.language, None if length is None else round(1000 * length))
    placed = [each for each in told if each.finding.code in _PLACES]
    yield from (each.finding for each in placed)
    lost = {each.index for each in placed if each.finding.code == Code.CAPTION_OUTSIDE}
    for index, cue in enumerate(looked.clip.captions.cues):
        if cue in standing:
            yield from _legible(index, standing[cue], looked.captioner)
        elif index not in lost:
            why = f"{called(index, cue.start)} falls outside the cut."
            yield _advisory(Code.CAPTION_OUTSIDE, why, "Move it, or take it out.")


def _legible(index: int, said: Heard, captioner: Captioner) -> Iterator[Finding]:
    """Of a caption as the cut leaves it, in the lines in which it is drawn."""
    name = called(index, said.cue.start)
    missing = captioner.page.type.missing(captioner.words(said.cue.text))
    if missing:
        yield _blocking(
            Code.GLYPH_MISSING,
            f"{name} has letters that no font here has: {missing}",
            "Install a font that has them.",
        )
    lines, parts = captioner.lines(said.cue.text), len(captioner.parts(said.cue.text))
    if lines > LINES:
        shown = f"It shows as {parts}, one after another." if parts > 1 else "It has a word wider than a line."
        yield _advisory(
            Code.CAPTION_LONG, f"{name} takes {lines} lines, and {LINES} are read. {shown}", "Split or shorten it."
        )
    begin, end = (round(1000 * moment / FPS) for moment in (said.when.start, said.when.stop))
    cut = said.cue.model_copy(update={"start": begin, "end": end})
    for finding in read(cut, rules(captioner.page.language)):
        if finding.code != Code.CAPTION_LONG:  # told above, by the frame's own width
            yield finding.model_copy(update={"message": f"{name} {finding.message}"})


_PLACES = frozenset({Code.CAPTION_OUTSIDE, Code.CAPTION_REVERSED, Code.CAPTION_OVERLAPS, Code.CAPTION_GAP})
"""What is so wherever the captions are shown."""


def _blocking(code: Code, message: str, remedy: str) -> Finding:
    return Finding(level=Level.BLOCKING, code=code, message=message, remedy=remedy)


def _advisory(code: Code, message: str, remedy: str) -> Finding:
    return Finding(level=Level.ADVISORY, code=code, message=message, remedy=remedy)
