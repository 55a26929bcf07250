"""Lines over time, each named where it ends: few hairlines at round amounts, no legend."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from media_tools.charts.axis import axis, axis_top, axis_width, round_amounts, tint
from media_tools.charts.columns import baseline
from media_tools.charts.line_ends import End, line_ends, placed_ends, small_ends
from media_tools.charts.line_note import LineNote, Side, Sides
from media_tools.charts.line_shapes import Track, area, dot, line, runs
from media_tools.charts.series import series_colours, written
from media_tools.charts.times import Tick, shares, ticks
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Fill, Frame, Placed
from media_tools.layout.page import Page
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Box, Point, Size
from media_tools.spec.series import Series

_STROKE = 0.24  # em of the label's size
_DOT, _RING = 1.6, 0.6  # strokes: an end's radius, and the ring of ground round a highlighted dot
_TICK = 0.35  # em
_LOWEST, _HIGHEST = 4.0, 10.0  # em of plot
_TALLEST, _TALLEST_PRINTED = 0.40, 0.62  # of the width
_NARROWEST = 7.0  # em between the first and the last row
_AXIS_GAP = 0.5  # em between the amounts at the start edge and the first row
_END_GAP, _ENDS_GAP = 0.35, 0.9  # em between a dot and its words: of one line, of several
_LABEL_GAP = 0.15  # em over the labels
_NOTE_GAP = 0.4  # em between a note and the baseline


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is the same at every height."""

    amounts: tuple[Decimal, ...]
    """Of the hairlines, from the lowest."""
    places: tuple[float, ...]
    """Px from the start edge to each row."""
    ends: tuple[End, ...]
    ticks: tuple[Tick, ...]
    note: LineNote | None
    reach: float
    """Px of the hairlines, to the end of the last dot."""
    gap: float
    """Px from a line's end to its words."""
    over: float
    """Px of height for the label of the highest hairline."""

    @property
    def ends_height(self) -> float:
        return sum(end.words.size.height for end in self.ends)

    @property
    def labels_height(self) -> float:
        return max(tick.words.size.height for tick in self.ticks)

    @property
    def note_height(self) -> float:
        return self.note.over.size.height if self.note else 0


