"""Words that lean on the next or on the one before, and what it costs to part them at the end of a line."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_MISS = 0.12  # share of the width by which lines may miss their length for the sake of a better break
LEANING = 2 * _MISS**2  # in squared shares of the width, as every cost is: two lines, each missing by that much
COMPOUND, NAME = LEANING / 2, LEANING * 2  # Vietnamese parts the syllables of words and names by spaces
NUMBER = 1.0
_SHORT = 2  # letters: in a language without a list, words of so few are taken to lean

_STOPS = frozenset(",;:!?…،؛؟۔।॥።፤፣៖")
_NUMBER = re.compile(r"[^\w\s]*\d.*[^%٪‰°€$£¥₫₹]|\d")
_YEAR = re.compile(r"[^\w\s]*\d{3,}\.")  # 2025. ends a sentence, where 3. is the third


@dataclass(frozen=True)
class Leaning:
    """The leaning words of one language."""

    language: str
    ends: frozenset[str]
    begins: frozenset[str]

    def cost(self, words: Sequence[str], last: int) -> float:
        """What a line costs that ends with `words[last]`, which is not the last of all."""
        word, following = words[last].split()[-1], words[last + 1]
        bare, next_bare = _bare(word), _bare(following)
        if word[-1] in _STOPS or _YEAR.fullmatch(word):
            return 0
        if _is_number(words[last]) or (bare in _multiples() and last > 0 and _is_number(words[last - 1])):
            return NUMBER
        if bare in self.ends or next_bare in self.begins:
            return LEANING
        if self.language == "vi" and next_bare not in self.ends:
            return NAME if word[0].isupper() and following[0].isupper() else COMPOUND
        return LEANING if not self.ends and len(bare) <= _SHORT else 0


@cache
def leaning(language: str) -> Leaning:
    """`language` without its region: en of en-GB."""
    ends, begins = (frozenset(_table()[kind].get(language, "").split()) for kind in ("ends", "begins"))
    return Leaning(language, ends, begins)


@cache
def units() -> frozenset[str]:
    """What stays with the number before it."""
    return frozenset(_table()["units"].split())


@cache
def _multiples() -> frozenset[str]:
    return frozenset(_table()["multiples"].split())


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _is_number(words: str) -> bool:
    """Whether it waits for what it counts: 10 000 does; 10 km, 70% and No. 5 have it with them."""
    return all(map(_NUMBER.fullmatch, words.split()))


def _bare(word: str) -> str:
    """The word without its quotation marks and brackets, in small letters."""
    return word.strip("\"'“”„‘’«»()[]¿¡.").lower()
