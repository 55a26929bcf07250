"""Moments under one another: dates at the start, a line with a dot for each, what happened beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from media_tools.charts.moments import (
    Moment,
    Scale,
    Styles,
    Told,
    clear,
    dashed_line,
    dot_middle,
    dot_side,
    line_width,
    moment_frame,
    plain_line,
    widest_word,
)
from media_tools.layout.balance import balanced
from media_tools.layout.column import Row
from media_tools.layout.disc import disc
from media_tools.layout.frame import Align, Frame, Paragraph, Placed
from media_tools.layout.page import Meaning, Page
from media_tools.spec.geometry import Point, Size

_SCALES = (Scale(3, 1, 0), Scale(2, 1, 0), Scale(1, 0, 0), Scale(0, 0, -1))
_DATES = (0.26, 0.32)  # most of the width that dates take: on one line each, on two
_BEFORE, _AFTER = 0.95, 1.05  # base sizes between dates and line, between line and words
_SLACK = 1.01  # widths are known to half a px at one size
_LEAST_WORDS = 6  # base sizes of width, under which dates stand over the titles
_TIGHT, _EASY = 0.55, 3.4  # base sizes between moments
_LEAP_GAP = 0.45  # base sizes over the words that say how long a leap was


@dataclass(frozen=True, slots=True)
class _Set:
    """One moment, measured, with the px from its top to each of its parts."""

    moment: Moment
    when: Paragraph | None
    date_top: float
    told: Told
    told_top: float
    dot: float
    """How far down the middle of its dot lies."""
    leap: Paragraph | None
    height: float


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where dates, line and words begin and how wide they are, in px."""

    dates: float
    """0: dates stand over the titles."""
    line: float
    words: float
    width: float


def down(moments: Sequence[Moment], width: float, page: Page) -> Iterator[Row]:
    """Every way to put the moments under one another, the largest first."""
    for scale in _SCALES:
        styles = Styles.at(scale, page)
        for columns in _columns(moments, styles, width, page):
            if widest_word(moments, styles, page) <= columns.width:
                first = _first_line(moments[0], styles, columns, page)
                sets = [_set(moment, styles, columns, page, first) for moment in _dated_once(moments)]
                yield _row(sets, columns, page)


def narrowest(moments: Sequence[Moment], page: Page) -> float:
    """The px of width that the longest word needs at the smallest scale."""
    styles = Styles.at(_SCALES[-1], page)
    return dot_side(page) + _AFTER * page.base + widest_word(moments, styles, page)


def _dated_once(moments: Sequence[Moment]) -> Iterator[Moment]:
    """A date is not said twice running."""
    before = ""
    for moment in moments:
        yield moment if moment.when != before else Moment("", moment.title, moment.words, moment.leap, moment.now)
        before = moment.when


def _columns(moments: Sequence[Moment], styles: Styles, width: float, page: Page) -> Iterator[_Columns]:
    """Dates beside the line where they are short, on one line or two; over the titles where not."""
    beside = dot_side(page) + (_BEFORE + _AFTER) * page.base
    whole = max(page.width_of(moment.when, styles.when) for moment in moments) * _SLACK + 2
    for dates, most in ((whole, _DATES[0] * width), (_on_two_lines(moments, styles, _DATES[1] * width, page), whole)):
        words = width - dates - beside
        if dates and dates <= most and words >= _LEAST_WORDS * page.base:
            line = dates + _BEFORE * page.base
            yield _Columns(dates, line, width - words, words)
            return
    words = width - dot_side(page) - _AFTER * page.base
    if max(page.longest_word(moment.when, styles.when) for moment in moments) <= words:
        yield _Columns(0, 0, width - words, words)


def _on_two_lines(moments: Sequence[Moment], styles: Styles, most: float, page: Page) -> float:
    """The px of width in which no date takes more than two lines; 0 where `most` is not enough."""
    if max(page.longest_word(moment.when, styles.when) for moment in moments) > most:
        return 0
    dates = [balanced(page, moment.when, styles.when, most) for moment in moments]
    return max(page.type.widest_line(date) for date in dates) + 2 if max(date.lines for date in dates) <= 2 else 0


