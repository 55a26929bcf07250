"""Languages and the script groups that decide how their text is set.

Line heights and weights per group are measured from the visual language's reference pictures.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True, slots=True)
class Script:
    """How one group of scripts is set: line heights in em, weight of titles, what its letters allow."""

    name: str
    title_leading: float
    body_leading: float
    title_weight: int | None = None
    """None: as the role says."""
    capitals: bool = False
    tracked: bool = False
    title_steps_down: int = 0
    spaced: bool = True
    """Whether words are parted by spaces, so that lines can be balanced word by word."""


LATIN = Script("latin", 1.06, 1.38, capitals=True, tracked=True)
VIETNAMESE = Script("vietnamese", 1.16, 1.46, tracked=True)
ARABIC = Script("arabic", 1.32, 1.62, title_weight=700, title_steps_down=1)
URDU = Script("arabic", 1.9, 2.1, title_weight=700, title_steps_down=1)
HEBREW = Script("hebrew", 1.15, 1.45, title_weight=700)
THAI = Script("thai", 1.38, 1.58, title_weight=700, spaced=False)
LAO = Script("lao", 1.38, 1.58, title_weight=700, spaced=False)
KHMER = Script("khmer", 1.50, 1.75, title_weight=700, title_steps_down=1, spaced=False)
BURMESE = Script("myanmar", 1.50, 1.75, title_weight=700, title_steps_down=1, spaced=False)
INDIC = Script("indic", 1.30, 1.58, title_weight=700)
HAN = Script("han", 1.30, 1.60, title_weight=700, spaced=False)
KOREAN = Script("korean", 1.30, 1.60, title_weight=700)
ETHIOPIC = Script("ethiopic", 1.25, 1.5, title_weight=700)

_BY_LANGUAGE = {
    "vi": VIETNAMESE, "ar": ARABIC, "fa": ARABIC, "ps": ARABIC, "ug": ARABIC, "ku": ARABIC, "ur": URDU,
    "he": HEBREW, "yi": HEBREW, "th": THAI, "lo": LAO, "km": KHMER, "my": BURMESE, "hi": INDIC, "mr": INDIC,
    "ne": INDIC, "bn": INDIC, "as": INDIC, "ta": INDIC, "te": INDIC, "kn": INDIC, "ml": INDIC, "gu": INDIC,
    "pa": INDIC, "or": INDIC, "si": INDIC, "zh": HAN, "ja": HAN, "ko": KOREAN, "am": ETHIOPIC, "ti": ETHIOPIC,
}  # fmt: skip


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
    def script(self) -> Script:
        return _BY_LANGUAGE.get(self.cldr.language, LATIN)

    @cached_property
    def right_to_left(self) -> bool:
        return self.cldr.text_direction == "rtl"
