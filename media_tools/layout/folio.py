"""The head of a page: a heavy rule, the kicker under its start, the date under its end."""

from dataclasses import replace

from media_tools.layout.frame import Align, Fill, Frame, Paragraph, Placed
from media_tools.layout.page import Page
from media_tools.spec.geometry import Point, Size

_RULE = 0.0046  # of the short side
_GAP = 0.5  # of the base size


def folio(page: Page, kicker: Paragraph | None, date: str, width: float) -> Frame:
    rule = max(2, round(_RULE * page.short))
    top = rule + _GAP * page.base
    placed = [Placed(Point(0, 0), Fill(Size(width, rule), page.ground.text))]
    bottom = float(rule)
    if kicker is not None:
        placed.append(Placed(Point(0, top), kicker))
        bottom = top + kicker.size.height
    if date:
        leading = page.kicker.leading if kicker is not None else page.quiet.leading
        day = page.set(date, replace(page.quiet, leading=leading), page.width_of(date, page.quiet) + 1, Align.RIGHT)
        placed.append(Placed(Point(width - day.size.width, top), day))
        bottom = max(bottom, top + day.size.height)
    return Frame(Size(width, bottom), tuple(placed), "folio")