def _first_line(moment: Moment, styles: Styles, columns: _Columns, page: Page) -> float:
    """How far down the baseline lies that a date shares with its title, where they stand beside each other."""
    title = page.type.baseline(page.set(moment.title, styles.title, columns.width))
    return max(title, page.type.baseline(page.set(moment.when, styles.when, columns.width)) if columns.dates else 0)


def _set(moment: Moment, styles: Styles, columns: _Columns, page: Page, first: float) -> _Set:
    told = Told.of(moment, styles, columns.width, page)
    leap = balanced(page, moment.leap, styles.leap, columns.width) if moment.leap else None
    align, measure = (Align.RIGHT, columns.dates) if columns.dates else (Align.LEFT, columns.width)
    when = balanced(page, moment.when, styles.dated(moment, page), measure, align) if moment.when else None
    if when is None or columns.dates:
        date_top, told_top = first - (page.type.baseline(when) if when else 0), first - page.type.baseline(told.title)
    else:
        date_top, told_top, first = 0, when.size.height, page.type.baseline(when)
    dot = dot_middle(styles.when, first, page)
    height = max(told_top + told.height, date_top + when.size.height if when else 0, dot + dot_side(page) / 2)
    return _Set(moment, when, date_top, told, told_top, dot, leap, height)


def _row(sets: Sequence[_Set], columns: _Columns, page: Page) -> Row:
    """Between its least height and the one at which the dots are as far apart as they need to be, and evenly."""
    leaps = sum(_leap(each, page) for each in sets[1:])
    gaps = len(sets) - 1
    own = sum(each.height for each in sets)
    even = gaps * max(each.height for each in sets) + sets[-1].height
    least = own + leaps + gaps * _TIGHT * page.base
    most = even + leaps + gaps * _EASY * page.base
    return Row(
        least, most, lambda height: _drawn(sets, columns, min(1, max(0, (height - least) / (most - least))), page)
    )


def _leap(each: _Set, page: Page) -> float:
    return each.leap.size.height + _LEAP_GAP * page.base if each.leap else 0


def _drawn(sets: Sequence[_Set], columns: _Columns, ease: float, page: Page) -> Frame:
    """The moments, `ease` (0 to 1) of the way from as close as can be to evenly spaced with room between them."""
    tallest, gap = max(each.height for each in sets), (_TIGHT + ease * (_EASY - _TIGHT)) * page.base
    placed: list[Placed] = []
    top = 0.0
    for each, after in zip(sets, (*sets[1:], None), strict=True):
        placed.append(Placed(Point(0, top), _moment(each, columns, page)))
        if after is None:
            break
        start = top + each.dot
        leap_top = top + each.height + ease * (tallest - each.height) + _LEAP_GAP * page.base
        top += each.height + ease * (tallest - each.height) + _leap(after, page) + gap
        placed += _link(start, top + after.dot, columns, page, leap_top if after.leap else None)
        if after.leap:
            placed.append(Placed(Point(columns.words, leap_top), after.leap))
    return Frame(Size(columns.words + columns.width, top + sets[-1].height), tuple(placed), "moments")


def _moment(each: _Set, columns: _Columns, page: Page) -> Frame:
    side = dot_side(page)
    colour = page.accented(Meaning.NOW) if each.moment.now else page.ground.strong
    items = [Placed(Point(columns.line, each.dot - side / 2), disc(side, colour))]
    if each.when:
        items.append(Placed(Point(0 if columns.dates else columns.words, each.date_top), each.when))
    items += each.told.placed(Point(columns.words, each.told_top))
    return moment_frame(Size(columns.words + columns.width, each.height), items)


def _link(start: float, end: float, columns: _Columns, page: Page, leap: float | None) -> list[Placed]:
    """The line between the middles of two dots, clear of both; dashed from `leap` on, where time leaps."""
    side, width = dot_side(page), line_width(page)
    x = columns.line + (side - width) / 2
    start, end = start + side / 2 + clear(page), end - side / 2 - clear(page)
    if end <= start:
        return []
    if leap is None:
        return [Placed(Point(x, start), plain_line(Size(width, end - start), page))]
    turn = min(max(leap, start), end)
    items = [Placed(Point(x, start), plain_line(Size(width, turn - start), page))] if turn > start else []
    return [*items, *([Placed(Point(x, turn), dashed_line(Size(width, end - turn), page))] if end > turn else [])]
