"""Shapes whose place, turn or number is their amount: lines, rings, dots."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby, pairwise
from math import atan2, tau

from media_tools.layout.frame import Path
from media_tools.readback.charts import SAME, Chart

_PAIR = re.compile(r"[ML](-?[\d.]+) (-?[\d.]+)")
_NUMBER = re.compile(r"-?[\d.]+")


def curves(chart: Chart) -> Iterator[str]:
    """What is wrong with what a chart draws; nothing for charts without such shapes."""
    match chart.group.name:
        case "lines":
            yield from _lines(chart)
        case "donut":
            yield from _ring(chart)
        case "dots":
            yield from _dots(chart)


def _paths(chart: Chart) -> list[Path]:
    return [placed.item for placed in chart.group.frame.items if isinstance(placed.item, Path)]


def _lines(chart: Chart) -> Iterator[str]:
    """Rows in reading order, and every point and hairline on one scale."""
    strokes = [path for path in _paths(chart) if path.stroke is not None]
    heights: list[tuple[float, float]] = []
    for run, path in zip(_runs(chart), strokes, strict=False):
        ends = [(float(x), float(y)) for x, y in _PAIR.findall(path.data)]
        places = [*ends[::2], ends[-1]]
        if len(places) != len(run):
            yield f"A line goes through {len(places)} points, and has {len(run)} amounts."
        elif path.flipped != chart.rtl or any(here[0] >= there[0] for here, there in pairwise(places)):
            yield "A line does not run in reading direction."
        else:
            met = [amount for pair in pairwise(run) for amount in pair]  # a piece ends where the next begins
            heights += [(float(amount), y) for amount, (_, y) in zip(met, ends, strict=True)]
    yield from _on_scale([*heights, *_hairlines(chart)])


def _runs(chart: Chart) -> Iterator[list[Decimal]]:
    """The amounts of each unbroken piece of a line, in the order in which lines are drawn: the last series first."""
    for column in reversed(list(zip(*(datum.values for datum in chart.data), strict=True))):
        for missing, run in groupby(column, key=lambda value: value is None):
            known = [value for value in run if value is not None]
            if not missing and len(known) > 1:
                yield known


def _hairlines(chart: Chart) -> Iterator[tuple[float, float]]:
    """Each hairline's amount, and the px down to it, which is where its label ends."""
    for at, label in chart.axis:
        read = chart.notation.read(label.text)
        if read and read[0].value is not None and at.y > SAME:  # the highest label is kept on the page
            yield float(read[0].value), at.y + label.size.height


def _on_scale(heights: list[tuple[float, float]]) -> Iterator[str]:
    """Px from the top that shrink as amounts grow, evenly."""
    if not heights:
        return
    (low, foot), (high, top) = min(heights), max(heights)
    rise = (foot - top) / (high - low) if high > low else 0.0
    if high > low and rise <= 0:
        yield "A line falls where amounts rise."
        return
    for amount, y in heights:
        if abs(foot - y - rise * (amount - low)) > SAME:
            yield f"{amount:g} is drawn {foot - y:.0f} px high, and asks for {rise * (amount - low):.0f} px."


def _ring(chart: Chart) -> Iterator[str]:
    """The filled arc, along the outer edge of the ring."""
    diameter, arcs = chart.group.frame.size.width, _paths(chart)[1:]
    around = tau * diameter / 2
    for datum in chart.data[:1]:
        part, whole = (float(value or 0) for value in datum.values)
        due = part / whole * around
        px = _turned(arcs[0], diameter) * around if arcs else 0.0
        off = abs(px - due)
        if min(off, abs(off - around) if arcs else off) > SAME:  # a whole turn ends where none does
            yield f"The ring is filled for {px:.0f} px, and “{datum.label}” asks for {due:.0f} px."


def _turned(arc: Path, diameter: float) -> float:
    """The share of a turn from twelve o'clock at which an arc ends."""
    x, y = map(float, _NUMBER.findall(arc.data.partition("L")[0])[-2:])
    return atan2(x - diameter / 2, diameter / 2 - y) % tau / tau


def _dots(chart: Chart) -> Iterator[str]:
    for datum in chart.data[:1]:
        part, whole = (int(value or 0) for value in datum.values)
        due = [count for count in (whole - part, part) if count]
        counts = [path.data.count("Z") for path in _paths(chart)]
        if counts != due:
            drawn, wanted = (" and ".join(map(str, each)) for each in (counts, due))
            yield f"{drawn} dots are drawn for “{datum.label}”, which asks for {wanted}."
