from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from itertools import product
from typing import ClassVar, NamedTuple

from media_tools.blocks import Part
from media_tools.errors import DoesNotFit
from media_tools.layout.folio import folio, kicker_and_date
from media_tools.layout.footer import footer
from media_tools.layout.frame import Frame, Placed
from media_tools.layout.page import BANNER, LANDSCAPE, PRINT, Page
from media_tools.pages import Content, Parted, parted
from media_tools.pages.across import across
from media_tools.pages.covers import cover, cover_of_words
from media_tools.pages.printed import printed
from media_tools.pages.upright import Ends, Upright
from media_tools.spec.brand import Brand
from media_tools.spec.colour import WHITE, Colour
from media_tools.spec.geometry import Box, Point, Size
from media_tools.themes import Theme

_KICKER_GAP, _FOOT_GAP = 1.0, 1.1  # of the base size
_PICTURE_GAP = 1.2  # of the base size, under a picture
_EASES = (0.5, 0.0)  # how much of its growth the body should get before a picture gives way
_BANDS = (0.43, 0.36, 0.29)  # of the height: a picture over the upper edge
_HALVES = (0.46, 0.38, 0.32)  # of the width of a wide page: a picture over the end edge


class Bulletin(Theme):
    """Paper, ink and rules: the headline first, then the evidence. For statements, facts and figures."""

    parts: ClassVar[frozenset[Part]] = frozenset(Part)
    bleeds: ClassVar[bool] = True
    """Whether pictures may run over the page's edge."""

    def ground(self, brand: Brand) -> Colour:
        return brand.colours.paper

    def compose(self, content: Content, page: Page) -> Frame:
        if page.use.at_a_glance and not content.of(Part.PICTURE):
            page = page.on(page.brand.colours.deep)
            body = cover_of_words(content, page)
        elif page.use.at_a_glance:
            body = cover(content, page)
        elif page.shape in (LANDSCAPE, BANNER):
            body = self._wide(content, page)
        elif page.shape is PRINT:
            page = page.on(WHITE)  # paper has its own colour, and toner costs
            body = printed(content, page, self._opening)
        else:
            body = self._tall(content, page)
        return Frame(page.size, (page.flood(), *body), "page")

    def _opening(self, content: Content, page: Page, width: float) -> Frame:
        """What stands over the title."""
        return folio(page, content.headline.kicker, content.date, width)

    def _foot(self, content: Content, page: Page, width: float) -> Frame:
        return footer(page, content.source_line, width, content.partners(page, width))

    def _tall(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """Under a picture over the upper edge, where the first evidence brings one; else all inside the margins."""
        split = parted(content, content.evidence[:1]) if self.bleeds else None
        if split and (placed := _first(partial(self._under, split, content, page), _BANDS)):
            return placed
        ends = Ends(self._opening(content, page, page.box.width), self._foot(content, page, page.box.width))
        return Upright.of(content, page, page.box, ends).grown()

    def _under(self, split: Parted, content: Content, page: Page, share: float) -> "_Pictured":
        bled, box = page.bled, page.box
        height = round(share * page.size.height - bled.y)
        picture = split.picture.layout(Size(round(bled.width), height), page)
        top = max(box.y, bled.y + height + page.gap(_PICTURE_GAP))
        opening = kicker_and_date(page, content.headline.kicker, content.date, box.width)
        rest = Box(box.x, top, box.width, box.bottom - top)
        ends = Ends(opening, self._foot(content, page, box.width))
        words = Upright.of(replace(content, blocks=split.rest), page, rest, ends)
        return _Pictured(Placed(Point(bled.x, bled.y), picture), words)

    def _wide(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """Beside a picture over the end edge; else words beside or over their evidence."""
        split = parted(content, content.evidence) if self.bleeds else None
        if split and (placed := _first(partial(self._beside, split, content, page), _HALVES)):
            return placed
        box = page.box
        head, low = self._opening(content, page, box.width), self._foot(content, page, box.width)
        top = box.y + head.size.height + page.gap(_KICKER_GAP)
        foot = box.bottom - low.size.height
        body = across(content, page, Size(box.width, foot - page.gap(_FOOT_GAP) - top))
        return (Placed(Point(box.x, box.y), head), Placed(Point(box.x, top), body), Placed(Point(box.x, foot), low))

    def _beside(self, split: Parted, content: Content, page: Page, share: float) -> "_Pictured":
        bled, box = page.bled, page.box
        start = round((1 - share) * page.size.width)
        picture = split.picture.layout(Size(round(bled.right - start), round(bled.height)), page)
        width = start - 1.5 * page.gutter - box.x
        ends = Ends(self._opening(content, page, width), self._foot(content, page, width))
        rest = Box(box.x, box.y, width, box.height)
        words = Upright.of(replace(content, blocks=split.rest), page, rest, ends)
        return _Pictured(Placed(Point(start, bled.y), picture), words)


class _Pictured(NamedTuple):
    """A picture over the page's edge, and ways to put everything else beside or under it."""

    picture: Placed
    words: Upright


def _first(pictured: Callable[[float], _Pictured], shares: tuple[float, ...]) -> tuple[Placed, ...] | None:
    """The page with the largest picture, of so large a share, that lets the blocks grow, or else that has room."""
    once = cache(pictured)
    for ease, share in product(_EASES, shares):
        with suppress(DoesNotFit):
            picture, words = once(share)
            return (picture, *words.grown(ease))
    return None
