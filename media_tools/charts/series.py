"""What charts share: colours and names of several series, and how amounts are written beside shapes."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

from media_tools.layout.frame import Fill, Frame, Placed
from media_tools.layout.page import Page
from media_tools.spec.brand import Colours
from media_tools.spec.colour import Colour, apart, readable, towards_yellow, with_lightness
from media_tools.spec.figure import written_number
from media_tools.spec.geometry import Point, Size
from media_tools.spec.share import Counted, counted

MOST_SERIES = 4
_SHAPE_CONTRAST = 3.0  # WCAG 2.2, success criterion 1.4.11
_SQUARE = 0.72  # em: the patch of colour before a name
_APART = 11.0  # 100 x OKLab: the visual language's own first four are 12 apart at the least
_NUDGES = (0, -0.06, 0.06, -0.12, 0.12, -0.18, 0.18, -0.24, 0.24)  # OKLCH lightness, the smallest first
_ORANGE = 0.52  # OKLCH lightness of the accent's hue
_OCHRE, _OCHRE_CHROMA, _OCHRE_TURN = 0.70, 0.13, 40  # OKLCH; degrees from the accent towards yellow
_SLATE, _SLATE_CHROMA = 0.63, 0.7  # OKLCH lightness; times the primary's chroma


def series_colours(count: int, page: Page) -> tuple[Colour, ...]:
    """One colour a series: the brand's own first.

    Each reads 3 : 1 on the ground, and every two differ to colour-blind eyes as well, as far as the ground allows.
    """
    tones = _tones(page.brand.colours)[count]
    return page.once(("series", count), lambda: _told_apart(page.ground.strong, tones, page.ground.colour))


def _tones(colours: Colours) -> tuple[tuple[Colour, ...], ...]:
    """What follows the first colour, for 0 to MOST_SERIES series, in the visual language's order."""
    orange = with_lightness(colours.accent, times=0, plus=_ORANGE)
    ochre = towards_yellow(colours.accent, _OCHRE, _OCHRE_CHROMA, _OCHRE_TURN)
    slate = with_lightness(colours.primary, times=0, plus=_SLATE, chroma_times=_SLATE_CHROMA)
    return ((), (), (slate,), (orange, slate), (orange, ochre, slate))


def _told_apart(first: Colour, tones: Sequence[Colour], ground: Colour) -> tuple[Colour, ...]:
    """The tones, made as little lighter or darker as lets eyes of every kind tell them apart."""
    options = [
        [readable(with_lightness(tone, plus=nudge), ground, _SHAPE_CONTRAST) for nudge in _NUDGES] for tone in tones
    ]
    ways = sorted(product(range(len(_NUDGES)), repeat=len(tones)), key=lambda way: (sum(way), way))
    sets = [(first, *(each[index] for each, index in zip(options, way, strict=True))) for way in ways]
    return next((colours for colours in sets if _closest(colours) >= _APART), max(sets, key=_closest))


def _closest(colours: Sequence[Colour]) -> float:
    return min((apart(one, other) for one, other in combinations(colours, 2)), default=_APART)


def label_colour(colour: Colour, page: Page) -> Colour:
    """A series' colour, dark or light enough for its words."""
    return readable(colour, page.ground.colour)


def written(value: Decimal, page: Page, between: str = "\u00a0") -> str:
    """An amount in the page's digits, and its magnitude where it has one."""
    number = written_number(value, page.language, page.digits)
    return between.join(part for part in (page.amount(number.digits), number.magnitude) if part)


def written_part(part: Decimal, whole: Decimal, page: Page) -> Counted:
    """70 of 98, in the page's language and digits."""
    return counted(written(part, page), written(whole, page), page.language)


def key(names: Sequence[str], colours: Sequence[Colour], width: float, page: Page) -> Frame:
    """The names in their colours, each after a square of it, in as many lines as they need."""
    em, left, top = page.small.size, 0.0, 0.0
    placed: list[Placed] = []
    line = em * page.small.leading
    start = (_SQUARE + 0.4) * em
    for name, colour in zip(names, colours, strict=True):
        style = replace(page.small, weight=600, colour=label_colour(colour, page))
        wide = min(width, start + page.width_of(name, style) + 1)
        if left and left + wide > width:
            left, top = 0.0, placed[-1].at.y + placed[-1].item.size.height
        words = page.set(name, style, wide - start)
        square = Fill(Size(_SQUARE * em, _SQUARE * em), colour)
        placed.append(Placed(Point(left, top + (line - _SQUARE * em) / 2), square))
        placed.append(Placed(Point(left + start, top), words))
        left += wide + 1.2 * em
    bottom = max(each.at.y + each.item.size.height for each in placed)
    return Frame(Size(width, bottom), tuple(placed), "key")


def spread(middles: Sequence[float], heights: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Tops between `low` and `high` for boxes that want to stand about `middles`, moved until none overlap."""
    order = sorted(range(len(middles)), key=lambda index: (middles[index], index))
    tops = [middle - height / 2 for middle, height in zip(middles, heights, strict=True)]
    free = low
    for index in order:
        tops[index] = free = max(tops[index], free)
        free += heights[index]
    free = high
    for index in reversed(order):
        tops[index] = free = min(tops[index], free - heights[index])
    return tuple(tops)
