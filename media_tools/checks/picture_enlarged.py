from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.layout.frame import Frame, Photograph, Placed, walk
from media_tools.made import Made
from media_tools.platforms import Use
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Box, Point

_MOST = 1.16  # times: a photo enlarged more looks soft beside sharp type


class PictureEnlarged(Check):
    """Pictures have about as many pixels as they are shown with on screens; on paper, see print_resolution_low."""

    code: ClassVar[str] = "picture-enlarged"
    level: ClassVar[Level] = Level.ADVISORY

    def findings(self, made: Made) -> Iterator[Finding]:
        if made.order.placement.use is Use.PRINT:
            return
        for found in walk(made.page.frame):
            if isinstance(found.item, Photograph):
                shown = found.item
                facts = made.typesetter.studio.facts(shown.picture)
                times = shown.size.width / (shown.crop.width * facts.width)
                if times > _MOST:
                    yield self.finding(
                        f"{shown.picture} is enlarged {times:.1f} times on {made.order.placement.name}.",
                        f"Give picture.path a file {round(facts.width * times)} px wide or more, now {facts.width}.",
                    )

    def examples(self, bench: Bench) -> Examples:
        good = bench.make()
        name = bench.story.pictures[0].path
        small = Photograph(good.page.frame.size, name, Box(0.4, 0.4, 0.05, 0.05))
        return Examples(good, bench.with_frame(Frame(small.size, (Placed(Point(0, 0), small),))))
