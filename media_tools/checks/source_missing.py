from collections.abc import Iterator
from typing import Any, ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class SourceMissing(Check):
    """Whoever shows an amount says who counted."""

    code: ClassVar[str] = "source-missing"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        story = made.order.story
        for index, block in enumerate(story.blocks):
            if block.needs_source() and not block.fully_sourced() and not story.source:
                yield self.finding(
                    f"The {block.block.replace('_', ' ')} shows an amount without a source.",
                    f"Fill in the source in blocks[{index}], or the story's own source.",
                )

    def examples(self, bench: Bench) -> Examples:
        figures: list[dict[str, Any]] = next(
            block.model_dump()["figures"] for block in bench.story.blocks if block.block == "key_figures"
        )
        bare = [{**figure, "source": ""} for figure in figures]
        return Examples(bench.make(), bench.make(story=bench.blocks("key_figures", figures=bare)))
