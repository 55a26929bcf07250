from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from media_tools.blocks import Block, Part
from media_tools.blocks.key_figures import KeyFigures
from media_tools.blocks.pictogram import Pictogram
from media_tools.blocks.progress import Progress
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.column import Row, column, eased_height, hung, least_height
from media_tools.layout.folio import kicker_and_date
from media_tools.layout.footer import footer
from media_tools.layout.frame import Frame, Item, Paragraph, Placed
from media_tools.layout.meridians import risen
from media_tools.layout.page import BANNER, LANDSCAPE, Meaning, Page
from media_tools.layout.stack import stack
from media_tools.pages import Content, row_of
from media_tools.pages.covers import cover_of_words
from media_tools.spec.brand import Brand
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Point, Size
from media_tools.themes import Theme

_FIGURES = (0.40, 0.34, 0.28, 0.22)  # of the height: the figure at most, the better first
_EASES = (0.6, 0.0)  # how much of its growth what counts the figure should get before the words give way
_BESIDE = 0.56  # of the width of a wide page: the figure and what counts it
_UNDER_FIGURE = 2  # steps under the largest title, where a figure leads
_OVER_TITLES, _SENTENCE_LINES = 3, 6  # steps that a sentence alone may be larger than titles, and lines it may take
_KICKER_GAP, _TITLE_GAP, _WORDS_GAP, _GAP, _FOOT_GAP = 0.9, 0.9, 0.7, 1.6, 1.3  # of the base size
_GLOBE, _CENTRE = 1.1, 0.12  # of the short side: the globe at most, and its centre from the end edge
_ZONE = 0.2  # of the short side under the footer, from which the globe stands on the page's own edge


