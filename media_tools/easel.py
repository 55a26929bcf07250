"""Draws on behalf of a process that must not draw itself, and stays warm between requests."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from media_tools.account_kit import Account, Kit, picture
from media_tools.animate import storyboard
from media_tools.clips.look import Viewer
from media_tools.clips.story import Clip
from media_tools.infographic import Infographic
from media_tools.layout.text import Typesetter
from media_tools.made import FORMATS, Order
from media_tools.open.document import parsed
from media_tools.open.image import open_image
from media_tools.platforms import Placement, placements
from media_tools.preview import Preview, draw_preview, draw_thumbnail, page_pictures, thumbnail_of
from media_tools.recipe import content_digest
from media_tools.spec.brand import Brand
from media_tools.stills import Job, Still, still
from media_tools.studio import Studio

_BUDGET = 256 * 1024 * 1024  # bytes of decoded pictures: a 24-megapixel photo at full and at half size

type Spec = Mapping[str, Any]


class Drawn(NamedTuple):
    """A finished file and its small picture, or the reasons why there is none."""

    still: Still
    thumbnail: bytes
    pages: tuple[Path, ...] = ()
    """Each page of a document as a picture, in order."""


class Easel:
    """Fonts and the pictures of one folder, where each picture is named after its bytes."""

    def __init__(self, folder: Path) -> None:
        self._typesetter = Typesetter(Studio(folder, _BUDGET))
        self._viewer = Viewer(folder, self._typesetter)

    @property
    def views(self) -> Mapping[str, Callable[[Spec, Brand, Placement, int], Preview]]:
        """What can be seen of a draft, by name."""
        return {
            "infographic": self._infographic,
            "animation": self._animation,
            "clip": self._clip,
            "title_card": self._title_card,
            "thumbnail": self._thumbnail,
            "end_card": self._end_card,
        }

    def still(self, spec: Spec, brand: Spec, placement: str, kind: str, out: Path) -> Drawn:
        """One checked file in `out`, and its thumbnail. Raises MediaToolsError for an unusable spec."""
        story, kit, slot = parsed(spec, Infographic), parsed(brand, Brand), placements()[placement]
        job = Job(story, kit, self._typesetter.studio.folder, (slot,), kind, "still", out)
        content = content_digest(story, kit, named_after_its_bytes)
        made = still(job, slot, content, self._typesetter)
        if made.path is None:
            return Drawn(made, b"")
        pages = page_pictures(made.path, len(made.alts), slot.size) if FORMATS[kind].paged else ()
        return Drawn(made, draw_thumbnail(Order(story, slot, kit, kind), self._typesetter), pages)

    def kit(self, account: Spec, brand: Spec, placement: str, out: Path) -> Drawn:
        """One picture of an account's own looks in `out`, checked, and its thumbnail. Raises MediaToolsError."""
        owner, slot = parsed(account, Account), placements()[placement]
        kit = Kit(parsed(brand, Brand), (owner,), (slot,), "kit", out)
        made = picture(owner, slot, kit, self._typesetter)
        return Drawn(made, thumbnail_of(open_image(made.path)) if made.path else b"")

    def preview(self, view: str, spec: Spec, brand: Spec, placement: str, width: int) -> Preview:
        """A small picture of a draft. Raises MediaToolsError where it cannot be drawn."""
        return self.views[view](spec, parsed(brand, Brand), placements()[placement], width)

    def _infographic(self, spec: Spec, brand: Brand, placement: Placement, width: int) -> Preview:
        return draw_preview(Order(parsed(spec, Infographic), placement, brand, "jpeg"), self._typesetter, width)

    def _animation(self, spec: Spec, brand: Brand, placement: Placement, width: int) -> Preview:
        return storyboard(parsed(spec, Infographic), placement, brand, self._typesetter, width)

    def _clip(self, spec: Spec, brand: Brand, placement: Placement, width: int) -> Preview:
        return self._viewer.frame(parsed(spec, Clip), brand, placement, width)

    def _title_card(self, spec: Spec, brand: Brand, placement: Placement, width: int) -> Preview:
        return self._viewer.title(parsed(spec, Clip), brand, placement, width)

    def _thumbnail(self, spec: Spec, brand: Brand, placement: Placement, width: int) -> Preview:
        return self._viewer.thumbnail(parsed(spec, Clip), brand, placement, width)

    def _end_card(self, spec: Spec, brand: Brand, placement: Placement, width: int) -> Preview:
        return self._viewer.card(parsed(spec, Clip), brand, placement, width)


def named_after_its_bytes(name: str) -> str:
    """The SHA-256 that a picture's name begins with."""
    return name.partition(".")[0]
