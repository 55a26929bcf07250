from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level


class OverTarget(Check):
    """The file is no larger than the platform advises; above that it is often compressed again."""

    code: ClassVar[str] = "over-target"
    level: ClassVar[Level] = Level.ADVISORY

    def findings(self, made: Made) -> Iterator[Finding]:
        most = made.order.placement.target_file_bytes_image
        if most is not None and made.bytes > most:
            yield self.finding(
                f"The file has {made.bytes:,} bytes; {made.order.placement.name} advises at most {most:,}.",
                f"Choose {'--format jpeg or ' if made.order.format != 'jpeg' else ''}a calmer photo in blocks.",
            )

    def examples(self, bench: Bench) -> Examples:
        made = bench.make("facebook.feed")
        strict = made.order.placement.model_copy(update={"target_file_bytes_image": 10_000})
        return Examples(made, replace(made, order=replace(made.order, placement=strict)))
