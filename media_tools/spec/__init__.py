"""What is to be shown: frozen values that cross every border as JSON."""

import re
import unicodedata
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

_SPACES = re.compile(r"[ \t\r\n]+")
_JOINERS = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060")  # invisible, but some scripts are not written without them


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
    if plain.strip() and not any(unicodedata.category(character)[0] in "LNPS" for character in plain):
        raise ValueError("has nothing that can be seen. Write it in letters.")
    return plain


def _hides(character: str) -> bool:
    """Control characters, halves of characters, and marks that turn the direction of what follows."""
    return character not in _JOINERS and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


Words = Annotated[str, BeforeValidator(_visible)]
"""Text that people read: every character of it can be seen or is a space."""
