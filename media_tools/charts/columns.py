"""Upright columns from zero: amounts past their ends, names under them, no axis of amounts and no grid."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal

from media_tools.charts.axis import axis, axis_width, round_amounts
from media_tools.charts.series import key, label_colour, series_colours, written
from media_tools.charts.slots import Slots, Slotted, slotted
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Align, Fill, Frame, Placed, TextStyle
from media_tools.layout.page import Meaning, Page
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Point, Size

LOWEST, HIGHEST = 4.0, 9.0  # em of the label's size: the longest column
_TALLEST, _TALLEST_PRINTED = 0.40, 0.62  # of the width: the longest column
LABEL_GAP = 0.25  # em between the lowest column and the labels
_ALONE, _TOGETHER = 0.68, 0.80  # of a slot: one column, several side by side
_BETWEEN = 0.02  # of a slot, between columns side by side
_VALUES_APART = 0.25  # em
VALUE_GAP = 0.12  # em between an amount's line and its column: its letters stand .4 em off
_KEY_GAP = 0.4  # em
_AXIS_GAP = 0.5  # em between the amounts at the start edge and the first column


@dataclass(frozen=True, slots=True)
class Group:
    """What stands over one label: an amount a series, None where nobody counted."""

    label: str
    values: tuple[Decimal | None, ...]
    highlighted: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """Where zero is, in px from the top, and how many px `span` is long."""

    zero: float
    length: float
    span: Decimal

    def px(self, amount: Decimal) -> int:
        """How long a shape for `amount` is."""
        return round(self.length * float(abs(amount) / self.span)) if self.span else 0

    def place(self, amount: Decimal) -> float:
        """Px from the top at which `amount` is."""
        return self.zero - self.px(amount) if amount >= 0 else self.zero + self.px(amount)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is the same at every height."""

    slots: Slots
    key: Frame | None
    thickness: float
    """Px of one column."""
    pitch: float
    """Px between the starts of two columns side by side."""
    value_height: float
    tall: bool
    """Whether "million" stands under its digits."""
    lowest: Decimal
    highest: Decimal
    rising: bool
    """Whether some amount stands over the baseline, as zero does."""
    lines: tuple[Decimal, ...] = ()
    """Round amounts to read the columns by, where their own are too wide to stand over them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """One column a series over each label, side by side; below the baseline where the amount is negative."""

    groups: tuple[Group, ...]
    names: tuple[str, ...]
    """One a series; a single series goes without."""

    def fits(self, width: float, page: Page) -> bool:
        with suppress(DoesNotFit):
            return bool(self._plan(width, page))
        return False

    def least(self, width: float, page: Page) -> float:
        """The least height in px. Raises DoesNotFit where labels need more width."""
        plan = self._plan(width, page)
        return _others(plan, page) + LOWEST * page.small.size

    def most(self, width: float, page: Page) -> float:
        return _others(self._plan(width, page), page) + max(HIGHEST * page.small.size, tallest(width, page))

    def drawn(self, size: Size, page: Page) -> Frame:
        """The chart, which uses all of `size`."""
        plan = self._plan(size.width, page)
        scale = _scale(plan, size.height - _others(plan, page), page)
        placed = [Placed(Point(0, 0), plan.key)] if plan.key else []
        if plan.lines:
            placed.append(axis(plan.lines, "", scale.place, plan.slots.end, page))
        for slot, group in enumerate(self.groups):
            for series, value in enumerate(group.values):
                if value is not None:
                    colour = page.accented(Meaning.SPOKEN_OF) if group.highlighted else self._colours(page)[series]
                    start = plan.slots.start(slot) + round(series * plan.pitch)
                    placed.append(_column(value, colour, start, plan, scale, page))
        placed += under(plan.slots, scale.zero, size, page)
        return Frame(size, tuple(placed), "columns")

    @property
    def _values(self) -> tuple[Decimal, ...]:
        return tuple(value for group in self.groups for value in group.values if value is not None)

    def _colours(self, page: Page) -> tuple[Colour, ...]:
        """Of two times, the later one wears the brand's colour; else the first series does."""
        colours = series_colours(len(self.names), page)
        timed = len(self.names) > 1 and all(any(letter.isdigit() for letter in name) for name in self.names)
        return colours[::-1] if timed else colours

    def _plan(self, width: float, page: Page) -> _Plan:
        return page.once(("columns", self, width), lambda: self._planned(width, page))

    def _planned(self, width: float, page: Page) -> _Plan:
        """Amounts on one line or two where the columns are wide enough; else round amounts at the start edge."""
        count, em = len(self.names), page.small.size
        names = key(self.names, self._colours(page), width, page) if count > 1 else None
        lowest, highest = (end(*self._values, Decimal(0)) for end in (min, max))
        rising = any(value >= 0 for value in self._values)
        for tall in (False, True):
            needed = max(amount_width(words(value, page, tall), page) for value in self._values)
            with suppress(DoesNotFit):
                slots = self._slots(width, page, tall)
                thickness, pitch = _side_by_side(slots, count)
                if needed <= (pitch if count > 1 else slots.pitch) - _VALUES_APART * em:
                    high = max(words(value, page, tall).count("\n") + 1 for value in self._values)
                    height = high * line_height(page) + VALUE_GAP * em
                    return _Plan(slots, names, thickness, pitch, height, tall, lowest, highest, rising)
        lines = round_amounts(lowest, highest if highest > lowest else Decimal(1))
        start = axis_width(lines, page) + _AXIS_GAP * em
        slots = self._slots(width - start, page, None).moved(start)
        line = line_height(page)
        return _Plan(slots, names, *_side_by_side(slots, count), line, False, lines[0], lines[-1], True, lines)

    def _slots(self, width: float, page: Page, tall: bool | None) -> Slots:
        """Slots for amounts on one line, on two (`tall`), or for columns without amounts (None)."""
        share = _ALONE if len(self.names) == 1 else _TOGETHER
        kept = next((slot for slot, group in enumerate(self.groups) if group.highlighted), len(self.groups) - 1)

        def reach(slot: int, thickness: float) -> float:
            values = self.groups[slot].values
            outer = values[0] if slot == 0 else values[-1]
            if outer is None or tall is None:
                return thickness / 2
            middle = thickness * (len(values) - 1) / (2 * len(values))  # of the outermost column
            return middle + amount_width(words(outer, page, tall), page) / 2

        return slotted(Slotted(tuple(group.label for group in self.groups), share, reach, kept), width, page)


