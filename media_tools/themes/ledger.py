from collections.abc import Sequence
from itertools import accumulate
from typing import ClassVar

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.folio import ruled, tab
from media_tools.layout.footer import footer
from media_tools.layout.frame import Frame, Placed
from media_tools.layout.page import Page
from media_tools.pages import Content, row_of
from media_tools.platforms import Use
from media_tools.spec.brand import Brand
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Box, Point, Size
from media_tools.themes import Unsuited
from media_tools.themes.bulletin import Bulletin

_SHARES = {1: (1.0,), 2: (0.6, 0.4), 3: (0.44, 0.28, 0.28)}
"""Of a wide page's width, by the number of blocks beside each other: what comes first leads."""
_GAP, _FOOT_GAP = 0.8, 0.9  # of the base size
_EVIDENCE = 0.42  # of the height, before the title is as small as it may be
_BETWEEN = 1.6  # gutters between blocks beside each other


class Ledger(Bulletin):
    """White, a coloured band and sans-serif titles that state the finding. For charts, tables and reports."""

    parts: ClassVar[frozenset[Part]] = frozenset({Part.HEADLINE, Part.CHART, Part.FIGURES, Part.CALL})

    def ground(self, brand: Brand) -> Colour:
        return brand.colours.surface

    def unsuited(self, content: Content, page: Page) -> Unsuited | None:
        if page.use is Use.COVER or content.of(Part.CHART):
            return None
        return Unsuited("needs a chart or a table", "Add one to blocks")

    def compose(self, content: Content, page: Page) -> Frame:
        page = page.in_sans()
        frame = super().compose(content, page)
        if page.use is Use.COVER or _edge_is_covered(page):
            return frame
        ground, *body = frame.items
        return Frame(frame.size, (ground, *tab(page, content.headline.kicker, content.date), *body), frame.name)

    def _opening(self, content: Content, page: Page, width: float) -> Frame:
        if _edge_is_covered(page):
            return ruled(page, content.headline.kicker, content.date, width)
        return Frame(Size(width, 0))  # the tab hangs above it

    def _wide(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """Title across the page, evidence side by side under it, bottoms on one line."""
        box = page.box
        low = footer(page, content.source_line, box.width)
        for step in page.shape.title_steps:
            head = self._head(content, page, step, box.width)
            if head is None:
                continue
            top = box.y + head.size.height + page.gap(_GAP)
            room = Box(box.x, top, box.width, box.bottom - low.size.height - page.gap(_FOOT_GAP) - top)
            small = room.height < _EVIDENCE * page.size.height and step != page.shape.title_steps[-1]
            beside = None if small else _beside(content.blocks, room, page)
            if beside is not None:
                return (
                    Placed(Point(box.x, box.y), head),
                    *beside,
                    Placed(Point(box.x, box.bottom - low.size.height), low),
                )
        raise DoesNotFit("The page", box.height + 1, box.height)


def _edge_is_covered(page: Page) -> bool:
    return page.safe.top > 0


def _beside(blocks: Sequence[Block], room: Box, page: Page) -> tuple[Placed, ...] | None:
    """The blocks in columns, each as high as it makes use of; None where one of them has no room."""
    shares = _SHARES.get(len(blocks))
    if shares is None:
        return None if blocks else ()
    between = _BETWEEN * page.gutter
    widths = [share * (room.width - between * (len(blocks) - 1)) for share in shares]
    starts = accumulate((width + between for width in widths), initial=room.x)
    placed = []
    for block, width, start in zip(blocks, widths, starts, strict=False):
        row = row_of(block, width, page)
        if row.least > room.height:
            return None
        frame = block.layout(Size(width, min(room.height, max(row.least, row.most))), page)
        placed.append(Placed(Point(start, room.bottom - frame.size.height), frame))
    return tuple(placed)
