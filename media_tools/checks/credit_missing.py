from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level

_SAID = {"picture": "Photo", "artwork": "Map"}


class CreditMissing(Check):
    """Every picture and drawing of the story has its credit."""

    code: ClassVar[str] = "credit-missing"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        story = made.order.story
        for field, shown in (("picture", story.pictures), ("artwork", story.artworks)):
            for path in (each.path for each in shown if not each.credit):
                yield self.finding(
                    f"{path} has no credit. Who made it is not named.",
                    f"Name who made it, such as {_SAID[field]}: A. Name, in {field}.credit.",
                )

    def examples(self, bench: Bench) -> Examples:
        silent = bench.story.pictures[0].model_dump() | {"credit": ""}
        return Examples(bench.make(), bench.make(story=bench.blocks("photo", picture=silent)))
