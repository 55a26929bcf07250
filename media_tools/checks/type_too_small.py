from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples, changed, quoted
from media_tools.layout.frame import Item, Paragraph, walk
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level

_ROUNDED = 0.01  # px
_HALF = 0.5  # of its size, in the failing example


class TypeTooSmall(Check):
    """The smallest letters are as large as people need them where the placement is seen."""

    code: ClassVar[str] = "type-too-small"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        placement = made.order.placement
        scale = made.reopened.width / made.page.frame.size.width  # a file of fewer px shows smaller letters
        for found in walk(made.page.frame):
            if isinstance(found.item, Paragraph):
                smallest = scale * min(
                    run.style.size for run in found.item.runs if run.text.strip() or len(found.item.runs) == 1
                )
                if smallest < placement.legible - _ROUNDED:
                    yield self.finding(
                        f"{quoted(found.item.text)} is set in {smallest:.1f} px on {placement.label}, "
                        f"where {placement.legible:.1f} px are the least that people can read.",
                        "Leave out a part of blocks, or choose another theme, and report this page: "
                        "layout should prevent it.",
                    )

    def examples(self, bench: Bench) -> Examples:
        good = bench.make()
        return Examples(good, bench.with_frame(changed(good.page.frame, _halved)))


def _halved(item: Item) -> Item:
    """A paragraph at half its size."""
    if not isinstance(item, Paragraph):
        return item
    runs = (run._replace(style=replace(run.style, size=_HALF * run.style.size)) for run in item.runs)
    return replace(item, runs=tuple(runs))
