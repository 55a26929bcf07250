from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from media_tools.blocks import Block, Part
from media_tools.blocks.key_figures import KeyFigures
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.column import column, least_height
from media_tools.layout.folio import kicker_and_date
from media_tools.layout.footer import footer
from media_tools.layout.frame import Fill, Frame, Item, Placed
from media_tools.layout.meridians import meridians
from media_tools.layout.page import BANNER, LANDSCAPE, Page
from media_tools.layout.stack import stack
from media_tools.pages import Content, cover_words, row_of
from media_tools.platforms import Use
from media_tools.spec.brand import Brand
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Box, Point, Size
from media_tools.themes import Theme

_FIGURE_HEIGHT = 0.30  # of the height: the most that the figure takes
_FIGURE_WIDTH = 0.56  # of a wide page
_KICKER_GAP, _TITLE_GAP, _STANDFIRST_GAP, _GAP, _FOOT_GAP = 0.7, 0.8, 0.6, 1.3, 1.1  # of the base size
_GLOBE, _LEAST_GLOBE, _BEYOND = 1.1, 0.35, 0.12  # of the short side: the globe at most, at least, and past the edge
_FREE = 2.0  # times the height that is left free: the globe stands half over it


class Signal(Theme):
    """The accent all over, and one figure or sentence as wide as the page. For what must stop the thumb."""

    parts: ClassVar[frozenset[Part]] = frozenset({Part.HEADLINE, Part.FIGURES, Part.CALL})

    def ground(self, brand: Brand) -> Colour:
        return brand.colours.accent

    def shown(self, content: Content) -> tuple[Block, ...]:
        """One figure and what to do next; what else there is would take its force."""
        figure = _figure(content)
        several = figure is not None and len(figure.figures) > 1
        lead = figure.model_copy(update={"figures": figure.figures[:1]}) if figure and several else figure
        return (*([lead] if lead else []), *content.of(Part.CALL))

    def compose(self, content: Content, page: Page) -> Frame:
        page = replace(page.in_sans(), accent_spent=True)  # the ground itself is the accent
        wide = page.shape in (LANDSCAPE, BANNER)
        if page.use is Use.COVER:
            left = max(page.box.x, page.covered_start)
            words = cover_words(content, page, Size(page.box.right - left, page.box.height))
            items: tuple[Placed, ...] = (Placed(Point(left, page.box.y), words),)
        else:
            items = self._wide(content, page) if wide else self._tall(content, page)
        return Frame(page.size, (Placed(Point(0, 0), Fill(page.size, page.ground.colour)), *items), "page")

    def _tall(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """Figure, title and what it counts from the top; what to do next at the foot; the globe in what is free."""
        box = page.box
        low = footer(page, content.source_line, box.width)
        rows = [row_of(block, box.width, page) for block in content.of(Part.CALL)]
        calls = least_height(rows, page.base)
        room = box.height - low.size.height - page.gap(_FOOT_GAP) - calls - (page.gap(_GAP) if rows else 0)
        head = _first(_heads(content, page, Size(box.width, room)), box.height)
        foot = box.bottom - low.size.height
        top = foot - page.gap(_FOOT_GAP) - calls
        acts = [Placed(Point(box.x, top), column(rows, Size(box.width, calls), page.base))] if rows else []
        free = Box(box.x, box.y + head.size.height, box.width, top - box.y - head.size.height)
        globe = () if rows else _risen(page, free, foot)
        return (*globe, Placed(Point(box.x, box.y), head), *acts, Placed(Point(box.x, foot), low))

    def _wide(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """The figure at the start, the words at the end."""
        box = page.box
        low = footer(page, content.source_line, box.width)
        foot = box.bottom - low.size.height
        over = kicker_and_date(page, content.headline.kicker, content.date, box.width)
        top = box.y + over.size.height + page.gap(_KICKER_GAP)
        room = Size(box.width, foot - page.gap(_FOOT_GAP) - top)
        figure = _figure(content)
        start = _FIGURE_WIDTH * box.width if figure else 0
        lead = [figure.lead(Size(start - 1.5 * page.gutter, room.height), page)] if figure else []
        rows = [row_of(block, box.width - start, page) for block in content.of(Part.CALL)]
        calls = least_height(rows, page.base)
        words = _first(_words(content, page, box.width - start, room.height - calls - page.base), room.height)
        acts = column(rows, Size(box.width - start, calls), page.base)
        free = Box(box.x + start, top + words.size.height, box.width - start, room.height - words.size.height)
        globe = () if rows else _risen(page, free, foot)
        return (
            *globe,
            Placed(Point(box.x, box.y), over),
            *(Placed(Point(box.x, top), frame) for frame in lead),
            Placed(Point(box.x + start, top), replace(words, name="headline")),
            *([Placed(Point(box.x + start, top + room.height - calls), acts)] if rows else []),
            Placed(Point(box.x, foot), low),
        )


def _figure(content: Content) -> KeyFigures | None:
    return next((block for block in content.blocks if isinstance(block, KeyFigures)), None)


def _heads(content: Content, page: Page, room: Size) -> Iterator[Frame]:
    """Kicker, figure and words one under another, the largest title first."""
    figure = _figure(content)
    over: list[Item] = [kicker_and_date(page, content.headline.kicker, content.date, room.width)]
    if figure:
        over.append(figure.lead(Size(room.width, _FIGURE_HEIGHT * page.size.height), page))
    top = stack(over, [page.gap(_KICKER_GAP)] * (len(over) - 1), room.width)
    left = room.height - top.size.height - page.gap(_TITLE_GAP)
    for words in _words(content, page, room.width, left):
        yield stack([top, words], [page.gap(_TITLE_GAP)], room.width, "headline")


def _words(content: Content, page: Page, width: float, height: float) -> Iterator[Frame]:
    """Title and what the figure counts, at each step of the title at which they are at most `height` px high."""
    headline, figure = content.headline, _figure(content)
    below = [balanced(page, figure.lead_label(page), page.strong, width)] if figure else []
    standfirst = headline.standfirst_lines(page, width)
    below += [standfirst] if standfirst else []
    for step in page.shape.title_steps:
        title = headline.title(page, step, width)
        if title is not None:
            frame = stack([title, *below], [page.gap(_STANDFIRST_GAP)] * len(below), width)
            if frame.size.height <= height:
                yield frame


def _first(frames: Iterator[Frame], height: float) -> Frame:
    frame = next(frames, None)
    if frame is None:
        raise DoesNotFit("The headline", height + 1, height)
    return frame


def _risen(page: Page, free: Box, foot: float) -> tuple[Placed, ...]:
    """The globe over the footer, in what the words leave free; none where that is too low or the brand has none."""
    side = min(_GLOBE * page.short, _FREE * free.height, free.width)
    if not page.brand.meridians or side < _LEAST_GLOBE * page.short:
        return ()
    globe = meridians(side, page.ground.colour)
    return (Placed(Point(page.size.width - (1 - _BEYOND) * side, foot - globe.size.height), globe),)