def _side_by_side(slots: Slots, count: int) -> tuple[float, float]:
    """Px of one column, and between the starts of two."""
    gap = _BETWEEN * slots.pitch
    pitch = (slots.thickness + gap) / count
    return (int(pitch - gap), pitch) if count > 1 else (slots.thickness, slots.pitch)


def _scale(plan: _Plan, length: float, page: Page) -> Scale:
    span = plan.highest - plan.lowest
    above = round(length * float(plan.highest / span)) if span else length
    return Scale(_above(plan, page) + above, length, span)


def _above(plan: _Plan, page: Page) -> float:
    """Px over the highest column: its amount, and the key."""
    over = plan.value_height if plan.rising else 0
    return over + (plan.key.size.height + _KEY_GAP * page.small.size if plan.key else 0)


def _others(plan: _Plan, page: Page) -> float:
    """Px of height that are not columns."""
    below = plan.value_height if plan.lowest and not plan.lines else 0
    return _above(plan, page) + baseline(page) + below + LABEL_GAP * page.small.size + plan.slots.labels_height


def _column(value: Decimal, colour: Colour, start: float, plan: _Plan, scale: Scale, page: Page) -> Placed:
    """The shape and, past its end, its amount."""
    text, style = words(value, page, plan.tall), value_style(page, label_colour(colour, page))
    room, over = (0.0, 0.0) if plan.lines else (amount_width(text, page), plan.value_height)
    length, wide, up = scale.px(value), max(plan.thickness, room), value >= 0
    beside = (wide - plan.thickness) / 2
    items = [Placed(Point(beside, over if up else 0), Fill(Size(plan.thickness, length), colour))] if value else []
    if not plan.lines:
        amount = page.set(text, style, room, Align.CENTRE)
        gap = VALUE_GAP * page.small.size
        items.append(
            Placed(Point((wide - room) / 2, max(0, over - gap - amount.size.height) if up else length + gap), amount)
        )
    at = Point(start - beside, scale.zero - length - over if up else scale.zero + baseline(page))
    return Placed(at, Frame(Size(wide, length + over), tuple(items), "column"))


def under(slots: Slots, zero: float, size: Size, page: Page) -> Iterator[Placed]:
    """The baseline at zero and the labels at the foot."""
    yield Placed(Point(0, zero), Fill(Size(slots.end, baseline(page)), page.ground.text))
    top = size.height - slots.labels_height
    for slot, label in slots.labels:
        left = slots.middle(slot) - label.size.width / 2
        yield Placed(Point(min(max(left, 0), size.width - label.size.width), top), label)


def tallest(width: float, page: Page) -> float:
    """Px of the longest column in a chart so wide: on a printed page a chart takes what height there is."""
    return (_TALLEST_PRINTED if page.ruled else _TALLEST) * width


def baseline(page: Page) -> float:
    return round(1.5 * page.hairline)


def words(value: Decimal, page: Page, tall: bool) -> str:
    """An amount on one line, or `tall`: its magnitude on a second."""
    return written(value, page, "\n") if tall else written(value, page)


def value_style(page: Page, colour: Colour) -> TextStyle:
    return replace(page.small, weight=600, colour=colour)


def line_height(page: Page) -> float:
    """Px of an amount's line, as it is set: to whole px in some fonts."""
    return page.set("0", value_style(page, page.ground.text), page.base).size.height


def amount_width(text: str, page: Page) -> float:
    return max(page.width_of(line, value_style(page, page.ground.text)) for line in text.split("\n")) + 2
