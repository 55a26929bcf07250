from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class LicenceMissing(Check):
    """Every picture of the story has its licence."""

    code: ClassVar[str] = "licence-missing"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        for picture in made.order.story.pictures:
            if not picture.licence:
                yield self.finding(
                    f"{picture.path} has no licence. Nobody can tell whether it may be published.",
                    "Say under which terms it may be published, in picture.licence.",
                )

    def examples(self, bench: Bench) -> Examples:
        silent = bench.story.pictures[0].model_dump() | {"licence": ""}
        return Examples(bench.make(), bench.make(story=bench.blocks("photo", picture=silent)))
