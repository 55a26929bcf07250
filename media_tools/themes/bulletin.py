from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

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
from media_tools.pages.upright import Ends, upright
from media_tools.platforms import Use
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
        if page.use is Use.COVER and not content.of(Part.PICTURE):
            page = page.on(page.brand.colours.deep)
            body = cover_of_words(content, page)
        elif page.use is Use.COVER:
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
        for ease, share in _choices(_BANDS):
            with suppress(DoesNotFit):
                if split:
                    return self._under(split, share, content, page, ease)
        ends = Ends(self._opening(content, page, page.box.width), self._foot(content, page, page.box.width))
        return upright(content, page, page.box, ends)

    def _under(self, split: Parted, share: float, content: Content, page: Page, ease: float) -> tuple[Placed, ...]:
        bled, box = page.bled, page.box
        height = round(share * page.size.height - bled.y)
        picture = split.picture.layout(Size(round(bled.width), height), page)
        top = max(box.y, bled.y + height + page.gap(_PICTURE_GAP))
        opening = kicker_and_date(page, content.headline.kicker, content.date, box.width)
        rest = Box(box.x, top, box.width, box.bottom - top)
        ends = Ends(opening, self._foot(content, page, box.width))
        placed = upright(replace(content, blocks=split.rest), page, rest, ends, ease)
        return (Placed(Point(bled.x, bled.y), picture), *placed)

    def _wide(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """Beside a picture over the end edge; else words beside or over their evidence."""
        split = parted(content, content.evidence) if self.bleeds else None
        for ease, share in _choices(_HALVES):
            with suppress(DoesNotFit):
                if split:
                    return self._beside(split, share, content, page, ease)
        box = page.box
        head, low = self._opening(content, page, box.width), self._foot(content, page, box.width)
        top = box.y + head.size.height + page.gap(_KICKER_GAP)
        foot = box.bottom - low.size.height
        body = across(content, page, Size(box.width, foot - page.gap(_FOOT_GAP) - top))
        return (Placed(Point(box.x, box.y), head), Placed(Point(box.x, top), body), Placed(Point(box.x, foot), low))

    def _beside(self, split: Parted, share: float, content: Content, page: Page, ease: float) -> tuple[Placed, ...]:
        bled, box = page.bled, page.box
        start = round((1 - share) * page.size.width)
        picture = split.picture.layout(Size(round(bled.right - start), round(bled.height)), page)
        width = start - 1.5 * page.gutter - box.x
        ends = Ends(self._opening(content, page, width), self._foot(content, page, width))
        rest = Box(box.x, box.y, width, box.height)
        return (
            Placed(Point(start, bled.y), picture),
            *upright(replace(content, blocks=split.rest), page, rest, ends, ease),
        )


def _choices(shares: tuple[float, ...]) -> Iterator[tuple[float, float]]:
    """How much of their growth the blocks get, and how much of the page the picture does, the better first."""
    return ((ease, share) for ease in _EASES for share in shares)
