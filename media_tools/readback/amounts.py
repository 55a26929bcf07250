"""Amounts among the words of a page, read as CLDR writes them: 12,400 or ١٢٬٤٠٠, 28 million."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from babel.numbers import (
    NumberFormatError,
    format_decimal,
    get_decimal_symbol,
    get_group_symbol,
    parse_decimal,
)

from media_tools.spec.language import Language

MINUS = "\u2212"
_TURNS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u2060\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True, slots=True)
class Read:
    """Digits as they stand on the page, and the amount that they mean; None where CLDR writes no amount so."""

    text: str
    value: Decimal | None


@dataclass(frozen=True)
class Notation:
    """How a language writes amounts in a CLDR numbering system such as latn or arab."""

    language: Language
    digits: str

    def read(self, text: str) -> tuple[Read, ...]:
        """Every amount in `text`, in its order."""
        return tuple(
            Read(found["number"], self._value(found["number"], found["magnitude"]))
            for found in self._amount.finditer(plain(text))
        )

    def _value(self, number: str, magnitude: str | None) -> Decimal | None:
        typed = "".join(str(unicodedata.decimal(letter, letter)) for letter in number).replace(MINUS, "-")
        system, locale = self.digits, self.language.cldr
        try:
            value = parse_decimal(typed, locale=locale, numbering_system=system)
        except NumberFormatError:
            return None
        grouped = (True, False) if magnitude else (True,)  # 15000 crore
        written = (
            format_decimal(
                value, locale=locale, numbering_system=system, decimal_quantization=False, group_separator=group
            )
            for group in grouped
        )
        if typed not in (plain(number).replace(MINUS, "-") for number in written):
            return None
        return value * self._magnitudes[_spaced(magnitude)] if magnitude else value

    @cached_property
    def _amount(self) -> re.Pattern[str]:
        system, locale = self.digits, self.language.cldr
        group, point = (
            re.escape(symbol(locale, numbering_system=system)) for symbol in (get_group_symbol, get_decimal_symbol)
        )
        longest_first = sorted(self._magnitudes, key=len, reverse=True)
        words = "|".join(r"\s+".join(map(re.escape, word.split(" "))) for word in longest_first)
        magnitude = rf"(?:\s+(?P<magnitude>{words})(?!\w))?" if words else r"(?P<magnitude>(?!))?"
        return re.compile(rf"(?P<number>(?:(?<!\w)[-{MINUS}])?\d+(?:{group}\d+)*(?:{point}\d+)?){magnitude}")

    @cached_property
    def _magnitudes(self) -> Mapping[str, int]:
        """What each word after an amount multiplies it by: million, 1000000."""
        formats = self.language.cldr.compact_decimal_formats.get("long", {})
        found = {}
        for patterns in formats.values():
            for power, pattern in patterns.items():
                zeros, _, word = _spaced(plain(pattern.pattern)).partition(" ")
                if word and set(zeros) == {"0"}:
                    found[word] = 10 ** (len(power) - len(zeros))
        return found


def plain(text: str) -> str:
    """Without the marks that turn or join what is beside them."""
    return text.translate(_TURNS)


def _spaced(text: str) -> str:
    return " ".join(text.split())
