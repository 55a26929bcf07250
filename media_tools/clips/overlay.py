"""What stands on the footage besides captions, and the page by which everything on it is measured."""

from dataclasses import dataclass

from media_tools.clips.story import Clip
from media_tools.layout.blank import Told, blank_page
from media_tools.layout.footer import mark_of
from media_tools.layout.frame import Placed
from media_tools.layout.page import Page
from media_tools.layout.text import Typesetter
from media_tools.platforms import Placement
from media_tools.spec.brand import Brand
from media_tools.spec.geometry import Box, Point

_MARK = 0.075  # of the short side


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that stands on the footage for a while, such as a lower third: captions keep clear of it."""

    when: range
    """The clip's frames in which it is seen."""
    box: Box


def clip_page(clip: Clip, placement: Placement, brand: Brand, typesetter: Typesetter) -> Page:
    """The frame that a clip fills in a placement. Raises InvalidInput for a brand that cannot be used."""
    return blank_page(Told(clip.language, clip.qr), placement.film, brand, typesetter, brand.colours.deep)


def standing_mark(page: Page) -> Placed:
    """The ministry's mark at the top end corner of what the platform leaves free, on even px."""
    side = round(_MARK * page.size.short)
    x = page.box.x if page.right_to_left else page.box.right - side
    return Placed(Point(int(x) // 2 * 2, int(page.box.y) // 2 * 2), mark_of(page, side))
