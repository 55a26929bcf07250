from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from typing import ClassVar, NamedTuple

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row, ease
from media_tools.layout.folio import hangs, ruled, tab
from media_tools.layout.footer import footer
from media_tools.layout.frame import Frame, Placed
from media_tools.layout.page import Page
from media_tools.pages import Choice, Content, best, heads, row_of, worth
from media_tools.pages.upright import under_opening
from media_tools.spec.brand import Brand
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Box, Point, Size
from media_tools.themes import Unsuited
from media_tools.themes.bulletin import Bulletin

_SHARES = {1: (1.0,), 2: (0.6, 0.4), 3: (0.44, 0.28, 0.28)}
"""Of a wide page's width, by the number of blocks beside each other: what comes first leads."""
_GAP, _FOOT_GAP = 0.8, 0.9  # of the base size
_EVIDENCE, _LOW = 0.42, 40  # of the height: what charts should have; steps of the headline that all of it is worth
_UNDER_TAB = 0.4  # of the base size
_BETWEEN = 1.6  # gutters between blocks beside each other


class Ledger(Bulletin):
    """White, a coloured band and sans-serif titles that state the finding. For charts, tables and reports."""

    parts: ClassVar[frozenset[Part]] = frozenset({Part.HEADLINE, Part.CHART, Part.FIGURES, Part.CALL, Part.PARTNERS})
    sans: ClassVar[bool] = True
    bleeds: ClassVar[bool] = False

    def ground(self, brand: Brand) -> Colour:
        return brand.colours.surface

    def unsuited(self, content: Content, page: Page) -> Unsuited | None:
        if page.use.at_a_glance or content.of(Part.CHART):
            return None
        return Unsuited("needs a chart or a table", "Add one to blocks")

    def compose(self, content: Content, page: Page) -> Frame:
        page = page.in_sans()
        frame = super().compose(content, page)
        if page.use.at_a_glance or not hangs(page, content.headline.kicker):
            return frame
        ground, *body = frame.items
        return Frame(frame.size, (ground, *tab(page, content.headline.kicker, content.date), *body), frame.name)

    def _opening(self, content: Content, page: Page, width: float) -> Frame:
        if not hangs(page, content.headline.kicker):
            return ruled(page, content.headline.kicker, content.date, width)
        return Frame(Size(width, _UNDER_TAB * page.base))  # the tab hangs above it

    def _wide(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """Title across the page, evidence side by side under it, bottoms on one line; a single chart beside it."""
        if len(content.evidence) == 1:
            return super()._wide(content, page)
        box = page.box
        low = footer(page, content.source_line, box.width, content.partners(page, box.width))
        opening, columns = self._opening(content, page, box.width), _columns(content.body, box, page)
        choices = []
        for step, head in enumerate(heads(content, page, box.width)):
            under = under_opening(opening, head, page)
            top = box.y + under.size.height + page.gap(_GAP)
            room = Box(box.x, top, box.width, box.bottom - low.size.height - page.gap(_FOOT_GAP) - top)
            growth = min((ease([column.row], 0, room.height) for column in columns), default=min(1, room.height))
            if growth >= 0:
                flat = _LOW * max(0, _EVIDENCE - room.height / page.size.height)
                choices.append(Choice(worth(step, growth) - flat, under, partial(_level, columns, room, page)))
        if not choices:
            raise DoesNotFit("The page", None, box.height)
        head, evidence = best(choices)
        return (
            Placed(Point(box.x, box.y), head),
            Placed(Point(0, 0), evidence),
            Placed(Point(box.x, box.bottom - low.size.height), low),
        )


class _Column(NamedTuple):
    """A block beside others: its place and its width in px."""

    start: float
    width: float
    row: Row


def _columns(blocks: Sequence[Block], box: Box, page: Page) -> tuple[_Column, ...]:
    """Raises DoesNotFit for more blocks than stand beside each other."""
    if not blocks:
        return ()
    shares = _SHARES.get(len(blocks))
    if shares is None:
        raise DoesNotFit("The page", None, box.height)
    between = _BETWEEN * page.gutter
    widths = [share * (box.width - between * (len(blocks) - 1)) for share in shares]
    starts = accumulate((width + between for width in widths), initial=box.x)
    return tuple(
        _Column(start, width, row_of(block, width, page))
        for start, width, block in zip(starts, widths, blocks, strict=False)
    )


def _level(columns: Sequence[_Column], room: Box, page: Page) -> Frame:
    """The blocks, each as high as it makes use of, their feet on the lower edge of `room`."""
    placed = []
    for column in columns:
        frame = column.row.fill(min(room.height, max(column.row.least, column.row.most)))
        placed.append(Placed(Point(column.start, room.bottom - frame.size.height), frame))
    return Frame(page.size, tuple(placed))
