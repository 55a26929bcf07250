"""Identity from ingredients: what a file is made from names it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_origin

from pydantic_core import to_jsonable_python

from media_tools.platforms import Placement
from media_tools.spec import Beside, Spec
from media_tools.spec.brand import Brand

DRAWING = 2
"""Raised when pixels change on purpose; files made before keep their names."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a file is made from. Equal recipes make equal bytes."""

    content: str
    placement: Placement
    format: str
    mission: str = ""
    drawing: int = DRAWING

    @property
    def fingerprint(self) -> str:
        """32 hex digits that change when any ingredient does."""
        parts = [self.content, self.placement.drawn_by(), self.format, self.mission, self.drawing]
        return hashlib.sha256(canonical_json(parts)).hexdigest()[:32]


def content_digest(work: Spec, brand: Brand, sha256: Callable[[str], str]) -> str:
    """What people approve: a story or clip, its files by their bytes rather than their names, and the brand.

    `sha256` says of a file's name which bytes it stands for, in hex.
    """
    return hashlib.sha256(canonical_json([ingredients(work, sha256), ingredients(brand, sha256)])).hexdigest()


def ingredients(value: object, sha256: Callable[[str], str]) -> Any:
    """A value as JSON, but for fields at their defaults: what a later release adds changes nothing that was approved.

    Whoever changes a default raises DRAWING.
    """
    match value:
        case Spec():
            told = {name: ingredients(each, sha256) for name, each in _chosen(value)}
            if isinstance(value, Beside):
                told["sha256"] = sha256(told.pop("path"))
            return told
        case tuple():
            return [ingredients(each, sha256) for each in value]
        case dict():
            return {key: ingredients(each, sha256) for key, each in value.items()}
        case _:
            return to_jsonable_python(value)


def _chosen(value: Spec) -> Iterator[tuple[str, object]]:
    """Fields that are not at their defaults, and those that say of which kind the value is."""
    for name, field in type(value).model_fields.items():
        each = getattr(value, name)
        if get_origin(field.annotation) is Literal or each != field.get_default(call_default_factory=True):
            yield name, each


def canonical_json(value: Any) -> bytes:
    """One spelling of each value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
