"""What is to be said of a clip before it leaves: blocking where a platform or the law would refuse it."""

from collections.abc import Iterator
from dataclasses import dataclass

from media_tools.clips.captions import LINES, Captioner, Heard, heard
from media_tools.clips.codes import Code
from media_tools.clips.lower_thirds import lay_out, words
from media_tools.clips.quality import called, noticed, read, rules
from media_tools.clips.sound import MOST_PEAK, Sound
from media_tools.clips.source import Cut
from media_tools.clips.story import FPS, Clip
from media_tools.errors import DoesNotFit
from media_tools.platforms import Placement
from media_tools.spec.finding import Finding, Level
from media_tools.spec.language import Language

_NEAR = 0.5  # LU
_TAKEN_IN = 2.0  # seconds: a name and a role that go sooner are not read
_WELL_READ = 3.5  # seconds: ART.md, section 10, Lower third


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
    untitled: str = ""
    """The same of the title card."""
    wordless: str = ""
    """The same of the words over the thumbnail."""
    kbps: int = 0
    """To how many kbit/s the pictures were held for the sake of the file's size; 0: to none."""

    @property
    def language(self) -> Language:
        return self.captioner.page.language


def findings(looked: Looked) -> tuple[Finding, ...]:
    """Everything there is to say, what blocks first."""
    found = [
        *_accompanied(looked),
        *taken(looked.placement, looked.seconds, looked.bytes),
        *_held(looked),
        *_carded(looked),
        *_heard(looked),
        *_read(looked),
        *_named(looked),
    ]
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
    yield from _music_accompanied(looked)


def _music_accompanied(looked: Looked) -> Iterator[Finding]:
    music = looked.clip.music
    if music and not music.credit:
        why = "The music has no credit. Who made it is not named."
        yield _blocking(Code.CREDIT_MISSING, why, "Name who made it, in music.credit.")
    if music and not music.licence:
        remedy = "Say under which terms it may be published, in music.licence."
        yield _blocking(Code.LICENCE_MISSING, "The music has no licence.", remedy)


def taken(placement: Placement, seconds: float, size: int) -> Iterator[Finding]:
    """Where a clip of so many seconds and bytes is not what the platform takes, by the sheet."""
    limits, name = placement.limits, placement.name
    most, least, bytes_ = (limits.get(key) for key in ("max_duration_s", "min_duration_s", "max_file_bytes_video"))
    if isinstance(most, int | float) and seconds > most:
        yield _blocking(
            Code.TOO_LONG, f"The clip lasts {seconds:.1f} s, and {name} takes {most:g} s.", "Cut it shorter."
        )
    if isinstance(least, int | float) and seconds < least:
        yield _blocking(
            Code.TOO_SHORT,
            f"The clip lasts {seconds:.1f} s, and {name} takes {least:g} s or more.",
            "Cut less off.",
        )
    if isinstance(bytes_, int) and size > bytes_:
        yield _blocking(
            Code.FILE_TOO_LARGE, f"The file has {size / 1e6:.1f} MB, and {name} takes {bytes_ / 1e6:g} MB.",
            "Cut the clip shorter.",
        )  # fmt: skip


def _held(looked: Looked) -> Iterator[Finding]:
    if looked.kbps:
        why = f"The pictures are held to {looked.kbps} kbit/s, so that {looked.placement.name} takes the file."
        yield _advisory(Code.CODED_SMALLER, why, "Look at what moves; cut the clip shorter for better pictures.")


def _carded(looked: Looked) -> Iterator[Finding]:
    if looked.cardless:
        yield left_out(looked.cardless)
    if looked.untitled:  # its time is there, and would be empty
        why = f"The title card has no room for the title: {looked.untitled}"
        yield _blocking(Code.LEFT_OUT, why, "Shorten the title, or take the title card out.")
    elif looked.wordless:
        why = f"The thumbnail has no room for its words: {looked.wordless}"
        yield _advisory(Code.LEFT_OUT, why, "Give it fewer, in thumbnail.title.")


