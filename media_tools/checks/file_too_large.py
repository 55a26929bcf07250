from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import FORMATS, Made
from media_tools.spec.finding import Finding, Level


class FileTooLarge(Check):
    """The platform takes files of this many bytes."""

    code: ClassVar[str] = "file-too-large"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        placement = made.order.placement
        paged = FORMATS[made.order.format].paged
        most = placement.max_file_bytes_document if paged else placement.max_file_bytes_image
        if most is not None and made.bytes > most:
            yield self.finding(
                f"The file has {made.bytes:,} bytes ({made.settings}); {placement.name} takes {most:,}.",
                "Choose --format jpeg, or a calmer photo in blocks.",
            )

    def examples(self, bench: Bench) -> Examples:
        made = bench.make()
        strict = made.order.placement.model_copy(update={"max_file_bytes_image": 10_000})
        return Examples(made, replace(made, order=replace(made.order, placement=strict)))
