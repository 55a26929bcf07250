from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from media_tools.checks import Bench, Check, Examples, quoted
from media_tools.draw import Pixels
from media_tools.ink import SOLID, Ink, Places
from media_tools.layout.frame import Fill, Found, Paragraph, Placed, walk
from media_tools.made import Made
from media_tools.readback.ground import on_picture
from media_tools.spec.colour import READABLE, luminance, luminance_contrast, luminances
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Point

_READABLE_LARGE = 3.0  # WCAG 2.2, 1.4.3; never on photos, whose grounds are no one colour
_LARGE, _LARGE_BOLD, _BOLD = 18 / 6, 14 / 6, 700  # times the smallest legible type, which is 6 pt on a phone
_WORST = 1  # percentile: one px of letters in a hundred may stand on worse ground
_PIECE = 12  # em of a line that are judged together, some 24 letters: in more, one letter would not tell
_CHANNELS = luminances(np.eye(3)[:, None] * (np.arange(256)[:, None] / 255))  # what each value of each one adds


class Reading(NamedTuple):
    """The lowest contrast of a paragraph, the line in which it is found, from 1, and what it should be there."""

    ratio: float
    line: int
    least: float


class ContrastLow(Check):
    """Letters read at 4.5 : 1 against the pixels behind them (WCAG 2.2, 1.4.3), photos and veils included."""

    code: ClassVar[str] = "contrast-low"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        items = tuple(walk(made.page.frame))
        for ink in made.letters:
            if isinstance(ink.found.item, Paragraph):
                text, read = ink.found.item.text, _read(ink, ink.found.item, items, made)
                if read and read.ratio < read.least:
                    yield self.finding(
                        f"{quoted(text)} reads {read.ratio:.1f}:1 on what is behind line {read.line}, "
                        f"not {read.least}:1.",
                        "Choose a darker brand.colours.scrim, another photo, or the theme bulletin.",
                    )

    def examples(self, bench: Bench) -> Examples:
        good = bench.make()
        frame = good.page.frame
        ground = Placed(Point(0, 0), Fill(frame.size, bench.brand.colours.ink))
        return Examples(good, bench.with_frame(replace(frame, items=(ground, *frame.items[1:]))))


def _read(ink: Ink, paragraph: Paragraph, items: Sequence[Found], made: Made) -> Reading | None:
    """How the letters read where they read worst; None where no letter is on the page."""
    rows, columns = ink.pixels(made.page.frame.size, SOLID)
    if not rows.size:
        return None
    light = _luminances(made.ground[rows, columns])
    em = max(run.style.size for run in paragraph.runs)
    least = READABLE if on_picture(ink.found, items) else _least(paragraph, made.order.placement.legible)
    colours = {luminance(run.style.colour) for run in paragraph.runs}
    pieces = _pieces(light, ink.lines(rows), columns // int(_PIECE * em))
    ratios = (
        (min(luminance_contrast(colour, shade) for colour in colours for shade in shades), number)
        for number, shades in pieces
    )
    ratio, number = min(ratios)
    return Reading(ratio, number + 1, least)


def _luminances(pixels: Pixels) -> NDArray[np.float64]:
    red, green, blue = (_CHANNELS[channel][pixels[:, channel]] for channel in range(3))
    return np.asarray(red + green + blue)


def _pieces(light: NDArray[np.float64], lines: Places, places: Places) -> Iterator[tuple[int, tuple[float, float]]]:
    """Each piece's line, and the darkest and lightest ground in it, but for the worst px on either side."""
    if np.ptp(light) == 0:
        yield 0, (float(light[0]), float(light[0]))
        return
    for line in np.unique(lines):
        on_line = lines == line
        for place in np.unique(places[on_line]):
            dark, bright = np.percentile(light[on_line & (places == place)], [_WORST, 100 - _WORST])
            yield int(line), (float(dark), float(bright))


def _least(paragraph: Paragraph, legible: float) -> float:
    """What WCAG asks of type of this size on a plain ground: of the smallest where there are several."""
    large = all(
        run.style.size >= (_LARGE_BOLD if run.style.weight >= _BOLD else _LARGE) * legible for run in paragraph.runs
    )
    return _READABLE_LARGE if large else READABLE