@dataclass(frozen=True)
class _Plot:
    """The plan at a height: from amounts to px."""

    plan: _Plan
    top: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @cached_property
    def baseline(self) -> float:
        """Px from the top to zero, or to the foot where zero is left out."""
        low, high = self.plan.amounts[0], self.plan.amounts[-1]
        return self.place(min(max(low, Decimal(0)), high))

    def place(self, amount: Decimal) -> float:
        low, high = self.plan.amounts[0], self.plan.amounts[-1]
        return self.bottom - self.height * float((amount - low) / (high - low))

    def track(self, series: Series) -> Track:
        return [
            None if value is None else Point(x, self.place(value))
            for x, value in zip(self.plan.places, series.values, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Lines:
    """Up to four series over the same rows; a missing amount breaks its line."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    near: bool = False
    """Whether the axis may leave zero out."""
    highlight: int | None = None
    """A row of a single series."""
    note: str = ""

    def least(self, width: float, page: Page) -> float:
        """The least height in px. Raises DoesNotFit where words or the lines need more width."""
        return min(_least(plan, page) for plan in self._plans(width, page))

    def most(self, width: float, page: Page) -> float:
        plan = self._plans(width, page)[0]
        plot = max(_HIGHEST * page.small.size, (_TALLEST_PRINTED if page.ruled else _TALLEST) * width)
        return max(_least(plan, page), _others(plan, page) + plot)

    def drawn(self, size: Size, page: Page) -> Frame:
        """The chart, which uses all of `size`."""
        plans = self._plans(size.width, page)
        plan = next((plan for plan in plans if _least(plan, page) <= size.height), plans[-1])
        plot = _plot(plan, size, 0, page)
        note = self._beside(plot, page)
        if plan.note and not note:
            plot = _plot(plan, size, plan.note_height, page)
            note = [Placed(Point(0, 0), plan.note.over)]
        stroke = _STROKE * page.small.size
        tracks = [plot.track(each) for each in self.series]
        colours = series_colours(len(self.series), page)
        placed: list[Placed] = []
        if self._shaded(plan):
            placed += area(tracks[0], plot.baseline, tint(page.ground.strong, page), size)
        placed.append(axis(plan.amounts, self.unit, plot.place, plan.reach, page))
        placed += _foot(plot, size, page)
        for track, colour in reversed(list(zip(tracks, colours, strict=True))):
            placed += line(track, stroke, colour, size)
        placed += [*note, *self._marked(tracks[0], plan, page)]
        placed += self._ended(tracks, colours, plot, size, page)
        return Frame(size, tuple(placed), "lines")

    def _plans(self, width: float, page: Page) -> tuple[_Plan, ...]:
        """With large amounts at the ends, then with small ones; those that have room for the lines."""
        return page.once(("lines", self, width), lambda: self._planned(width, page))

    def _planned(self, width: float, page: Page) -> tuple[_Plan, ...]:
        colours = series_colours(len(self.series), page)
        plans, needed = [], 0.0
        for ended in (line_ends, small_ends):
            ends = ended(self.series, self.labels, colours, width, page)
            gap = _radius(page) + (_END_GAP if len(ends) == 1 else _ENDS_GAP) * page.small.size
            start = axis_width(self._amounts, page) + _AXIS_GAP * page.small.size
            stop = width - gap - max(end.words.size.width for end in ends)
            needed = width - stop + start + _NARROWEST * page.small.size
            if needed <= width:
                places = tuple(start + share * (stop - start) for share in shares(self.labels))
                named = ticks(self.labels, start, stop, width, page)
                reach, note = stop + _radius(page), self._note(width, page)
                over = axis_top(self._amounts, self.unit, reach, page).size.height
                plans.append(_Plan(self._amounts, places, ends, named, note, reach, gap, over))
        if not plans:
            raise DoesNotFit("The line chart", needed, width)
        return tuple(plans)

    @property
    def _amounts(self) -> tuple[Decimal, ...]:
        values = [value for each in self.series for value in each.values if value is not None]
        low, high = min(values), max(values)
        if self.near and low < high:
            return round_amounts(low, high)
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
        return round_amounts(low, high if low < high else Decimal(1))

    def _shaded(self, plan: _Plan) -> bool:
        """An area means an amount from zero, so that a single line has one where zero is shown."""
        return len(self.series) == 1 and plan.amounts[0] <= 0 <= plan.amounts[-1]

    def _note(self, width: float, page: Page) -> LineNote | None:
        value = None if self.highlight is None else self.series[0].values[self.highlight]
        if self.highlight is None or value is None:
            return None
        what, darkest = self.note or written(value, page), tint(page.ground.strong, page)
        return LineNote.of(self.labels[self.highlight], what, darkest, width, page)

    def _beside(self, plot: _Plot, page: Page) -> list[Placed]:
        """The note beside its dot; nothing where it has no free place there."""
        track = plot.track(self.series[0])
        at = track[self.highlight] if self.highlight is not None else None
        if plot.plan.note is None or at is None:
            return []
        run = next(run for run in runs(track) if at in run)
        left, right, zero = plot.plan.places[0], plot.plan.places[-1], plot.baseline
        gap = _NOTE_GAP * page.small.size
        paper = tint(page.ground.strong, page) if self._shaded(plot.plan) else page.ground.colour
        inner = Box(run[0].x, min(at.y, zero + gap), run[-1].x - run[0].x, abs(zero - at.y) - gap)
        outer = Box(left, plot.top, right - left, at.y - plot.top)
        if at.y > zero:
            outer = Box(left, at.y, right - left, plot.bottom - at.y)
        sides = Side(outer, page.ground.colour), Side(inner, paper)
        over, under = sides if at.y <= zero else sides[::-1]
        return plot.plan.note.beside(at, _radius(page), track, Sides(over, under))

    def _marked(self, track: Track, plan: _Plan, page: Page) -> Iterator[Placed]:
        """The dot of the highlighted row, in a ring of the ground."""
        at = track[self.highlight] if self.highlight is not None else None
        if at and plan.note:
            yield dot(at, _radius(page) + _RING * _STROKE * page.small.size, page.ground.colour)
            yield dot(at, _radius(page), plan.note.colour)

    def _ended(
        self, tracks: list[Track], colours: tuple[Colour, ...], plot: _Plot, size: Size, page: Page
    ) -> Iterator[Placed]:
        ends = plot.plan.ends
        dots = [point for track, end in zip(tracks, ends, strict=True) if (point := track[end.row])]
        left = plot.plan.places[-1] + plot.plan.gap
        top = plot.top - plot.plan.over
        yield from placed_ends(ends, dots, colours, Box(left, top, size.width - left, plot.bottom - top), page)
        for row, at, colour in zip((end.row for end in ends), dots, colours, strict=True):
            if row != self.highlight:
                yield dot(at, _radius(page), colour)


def _radius(page: Page) -> float:
    return _DOT * _STROKE * page.small.size


def _least(plan: _Plan, page: Page) -> float:
    return _others(plan, page) + max(_LOWEST * page.small.size, plan.ends_height)


def _others(plan: _Plan, page: Page) -> float:
    """Px of height that are not plot, the note over it included."""
    return plan.note_height + plan.over + _under(plan, page)


def _under(plan: _Plan, page: Page) -> float:
    return baseline(page) + (_TICK + _LABEL_GAP) * page.small.size + plan.labels_height


def _plot(plan: _Plan, size: Size, taken: float, page: Page) -> _Plot:
    """The plot where `taken` px of height are given to a note over it."""
    top = taken + plan.over
    return _Plot(plan, top, size.height - top - _under(plan, page))


def _foot(plot: _Plot, size: Size, page: Page) -> Iterator[Placed]:
    """The baseline, with ticks where it is the foot of the plot, and the labels."""
    thick = baseline(page)
    yield Placed(Point(0, plot.baseline), Fill(Size(size.width, thick), page.ground.text))
    for tick in plot.plan.ticks:
        if plot.baseline == plot.bottom:
            at = Point(plot.plan.places[tick.row] - thick / 2, plot.bottom)
            yield Placed(at, Fill(Size(thick, _TICK * page.small.size), page.ground.text))
        yield Placed(Point(tick.left, size.height - plot.plan.labels_height), tick.words)
