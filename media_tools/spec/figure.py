"""A number with what makes it a fact, and how it is written in each language."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, NamedTuple

from babel.numbers import format_compact_decimal, format_decimal, format_percent
from pydantic import BeforeValidator, Field

from media_tools.spec import Spec, Words
from media_tools.spec.language import Language

_ZEROS = {"latn": "0", "arab": "\u0660", "arabext": "\u06f0", "deva": "\u0966", "beng": "\u09e6"}
_ARABIC_ZEROS = ("\u0660", "\u06f0")
_MOST_DECIMALS = 12


class Notation(StrEnum):
    NUMBER = "number"
    PERCENT = "percent"
    GROWTH = "growth"


class Bound(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"


class Written(NamedTuple):
    """A number as it is set: digits large, magnitude ("million") small beside them."""

    digits: str
    magnitude: str = ""


def _a_number(value: object) -> object:
    endless = isinstance(value, float | Decimal) and not Decimal(value).is_finite()
    if endless or isinstance(value, bool) or (isinstance(value, str) and not _plain_number(value)):
        raise ValueError("is not a number. Write digits with a point for decimals, such as 10000 or 2.5.")
    if isinstance(value, int | float | str | Decimal) and not _sayable(Decimal(str(value))):
        raise ValueError("has more digits than a page can say. Give at most 15 digits, 6 of them decimals.")
    return value


def _sayable(value: Decimal) -> bool:
    return abs(value) < 10**15 and value == round(value, 6)


Amount = Annotated[Decimal, BeforeValidator(_a_number), Field(allow_inf_nan=False)]


class Figure(Spec):
    """One amount and the words that say what it counts."""

    value: Amount = Field(description="The amount itself: 10000, not 10,000 or 10k.")
    notation: Notation = Field(
        default=Notation.NUMBER, description="number, percent, or growth (a percentage with its sign)."
    )
    bound: Bound = Field(default=Bound.EXACT, description="exact; about, set as ~28; at_least, set as 160+.")
    unit: Words = Field(default="", max_length=24, description="A short unit beside the amount: a day, of 98.")
    label: Words = Field(min_length=1, max_length=120, description="What the amount counts, under it.")
    as_of: Words = Field(default="", max_length=40, description="The day or period that the amount describes.")
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")
    fact: str = Field(default="", max_length=80, description="Key of the sourced fact that it shows; empty: typed.")

    def written(self, language: Language, digits: str) -> Written:
        """The amount in the language's own notation; `digits` is a CLDR numbering system such as latn or arab."""
        if self.notation is Notation.NUMBER:
            amount = written_number(self.value, language, digits)
        else:
            amount = Written(
                format_percent(
                    self.value / 100, locale=language.cldr, numbering_system=digits, decimal_quantization=False
                )
            )
        sign = "+" if self.notation is Notation.GROWTH and self.value > 0 else ""
        about, more = "~" if self.bound is Bound.ABOUT else "", "+" if self.bound is Bound.AT_LEAST else ""
        return Written(_in_digits(f"{about}{sign}{amount.digits}{more}", digits), amount.magnitude)

    def said(self, language: Language, digits: str) -> str:
        """The amount with its unit and what it counts, on one line."""
        amount = " ".join(part for part in (*self.written(language, digits), self.unit) if part)
        return f"{amount}: {self.label}"


def written_number(value: Decimal, language: Language, digits: str) -> Written:
    """`value` with CLDR's grouping; above 999,999 in words where that keeps it exact: 28 million."""
    whole = format_decimal(value, locale=language.cldr, numbering_system=digits, decimal_quantization=False)
    words = _in_words(value, language, digits) if abs(value) > 999_999 else None
    return words or Written(_in_digits(whole, digits))


def _in_words(value: Decimal, language: Language, digits: str) -> Written | None:
    """Digits, then a word; None where the language has no words or another order, or one decimal is not exact."""
    formats = language.cldr.compact_decimal_formats.get("long")
    if formats is None:
        return None
    rounded, exact = (_compact(value, language, digits, decimals) for decimals in (1, _MOST_DECIMALS))
    number, _, magnitude = rounded.partition(" ")
    if rounded != exact or not number[-1:].isdigit() or not magnitude or _has_digit(magnitude):
        return None
    if number == "1" and "1" in formats:
        # Babel takes French's own word for one thousand to mean that one million has none either, and says 1 millions.
        magnitude = _compact(value * Decimal("1.5"), language, digits, 1).partition(" ")[2]
    return Written(_in_digits(number, digits), magnitude)


def _compact(value: Decimal, language: Language, digits: str, decimals: int) -> str:
    text = format_compact_decimal(
        value, format_type="long", locale=language.cldr, fraction_digits=decimals, numbering_system=digits
    )
    return text.replace("\u00a0", " ")


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _in_digits(text: str, digits: str) -> str:
    """`text` in a numbering system's digits and percent sign, with a true minus; Babel gives separators only."""
    zero = _ZEROS[digits]
    percent = "\u066a" if zero in _ARABIC_ZEROS else "%"
    table = {ord("0") + value: chr(ord(zero) + value) for value in range(10)}
    table |= {ord("%"): percent, ord("-"): "\u2212"}
    return text.translate(table)


def _plain_number(text: str) -> bool:
    body = text.strip().removeprefix("-").replace(".", "", 1)
    return body.isascii() and body.isdigit()
