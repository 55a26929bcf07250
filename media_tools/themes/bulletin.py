from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.column import column, eased_height, least_height
from media_tools.layout.folio import folio
from media_tools.layout.footer import footer
from media_tools.layout.frame import Fill, Frame, Item, Placed
from media_tools.layout.meridians import meridians
from media_tools.layout.page import BANNER, LANDSCAPE, SQUARE, Page
from media_tools.layout.stack import stack
from media_tools.pages import Content, arrangements, cover_words, row_of
from media_tools.platforms import Use
from media_tools.spec.brand import Brand
from media_tools.spec.colour import Colour, is_dark
from media_tools.spec.geometry import Box, Point, Size
from media_tools.themes import Theme

_GAP = 1.3  # of the base size, between blocks
_FOOT_GAP = 1.1
_KICKER_GAP, _STANDFIRST_GAP = 0.9, 0.6
_PICTURE_BESIDE = 0.32  # of a landscape's width
_PICTURE = 0.40  # of a cover's height
_PICTURES = (0.40, 0.26, 0.17)  # of a cover's width: the widest that leaves the words room
_GLOBE = 1.1  # of the short side: the globe's diameter; a tenth of it lies past the end edge
_WORDS = 0.44  # of a landscape's width
_EASE = (0.5, 0.0)  # how much of its growth the body should get before the headline gives way


