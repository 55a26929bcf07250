"""Upright columns of parts that add up to a whole: each part's amount inside it, the whole over it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise

from media_tools.charts.columns import (
    HIGHEST,
    LABEL_GAP,
    LOWEST,
    VALUE_GAP,
    Group,
    Scale,
    amount_width,
    baseline,
    line_height,
    tallest,
    under,
    value_style,
)
from media_tools.charts.series import key, label_colour, series_colours, spread, written
from media_tools.charts.slots import Slots, Slotted, slotted
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import snug
from media_tools.layout.frame import Align, Fill, Frame, Paragraph, Placed
from media_tools.layout.page import Page
from media_tools.spec.colour import WHITE, Colour, contrast, readable
from media_tools.spec.geometry import Point, Size

_SHARE = 0.68  # of a slot: the column
_PART_GAP = 2  # px of ground between two parts
_ROOM = 0.25  # em left free beside and between amounts
_NAMES = 0.30  # of the width, that names beside the last column may take
_NAMES_GAP = 0.6  # em
_KEY_GAP = 0.4  # em


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is the same at every height."""

    slots: Slots
    room: float
    """Px of width that a whole's amount takes."""
    key: Frame | None
    beside: tuple[Paragraph, ...]
    """The names at the end of the last column, from its foot; none where the key says them."""

    @property
    def beside_height(self) -> float:
        return sum(name.size.height for name in self.beside)


@dataclass(frozen=True, slots=True)
class Stacks:
    """One column over each label, its parts from the foot in the order of `names`; no part is negative."""

    groups: tuple[Group, ...]
    names: tuple[str, ...]

    def least(self, width: float, page: Page) -> float:
        """The least height in px. Raises DoesNotFit where amounts or labels need more width."""
        return min(_least(plan, page) for plan in self._plans(width, page))

    def most(self, width: float, page: Page) -> float:
        plan = self._plans(width, page)[0]
        return max(_least(plan, page), _others(plan, page) + max(HIGHEST * page.small.size, tallest(width, page)))

    def drawn(self, size: Size, page: Page) -> Frame:
        """The chart, which uses all of `size`."""
        plans = self._plans(size.width, page)
        plan = next((plan for plan in plans if _least(plan, page) <= size.height + 0.5), plans[-1])
        length = size.height - _others(plan, page)
        above = _above(plan, page)
        scale = Scale(above + length, length, max(_whole(group) for group in self.groups))
        placed = [Placed(Point(0, 0), plan.key)] if plan.key else []
        for slot, group in enumerate(self.groups):
            if None not in group.values:
                placed.append(self._stack(group, plan.slots.start(slot), plan, scale, page))
        placed += self._beside(plan, scale, page)
        placed += under(plan.slots, scale.zero, size, page)
        return Frame(size, tuple(placed), "columns")

    def _stack(self, group: Group, start: float, plan: _Plan, scale: Scale, page: Page) -> Placed:
        """The parts, the amounts of those that are large enough, and the whole over them."""
        thickness, colours = plan.slots.thickness, series_colours(len(self.names), page)
        whole = page.set(written(_whole(group), page), value_style(page, page.ground.text), plan.room, Align.CENTRE)
        wide = max(thickness, plan.room)
        left = (wide - thickness) / 2
        over = whole.size.height + VALUE_GAP * page.small.size
        foot = over + scale.px(_whole(group))
        items = [Placed(Point((wide - plan.room) / 2, 0), whole)]
        for value, colour, (low, high) in zip(group.values, colours, _edges(group, scale), strict=True):
            gap = _PART_GAP if low and high - low > _PART_GAP else 0
            if value and high > low:
                part = Fill(Size(thickness, high - low - gap), colour)
                items.append(Placed(Point(left, foot - high), part))
                items += _inside(value, part, Point(left, foot - high), page)
        return Placed(Point(start - left, scale.zero - foot), Frame(Size(wide, foot), tuple(items), "column"))

    def _beside(self, plan: _Plan, scale: Scale, page: Page) -> Iterator[Placed]:
        """Each name beside its part of the last column."""
        if not plan.beside:
            return
        middles = [scale.zero - (low + high) / 2 for low, high in _edges(self.groups[-1], scale)]
        heights = [name.size.height for name in plan.beside]
        left = plan.slots.end + _NAMES_GAP * page.small.size
        for name, top in zip(plan.beside, spread(middles, heights, _above(plan, page), scale.zero), strict=True):
            yield Placed(Point(left, top), name)

    def _plans(self, width: float, page: Page) -> tuple[_Plan, ...]:
        """With the names beside the last column where they have room there; and with a key, which is less high."""
        return page.once(("stacks", self, width), lambda: tuple(self._planned(width, page)))

    def _planned(self, width: float, page: Page) -> Iterator[_Plan]:
        if beside := self._names(series_colours(len(self.names), page), _NAMES * width, page):
            with suppress(DoesNotFit):
                yield self._plan(beside, width, page)
        yield self._plan((), width, page)

    def _plan(self, beside: tuple[Paragraph, ...], width: float, page: Page) -> _Plan:
        """Raises DoesNotFit where amounts or labels need more width."""
        em, colours = page.small.size, series_colours(len(self.names), page)
        room = max(amount_width(written(_whole(group), page), page) for group in self.groups)
        taken = max(name.size.width for name in beside) + _NAMES_GAP * em if beside else 0
        slots = self._slots(width - taken, room, page)
        if room > slots.pitch - _ROOM * em:
            raise DoesNotFit("The widest amount over the columns", room, slots.pitch - _ROOM * em)
        return _Plan(slots, room, None if beside else key(self.names, colours, width, page), beside)

    def _names(self, colours: Sequence[Colour], room: float, page: Page) -> tuple[Paragraph, ...]:
        styles = [value_style(page, label_colour(colour, page)) for colour in colours]
        named = list(zip(self.names, styles, strict=True))
        if None in self.groups[-1].values or any(page.longest_word(name, style) > room for name, style in named):
            return ()
        return tuple(snug(page, name, style, room) for name, style in named)

    def _slots(self, width: float, room: float, page: Page) -> Slots:
        labels = tuple(group.label for group in self.groups)
        return slotted(Slotted(labels, _SHARE, lambda _slot, _thickness: room / 2, len(labels) - 1), width, page)


