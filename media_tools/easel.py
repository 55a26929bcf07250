"""Draws on behalf of a process that must not draw itself, and stays warm between requests."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from media_tools.infographic import Infographic
from media_tools.layout.text import Typesetter
from media_tools.made import Order
from media_tools.platforms import placements
from media_tools.preview import Preview, draw_preview
from media_tools.recipe import content_digest
from media_tools.spec.brand import Brand
from media_tools.stills import Job, Still, still
from media_tools.studio import Studio

_BUDGET = 256 * 1024 * 1024  # bytes of decoded pictures: a 24-megapixel photo at full and at half size
_THUMBNAILS = (320, 256, 192)  # px wide: the widest that is light enough
_LIGHT = 8 * 1024  # bytes: a dozen thumbnails a page must not weigh on a thin line


class Drawn(NamedTuple):
    """A finished file and its small picture, or the reasons why there is none."""

    still: Still
    thumbnail: bytes


class Easel:
    """Fonts and the pictures of one folder, where each picture is named after its bytes."""

    def __init__(self, folder: Path) -> None:
        self._typesetter = Typesetter(Studio(folder, _BUDGET))

    def still(self, spec: Mapping[str, Any], brand: Mapping[str, Any], placement: str, kind: str, out: Path) -> Drawn:
        """One checked file in `out`, and its thumbnail. Raises MediaToolsError for an unusable spec."""
        story, kit, slot = Infographic.model_validate(spec), Brand.model_validate(brand), placements()[placement]
        job = Job(story, kit, self._typesetter.studio.folder, (slot,), kind, "still", out)
        content = content_digest(story, kit, named_after_its_bytes)
        made = still(job, slot, content, self._typesetter)
        if made.refused:
            return Drawn(made, b"")
        order = Order(story, slot, kit, kind)
        return Drawn(made, min((self._small(order, width) for width in _THUMBNAILS), key=_too_heavy))

    def _small(self, order: Order, width: int) -> bytes:
        return draw_preview(order, self._typesetter, width, most_bytes=_LIGHT).content

    def preview(self, spec: Mapping[str, Any], brand: Mapping[str, Any], placement: str, width: int) -> Preview:
        """A small picture of a draft. Raises DoesNotFit where the draft has no room."""
        order = Order(Infographic.model_validate(spec), placements()[placement], Brand.model_validate(brand), "jpeg")
        return draw_preview(order, self._typesetter, width)


def _too_heavy(content: bytes) -> int:
    return max(0, len(content) - _LIGHT)


def named_after_its_bytes(name: str) -> str:
    """The SHA-256 that a picture's name begins with."""
    return name.partition(".")[0]
