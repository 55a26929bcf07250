from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class AltMissing(Check):
    """Every picture of the story has its alt text, which is more than the name of its file."""

    code: ClassVar[str] = "alt-missing"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        for picture in made.order.story.pictures:
            if not picture.alt or picture.alt.casefold() in (
                picture.path.casefold(),
                Path(picture.path).stem.casefold(),
            ):
                yield self.finding(
                    f"{picture.path} has no alt text. What it shows cannot be heard by people who do not see it.",
                    "Describe the picture in one sentence, in picture.alt.",
                )

    def examples(self, bench: Bench) -> Examples:
        silent = bench.story.pictures[0].model_dump() | {"alt": ""}
        return Examples(bench.make(), bench.make(story=bench.blocks("photo", picture=silent)))
