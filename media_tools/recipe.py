"""Identity from ingredients: what a file is made from names it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from media_tools.infographic import Infographic
from media_tools.platforms import Placement
from media_tools.spec import Spec
from media_tools.spec.brand import Brand
from media_tools.spec.picture import Picture

DRAWING = 1
"""Raised when pixels change on purpose; files made before keep their names."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything a still is made from. Equal recipes make equal bytes."""

    content: str
    placement: Placement
    format: str
    mission: str = ""
    drawing: int = DRAWING

    @property
    def fingerprint(self) -> str:
        """32 hex digits that change when any ingredient does."""
        parts = [self.content, self.placement.model_dump(mode="json"), self.format, self.mission, self.drawing]
        return hashlib.sha256(canonical_json(parts)).hexdigest()[:32]


def content_digest(story: Infographic, brand: Brand, sha256: Callable[[str], str]) -> str:
    """What people approve: the story, its pictures by their bytes rather than their names, and the brand.

    `sha256` says of a picture's name which bytes it stands for, in hex.
    """
    spec = story.model_dump(mode="json")
    _name_by_bytes(story, spec, sha256)
    return hashlib.sha256(canonical_json([spec, brand.model_dump(mode="json")])).hexdigest()


def _name_by_bytes(value: object, written: Any, sha256: Callable[[str], str]) -> None:
    """In `written`, the JSON of `value`, put each picture's bytes in the place of its name."""
    match value:
        case Picture():
            written["sha256"] = sha256(written.pop("path"))
        case Spec():
            for name in type(value).model_fields:
                _name_by_bytes(getattr(value, name), written[name], sha256)
        case tuple():
            for each, entry in zip(value, written, strict=True):
                _name_by_bytes(each, entry, sha256)


def canonical_json(value: Any) -> bytes:
    """One spelling of each value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
