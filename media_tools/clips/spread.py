"""A text without times becomes captions: parted where people pause, and spread evenly over what is spoken."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from media_tools.clips.quality import Rules, rules
from media_tools.clips.source import cut
from media_tools.clips.speech import Span, speech_in
from media_tools.clips.story import Clip
from media_tools.errors import CannotOpen, InvalidInput
from media_tools.layout.breaks import pieces
from media_tools.open.encoding import CannotDecode, decode
from media_tools.open.folder import inside
from media_tools.spec.cues import LONGEST_CUE, MOST_CUES, Cue, CueList
from media_tools.spec.language import Language, Parting

_MOST_BYTES = 1_000_000
_SENTENCE = re.compile(r"[.!?…؟۔።]+[\"'”’»)\]]*\s+(?![\da-zà-ÿ])|[。！？]+[」』）”’]*|[।॥။។៕]+[”’»)]*\s*")
"""How one ends, in the signs of all scripts that have any; before a small letter or a digit, a full stop ends none."""
_CLAUSE = frozenset(",;:—–،؛、，；：၊፣")
_DRAWN_TO_CLAUSE = 0.2  # of the most that stands in a caption: so far from an even part may a comma be
_SNAP = 400  # ms: a caption that ends so near to a pause ends with it
_LEAST = 100  # ms of a caption: with less the text is no text of this speech


def text_captions(path: Path, clip: Clip, folder: Path, report: Callable[[float], None]) -> CueList:
    """The words of a text file, at times at which somebody speaks in the clip's footage, which lies in `folder`.

    Raises CannotOpen for either file and InvalidInput for a text that does not fit the speech.
    """
    text = _text_of(path, Language.parse(clip.language))
    piece = cut(clip.footage, inside(folder, clip.footage.path), lambda: report(0.0))
    with TemporaryDirectory() as beside:
        return spread(text, speech_in(piece, Path(beside), report), Language.parse(clip.language))


def spread(text: str, speech: Sequence[Span], language: Language) -> CueList:
    """Captions of a text, each for as long as its share of the letters. Raises InvalidInput."""
    kept = rules(language)
    parts = list(parted(text, kept, language))
    spoken = sum(span.length for span in speech)
    if not parts:
        raise InvalidInput("captions", "has no words.", "Write what is said.")
    if len(parts) > MOST_CUES:
        raise InvalidInput("captions", f"makes {len(parts)} captions, and we take {MOST_CUES}.", "Cut the text in two.")
    if not speech:
        raise InvalidInput(
            "captions", "has words, and nobody speaks in the footage.", "Give their times in an SRT file."
        )
    if spoken < _LEAST * len(parts):
        why = f"makes {len(parts)} captions, and the footage has {spoken / 1000:.1f} s of speech."
        raise InvalidInput("captions", why, "Shorten the text, or choose more of the footage.")
    ends = _snapped([spoken * share for share in _shares(parts, kept)], speech)
    times = [
        (_moment(begin, speech, after=True), _moment(end, speech, after=False))
        for begin, end in pairwise([0, *ends])
    ]  # fmt: skip
    nexts = [*(begin for begin, _end in times[1:]), times[-1][1]]
    shortest = round(1000 * kept.shortest)
    return CueList(
        cues=tuple(
            Cue(start=begin, end=max(end, min(begin + shortest, following)), text=part)
            for part, (begin, end), following in zip(parts, times, nexts, strict=True)
        )
    )


def parted(text: str, kept: Rules, language: Language) -> Iterator[str]:
    """Sentences, those that are too long for one caption in even parts. Raises InvalidInput where one has no place."""
    for line in text.splitlines():
        ends = [*(match.end() for match in _SENTENCE.finditer(line)), len(line)]
        for start, end in pairwise([0, *ends]):
            words = " ".join(line[start:end].split())
            if words:
                yield from _even(words, kept, language)


def _even(sentence: str, kept: Rules, language: Language) -> Iterator[str]:
    room = kept.line * kept.lines
    count = ceil(kept.length(sentence) / room)
    places = _places(sentence, language)
    starts = [0]
    for number in range(1, count):
        target = number * kept.length(sentence) / count
        later = [place for place in places if starts[-1] < place.at < len(sentence)]
        if not later:
            break
        starts.append(min(later, key=lambda place: _distance(sentence, place, target, kept)).at)
    for start, end in pairwise([*starts, len(sentence)]):
        part = sentence[start:end].strip()
        if len(part) > LONGEST_CUE:
            why = f"has {len(part)} characters in a row that nothing parts: {part[:20]}…"
            raise InvalidInput("captions", why, "Begin a new line where a caption may end.")
        yield part


class _Place(NamedTuple):
    """Where a caption may begin, and what it costs to begin there, as lines count it."""

    at: int
    cost: float


def _distance(sentence: str, place: _Place, target: float, kept: Rules) -> float:
    """From an even part, less where a phrase ends and more where words belong together."""
    ends_clause = sentence[: place.at].rstrip()[-1:] in _CLAUSE
    away = abs(kept.length(sentence[: place.at]) - target)
    return away + (place.cost - _DRAWN_TO_CLAUSE * ends_clause) * kept.line * kept.lines


def _places(sentence: str, language: Language) -> list[_Place]:
    """Between words; where no space parts those, between phrases."""
    if language.script.parting is Parting.DICTIONARY:
        return [_Place(match.end(), 0) for match in re.finditer(r"[ \u200b]+", sentence)]
    parts = pieces(sentence, language)
    reached = accumulate(len(part.text) + len(part.space) for part in parts)
    return [_Place(at, part.cost) for at, part in zip(reached, parts, strict=True)]


def _shares(parts: Sequence[str], kept: Rules) -> list[float]:
    """Of all letters, those up to the end of each part."""
    reached = list(accumulate(kept.length(part) for part in parts))
    return [end / reached[-1] for end in reached]


def _snapped(ends: Sequence[float], speech: Sequence[Span]) -> list[int]:
    """Ends in ms of speech alone, moved to pauses that are near, each after the one before it."""
    pauses = list(accumulate(span.length for span in speech))
    snapped: list[int] = []
    for number, end in enumerate(ends):
        nearest = min(pauses, key=lambda pause: abs(pause - end))
        earliest = (snapped[-1] if snapped else 0) + 1
        latest = pauses[-1] - (len(ends) - 1 - number)
        moved = nearest if abs(nearest - end) <= _SNAP and earliest <= nearest <= latest else round(end)
        snapped.append(max(earliest, min(moved, latest)))
    return snapped


def _moment(heard: int, speech: Sequence[Span], *, after: bool) -> int:
    """Ms of the file at which so much has been spoken; at a pause, its end where something begins `after` it."""
    left = heard
    for span in speech[:-1]:
        if left < span.length or (left == span.length and not after):
            return span.begin + left
        left -= span.length
    return speech[-1].begin + left


def _text_of(path: Path, language: Language) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise CannotOpen(path.name, "is over 1 MB, so it is no speech.", "Choose a file of plain text.")
        return decode(path.read_bytes(), language).text
    except OSError as error:
        raise CannotOpen(path.name, f"cannot be read ({error.strerror}).", "Correct the path.") from error
    except CannotDecode as error:
        why = " ".join(filter(None, (f"line {error.line} is not in {error.encoding}.", error.why)))
        raise CannotOpen(path.name, why, "Save the file as UTF-8.") from error