def _whole(group: Group) -> Decimal:
    return sum((value for value in group.values if value is not None), Decimal(0))


def _edges(group: Group, scale: Scale) -> list[tuple[int, int]]:
    """Px over the baseline at which each part begins and ends."""
    return list(
        pairwise(map(scale.px, accumulate((value or Decimal(0) for value in group.values), initial=Decimal(0))))
    )


def _inside(value: Decimal, part: Fill, at: Point, page: Page) -> Iterator[Placed]:
    """The part's amount in its middle, where it has room."""
    text, size = written(value, page), part.size
    best = max((WHITE, page.brand.colours.ink), key=lambda colour: contrast(colour, str(part.paint)))
    style = value_style(page, readable(best, str(part.paint)))
    words = page.set(text, style, size.width, Align.CENTRE)
    if page.width_of(text, style) + _ROOM * style.size <= size.width and words.size.height <= size.height:
        yield Placed(Point(at.x, at.y + (size.height - words.size.height) / 2), words)


def _least(plan: _Plan, page: Page) -> float:
    return _others(plan, page) + max(LOWEST * page.small.size, plan.beside_height)


def _others(plan: _Plan, page: Page) -> float:
    return _above(plan, page) + baseline(page) + LABEL_GAP * page.small.size + plan.slots.labels_height


def _above(plan: _Plan, page: Page) -> float:
    over = line_height(page) + VALUE_GAP * page.small.size
    return over + (plan.key.size.height + _KEY_GAP * page.small.size if plan.key else 0)
