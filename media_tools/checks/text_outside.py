from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from media_tools.checks import Bench, Check, Examples
from media_tools.layout.frame import Frame, Placed
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Box, Point

_FAINT = 8  # of 255: the soft edge of a letter


class TextOutside(Check):
    """Every letter's ink, measured in pixels, lies where the platform shows it."""

    code: ClassVar[str] = "text-outside"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        page = made.page.page
        seen = Box.of(page.size).inset(page.safe)
        ink = made.letters[..., 3] > _FAINT
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        if not rows.size:
            return
        box = Box(columns[0], rows[0], columns[-1] + 1 - columns[0], rows[-1] + 1 - rows[0])
        hidden = seen.overhang(box)
        edge = ink[0].any() or ink[-1].any() or ink[:, 0].any() or ink[:, -1].any()
        if hidden > 1 or edge:
            yield self.finding(
                f"Text stands {hidden:.0f} px outside the part that {made.order.placement.name} shows.",
                "Shorten headline.text or choose another theme, and report this page: layout should prevent it.",
            )

    def examples(self, bench: Bench) -> Examples:
        good = bench.make()
        frame = good.page.frame
        moved = Frame(frame.size, (Placed(Point(-0.1 * frame.size.width, 0), frame),))
        return Examples(good, bench.with_frame(moved))
