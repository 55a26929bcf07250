"""The head of a page: a heavy rule, the kicker under its start, the date under its end."""

from dataclasses import replace

from media_tools.layout.frame import Align, Fill, Frame, Paragraph, Placed
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.geometry import Point, Size

_RULE = 0.0046  # of the short side
_GAP = 0.5  # of the base size


def folio(page: Page, kicker: Paragraph | None, date: str, width: float) -> Frame:
    """A heavy rule over kicker and date."""
    rule = max(2, round(_RULE * page.short))
    line = kicker_and_date(page, kicker, date, width)
    gap = _GAP * page.base if line.items else 0
    return stack([Fill(Size(width, rule), page.ground.text), line], [gap], width, "folio")


def kicker_and_date(page: Page, kicker: Paragraph | None, date: str, width: float) -> Frame:
    """The kicker at the start, the date at the end."""
    placed = [] if kicker is None else [Placed(Point(0, 0), kicker)]
    if date:
        style = replace(page.quiet, leading=page.kicker.leading)
        day = page.set(date, style, page.width_of(date, style) + 1, Align.RIGHT)
        placed.append(Placed(Point(width - day.size.width, 0), day))
    height = max((item.item.size.height for item in placed), default=0)
    return Frame(Size(width, height), tuple(placed))
