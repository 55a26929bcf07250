from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples
from media_tools.layout.frame import Photograph, walk
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level

_MOST = 1.15  # times: a photo enlarged more looks soft beside sharp type


class PictureEnlarged(Check):
    """Pictures have about as many pixels as they are shown with."""

    code: ClassVar[str] = "picture-enlarged"
    level: ClassVar[Level] = Level.ADVISORY

    def findings(self, made: Made) -> Iterator[Finding]:
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
        return Examples(bench.make("x.post"), bench.make("print.a4", {"theme": "frame"}))
