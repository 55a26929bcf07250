from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class DoesNotFit(Check):
    """Headline and source have room at a legible size. Text is never cut or shrunk below it."""

    code: ClassVar[str] = "does-not-fit"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        if made.problem is None:
            return
        headline, problem = made.order.story.headline, made.problem
        length = len(headline.short or headline.text)
        yield self.finding(
            problem.why,
            f"Give headline.short a form of at most {max(8, round(problem.share * length))} characters, now {length}.",
        )

    def examples(self, bench: Bench) -> Examples:
        endless = "Unerreichbarkeitsbescheinigungsverordnungsentwurf" * 2
        return Examples(
            bench.make("linkedin.cover"),
            bench.make("linkedin.cover", bench.blocks("headline", text=endless, short="")),
        )
