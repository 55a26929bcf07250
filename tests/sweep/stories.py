"""Stories of three lengths in a language, their words taken from the Universal Declaration."""

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any, Self

from annotated_types import MaxLen
from pydantic.fields import FieldInfo

from media_tools.infographic import BLOCKS, THEMES, Infographic
from media_tools.spec import Spec, Words
from media_tools.spec.language import Language, Parting
from tests.declaration import DECLARATION

LENGTHS = ("short", "normal", "very long")

_SAID = {"short": 0.2, "normal": 0.45, "very long": 1.0}
"""How much of a field's most characters is written."""
_ALWAYS = {
    "short": ("headline", "key_figures"),
    "normal": ("headline", "photo", "key_figures", "qr_call"),
    "very long": ("headline", "photo", "key_figures", "bar_chart", "timeline", "facts_list", "quote", "qr_call"),
}
_MORE = {"short": 0, "normal": 1, "very long": 3}
_SHORTEST = 3  # characters
_KEPT = frozenset({"url", "unit", "path", "overrides"})
"""Fields whose words are not said but mean something."""
_ONCE = frozenset({"places"})
"""Rows that are all different."""
_WORDS = next(part for part in Words.__metadata__)
_OTHERS = tuple(name for name in BLOCKS if name not in _ALWAYS["very long"])


def story(tag: str, length: str) -> Infographic:
    """One of LENGTHS in a language: long ones say all that their fields take, and as many rows of it."""
    place = list(DECLARATION).index(tag)
    turn = place + len(DECLARATION) * LENGTHS.index(length)
    names = (*_ALWAYS[length], *islice(cycle(_OTHERS), place, place + _MORE[length]))
    speaker = Speaker.of(tag, length)
    return Infographic.model_validate(
        {
            "version": 1,
            "language": tag,
            "theme": list(THEMES)[turn % len(THEMES)],
            "source": speaker.words(60),
            "date": "2026",
            "blocks": [speaker.retold(BLOCKS[name].example()) for name in names],
        }
    )


class Speaker:
    """Writes the words of a block anew: `parts` of text after one another, up to a share of what each field takes."""

    def __init__(self, parts: Iterator[str], joint: str, share: float) -> None:
        self._parts, self._joint, self.share = parts, joint, share

    @classmethod
    def of(cls, tag: str, length: str) -> Self:
        """The Universal Declaration in a language; a character says as much as two letters."""
        told, characters = DECLARATION[tag], Language(tag).script.parting is Parting.CHARACTERS
        text, share = f"{told['title']} {told['text']}", _SAID[length]
        if characters:
            return cls(cycle(text), "", share if share == 1 else share / 2)
        return cls(cycle(text.split()), " ", share)

    def retold(self, spec: Spec) -> dict[str, Any]:
        """The fields of a block or row, its words in the language and as long as is asked for."""
        fields = type(spec).model_fields
        return {
            name: value if name in _KEPT else self._retold(value, fields[name], repeats=name not in _ONCE)
            for name, value in spec
        }

    def _retold(self, value: object, field: FieldInfo, *, repeats: bool) -> object:
        if isinstance(value, Spec):
            return self.retold(value)
        if isinstance(value, str) and _WORDS in field.metadata:
            return (
                self.words(round(self.share * most)) if (most := _most(field)) and (value or self.share == 1) else value
            )
        if isinstance(value, tuple) and value and all(isinstance(row, Spec) for row in value):
            most = _most(field) or len(value)
            count = most if self.share == 1 and repeats else min(len(value), most)
            return [self.retold(row) for row in islice(cycle(value), count)]
        return value

    def words(self, most: int) -> str:
        """The next whole words, as many as fit in so many characters; a piece of one that is longer."""
        most = max(most, _SHORTEST)
        text = next(self._parts)[:most]
        for part in self._parts:
            if len(text) + len(self._joint) + len(part) > most:
                break
            text += self._joint + part
        return text.strip() or text


def _most(field: FieldInfo) -> int:
    return next((rule.max_length for rule in field.metadata if isinstance(rule, MaxLen)), 0)