class Signal(Theme):
    """The accent all over, and one figure or sentence as wide as the page. For what must stop the thumb."""

    parts: ClassVar[frozenset[Part]] = frozenset({Part.HEADLINE, Part.FIGURES, Part.CHART, Part.CALL, Part.PARTNERS})
    sans: ClassVar[bool] = True

    def ground(self, brand: Brand) -> Colour:
        return brand.colours.accent

    def shown(self, content: Content) -> tuple[Block, ...]:
        """One figure, one block that counts it and what to do next; what else there is would take its force."""
        figure = _figure(content)
        several = figure is not None and len(figure.figures) > 1
        lead = figure.model_copy(update={"figures": figure.figures[:1]}) if figure and several else figure
        return (*([lead] if lead else []), *_counting(content)[:1], *content.of(Part.CALL, Part.PARTNERS))

    def compose(self, content: Content, page: Page) -> Frame:
        page = page.once("signal", lambda: replace(page.in_sans(), accent=Meaning.GROUND))
        if page.use.at_a_glance:
            items = cover_of_words(content, page)
        elif page.shape in (LANDSCAPE, BANNER):
            items = self._wide(content, page)
        else:
            items = self._tall(content, page)
        return Frame(page.size, (page.flood(), *items), "page")

    def _tall(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """Figure and words from the top, what counts them in the rest; the globe rises behind it."""
        box, gap = page.box, page.gap(_GAP)
        low = footer(page, content.source_line, box.width, content.partners(page, box.width))
        foot = box.bottom - low.size.height
        rows = _rows(content, box.width, page)
        room = foot - page.gap(_FOOT_GAP) - box.y - (gap if rows else 0)
        head = _first(_heads(content, page, box.width), [room - eased_height(rows, gap, ease) for ease in _EASES])
        top = box.y + head.size.height + gap
        rest = Size(box.width, foot - page.gap(_FOOT_GAP) - top)
        words = [Placed(Point(box.x, box.y), head)]
        if rows:
            words.append(Placed(Point(box.x, top), column(rows, rest, gap)))
        return (*_globe(page, top, foot, words), *words, Placed(Point(box.x, foot), low))

    def _wide(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """The figure and what counts it at the start, the words at the end, their tops level."""
        box, gap = page.box, page.gap(_GAP)
        low = footer(page, content.source_line, box.width, content.partners(page, box.width))
        foot = box.bottom - low.size.height
        over = kicker_and_date(page, content.headline.kicker, content.date, box.width)
        top = box.y + over.size.height + page.gap(_KICKER_GAP)
        room = Size(box.width, foot - page.gap(_FOOT_GAP) - top)
        counting = _counting(content)
        start = _BESIDE * box.width if counting or _figure(content) else 0
        words = [Placed(Point(box.x, box.y), over)]
        if start:
            evidence = _evidence(content, Size(start - 1.5 * page.gutter, room.height), page)
            words.append(Placed(Point(box.x, top), evidence))
        calls = [row_of(block, box.width - start, page) for block in content.of(Part.CALL)]
        acts = least_height(calls, page.base)
        said = _first(_words(content, page, box.width - start), [room.height - acts - (gap if calls else 0)])
        words.append(Placed(Point(box.x + start, top), replace(said, name="headline")))
        if calls:
            at = Point(box.x + start, top + room.height - acts)
            words.append(Placed(at, column(calls, Size(box.width - start, acts), page.base)))
        globe = _globe(page, top + said.size.height + gap, foot, words)
        return (*globe, *words, Placed(Point(box.x, foot), low))


def _figure(content: Content) -> KeyFigures | None:
    return next((block for block in content.blocks if isinstance(block, KeyFigures)), None)


def _counting(content: Content) -> tuple[Pictogram | Progress, ...]:
    return tuple(block for block in content.blocks if isinstance(block, Pictogram | Progress))


def _rows(content: Content, width: float, page: Page) -> list[Row]:
    """What counts the figure, and what to do next."""
    return [*_counted(content, width, page), *(row_of(block, width, page) for block in content.of(Part.CALL))]


def _counted(content: Content, width: float, page: Page) -> list[Row]:
    """A pictogram says its amount small where a figure leads."""
    leads = _figure(content) is not None
    return [
        block.under_figure(width, page) if leads and isinstance(block, Pictogram) else row_of(block, width, page)
        for block in _counting(content)
    ]


def _evidence(content: Content, size: Size, page: Page) -> Frame:
    """The figure over what counts it."""
    figure, gap = _figure(content), page.gap(_GAP)
    rows = _counted(content, size.width, page)
    least = least_height(rows, gap) + (gap if rows and figure else 0)
    lead = figure.lead(Size(size.width, size.height - least), page) if figure else Frame(Size(0, 0))
    top = lead.size.height + (gap if figure else 0)
    rest = hung(rows, Size(size.width, size.height - top), gap)
    return Frame(size, (Placed(Point(0, 0), lead), *([Placed(Point(0, top), rest)] if rows else [])))


def _heads(content: Content, page: Page, width: float) -> Iterator[Frame]:
    """Kicker, figure and words one under another, the better first."""
    over = kicker_and_date(page, content.headline.kicker, content.date, width)
    words = list(_words(content, page, width))
    figures = _leads(content, page, width)
    steps = ((smaller, lower) for smaller in range(len(words)) for lower in range(len(figures)))
    for smaller, lower in sorted(steps, key=sum):
        lead, said = figures[lower], words[smaller]
        items: list[Item] = [over, lead, said] if lead.items else [over, said]
        gaps = [page.gap(_KICKER_GAP), page.gap(_TITLE_GAP)][: len(items) - 1]
        yield stack(items, gaps, width, "headline")


def _leads(content: Content, page: Page, width: float) -> list[Frame]:
    """The figure at each height that makes it another size, the largest first; an empty frame where there is none.

    Raises DoesNotFit where it would not dominate.
    """
    figure = _figure(content)
    if figure is None:
        return [Frame(Size(width, 0))]
    sizes = (Size(width, share * page.size.height) for share in _FIGURES)
    leads = [figure.lead(sizes, page) for sizes in sizes]
    return list({lead.size.height: lead for lead in leads}.values())


def _words(content: Content, page: Page, width: float) -> Iterator[Frame]:
    """The title, what the figure counts and the standfirst, the largest title first."""
    headline, figure = content.headline, _figure(content)
    told = [balanced(page, figure.lead_label(page), replace(page.standfirst, weight=600), width)] if figure else []
    standfirst = headline.standfirst_lines(page, width)
    below: list[Item] = [*told, *([standfirst] if standfirst else [])]
    for title in _titles(content, page, width):
        yield stack([title, *below], [page.gap(_WORDS_GAP), 0][: len(below)], width)


def _titles(content: Content, page: Page, width: float) -> Iterator[Paragraph]:
    """The headline at each step; a sentence that stands alone is larger than titles are."""
    steps, headline = page.shape.title_steps, content.headline
    if _figure(content) is None and not _counting(content):
        for style in map(page.title, range(steps[0] + _OVER_TITLES, steps[-1], -1)):
            sentence = balanced(page, headline.text, style, width)
            if page.longest_word(headline.text, style) <= width and sentence.lines <= _SENTENCE_LINES:
                yield sentence
    for step in steps[_UNDER_FIGURE:] if _figure(content) else steps:
        if title := headline.title(page, step, width):
            yield title


def _first(frames: Iterable[Frame], heights: Sequence[float]) -> Frame:
    """The first that fits the first of `heights` that holds any."""
    tried = list(frames)
    for height in heights:
        for frame in tried:
            if frame.size.height <= height:
                return frame
    least = min((frame.size.height for frame in tried), default=heights[-1] + 1)
    raise DoesNotFit("The headline", least, heights[-1])


def _globe(page: Page, top: float, foot: float, words: list[Placed]) -> tuple[Placed, ...]:
    """The globe on the footer's rule under `top`; on the page's own edge where a platform covers what is under it."""
    short, x = page.short, page.size.width - _CENTRE * page.short
    zone = page.size.height - page.box.bottom
    if zone >= _ZONE * short:
        return risen(page, Point(x, page.size.height), min(_GLOBE * short, 2 * (zone - page.gutter)), ())
    return risen(page, Point(x, foot), min(_GLOBE * short, 2 * (foot - top)), words)
