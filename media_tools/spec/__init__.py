"""What is to be shown: frozen values that cross every border as JSON."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

_SPACES = re.compile(r"[ \t\r\n]+")
_JOINERS = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060")  # invisible, but some scripts are not written without them
_NUMBER_SIGNS = frozenset(  # Unicode's Prepended_Concatenation_Mark: of category Cf, and seen all the same
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
_MOST_MARKS = 10  # on one letter: Tibetan piles most
_REGION_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a\U000e0030-\U000e0039]{3,6}\U000e007f")  # Scotland's


class Spec(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def parts_in[Part: Spec](value: object, field: str, kind: type[Part]) -> Iterator[tuple[str, Part]]:
    """Each `kind` in `value`, which stands in `field`, with the field that it stands in itself: pictures[1]."""
    match value:
        case kind():
            yield field, value
        case Spec():
            for name in type(value).model_fields:
                yield from parts_in(getattr(value, name), f"{field}.{name}", kind)
        case tuple():
            for index, each in enumerate(value):
                yield from parts_in(each, f"{field}[{index}]", kind)


class Beside(Spec):
    """A file beside the story: what it shows is its bytes, whatever it is called."""

    path: str


def _visible(value: object) -> object:
    """Line ends become spaces, for lines are broken by layout. No-break spaces stay."""
    if not isinstance(value, str):
        return value
    plain = _SPACES.sub(" ", value)
    hidden = next((character for character in _REGION_FLAG.sub("", plain) if _hides(character)), None)
    if hidden is not None:
        raise ValueError(
            f"has the invisible character U+{ord(hidden):04X}. Take it out; text that changes direction needs none."
        )
    if _piles(plain):
        raise ValueError(f"has a letter under more than {_MOST_MARKS} marks. Take out those that no language writes.")
    if plain.strip() and not any(unicodedata.category(character)[0] in "LNPS" for character in plain):
        raise ValueError("has nothing that can be seen. Write it in letters.")
    return plain


def _piles(text: str) -> bool:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks > _MOST_MARKS:
            return True
    return False


def _hides(character: str) -> bool:
    """Control characters, halves of characters, and marks that turn the direction of what follows."""
    if character in _JOINERS or character in _NUMBER_SIGNS:
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


Words = Annotated[str, BeforeValidator(_visible)]
"""Text that people read: every character of it can be seen or is a space."""
