from collections.abc import Iterator
from typing import Any, ClassVar

from media_tools.checks import Bench, Check, Examples, quoted
from media_tools.made import Made
from media_tools.readback.told import absent
from media_tools.spec.finding import Finding, Level


class SourceMissing(Check):
    """Whoever shows an amount says who counted, and says it on the page."""

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
        yield from (
            self.finding(
                f"The source {quoted(source)} is not on the page.",
                "Shorten source in blocks, and report this page: layout should never leave a source out.",
            )
            for source in absent(_due(made), made.page)
        )

    def examples(self, bench: Bench) -> Examples:
        figures: list[dict[str, Any]] = next(
            block.model_dump()["figures"] for block in bench.story.blocks if block.block == "key_figures"
        )
        bare = [{**figure, "source": ""} for figure in figures]
        return Examples(bench.make(), bench.make(story=bench.blocks("key_figures", figures=bare)))


def _due(made: Made) -> Iterator[str]:
    """Who must be named for what the page shows."""
    for block in made.page.shown.blocks:
        yield from block.sources()
        if block.needs_source() and not block.fully_sourced() and made.order.story.source:
            yield made.order.story.source
