"""Where a line must not end, and where it had better not.

Skia breaks lines by ICU's rules for all languages at once. `unbroken` tells it those of one language by no-break spaces
and joiners. `pieces` parts a text that we divide into lines ourselves, and says what a line costs that ends there.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from media_tools.layout.leaning import LEANING, Leaning, leaning, units
from media_tools.spec.language import Language, Parting

_NO_BREAK, _NARROW, JOINER = "\u00a0", "\u202f", "\u2060"
_HYPHEN = 0.3  # in squared shares of the width, as every cost is
_INSIDE, _FORM, _COMPOUND = 0.3, 0.15, 0.1  # in Japanese: of a loan word, before an ending, between ideographs

_HIRAGANA, _KATAKANA = "\u3041-\u309f", "\u30a0-\u30ff\u31f0-\u31ff"
_IDEOGRAPHS = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_EAST_ASIAN = f"{_HIRAGANA}{_KATAKANA}{_IDEOGRAPHS}"
_UNSPACED = f"{_EAST_ASIAN}\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai and Lao, Burmese, Khmer
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿーｧ-ｰ"
_LARGE = frozenset("万萬億亿兆")
_PARTICLES = frozenset("のはがをにでとも")
_STOPS = frozenset("、。，．：；？！,.:;?!")
_UNLED = re.compile(
    f"[{_SMALL_KANA}々ゝゞヽヾ、。，．・：；？！」』）》〉】〕］｝”’…‥—―～〜％℃)\\]}},.:;?!%‰°\"'\\s{JOINER}]"
)
_UNFOLLOWED = re.compile(f"[「『（《〈【〔［｛“‘(\\[{{\"'\\s{JOINER}]")
_WIDE = re.compile(f"[{_EAST_ASIAN}、。，．・：；？！」』）》〉】〕］｝「『（《〈【〔［｛“”‘’…—]")
_ONE_EM = re.compile(f"[{_EAST_ASIAN}]")
_ONE_LETTER_WORDS = frozenset({"be", "bg", "cs", "mk", "pl", "ru", "sk", "uk"})


class Piece(NamedTuple):
    """A part of a text that stays on one line."""

    text: str
    space: str
    """What stands between it and the next on the same line."""
    cost: float
    """What a line costs that ends with it."""


def unbroken(text: str, language: str) -> str:
    """`text` with joiners and no-break spaces where a line must not end, by the rules of the language's tag."""
    base = language.partition("-")[0]
    text = _spaced(text, base)
    for place in (*_JOINTS, _HANJA) if base == "ko" else _JOINTS:
        text = place.sub(JOINER, text)
    return text


def pieces(text: str, language: Language) -> list[Piece]:
    """The parts of `text` between which a line may end; the whole where only a dictionary knows them."""
    spaced = _spaced(text, language.base)
    match language.script.parting:
        case Parting.WORDS:
            return _words(text, spaced, leaning(language.base))
        case Parting.CHARACTERS:
            return _characters(text, spaced, leaning(language.base))
        case Parting.DICTIONARY:
            return [Piece(text, "", 0)]


def as_wide(text: str) -> str:
    """A text as wide as this one, for Chinese and Japanese signs share one width: few texts are then to be measured."""
    return _ONE_EM.sub("国", text)


def _spaced(text: str, language: str) -> str:
    """`text` with no-break spaces for spaces, each in its place."""
    if " " not in text:
        return text
    for place, space in _rules(language):
        text = place.sub(space, text)
    return text


