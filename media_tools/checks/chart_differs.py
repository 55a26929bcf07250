from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples, changed
from media_tools.layout.frame import Fill, Frame, Item, Placed
from media_tools.made import Made
from media_tools.readback.amounts import Notation
from media_tools.readback.charts import Chart
from media_tools.readback.curves import curves
from media_tools.readback.lengths import lengths, parted, stands
from media_tools.readback.told import Shown, shown_blocks
from media_tools.spec.finding import Finding, Level

_REMEDY = "Do not publish this page: compare it with blocks, and report it, for layout should draw amounts as they are."
_SHORTER = 0.9  # times, in the failing example


class ChartDiffers(Check):
    """Bars, columns, lines, rings and dots are as long as their amounts say, within 1 px, and in their order."""

    code: ClassVar[str] = "chart-differs"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        page = made.page.page
        notation = Notation(page.language, page.digits)
        for shown in shown_blocks(made.page):
            wrong = (words for chart in _charts(shown, notation, rtl=page.right_to_left) for words in _wrong(chart))
            for words in dict.fromkeys(wrong):
                yield self.finding(f"In the {shown.words}: {words}", _REMEDY)

    def examples(self, bench: Bench) -> Examples:
        good = bench.make()
        return Examples(good, bench.with_frame(changed(good.page.frame, _shortened)))


def _charts(shown: Shown, notation: Notation, *, rtl: bool) -> Iterator[Chart]:
    data = tuple(datum for datum in shown.data if datum.label)
    for group in shown.groups():
        yield Chart(group, data, notation, rtl)


def _wrong(chart: Chart) -> Iterator[str]:
    yield from parted(chart)
    yield from lengths(chart)
    yield from curves(chart)
    for stand in stands(chart):
        text = "\n".join(text for group in stand.part.within() for text in group.texts)
        typed = {read.text for read in chart.notation.read(stand.datum.label)}
        for read in chart.notation.read(text):
            if read.text not in typed and read.value in _others(chart, stand.datum.sayable):
                yield f"At “{stand.datum.label}” stands {read.text}, which is another's amount."


def _others(chart: Chart, own: frozenset[Decimal]) -> frozenset[Decimal]:
    return frozenset[Decimal]().union(*(datum.sayable for datum in chart.data)) - own


def _shortened(item: Item) -> Item:
    """The first of the bars, a tenth shorter."""
    match item:
        case Frame(name="bars", items=(Placed(item=Frame() as first) as place, *rest)):
            return replace(item, items=(replace(place, item=changed(first, _narrowed)), *rest))
        case _:
            return item


def _narrowed(item: Item) -> Item:
    return replace(item, size=item.size._replace(width=_SHORTER * item.size.width)) if isinstance(item, Fill) else item
