"""What is said and written in a playlist, as files beside it: captions with times of the whole, and a transcript."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from media_tools.clips.captions import Heard
from media_tools.clips.sidecars import caption_name, subrip, web
from media_tools.clips.story import FPS
from media_tools.errors import CannotOpen
from media_tools.made import write_whole
from media_tools.open.captions import read_captions
from media_tools.spec.cues import Cue

_MOST_BYTES = 1_000_000  # a speech of three hours has some 200 kB


@dataclass(frozen=True, slots=True)
class Spoken:
    """A part's words, and from which picture of the whole on it stands, for how many."""

    title: str
    begin: int
    frames: int
    captions: Path | None
    transcript: Path | None


def write_words(parts: Sequence[Spoken], language: str, name: Path) -> Iterator[Path]:
    """SubRip and WebVTT where anything has captions, and the words alone where there are any; `name` has no ending."""
    cues = [(part, tuple(_cues(part, language))) for part in parts]
    said = [_heard(part, cue) for part, found in cues for cue in found]
    words = "\n\n".join(filter(None, (_transcript(part, found) for part, found in cues)))
    files = {"srt": subrip(said), "vtt": web(said, ())} if said else {}
    for ending, text in {**files, **({"txt": f"{words}\n"} if words else {})}.items():
        path = name.with_name(f"{caption_name(name.name, language)}.{ending}")
        write_whole(path, text.encode())
        yield path


def _cues(part: Spoken, language: str) -> Iterator[Cue]:
    """Those that stand while the part is shown."""
    for cue in read_captions(part.captions, language).cues if part.captions else ():
        if _frame(cue.start) < min(_frame(cue.end), part.frames):
            yield cue


def _heard(part: Spoken, cue: Cue) -> Heard:
    """The cue in the pictures of the whole."""
    when = range(part.begin + _frame(cue.start), part.begin + min(_frame(cue.end), part.frames))
    return Heard(cue, when, tuple((part.begin + _frame(word.start), word.text) for word in cue.words))


def _transcript(part: Spoken, cues: Sequence[Cue]) -> str:
    words = _text(part.transcript) if part.transcript else "\n".join(cue.text for cue in cues)
    return "\n".join(filter(None, (part.title, words))) if words else ""


def _text(path: Path) -> str:
    """Raises CannotOpen."""
    if path.stat().st_size > _MOST_BYTES:
        raise CannotOpen(path.name, "is over 1 MB, so it is no transcript.", "Name the text file itself.")
    try:
        return path.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise CannotOpen(path.name, "is not text in UTF-8.", "Save it as UTF-8.") from error


def _frame(milliseconds: int) -> int:
    return round(milliseconds * FPS / 1000)