@cache
def _rules(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Which space of a text becomes which other, in a language."""
    unit = "|".join(re.escape(unit) for unit in sorted(units(), key=len, reverse=True))
    rules = [
        (rf"(?<=\d) (?=(?:{unit})(?![\w’'/]))", _NO_BREAK),
        (r"(?<=\d) (?=\d{3}(?!\d))", _NO_BREAK),
        (rf"(?<=\d) (?=[{_UNSPACED}])", _NO_BREAK),
        (r"(?<=[$€£¥₫₹₽₺₩№§]) (?=\d)", _NO_BREAK),
        (r"(?<=\b[nN][°ºo]) (?=\d)", _NO_BREAK),
        (r"(?<=\b(?:No|no|Nr|nr|Ст|ст)\.) (?=\d)", _NO_BREAK),
    ]
    if language == "fr":
        rules += [(" (?=[;!?])", _NARROW), (" (?=[:»])|(?<=«) ", _NO_BREAK)]
    if language in _ONE_LETTER_WORDS:
        rules.append((r"(?:(?<=^[^\W\d_])|(?<=[\s(«„“\"][^\W\d_])) (?=\S)", _NO_BREAK))
    return tuple((re.compile(place), space) for place, space in rules)


_JOINTS = tuple(
    re.compile(place)
    for place in (
        r"(?<=\d)(?=[–-]\d)|(?<=\d[–-])(?=\d)",
        rf"(?<=[^\s{JOINER}])(?=[{_SMALL_KANA}])",  # which ICU lets begin a line, and strict rules do not
        rf"(?<=\d)(?=[{_EAST_ASIAN}])|(?<=\d[万萬億亿兆])(?=[{_EAST_ASIAN}])|(?<=第)(?=\d)",
        rf"(?<=[{_EAST_ASIAN}])(?=[{_EAST_ASIAN}][^\w\s{JOINER}]*$)",  # no character stands alone on the last line
        rf"(?<=[{_HANGUL}])(?=[\w(\[“‘「『《〈·%])|(?<=[\w)\]”’」』》〉])(?=[{_HANGUL}])",
    )
)
"""The places for joiners. A Korean line ends at spaces only."""
_HANJA = re.compile(rf"(?<=[{_IDEOGRAPHS}])(?=[{_IDEOGRAPHS}])")

_WORD_END = re.compile(r" +|(?<=[^\W\d_][-‐–—/])(?=[^\W\d_])|(?<=\w፡)(?=\w)")


def _words(text: str, spaced: str, leaning: Leaning) -> list[Piece]:
    spans = [match.span() for match in _WORD_END.finditer(spaced) if match.start() > 0 and match.end() < len(text)]
    starts, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)]
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    found = [
        Piece(words[index], text[start:end], leaning.cost(words, index) if end > start else _cost_inside(words[index]))
        for index, (start, end) in enumerate(spans)
    ]
    return [*found, Piece(words[-1], "", 0)]


def _cost_inside(part: str) -> float:
    """Of a break in a word: dear after a hyphen, none where words are parted by a sign and no space."""
    return 0 if part[-1] in "፡—" else _HYPHEN


def _characters(text: str, spaced: str, leaning: Leaning) -> list[Piece]:
    found, start = [], 0
    for place in range(1, len(text)):
        if spaced[place] == " ":
            found.append(Piece(text[start:place], " ", 0))
            start = place + 1
        elif start < place and _may_end(spaced, place):
            found.append(Piece(text[start:place], "", _character_cost(spaced, place, leaning)))
            start = place
    return [*found, Piece(text[start:], "", 0)]


def _may_end(text: str, place: int) -> bool:
    """Whether a line may end before `text[place]`, by the strict rules of Chinese and Japanese."""
    before, after = text[place - 1], text[place]
    if _UNLED.match(after) or _UNFOLLOWED.match(before) or unicodedata.category(after)[0] == "M":
        return False
    if before.isdigit() or (before == "第" and after.isdigit()):
        return False
    if before in _LARGE and place > 1 and text[place - 2].isdigit():
        return False
    return bool(_WIDE.match(before) or _WIDE.match(after))


def _character_cost(text: str, place: int, leaning: Leaning) -> float:
    """What a line costs that ends before `text[place]`."""
    before, after = text[place - 1], text[place]
    if before in _STOPS:
        return 0
    if before in leaning.ends or after in leaning.begins:
        return _FORM
    return _japanese_cost(before, after) if leaning.language == "ja" else 0


def _japanese_cost(before: str, after: str) -> float:
    """Phrases end in hiragana, and what begins one is mostly written in other signs."""
    if _is(_HIRAGANA, after):
        return LEANING if before in _PARTICLES else _FORM
    if _is(_HIRAGANA, before):
        return 0
    if _is(_KATAKANA, before) and _is(_KATAKANA, after):
        return _INSIDE
    return _COMPOUND if _is(_IDEOGRAPHS, before) and _is(_IDEOGRAPHS, after) else LEANING


def _is(kind: str, character: str) -> bool:
    return re.match(f"[{kind}]", character) is not None
