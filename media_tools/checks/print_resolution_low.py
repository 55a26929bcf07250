from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.layout.frame import Frame, Photograph, Placed, walk
from media_tools.made import Made
from media_tools.platforms import Use
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Box, Point

_LEAST, _SHARP = 200, 300  # dpi: ART.md, section 9
_ROUNDED = 0.5  # dpi


class PrintResolutionLow(Check):
    """On paper, pictures have 300 dots an inch, and none has fewer than 200."""

    code: ClassVar[str] = "print-resolution-low"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        placement = made.order.placement
        if placement.use is not Use.PRINT or not placement.dpi:
            return
        for found in walk(made.page.frame):
            if isinstance(found.item, Photograph):
                times = _enlarged(found.item, made)
                dpi = placement.dpi / times
                if dpi < _SHARP - _ROUNDED:
                    width = made.typesetter.studio.facts(found.item.picture).width
                    due = round(width * times * _SHARP / placement.dpi)
                    too_low = dpi < _LEAST - _ROUNDED
                    yield self.finding(
                        f"{found.item.picture} is printed with {dpi:.0f} dots an inch on {placement.label}; "
                        + (f"fewer than {_LEAST} look blurred." if too_low else f"{_SHARP} are sharp."),
                        f"Give picture.path a file {due} px wide or more, now {width}.",
                        Level.BLOCKING if too_low else Level.ADVISORY,
                    )

    def examples(self, bench: Bench) -> Examples:
        good = bench.make("print.a4", kind="pdf")
        name = bench.story.pictures[0].path
        small = Photograph(good.page.frame.size, name, Box(0.4, 0.4, 0.05, 0.05))
        return Examples(good, bench.with_frame(Frame(small.size, (Placed(Point(0, 0), small),)), good))


def _enlarged(shown: Photograph, made: Made) -> float:
    """How many px of paper each px of the picture fills, across or down, whichever is more."""
    facts = made.typesetter.studio.facts(shown.picture)
    across = shown.size.width / (shown.crop.width * facts.width)
    down = shown.size.height / (shown.crop.height * facts.height)
    return max(across, down)
