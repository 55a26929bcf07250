"""How far one is in a carousel: a dash a slide at the head, an arrow at the foot of the first."""

from media_tools.layout.frame import Align, Fill, Frame, Path, Placed
from media_tools.layout.page import Page
from media_tools.spec.geometry import Point, Size

_DASH, _THICK, _GAP = 0.032, 0.0055, 0.0085  # of the short side
_MOST_DASHES = 10  # past these a number says it better
_ARROW, _HEAD, _STROKE = 0.066, 0.013, 0.0035  # of the short side


def page_marks(page: Page, number: int, count: int) -> Frame:
    """The slide's place among `count`, from 1."""
    if count > _MOST_DASHES:
        text = f"{number}/{count}"
        width = page.width_of(text, page.quiet) + 2
        line = page.set(page.amount(text), page.quiet, width, Align.RIGHT)
        return Frame(line.size, (Placed(Point(0, 0), line),), "page marks")
    dash = Size(round(_DASH * page.short), max(2, round(_THICK * page.short)))
    step = dash.width + round(_GAP * page.short)
    colours = (page.ground.strong if index + 1 == number else page.ground.line for index in range(count))
    dashes = (Placed(Point(index * step, 0), Fill(dash, colour)) for index, colour in enumerate(colours))
    return Frame(Size(count * step - step + dash.width, dash.height), tuple(dashes), "page marks")


def arrow(page: Page) -> Frame:
    """To the next slide, in reading direction."""
    width, head = _ARROW * page.short, _HEAD * page.short
    data = f"M0 {head:.2f}H{width:.2f}M{width - head:.2f} 0L{width:.2f} {head:.2f}L{width - head:.2f} {2 * head:.2f}"
    size = Size(width, 2 * head)
    path = Path(size, data, page.ground.strong, stroke=_STROKE * page.short)
    return Frame(size, (Placed(Point(0, 0), path),), "arrow")
