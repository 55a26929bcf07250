from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class CreditMissing(Check):
    """Every picture of the story has its credit."""

    code: ClassVar[str] = "credit-missing"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        for picture in made.order.story.pictures:
            if not picture.credit:
                yield self.finding(
                    f"{picture.path} has no credit. Who made it is not named.",
                    "Name who made it, such as Photo: A. Name, in picture.credit.",
                )

    def examples(self, bench: Bench) -> Examples:
        silent = bench.story.pictures[0].model_dump() | {"credit": ""}
        return Examples(bench.make(), bench.make(story=bench.blocks("photo", picture=silent)))
