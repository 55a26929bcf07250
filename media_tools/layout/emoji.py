"""Parts of a text that are set in other families than the letters round them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_SKIN, _AS_PICTURE, _WITH = "[\U0001f3fb-\U0001f3ff]", "\ufe0f", "\u200d"
_PICTURE = "[\U0001f000-\U0001faff]"
_SIGN = "[©®‼⁉™ℹ↔-↪⌚-⏿Ⓜ▪-➿⤴⤵⬅-⭕〰〽㊗㊙]"  # in type's own shape unless a picture is asked for
_NEXT = f"{_WITH}(?:{_PICTURE}|{_SIGN})(?:{_AS_PICTURE}|{_SKIN})*"
_ONE_EMOJI = (
    "[\U0001f1e6-\U0001f1ff]{2}"  # two letters of a country make its flag
    f"|[0-9#*]{_AS_PICTURE}?\u20e3"
    "|\U0001f3f4[\U000e0030-\U000e007a]+\U000e007f"
    f"|{_PICTURE}(?:{_AS_PICTURE}|{_SKIN})*(?:{_NEXT})*"
    f"|{_SIGN}(?:(?:{_AS_PICTURE}|{_SKIN})+(?:{_NEXT})*|(?:{_NEXT})+)"
)
_EMOJI = re.compile(_ONE_EMOJI)
_EMOJIS = re.compile(f"(?:{_ONE_EMOJI})+")
_FULL_WIDTH = re.compile("[“”‘’…—·]+")  # as wide as an ideograph between ideographs, where a Latin face has them narrow


class Part(NamedTuple):
    text: str
    emoji: bool = False
    full_width: bool = False


def parts(text: str, *, full_width: bool = False) -> Iterator[Part]:
    """`text` cut where emoji begin and end, and in Chinese and Japanese where full-width signs do."""
    start = 0
    for match in _EMOJIS.finditer(text):
        yield from _letters(text[start : match.start()], full_width)
        yield Part(match.group(), emoji=True)
        start = match.end()
    yield from _letters(text[start:], full_width)


def each_emoji(text: str) -> list[str]:
    return _EMOJI.findall(text)


def _letters(text: str, full_width: bool) -> Iterator[Part]:
    start = 0
    for match in _FULL_WIDTH.finditer(text) if full_width else ():
        if match.start() > start:
            yield Part(text[start : match.start()])
        yield Part(match.group(), full_width=True)
        start = match.end()
    if start < len(text):
        yield Part(text[start:])
