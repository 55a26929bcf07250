from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class ThemeUnsuited(Check):
    """The theme that was asked for could be used: it has the photo it needs, large enough."""

    code: ClassVar[str] = "theme-unsuited"
    level: ClassVar[Level] = Level.ADVISORY

    def findings(self, made: Made) -> Iterator[Finding]:
        if made.page.unsuited is not None:
            wanted = made.order.story.theme or made.order.brand.theme
            why, remedy = made.page.unsuited
            yield self.finding(
                f"The theme {made.page.theme} was used: {wanted} {why}.",
                f"{remedy}, or set theme to {made.page.theme}.",
            )

    def examples(self, bench: Bench) -> Examples:
        words = [block.model_dump() for block in bench.story.blocks if not block.pictures()]
        return Examples(bench.make(story={"theme": "frame"}), bench.make(story={"theme": "frame", "blocks": words}))
