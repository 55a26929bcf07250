from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class LeftOut(Check):
    """Everything in the story is on the page. What had no room above the legible size is named, part by part."""

    code: ClassVar[str] = "left-out"
    level: ClassVar[Level] = Level.ADVISORY

    def findings(self, made: Made) -> Iterator[Finding]:
        floor = made.order.placement.legible
        for what in made.page.left_out:
            yield self.finding(
                f"The {what} is left out: it has no room on {made.order.placement.name} above {floor:.0f} px of type.",
                "Shorten headline.text or another block, or accept the shorter page.",
            )

    def examples(self, bench: Bench) -> Examples:
        long = "A standfirst that goes on. " * 7
        crowded = bench.blocks("headline", standfirst=long) | {"carousel": False}
        return Examples(bench.make("telegram.story"), bench.make("x.post", crowded))
