from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

import numpy as np

from media_tools.checks import Bench, Check, Examples
from media_tools.layout.frame import Fill, Found, Paragraph, Placed, walk
from media_tools.made import Made
from media_tools.spec.colour import READABLE, luminance, luminance_contrast, luminances
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Point

_LETTER = 128  # of 255: this much ink makes a pixel part of a letter
_WORST = 1  # percentile: one letter pixel in a hundred may stand on worse ground
_SHOWN = 32  # characters of the text in the message


class ContrastLow(Check):
    """Letters read at 4.5 : 1 against the pixels behind them (WCAG 2.2, 1.4.3), photos and veils included."""

    code: ClassVar[str] = "contrast-low"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        for found in walk(made.page.frame):
            if isinstance(found.item, Paragraph):
                ratio = _ratio(found, found.item, made)
                if ratio < READABLE:
                    yield self.finding(
                        f"“{found.item.text[:_SHOWN]}” reads {ratio:.1f}:1 on what is behind it, not {READABLE}:1.",
                        "Choose a darker brand.colours.scrim, another photo, or the theme bulletin.",
                    )

    def examples(self, bench: Bench) -> Examples:
        good = bench.make()
        frame = good.page.frame
        ground = Placed(Point(0, 0), Fill(frame.size, bench.brand.colours.ink))
        return Examples(good, bench.with_frame(replace(frame, items=(ground, *frame.items[1:]))))


def _ratio(found: Found, paragraph: Paragraph, made: Made) -> float:
    """The contrast of a paragraph's letters on their worst ground."""
    box = found.box
    rows = slice(max(0, int(box.y)), round(box.bottom) + 1)
    columns = slice(max(0, int(box.x)), round(box.right) + 1)
    behind = made.ground[rows, columns, :3][made.letters[rows, columns, 3] > _LETTER]
    if not len(behind):
        return 21.0
    grounds = luminances(behind / 255)
    dark, light = np.percentile(grounds, [_WORST, 100 - _WORST])
    colours = {luminance(run.style.colour) for run in paragraph.runs}
    return min(luminance_contrast(colour, float(ground)) for colour in colours for ground in (dark, light))
