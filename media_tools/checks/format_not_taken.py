from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class FormatNotTaken(Check):
    """The platform takes this kind of file."""

    code: ClassVar[str] = "format-not-taken"
    level: ClassVar[Level] = Level.ADVISORY

    def findings(self, made: Made) -> Iterator[Finding]:
        placement = made.order.placement
        taken = (*placement.image_formats, *placement.document_formats)
        if taken and made.order.format not in taken:
            yield self.finding(
                f"{placement.name} takes {', '.join(taken)}, not {made.order.format}.",
                f"Choose --format {taken[0]} for {placement.name}.",
            )

    def examples(self, bench: Bench) -> Examples:
        return Examples(bench.make(kind="jpeg"), bench.make("instagram.story", kind="png"))
