"""How the words of a caption are set off from the footage: a dark box behind each line, a dark outline, or nothing.

Sizes are the visual language's (ART.md, section 10), in em.
"""

from collections.abc import Callable
from dataclasses import replace
from math import cos, pi, sin

from media_tools.layout.frame import Paragraph, Path, Placed, Run
from media_tools.layout.page import Page
from media_tools.spec.colour import Colour, readable
from media_tools.spec.cues import Style
from media_tools.spec.geometry import Point, Size

PAD_X, PAD_TOP, PAD_BOTTOM = 0.42, 0.20, 0.24
_RADIUS = 0.16
_OPACITY = 0.80
_OUTLINE = 0.065  # of an em to every side: as strong as a stem is thin
_STROKES = 16  # copies in a ring: at the largest sizes their steps stay under half a px


def placed(page: Page, style: Style, lines: Paragraph, top: float, lit: slice | None = None) -> tuple[Placed, ...]:
    """`lines` at `top` with what sets them off; the letters of `lit` in the colour of what is being said."""
    words = replace(lines, runs=_lit(lines, lit, _lit_colour(page))) if lit else lines
    at = Point(PAD_X * _em(lines), top)
    return (*_SET_OFF[style](page, lines, at), Placed(at, words))


def _boxes(page: Page, lines: Paragraph, at: Point) -> tuple[Placed, ...]:
    """A box a line, as wide as the line; they touch and do not overlap."""
    em = _em(lines)
    height = em * lines.runs[0].style.leading
    boxes = []
    for number, (left, right) in enumerate(page.type.inked(lines)):
        size = Size(right - left + 2 * PAD_X * em, height)
        box = Path(size, _rounded(size, _RADIUS * em), page.brand.colours.veil, _OPACITY)
        boxes.append(Placed(Point(at.x - PAD_X * em + left, at.y + number * height), box))
    return tuple(boxes)


def _ring(page: Page, lines: Paragraph, at: Point) -> tuple[Placed, ...]:
    """The same words in the dark, all around: a stroke would run through the letters of joined scripts."""
    dark = replace(lines, runs=tuple(_coloured(run, page.brand.colours.veil) for run in lines.runs))
    far = _OUTLINE * _em(lines)
    turns = (2 * pi * number / _STROKES for number in range(_STROKES))
    return tuple(Placed(Point(at.x + far * cos(turn), at.y + far * sin(turn)), dark) for turn in turns)


def _nothing(_page: Page, _lines: Paragraph, _at: Point) -> tuple[Placed, ...]:
    return ()


_SET_OFF: dict[Style, Callable[[Page, Paragraph, Point], tuple[Placed, ...]]] = {
    Style.BOX: _boxes,
    Style.OUTLINE: _ring,
    Style.PLAIN: _nothing,
}


def _lit_colour(page: Page) -> Colour:
    return readable(page.brand.colours.accent_in_dark, page.brand.colours.veil)


def _lit(lines: Paragraph, part: slice, colour: Colour) -> tuple[Run, ...]:
    (run,), text = lines.runs, lines.text
    runs = (
        run._replace(text=text[: part.start]),
        _coloured(run._replace(text=text[part]), colour),
        run._replace(text=text[part.stop :]),
    )
    return tuple(run for run in runs if run.text)


def _coloured(run: Run, colour: Colour) -> Run:
    return run._replace(style=replace(run.style, colour=colour))


def _em(lines: Paragraph) -> float:
    return lines.runs[0].style.size


def _rounded(size: Size, radius: float) -> str:
    w, h, r = size.width, size.height, radius
    return (
        f"M{r:.2f} 0L{w - r:.2f} 0A{r:.2f} {r:.2f} 0 0 1 {w:.2f} {r:.2f}L{w:.2f} {h - r:.2f}"
        f"A{r:.2f} {r:.2f} 0 0 1 {w - r:.2f} {h:.2f}L{r:.2f} {h:.2f}A{r:.2f} {r:.2f} 0 0 1 0 {h - r:.2f}"
        f"L0 {r:.2f}A{r:.2f} {r:.2f} 0 0 1 {r:.2f} 0Z"
    )
