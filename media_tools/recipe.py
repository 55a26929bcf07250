"""Identity from ingredients: what a file is made from names it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from media_tools.infographic import Infographic
from media_tools.platforms import Placement
from media_tools.spec.brand import Brand

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
    for block in spec["blocks"]:
        if "picture" in block:
            block["picture"]["sha256"] = sha256(block["picture"].pop("path"))
    return hashlib.sha256(canonical_json([spec, brand.model_dump(mode="json")])).hexdigest()


def canonical_json(value: Any) -> bytes:
    """One spelling of each value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
