"""A part of a whole: as a share, and as people say it."""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from media_tools.spec.figure import Figure, Notation, written_number
from media_tools.spec.language import Language
from media_tools.spec.own_words import own_word

_PLACES = (Decimal(1), Decimal("0.1"))  # of a percentage, the shorter first


class Counted(NamedTuple):
    """70 of 98, in the order of the language: what stands before the part, the part, what stands after it."""

    before: str
    part: str
    after: str

    def __str__(self) -> str:
        return "".join(self)


def counted(part: str, whole: str, language: Language) -> Counted:
    """The two amounts, written already, as a language says a part of a whole."""
    before, _, after = own_word("of", language.tag).replace("{whole}", whole).partition("{part}")
    return Counted(before, part, after)


def said_share(part: Decimal, whole: Decimal, language: Language, digits: str) -> str:
    """A part of a whole on one line, for people who cannot see it."""
    amounts = [" ".join(filter(None, written_number(amount, language, digits))) for amount in (part, whole)]
    return str(counted(amounts[0], amounts[1], language))


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """The share in percent, to the whole number where that is neither nothing nor all, else to one decimal.

    Raises ValueError for a share that cannot be seen, or for a part that is no part.
    """
    check_part(part, whole)
    exact = 100 * part / whole
    for places in _PLACES:
        percent = exact.quantize(places, ROUND_HALF_UP)
        if 0 < percent < 100 or percent == exact:
            return percent
    raise ValueError("part is so little or so much that its share cannot be seen. Show it as a key figure.")


def check_part(part: Decimal, whole: Decimal) -> None:
    """Raises ValueError for a part that is more than the whole."""
    if part > whole:
        raise ValueError(f"part is {part} and whole is {whole}. Give a part that is not more than its whole.")


def written_percentage(percent: Decimal, language: Language, digits: str) -> str:
    return Figure(value=percent, notation=Notation.PERCENT, label="share").written(language, digits).digits
