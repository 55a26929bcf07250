from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from media_tools.checks import Bench, Check, Examples
from media_tools.layout.frame import Frame, Photograph, Placed, walk
from media_tools.made import Made
from media_tools.spec.colour import Colour, contrast
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Box, Point, Size

_LEAST = 2.0  # to one, of its colours together: pale parts of a logo may be paler


class LogoFaint(Check):
    """Logos in their own colours can be seen on the ground that they stand on."""

    code: ClassVar[str] = "logo-faint"
    level: ClassVar[Level] = Level.ADVISORY

    def findings(self, made: Made) -> Iterator[Finding]:
        ground = made.page.page.ground.colour
        for found in walk(made.page.frame):
            if isinstance(found.item, Photograph) and "logo" in found.names:
                ratio = contrast(_colour(found.item, made), ground)
                if ratio < _LEAST:
                    yield self.finding(
                        f"The logo {found.item.picture} reads {ratio:.1f}:1 on {ground}, and can hardly be seen.",
                        "Give the partner's logo in one colour, as artwork, or choose another theme.",
                    )

    def examples(self, bench: Bench) -> Examples:
        size = Size(200, 200)
        light = Photograph(size, bench.story.pictures[0].path, Box(0.5, 0.3, 0.05, 0.05))
        logo = Frame(size, (Placed(Point(0, 0), light),), "logo")
        return Examples(bench.make(), bench.with_frame(Frame(size, (Placed(Point(0, 0), logo),), "page")))


def _colour(logo: Photograph, made: Made) -> Colour:
    """Its colours mixed, by how opaque they are."""
    pixels = made.typesetter.studio.pixels(logo.picture, logo.crop, logo.size).reshape(-1, 4)
    red, green, blue = (round(value) for value in np.average(pixels[:, :3], axis=0, weights=pixels[:, 3]))
    return f"#{red:02X}{green:02X}{blue:02X}"
