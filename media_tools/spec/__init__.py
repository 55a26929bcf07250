"""What is to be shown: frozen values that cross every border as JSON."""

import re
import unicodedata
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

_SPACES = re.compile(r"[ \t\r\n]+")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Spec(BaseModel):
    """A frozen value that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _visible(value: object) -> object:
    """Line ends become spaces, for lines are broken by layout. No-break spaces stay."""
    if not isinstance(value, str):
        return value
    plain = _SPACES.sub(" ", value)
    hidden = next((character for character in plain if _hides(character)), None)
    if hidden is not None:
        raise ValueError(
            f"has the invisible character U+{ord(hidden):04X}. Take it out; text that changes direction needs none."
        )
    return plain


def _hides(character: str) -> bool:
    """Control characters, halves of characters, and marks that turn the direction of what follows."""
    return character in _TURNING or unicodedata.category(character) in ("Cc", "Cs")


Words = Annotated[str, BeforeValidator(_visible)]
"""Text that people read: every character of it can be seen or is a space."""
