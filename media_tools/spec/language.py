"""Languages and the script groups that decide how their text is set.

Line heights and weights per group are measured from the visual language's reference pictures.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Self

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from fontTools.unicodedata import script_horizontal_direction


class Parting(StrEnum):
    """What a line ends between."""

    WORDS = "words"
    CHARACTERS = "characters"
    DICTIONARY = "dictionary"
    """Words that no space parts, so that only a dictionary finds them."""


@dataclass(frozen=True, slots=True)
class Script:
    """How one group of scripts is set: line heights in em, weight of titles, what its letters allow."""

    name: str
    letter: str
    """One of its letters: a family without it is none for this group."""
    title_leading: float
    body_leading: float
    title_weight: int | None = None
    """None: as the role says."""
    capitals: bool = False
    tracked: bool = False
    title_steps_down: int = 0
    parting: Parting = Parting.WORDS
    family: str = ""
    """The packaged family with this group's shapes, where others give the same characters another shape."""
    kin: str = ""
    """The group whose family serves where a brand names none for this one."""


LATIN = Script("latin", "a", 1.06, 1.38, capitals=True, tracked=True)
GREEK = replace(LATIN, name="greek", letter="α", kin="latin")
CYRILLIC = replace(LATIN, name="cyrillic", letter="я", kin="latin")
VIETNAMESE = Script("vietnamese", "ế", 1.16, 1.46, tracked=True, kin="latin")
ARMENIAN = Script("armenian", "ա", 1.15, 1.45, title_weight=700)
GEORGIAN = replace(ARMENIAN, name="georgian", letter="ა")
HEBREW = replace(ARMENIAN, name="hebrew", letter="א")
ARABIC = Script("arabic", "ا", 1.32, 1.62, title_weight=700, title_steps_down=1)
URDU = replace(ARABIC, name="urdu", letter="ے", title_leading=1.9, body_leading=2.1, kin="arabic")
THAI = Script("thai", "ก", 1.38, 1.58, title_weight=700, parting=Parting.DICTIONARY)
LAO = replace(THAI, name="lao", letter="ກ")
KHMER = Script("khmer", "ក", 1.50, 1.75, title_weight=700, title_steps_down=1, parting=Parting.DICTIONARY)
BURMESE = replace(KHMER, name="myanmar", letter="က")
TIBETAN = replace(KHMER, name="tibetan", letter="ཀ")
DEVANAGARI = Script("devanagari", "क", 1.30, 1.58, title_weight=700, kin="indic")
HANS = Script("hans", "汉", 1.30, 1.60, 700, parting=Parting.CHARACTERS, family="Noto Sans CJK SC", kin="han")
HANT = replace(HANS, name="hant", letter="漢", family="Noto Sans CJK TC")
HONG_KONG = replace(HANT, family="Noto Sans CJK HK")
JAPANESE = replace(HANS, name="japanese", letter="あ", family="Noto Sans CJK JP")
KOREAN = Script("korean", "한", 1.30, 1.60, title_weight=700, family="Noto Sans CJK KR")
ETHIOPIC = Script("ethiopic", "አ", 1.25, 1.5, title_weight=700)
OTHER = Script("other", "", 1.30, 1.58, title_weight=700)

_BY_CODE = {
    "Latn": LATIN, "Grek": GREEK, "Cyrl": CYRILLIC, "Armn": ARMENIAN, "Geor": GEORGIAN, "Hebr": HEBREW,
    "Arab": ARABIC, "Thai": THAI, "Laoo": LAO, "Khmr": KHMER, "Mymr": BURMESE, "Tibt": TIBETAN, "Ethi": ETHIOPIC,
    "Hans": HANS, "Hant": HANT, "Jpan": JAPANESE, "Kore": KOREAN, "Deva": DEVANAGARI,
    "Beng": replace(DEVANAGARI, name="bengali", letter="ক"), "Guru": replace(DEVANAGARI, name="gurmukhi", letter="ਕ"),
    "Gujr": replace(DEVANAGARI, name="gujarati", letter="ક"), "Orya": replace(DEVANAGARI, name="oriya", letter="କ"),
    "Taml": replace(DEVANAGARI, name="tamil", letter="க"), "Telu": replace(DEVANAGARI, name="telugu", letter="క"),
    "Knda": replace(DEVANAGARI, name="kannada", letter="ಕ"), "Mlym": replace(DEVANAGARI, name="malayalam", letter="ക"),
    "Sinh": replace(DEVANAGARI, name="sinhala", letter="ක"),
}  # fmt: skip
_BY_WRITING = {
    ("vi", "Latn"): VIETNAMESE, ("ur", "Arab"): URDU, ("pa", "Arab"): URDU, ("ks", "Arab"): URDU,
}  # fmt: skip
_DOTTED = frozenset({"tr", "az", "crh", "tt"})  # i and ı are two letters, each with its own capital
_TONOS = "\u0301"
_PARTED = re.compile("([αεηο]\u0301[ιυ])(?!\u0308)")  # decomposed: the accent tells that these are two sounds

SCRIPT_NAMES = frozenset(
    name for script in (*_BY_CODE.values(), *_BY_WRITING.values(), OTHER) for name in (script.name, script.kin) if name
)
"""The groups for which a brand can name a family."""


@dataclass(frozen=True)
class Language:
    """A BCP 47 tag that CLDR knows."""

    tag: str

    @classmethod
    def parse(cls, tag: str) -> Self:
        """Raises ValueError for a tag that is malformed or unknown."""
        try:
            Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError) as error:
            raise ValueError(
                f"'{tag}' is not a language we know. Use a tag such as en, vi, fr, ar or pt-BR."
            ) from error
        return cls(tag)

    @property
    def base(self) -> str:
        """The language without script or region: pt of pt-BR."""
        return self.tag.partition("-")[0]

    @cached_property
    def cldr(self) -> Locale:
        return Locale.parse(self.tag, sep="-")

    @cached_property
    def writing(self) -> str:
        """The script's ISO 15924 code: the tag's own, else the one that CLDR finds likely for language and region."""
        own = next((part.title() for part in self.tag.split("-")[1:] if len(part) == 4 and part.isalpha()), None)
        likely = get_global("likely_subtags")
        language = self.cldr.language
        guess = likely.get(f"{language}_{self.cldr.territory}") or likely.get(language) or f"{language}_Latn"
        return own or self.cldr.script or str(guess).split("_")[1]

    @cached_property
    def script(self) -> Script:
        if self.writing == "Hant" and (self.cldr.territory in ("HK", "MO") or self.cldr.language == "yue"):
            return HONG_KONG
        return _BY_WRITING.get((self.cldr.language, self.writing)) or _BY_CODE.get(self.writing, OTHER)

    @cached_property
    def right_to_left(self) -> bool:
        return bool(script_horizontal_direction(self.writing, "LTR") == "RTL")

    def capitals(self, text: str) -> str:
        """`text` in capitals as the language writes them: İ in Turkish, no accents in Greek."""
        if self.cldr.language in _DOTTED:
            return text.replace("i", "İ").upper()
        if self.cldr.language == "el":
            return _without_tonos(text).upper()
        return text.upper()


def _without_tonos(text: str) -> str:
    """Greek capitals bear no accent; where it kept two vowels apart, a dialytika does: ΜΑΪΟΣ of Μάιος."""
    letters = _PARTED.sub("\\1\u0308", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", letters.replace(_TONOS, ""))
