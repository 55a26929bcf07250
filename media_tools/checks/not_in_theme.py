from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class NotInTheme(Check):
    """The theme shows every kind of block that the story has."""

    code: ClassVar[str] = "not-in-theme"
    level: ClassVar[Level] = Level.ADVISORY

    def findings(self, made: Made) -> Iterator[Finding]:
        for what in made.page.not_in_theme:
            yield self.finding(
                f"The {what} is left out: the theme {made.page.theme} does not show it.",
                "Set theme to bulletin, or take the block out of blocks.",
            )

    def examples(self, bench: Bench) -> Examples:
        return Examples(bench.make(story={"theme": "bulletin"}), bench.make(story={"theme": "frame"}))
