"""Captions as files beside a clip, with times of the film rather than of the footage."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import pysubs2
import webvtt
from babel.core import get_global

from media_tools.clips.captions import Heard, heard, meet
from media_tools.clips.source import Cut
from media_tools.clips.story import FPS, Clip
from media_tools.made import write_whole
from media_tools.spec.cues import Edge, bare, clock
from media_tools.spec.language import Language

_AT_HEAD = "line:0"
_LOCALES = {"ar": "ar_AR"}
"""Where Facebook's list of locales has another region than CLDR finds likely: all of Arabic has one of its own."""


def caption_name(name: str, language: str) -> str:
    """What captions are called but for their ending: clip.en_US, as Facebook demands of `.srt`.

    Its help: filename.[language code]_[country code].srt; see facebook.feed in platforms.toml. YouTube, LinkedIn and X
    ask for the language when a file is uploaded, whatever it is called.
    """
    return f"{name}.{_locale(Language.parse(language))}"


def write_sidecars(clip: Clip, piece: Cut, name: Path, moved: Sequence[range] = ()) -> Iterator[Path]:
    """SubRip, WebVTT and the words alone, as `name` with language and ending; nothing for a clip without captions.

    In the frames of `moved` something stands at the foot of the picture, so captions are told to stand at its head.
    """
    said = heard(clip.captions.cues, piece.time)
    if not said:
        return
    stem = caption_name(name.name, clip.language)
    words = "\n".join(each.cue.text for each in said) + "\n"
    for ending, text in (("srt", subrip(said)), ("vtt", web(said, moved)), ("txt", words)):
        path = name.with_name(f"{stem}.{ending}")
        write_whole(path, text.encode())
        yield path


def subrip(said: Sequence[Heard]) -> str:
    """Times and words: what stands besides them in a file is shown by some players as it is written."""
    file = pysubs2.SSAFile()
    for each in said:
        event = pysubs2.SSAEvent(start=_moment(each.when.start), end=_moment(each.when.stop))
        event.plaintext = each.cue.text
        file.append(event)
    return file.to_string("srt")


def web(said: Sequence[Heard], moved: Sequence[range]) -> str:
    """With the words' times and, for what does not stand at the foot, its place."""
    file = webvtt.WebVTT()
    for each in said:
        at_head = each.cue.edge is Edge.TOP or any(meet(each.when, other) for other in moved)
        start, end = (clock(_moment(frame)) for frame in (each.when.start, each.when.stop))
        file.captions.append(webvtt.Caption(start, end, _timed(each), settings=_AT_HEAD if at_head else ""))
    return f"{file.content}\n"


def _timed(said: Heard) -> str:
    """The text with a time before each word but those that come with the caption itself."""
    text, told, at = said.cue.text, "", 0
    for frame, word in said.spoken:
        end = _end_of(text, at, len(bare(word)))
        inner = frame > said.when.start and frame < said.when.stop
        told += (f"<{clock(_moment(frame))}>" if inner else "") + escape(text[at:end], quote=False)
        at = end
    return told + escape(text[at:], quote=False)


def _end_of(text: str, start: int, letters: int) -> int:
    """Where `letters` from `start` on, and the spaces after them, end."""
    place = start
    while place < len(text) and (letters or text[place].isspace()):
        letters -= not text[place].isspace()
        place += 1
    return place


def _moment(frame: int) -> int:
    return round(frame * 1000 / FPS)


def _locale(language: Language) -> str:
    """Language and region: vi_VN for vi. Where the tag has no region, the one that CLDR finds likely."""
    if language.base in _LOCALES:
        return _LOCALES[language.base]
    likely = get_global("likely_subtags")
    full = likely.get(f"{language.base}_{language.writing}") or likely.get(language.base) or language.base
    territory = language.cldr.territory or str(full).rpartition("_")[2]
    return f"{language.base}_{territory}"