def left_out(why: str) -> Finding:
    """What is said of a film whose end card had no room."""
    return _advisory(Code.LEFT_OUT, f"The end card is left out: {why}", "Shorten its words.")


def _heard(looked: Looked) -> Iterator[Finding]:
    sound = looked.sound
    if looked.piece.facts.has_sound and not sound.footage_heard:
        yield _advisory(Code.SILENT, "The footage's sound is silence.", "Choose other footage if it should speak.")
    if looked.clip.music and not sound.music_heard:
        yield _advisory(Code.SILENT, "The music is silence.", "Begin at another second of it, or choose other music.")
    if sound.lufs is None or sound.peak is None:
        return
    missing = looked.target - sound.lufs
    if abs(missing) > _NEAR:
        yield _advisory(
            Code.LOUDNESS_MISSED,
            f"The sound measures {sound.lufs:.1f} LUFS, and {looked.target:g} is asked for: lifting it by another "
            f"{missing:.1f} would crush its peaks.",
            "Accept it, or even the levels out in a sound program.",
        )
    if sound.peak > MOST_PEAK:
        yield _advisory(
            Code.PEAK_MISSED,
            f"The sound's peaks reach {sound.peak:.1f} dBTP, {sound.peak - MOST_PEAK:.1f} over the {MOST_PEAK:g} "
            "that are allowed.",
            "Accept it, or even the levels out in a sound program.",
        )


def _read(looked: Looked) -> Iterator[Finding]:
    said = heard(looked.clip.captions.cues, looked.piece.time)
    if looked.piece.facts.has_sound and looked.sound.footage_heard and not said:
        yield _advisory(
            Code.CAPTIONS_MISSING, "Nothing of what is said can be read.",
            "Write captions: most people watch without sound, and some cannot hear.",
        )  # fmt: skip
    standing = {each.cue: each for each in sorted(said, key=lambda each: -len(each.when))}  # of parts, the shortest
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


def _named(looked: Looked) -> Iterator[Finding]:
    """Of lower thirds, as the cut leaves them and in the frame in which they are drawn."""
    page, time = looked.captioner.page, looked.piece.time
    for third in looked.clip.lower_thirds:
        name = f"The lower third of {third.name}"
        when = min(time.shown(third.start, third.end), key=len, default=range(0))  # of parts, the shortest
        if not when:
            yield _advisory(Code.LOWER_THIRD_OUTSIDE, f"{name} falls outside the cut.", "Move it, or take it out.")
            continue
        missing = {letter for text in words(third, page) for letter in page.type.missing(text)}
        if missing:
            why = f"{name} has letters that no font here has: {', '.join(sorted(missing))}"
            yield _blocking(Code.GLYPH_MISSING, why, "Install a font that has them.")
        seconds = len(when) / FPS
        if seconds < _TAKEN_IN:
            why = f"{name} stands for {seconds:.1f} s, and nobody reads it in less than {_TAKEN_IN:g}."
            yield _advisory(Code.LOWER_THIRD_SHORT, why, f"Give it {_WELL_READ:g} s or more.")
        try:
            lay_out(third, page)
        except DoesNotFit as problem:
            yield _advisory(Code.LEFT_OUT, f"{name} is left out: {problem.why}", "Shorten the name or the role.")


_PLACES = frozenset({Code.CAPTION_OUTSIDE, Code.CAPTION_REVERSED, Code.CAPTION_OVERLAPS, Code.CAPTION_GAP})
"""What is so wherever the captions are shown."""


def _blocking(code: Code, message: str, remedy: str) -> Finding:
    return Finding(level=Level.BLOCKING, code=code, message=message, remedy=remedy)


def _advisory(code: Code, message: str, remedy: str) -> Finding:
    return Finding(level=Level.ADVISORY, code=code, message=message, remedy=remedy)
