"""Moments beside one another in equal columns: a line with a dot for each, what happened under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from media_tools.charts.moments import (
    Moment,
    Scale,
    Styles,
    Told,
    clear,
    dashed_line,
    dot_side,
    line_width,
    moment_frame,
    plain_line,
    widest_word,
)
from media_tools.layout.balance import balanced
from media_tools.layout.column import Row
from media_tools.layout.disc import disc
from media_tools.layout.frame import Frame, Item, Paragraph, Placed
from media_tools.layout.page import Meaning, Page
from media_tools.spec.geometry import Point, Size

_SCALES = (Scale(3, 1, 0), Scale(2, 0, 0), Scale(1, 0, -1), Scale(0, 0, -1))
_GAP = 1.3  # base sizes between columns
_UNDER = 0.5  # base sizes between the line and the dates
_AFTER_DATE = 0.1  # base sizes between dates and titles
_LEAP_GAP = 0.3  # base sizes between the words that say how long a leap was and the line
_NARROWEST = 7  # base sizes of a column's width
_TITLE_LINES, _WORD_LINES = 2, 4  # most at each scale but the smallest
FEWEST, MOST = 3, 5  # moments that are put beside one another


@dataclass(frozen=True, slots=True)
class _Set:
    moment: Moment
    when: Paragraph
    told: Told
    leap: Paragraph | None


def across(moments: Sequence[Moment], width: float, page: Page) -> Iterator[Row]:
    """Every way to put the moments beside one another, the largest first; none for too many, or too little width."""
    count = len(moments)
    column = (width - (count - 1) * _GAP * page.base) / count
    if not FEWEST <= count <= MOST or column < _NARROWEST * page.base:
        return
    for scale in _SCALES:
        sets = _sets(moments, Styles.at(scale, page), column, page)
        if sets and (scale is _SCALES[-1] or all(map(_short, sets))):
            frame = _drawn(sets, column, page)
            yield Row(frame.size.height, frame.size.height, lambda _height, frame=frame: frame)  # type: ignore[misc]


def _sets(moments: Sequence[Moment], styles: Styles, column: float, page: Page) -> list[_Set]:
    """The moments measured; none where a word is wider than its column."""
    dates = max(page.longest_word(moment.when, styles.when) for moment in moments)
    leaps = max((page.longest_word(moment.leap, styles.leap) for moment in moments if moment.leap), default=0)
    if max(dates, leaps, widest_word(moments, styles, page)) > column:
        return []
    return [
        _Set(
            moment,
            balanced(page, moment.when, styles.dated(moment, page), column),
            Told.of(moment, styles, column, page),
            balanced(page, moment.leap, styles.leap, column) if moment.leap else None,
        )
        for moment in moments
    ]


def _short(each: _Set) -> bool:
    words = each.told.words.lines if each.told.words else 0
    return each.when.lines == 1 and each.told.title.lines <= _TITLE_LINES and words <= _WORD_LINES


def _drawn(sets: Sequence[_Set], column: float, page: Page) -> Frame:
    side, pitch = dot_side(page), column + _GAP * page.base
    leaps = max((each.leap.size.height + _LEAP_GAP * page.base for each in sets[1:] if each.leap), default=0)
    dates = max(each.when.size.height for each in sets)
    placed: list[Placed] = []
    for index, each in enumerate(sets):
        start = index * pitch
        after = sets[index + 1] if index + 1 < len(sets) else None
        placed += _line(start, start + (pitch if after else column), after, Point(0, leaps), page)
        placed.append(Placed(Point(start, leaps), _moment(each, column, dates, page)))
    height = leaps + side + (_UNDER + _AFTER_DATE) * page.base + dates + max(each.told.height for each in sets)
    return Frame(Size(len(sets) * pitch - _GAP * page.base, height), tuple(placed), "moments")


def _moment(each: _Set, column: float, dates: float, page: Page) -> Frame:
    """A dot, and the date and what happened under it; titles stand on one line however many lines dates take."""
    side = dot_side(page)
    under = side + _UNDER * page.base
    told = under + dates + _AFTER_DATE * page.base
    colour = page.accented(Meaning.NOW) if each.moment.now else page.ground.strong
    items = (
        Placed(Point(0, 0), disc(side, colour)),
        Placed(Point(0, under), each.when),
        *each.told.placed(Point(0, told)),
    )
    return moment_frame(Size(column, told + each.told.height), items)


def _line(start: float, end: float, after: _Set | None, at: Point, page: Page) -> list[Placed]:
    """The line from the dot at `start` px to the next one at `end` px, or to the end of the last column."""
    side, width = dot_side(page), line_width(page)
    start += side + clear(page)
    size = Size(end - start - (clear(page) if after else 0), width)
    leap = after.leap if after else None
    line: Item = dashed_line(size, page) if leap else plain_line(size, page)
    items = [Placed(Point(start, at.y + (side - width) / 2), line)]
    if leap:
        items.append(Placed(Point(start, at.y - _LEAP_GAP * page.base - leap.size.height), leap))
    return items
