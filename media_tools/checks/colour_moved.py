from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.made import Made
from media_tools.spec.brand import Brand
from media_tools.spec.colour import READABLE, contrast
from media_tools.spec.finding import Finding, Level


class ColourMoved(Check):
    """The brand's colours are used as they are; one that does not read on its ground is made lighter or darker."""

    code: ClassVar[str] = "colour-moved"
    level: ClassVar[Level] = Level.ADVISORY

    def findings(self, made: Made) -> Iterator[Finding]:
        colours, ground = made.order.brand.colours, made.page.page.ground
        if ground.colour != colours.paper:
            return
        used = {"accent": ground.accent, "primary": ground.strong, "muted": ground.quiet}
        given = {"accent": colours.accent, "primary": colours.primary, "muted": colours.quiet}
        for role, colour in used.items():
            if colour != given[role]:
                ratio = contrast(given[role], ground.colour)
                yield self.finding(
                    f"{role} {given[role]} reads {ratio:.1f}:1 on paper {ground.colour}; {colour} was used for text.",
                    f"Set brand.colours.{role} to {colour}, or to another that reads {READABLE}:1.",
                )

    def examples(self, bench: Bench) -> Examples:
        colours = bench.brand.colours.model_dump() | {"accent": "#F0A070"}
        pale = Brand.model_validate(bench.brand.model_dump() | {"colours": colours})
        return Examples(bench.make(), bench.make(brand=pale))
