"""Shapes whose length is their amount: bars, columns, parts of columns, blocks, progress."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from media_tools.readback.charts import SAME, Chart, shapes
from media_tools.readback.told import Datum, Group
from media_tools.spec.geometry import Box


@dataclass(frozen=True, slots=True)
class Stand:
    """A part of a chart, and the amounts that stand in its place in the story."""

    part: Group
    datum: Datum


def stands(chart: Chart) -> tuple[Stand, ...]:
    """The parts of a chart beside the amounts in their places, in reading order; none of a chart without such parts.

    There are as many as the shorter of the two has: see `parted`.
    """
    parts, data = _parts(chart)
    return tuple(Stand(part, datum) for part, datum in zip(parts, data, strict=False))


def parted(chart: Chart) -> Iterator[str]:
    """What is wrong with the number of its parts."""
    parts, data = _parts(chart)
    if len(parts) != len(data):
        yield f"{len(parts)} shapes stand for {len(data)} amounts."


def lengths(chart: Chart) -> Iterator[str]:
    """What is wrong with the lengths of its shapes, at the scale of the longest."""
    parts = stands(chart)
    match chart.group.name:
        case "bars":
            yield from _in_scale([(each.datum, _shape(each.part).width) for each in parts])
        case "levels":
            yield from _in_scale([(each.datum, _shape(each.part).height) for each in parts if any(each.datum.values)])
        case "columns" if all(len(each.datum.values) == 1 for each in parts):
            yield from _in_scale([(each.datum, _shape(each.part).height) for each in parts])
            yield from _hanging(parts)
        case "columns":
            yield from _stacked(parts)
        case "progress_bars":
            for each in parts:
                empty, *full = shapes(each.part)
                part, whole = (float(value or 0) for value in each.datum.values)
                yield from _off(each.datum, full[0].width if full else 0, empty.width * part / whole)


def _parts(chart: Chart) -> tuple[list[Group], Sequence[Datum]]:
    match chart.group.name:
        case "bars":
            return chart.down("bar"), chart.known
        case "progress_bars":
            return chart.down("progress"), chart.known
        case "levels":
            return chart.across("level"), chart.known
        case "columns":
            columns = chart.across("column")
            each = [
                Datum(datum.label, (value,)) for datum in chart.known for value in datum.values if value is not None
            ]
            return columns, each if len(columns) == len(each) else chart.known
        case _:
            return [], ()


def _shape(part: Group) -> Box:
    """The part's first shape; nothing has none."""
    return next(iter(shapes(part)), Box(0, 0, 0, 0))


def _off(datum: Datum, px: float, due: float) -> Iterator[str]:
    if abs(px - due) > SAME:
        yield f"The shape of “{datum.label}” is {px:.0f} px long, and its amount asks for {due:.0f} px."


def _in_scale(measured: Sequence[tuple[Datum, float]]) -> Iterator[str]:
    amounts = [abs(float(datum.values[0] or 0)) for datum, _ in measured]
    most = max(amounts, default=0)
    if most:
        scale = measured[amounts.index(most)][1] / most
        for (datum, px), amount in zip(measured, amounts, strict=True):
            yield from _off(datum, px, scale * amount)


def _hanging(parts: Sequence[Stand]) -> Iterator[str]:
    """Negative amounts hang from the line that the others stand on."""
    zero = max((_shape(each.part).bottom for each in parts if (each.datum.values[0] or 0) > 0), default=0.0)
    for each in parts:
        if (each.datum.values[0] or 0) < 0 and _shape(each.part).y < zero - SAME:
            yield f"The shape of “{each.datum.label}” stands upright, and its amount is negative."


def _stacked(parts: Sequence[Stand]) -> Iterator[str]:
    """Where each part of a column ends, from the foot up, at the scale of the highest column."""
    wholes = [sum((value for value in each.datum.values if value), Decimal(0)) for each in parts]
    most = max(wholes, default=Decimal(0))
    tallest = shapes(parts[wholes.index(most)].part) if most else ()
    if not tallest:
        return
    scale = (max(box.bottom for box in tallest) - min(box.y for box in tallest)) / float(most)
    for each in parts:
        drawn = shapes(each.part)
        steps = zip(each.datum.values, accumulate(value or 0 for value in each.datum.values), strict=True)
        ends = [scale * float(end) for value, end in steps if value and scale * float(value) > SAME]
        if len(ends) == len(drawn):  # a part of less than a px may have no shape
            foot = max((box.bottom for box in drawn), default=0)
            for box, end in zip(drawn, ends, strict=True):
                yield from _off(each.datum, foot - box.y, end)