class Bulletin(Theme):
    """Paper, ink and rules: the headline first, then the evidence. For statements, facts and figures."""

    parts: ClassVar[frozenset[Part]] = frozenset(Part)

    def ground(self, brand: Brand) -> Colour:
        return brand.colours.paper

    def compose(self, content: Content, page: Page) -> Frame:
        if page.use is Use.COVER and not content.of(Part.PICTURE):
            page = page.on(page.brand.colours.deep)
            body = self._cover_of_words(content, page)
        elif page.use is Use.COVER:
            body = self._cover(content, page)
        elif page.shape in (LANDSCAPE, BANNER):
            body = self._wide(content, page)
        else:
            body = self._tall(content, content.blocks, page, page.box)
        ground = Placed(Point(0, 0), Fill(page.size, page.ground.colour))
        return Frame(page.size, (ground, *body), "page")

    def _tall(self, content: Content, blocks: Sequence[Block], page: Page, box: Box) -> tuple[Placed, ...]:
        """Headline, evidence and foot under one another in `box`, at the largest headline that leaves the rest room."""
        low = footer(page, content.source_line, box.width)
        gap = page.gap(_GAP)
        options = list(arrangements(blocks, box.width, page))
        heads = [head for step in page.shape.title_steps if (head := self._head(content, page, step, box.width))]
        if not heads:
            last = page.title(page.shape.title_steps[-1])
            raise DoesNotFit(
                "The longest word of the headline", page.longest_word(content.headline.text, last), box.width
            )
        least = float("inf")
        for ease in _EASE:
            for head in heads:
                room = box.height - head.size.height - low.size.height - gap - page.gap(_FOOT_GAP)
                for rows in options:
                    needed = eased_height(rows, gap, ease)
                    if needed <= room:
                        body = column(rows, Size(box.width, room), gap)
                        return (
                            Placed(Point(box.x, box.y), head),
                            Placed(Point(box.x, box.y + head.size.height + gap), body),
                            Placed(Point(box.x, box.bottom - low.size.height), low),
                        )
                    least = min(least, needed - room + box.height)
        raise DoesNotFit("The page", least, box.height)

    def _opening(self, content: Content, page: Page, width: float) -> Frame:
        """What stands over the title."""
        return folio(page, content.headline.kicker, content.date, width)

    def _head(self, content: Content, page: Page, step: int, width: float) -> Frame | None:
        headline = content.headline
        title = headline.title(page, step, width)
        if title is None:
            return None
        standfirst = headline.standfirst_lines(page, width)
        items: list[Item] = [self._opening(content, page, width), title]
        gaps = [page.gap(_KICKER_GAP)]
        if standfirst is not None:
            items.append(standfirst)
            gaps.append(page.gap(_STANDFIRST_GAP))
        return stack(items, gaps, width, "headline")

    def _wide(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """A picture over the end edge with the rest beside it where that fits; else words beside evidence."""
        if content.of(Part.PICTURE):
            with suppress(DoesNotFit):
                return self._beside_picture(content, page)
        return self._in_two_columns(content, page)

    def _beside_picture(self, content: Content, page: Page) -> tuple[Placed, ...]:
        box = page.box
        width = round(_PICTURE_BESIDE * page.size.width)
        rest = Box(box.x, box.y, page.size.width - width - box.x - 1.2 * page.gutter, box.height)
        beside = content.of(Part.PICTURE)[0]
        picture = beside.layout(Size(width, page.size.height), page)
        others = [block for block in content.blocks if block is not beside]
        return (Placed(Point(page.size.width - width, 0), picture), *self._tall(content, others, page, rest))

    def _in_two_columns(self, content: Content, page: Page) -> tuple[Placed, ...]:
        box = page.box
        low = footer(page, content.source_line, box.width)
        head = self._opening(content, page, box.width)
        top = head.size.height + page.gap(_KICKER_GAP)
        room = box.height - top - low.size.height - page.gap(_FOOT_GAP)
        evidence = content.of(Part.FIGURES, Part.PICTURE, Part.CHART)
        words = box.width * _WORDS if evidence else box.width
        start = words + 1.5 * page.gutter
        rows = [row_of(block, box.width - start, page) for block in evidence]
        side = column(rows, Size(box.width - start, room), page.gap(_GAP))
        return (
            Placed(Point(box.x, box.y), head),
            Placed(Point(box.x, box.y + top), self._words(content, page, Size(words, room))),
            Placed(Point(box.x + start, box.y + top), side),
            Placed(Point(box.x, box.bottom - low.size.height), low),
        )

    def _words(self, content: Content, page: Page, size: Size) -> Frame:
        """Title and standfirst at the top, what to do next at the bottom."""
        rows = [row_of(call, size.width, page) for call in content.of(Part.CALL)]
        low = least_height(rows, page.base)
        gap = page.base if rows else 0
        for step in page.shape.title_steps:
            title = content.headline.title(page, step, size.width)
            if title is None:
                continue
            standfirst = content.headline.standfirst_lines(page, size.width)
            items: list[Item] = [title] if standfirst is None else [title, standfirst]
            words = stack(items, [page.gap(_STANDFIRST_GAP)] * (len(items) - 1), size.width, "headline")
            if words.size.height + gap + low <= size.height:
                room = size.height - words.size.height - gap
                calls = column(rows, Size(size.width, min(room, eased_height(rows, page.base, 1))), page.base)
                low_at = Point(0, size.height - calls.size.height)
                return Frame(size, (Placed(Point(0, 0), words), Placed(low_at, calls)), "words")
        raise DoesNotFit("The headline", size.height + 1, size.height)

    def _cover(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """Words at the start and the picture at the end, over the edge; above the words where the cover is not wide.

        The picture stands on the side that the account's own picture covers, if it covers one.
        """
        if page.shape is SQUARE:
            return self._cover_below(content, page)
        widths = [round(max(page.covered_start, share * page.size.width)) for share in _PICTURES]
        for width in widths[:-1]:
            with suppress(DoesNotFit):
                return self._cover_beside(content, page, width)
        return self._cover_beside(content, page, widths[-1])

    def _cover_of_words(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """Words alone; on a dark ground the meridians rise beside them, where they leave room."""
        box, left = page.box, max(page.box.x, page.covered_start)
        side = _GLOBE * page.size.short
        if page.brand.meridians and is_dark(page.ground.colour):
            globe = meridians(side, page.ground.colour)
            start = page.size.width - 0.9 * side
            with suppress(DoesNotFit):
                words = cover_words(content, page, Size(start - page.gutter - left, box.height))
                place = Point(start, page.size.height - globe.size.height)
                return (Placed(place, globe), Placed(Point(left, box.y), words))
        return (Placed(Point(left, box.y), cover_words(content, page, Size(box.right - left, box.height))),)

    def _cover_beside(self, content: Content, page: Page, width: int) -> tuple[Placed, ...]:
        box = page.box
        at_start = page.covered_start > 0
        size = Size(width, page.size.height)
        picture = content.of(Part.PICTURE)[0].layout(size, page)
        margin = page.shape.side * page.short
        left = max(box.x, width + margin) if at_start else box.x
        right = box.right if at_start else min(box.right, page.size.width - width - margin)
        words = cover_words(content, page, Size(right - left, box.height))
        return (
            Placed(Point(0 if at_start else page.size.width - width, 0), picture),
            Placed(Point(left, box.y), words),
        )

    def _cover_below(self, content: Content, page: Page) -> tuple[Placed, ...]:
        box, height = page.box, round(_PICTURE * page.size.height)
        picture = content.of(Part.PICTURE)[0].layout(Size(page.size.width, height), page)
        top = height + page.base
        words = cover_words(content, page, Size(box.width, box.bottom - top))
        return (Placed(Point(0, 0), picture), Placed(Point(box.x, top), words))
