"""Horizontal bars from zero, labelled where they stand: no axis, no legend, no grid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Fill, Frame, Placed, TextStyle
from media_tools.layout.page import Meaning, Page
from media_tools.spec.figure import written_number
from media_tools.spec.geometry import Point, Size

_GAP = 0.38  # of a bar's thickness
_SHORTEST = 0.2  # share of the width that the longest bar must have
_WIDEST_LABELS = 0.40  # share of the width; wider labels stand over their bars
_LABEL_GAP = 0.15  # em under a label that stands over its bar, for letters that reach down
_VALUE_GAP = 0.4  # em between a bar's end and its value
THINNEST, THICKEST = 0.95, 1.9  # em of the label's size


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: Decimal
    highlighted: bool = False


def bars_height(rows: Sequence[Bar], width: float, page: Page, thickness: float) -> float:
    """The height in px of the chart when bars are `thickness` em thick."""
    label = _labels_height(rows, width, page)
    bar = max(thickness * page.small.size, _line(page))
    return len(rows) * (bar + label) + (len(rows) - 1) * _GAP * bar


def bars(rows: Sequence[Bar], size: Size, page: Page) -> Frame:
    """The chart `size.width` px wide and as high as it makes use of."""
    label = _labels_height(rows, size.width, page)
    above = label > 0
    count = len(rows)
    thickest = (size.height - count * label) / (count + (count - 1) * _GAP)
    bar = min(thickest, max(THICKEST * page.small.size, _line(page)))
    start = 0 if above else _label_column(rows, page)
    longest = size.width - start - _value_column(rows, page)
    if longest < _SHORTEST * size.width:
        raise DoesNotFit("The longest bar", _SHORTEST * size.width, max(0, longest))
    most = max(row.value for row in rows) or Decimal(1)
    placed = []
    for index, row in enumerate(rows):
        top = index * (bar * (1 + _GAP) + label)
        length = longest * float(row.value / most)
        placed.append(Placed(Point(0, top), _row(row, Size(size.width, bar + label), start, length, label, page)))
    height = count * (bar + label) + (count - 1) * _GAP * bar
    baseline = Fill(Size(page.hairline * 2, height), page.ground.text)
    whole = (*placed,) if above else (*placed, Placed(Point(start - page.hairline * 2, 0), baseline))
    return Frame(Size(size.width, height), whole, "bars")


def _row(row: Bar, size: Size, start: float, length: float, label: float, page: Page) -> Frame:
    colour = page.accented(Meaning.SPOKEN_OF) if row.highlighted else page.ground.strong
    thickness = size.height - label
    value_style = replace(_value_style(page), colour=colour)
    value = page.set(_value(row, page), value_style, size.width - start - length - _VALUE_GAP * value_style.size)
    name = page.set(row.label, page.small, start - 0.6 * page.small.size if start else size.width)
    name_top = 0 if label else (thickness - name.size.height) / 2
    placed = [Placed(Point(0, name_top), name)]
    if length:
        placed.append(Placed(Point(start, label), Fill(Size(length, thickness), colour)))
    end = Point(start + length + _VALUE_GAP * value_style.size, label + (thickness - value.size.height) / 2)
    return Frame(size, (*placed, Placed(end, value)), "bar")


def _value(row: Bar, page: Page) -> str:
    written = written_number(row.value, page.language, page.digits)
    return "\u00a0".join(part for part in (page.amount(written.digits), written.magnitude) if part)


def _value_style(page: Page) -> TextStyle:
    return replace(page.small, weight=600)


def _line(page: Page) -> float:
    return page.small.size * page.small.leading


def _labels_height(rows: Sequence[Bar], width: float, page: Page) -> float:
    """The height of the highest label over its bar; 0 where labels stand beside their bars."""
    if not _labels_above(rows, width, page):
        return 0
    return max(page.set(row.label, page.small, width).size.height for row in rows) + _LABEL_GAP * page.small.size


def _labels_above(rows: Sequence[Bar], width: float, page: Page) -> bool:
    return _label_column(rows, page) > _WIDEST_LABELS * width


def _label_column(rows: Sequence[Bar], page: Page) -> float:
    return max(page.width_of(row.label, page.small) for row in rows) + 0.7 * page.small.size


def _value_column(rows: Sequence[Bar], page: Page) -> float:
    style = _value_style(page)
    return max(page.width_of(_value(row, page), style) for row in rows) + (_VALUE_GAP + 0.1) * style.size + 1
