from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class LicenceMissing(Check):
    """Every picture and drawing of the story has its licence."""

    code: ClassVar[str] = "licence-missing"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        story = made.order.story
        for field, shown in (("picture", story.pictures), ("artwork", story.artworks)):
            for path in (each.path for each in shown if not each.licence):
                yield self.finding(
                    f"{path} has no licence. Nobody can tell whether it may be published.",
                    f"Say under which terms it may be published, in {field}.licence.",
                )

    def examples(self, bench: Bench) -> Examples:
        silent = bench.story.pictures[0].model_dump() | {"licence": ""}
        return Examples(bench.make(), bench.make(story=bench.blocks("photo", picture=silent)))
