"""Bytes that people saved as text: in the encoding that they declare, else in one that can be told for sure.

A wrong guess reads as nonsense in letters that look right, so where several encodings fit, there is no guess.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from charset_normalizer import from_bytes
from fontTools.unicodedata import script

from media_tools.spec.language import Language

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_MOST_GUESSED = 1_000_000  # bytes: a captions file of so many is no usual one, and each encoding is tried on all of it
_COHERENT = 0.3  # charset-normalizer's likeness to a known language: what it garbles stays under 0.25
_CLEARLY = 0.05  # of its measure of disorder, by which the best must lead
_LATIN = ("cp1250", "cp1252", "cp1254", "cp1257", "cp1258", "iso8859_2")
_WORD = re.compile(r"[^\s\d.,:;!?\-–—/()\[\]\"'«»<>]+")
_SIGN_INSIDE = re.compile(r"[^\W\d_][¡-¿×÷][^\W\d_]|[≈-≥√■░-▓─-╬]")
_MOST_TURNED = 0.2  # of the words
_NAMES = re.compile(r"^(cp)(\d+)$")
_OF_NO_SCRIPT = frozenset({"Zyyy", "Zinh"})
_JAPANESE = frozenset({"Hira", "Kana", "Hani"})
_TOGETHER = {"Jpan": _JAPANESE, "Hans": {"Hani"}, "Hant": {"Hani"}, "Kore": {"Hang", "Hani"}}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text; `assumed` names the encoding where the file does not say it and it is not UTF-8."""

    text: str
    assumed: str = ""


class CannotDecode(Exception):
    """Text in an encoding that cannot be told; `line` is the first that is not in the one that it should be in."""

    def __init__(self, line: int, encoding: str, why: str) -> None:
        self.line, self.encoding, self.why = line, encoding, why
        super().__init__(line, encoding, why)


def decode(content: bytes, language: Language | None = None) -> Decoded:
    """Raises CannotDecode. `language` is that of the words, where it is known: it decides between old encodings."""
    declared = next((name for mark, name in _MARKS if content.startswith(mark)), "")
    encoding = declared or _wide(content) or "utf-8"
    try:
        return Decoded(content.decode(encoding).lstrip("\ufeff"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        if declared:
            raise CannotDecode(line, _called(encoding), "") from error
        found = _of_language(content, language) if language else _guessed(content)
        if found is None:
            fits = f"no old encoding of '{language.tag}' fits" if language else "several old encodings fit"
            why = f"What it is in cannot be told: {fits}."
            raise CannotDecode(line, "UTF-8", why) from error
        return found


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: most of what is written for computers has a nought in every second byte."""
    for name, noughts in (("utf-16-le", content[1:200:2]), ("utf-16-be", content[0:200:2])):
        if noughts.count(0) > len(noughts) / 2:
            return name
    return ""


def _of_language(content: bytes, language: Language) -> Decoded | None:
    """By the likeliest encoding of the language in which every word is one of it."""
    for encoding in _encodings(language):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausible(text) and _written_in(text, language):
            return Decoded(unicodedata.normalize("NFC", text), _called(encoding))
    return None


def _guessed(content: bytes) -> Decoded | None:
    """By charset-normalizer, where nothing else that fits reads otherwise."""
    if len(content) > _MOST_GUESSED:
        return None
    known = sorted({encoding for encodings in _sheet().values() for encoding in encodings})
    matches = [match for match in from_bytes(content, cp_isolation=known) if _plausible(str(match))]
    if not matches or matches[0].coherence < _COHERENT:
        return None
    best = str(matches[0])
    rivals = {str(match) for match in matches if match.chaos <= matches[0].chaos + _CLEARLY}
    if all(character.isascii() or script(character) in ("Latn", *_OF_NO_SCRIPT) for character in best):
        rivals |= set(_readings(content, _LATIN))
    if len({_same(text) for text in rivals | {best}}) > 1:
        return None
    return Decoded(_same(best), _called(matches[0].encoding))


def _same(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _readings(content: bytes, encodings: Sequence[str]) -> Iterator[str]:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _plausible(text):
            yield text


def _encodings(language: Language) -> list[str]:
    known = _sheet()
    tags = (language.tag, f"{language.base}-{language.writing}", language.base)
    return next((known[tag] for tag in tags if tag in known), known["others"] if language.writing == "Latn" else [])


@cache
def _sheet() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("encodings.toml").read_text(encoding="utf-8"))


def _plausible(text: str) -> bool:
    """Whether it has no control characters, no word of two scripts or with a sign inside, few capitals inside words."""
    if any(unicodedata.category(character) in ("Cc", "Co", "Cn") for character in text if character not in "\t\r\n\f"):
        return False
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if any(_mixed(word) or _SIGN_INSIDE.search(word) for word in words):
        return False
    turned = sum(_turned(word) for word in words)
    capitals = sum((letter.isupper() - letter.islower()) for word in words for letter in word)
    return turned <= _MOST_TURNED * len(words) and not (turned and capitals > 0)


def _mixed(word: str) -> bool:
    return len(_scripts(word)) > 1 and not _scripts(word) <= _JAPANESE


def _turned(word: str) -> bool:
    """Whether a small letter stands before a capital: Cyrillic by another Cyrillic encoding reads so."""
    return any(before.islower() and after.isupper() for before, after in pairwise(word))


def _scripts(word: str) -> set[str]:
    return {script(letter) for letter in word if unicodedata.category(letter)[0] in "LM"} - _OF_NO_SCRIPT


def _written_in(text: str, language: Language) -> bool:
    """Whether what is not ASCII is in the language's own letters, but for stray ones."""
    own = _TOGETHER.get(language.writing, {language.writing})
    letters = [script(letter) for letter in text if not letter.isascii() and letter.isalpha()]
    others = sum(name not in own and name not in _OF_NO_SCRIPT for name in letters)
    return bool(letters) and others <= len(letters) / 20


def _called(encoding: str) -> str:
    """As people know it: Windows-1256 for cp1256."""
    if encoding.startswith("utf"):
        return encoding.upper().removesuffix("-SIG")
    number = _NAMES.match(encoding)
    if number and len(number[2]) == 4:
        return f"Windows-{number[2]}"
    return {
        "cp874": "Windows-874", "cp932": "Shift_JIS", "cp949": "Korean Windows-949", "euc_jp": "EUC-JP",
        "gb18030": "GB 18030", "big5": "Big5", "koi8_r": "KOI8-R", "koi8_u": "KOI8-U",
    }.get(encoding, encoding.upper().replace("_", "-", 1).replace("ISO8859-", "ISO 8859-"))  # fmt: skip
