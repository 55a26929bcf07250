from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples, quoted
from media_tools.made import Made
from media_tools.readback.told import absent
from media_tools.spec.finding import Finding, Level

_SAID = {"picture": "Photo", "artwork": "Map"}


class CreditMissing(Check):
    """Every picture and drawing of the story has its credit, which stands on each page that shows it."""

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
        due = (credit for block in made.page.shown.blocks for credit in block.credits())
        for credit in absent(due, made.page):
            yield self.finding(
                f"The credit {quoted(credit)} is not on the page that shows the picture.",
                "Shorten picture.credit, and report this page: layout should never leave a credit out.",
            )

    def examples(self, bench: Bench) -> Examples:
        silent = bench.story.pictures[0].model_dump() | {"credit": ""}
        return Examples(bench.make(), bench.make(story=bench.blocks("photo", picture=silent)))
