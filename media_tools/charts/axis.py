"""Round amounts for the hairlines of a chart, and those lines with their labels."""

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from media_tools.charts.series import written
from media_tools.layout.balance import snug
from media_tools.layout.frame import Fill, Frame, Paragraph, Placed
from media_tools.layout.page import Page
from media_tools.spec.colour import Colour, mix
from media_tools.spec.geometry import Point, Size

_ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))  # times a power of ten
_LESS_ROUND = (Decimal("1.5"), Decimal(3), Decimal(4))
_NOT_ROUND = 0.15  # of the span that is wanted: what a step that is less round may save
_FEW, _ENOUGH = 0.2, 4  # of the span that is wanted, for each line under four
_MOST_STEPS = 4
_LABELS_APART = 1.1  # times their height, between the lines
_GRID = 0.13  # of the text's colour
_TINT = 0.09  # of the brand's colour


def round_amounts(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """From at most `low` to at least `high` in at most four equal round steps, with little room left over.

    Steps between whole amounts are whole. Raises ValueError when `low` is not less than `high`.
    """
    if low >= high:
        raise ValueError(f"There is nothing between {low} and {high}.")
    whole = all(amount == amount.to_integral_value() for amount in (low, high))
    power = Decimal(10) ** (high - low).adjusted()
    steps = [times * power * shift for times in (*_ROUND, *_LESS_ROUND) for shift in (Decimal("0.1"), Decimal(1))]
    if whole:
        steps = [step for step in steps if step == step.to_integral_value()] or [Decimal(1)]
    ways = [_amounts(step, low, high) for step in steps]
    return min((way for way in ways if len(way) <= _MOST_STEPS + 1), key=lambda way: _cost(way, high - low))


def _amounts(step: Decimal, low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return tuple(((first + index) * step).normalize() for index in range(int(last - first) + 1))


def _cost(amounts: Sequence[Decimal], wanted: Decimal) -> tuple[float, int]:
    """How much more the steps span than is wanted, with what too few and less round steps cost."""
    step = (amounts[1] - amounts[0]).normalize()
    less_round = 0 if step.scaleb(-step.adjusted()) in _ROUND else _NOT_ROUND
    few = _FEW * max(0, _ENOUGH - len(amounts))
    return float((amounts[-1] - amounts[0]) / wanted) + less_round + few, -len(amounts)


def grid_colour(page: Page) -> Colour:
    return mix(page.ground.text, page.ground.colour, _GRID)


def tint(colour: Colour, page: Page) -> Colour:
    """The colour of an area under a line."""
    return mix(colour, page.ground.colour, _TINT)


def axis_width(amounts: Sequence[Decimal], page: Page) -> float:
    """Px that the labels of the lines take at the start edge, without the unit."""
    return max(page.width_of(written(amount, page), page.quiet) for amount in amounts)


def axis_top(amounts: Sequence[Decimal], unit: str, width: float, page: Page) -> Paragraph:
    """The label of the highest line, which carries the unit, in a box no wider than its words."""
    return snug(page, f"{written(amounts[-1], page)} {unit}".strip(), page.quiet, width)


def axis(amounts: Sequence[Decimal], unit: str, place: Callable[[Decimal], float], width: float, page: Page) -> Placed:
    """A hairline `width` px wide at each amount, under its label.

    `place` says how many px from the top an amount is. Zero is the baseline's, and needs no label where it is lowest.
    Where the lines are close, labels go that are neither lowest, middle nor highest.
    """
    items = tuple(_lines(amounts, unit, place, width, page))
    return Placed(Point(0, 0), Frame(Size(width, place(amounts[0]) + page.hairline), items, "axis"))


def _lines(
    amounts: Sequence[Decimal], unit: str, place: Callable[[Decimal], float], width: float, page: Page
) -> Iterator[Placed]:
    step = (place(amounts[0]) - place(amounts[-1])) / (len(amounts) - 1)
    for index, amount in enumerate(amounts):
        top = place(amount)
        if amount:
            yield Placed(Point(0, top), Fill(Size(width, page.hairline), grid_colour(page)))
        label = axis_top(amounts[: index + 1], unit if index == len(amounts) - 1 else "", width, page)
        inner = 2 * index % (len(amounts) - 1) > 0
        if (amount or index) and not (inner and step < _LABELS_APART * label.size.height):
            yield Placed(Point(0, max(0, top - label.size.height)), label)
