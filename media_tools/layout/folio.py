"""The head of a page: a heavy rule, the kicker under its start, the date under its end."""

from dataclasses import replace

from media_tools.layout.frame import Align, Fill, Frame, Placed
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.geometry import Point, Size

_RULE = 0.0046  # of the short side
_BAND = 0.0083  # of the short side
_GAP = 0.5  # of the base size
_TAB_SIDE, _TAB_FOOT, _TAB_LEAST = 0.65, 0.45, 1.9  # of the base size


def folio(page: Page, kicker: str, date: str, width: float) -> Frame:
    """A heavy rule over kicker and date."""
    rule = max(2, round(_RULE * page.short))
    line = kicker_and_date(page, kicker, date, width)
    gap = _GAP * page.base if line.items else 0
    return stack([Fill(Size(width, rule), page.ground.text), line], [gap], width, "folio")


def hangs(page: Page, kicker: str) -> bool:
    """Whether a kicker has room on a tab: in one line, where the page's upper edge is seen."""
    return not page.safe.top and page.width_of(kicker, page.kicker) + 2 <= page.box.width - 2 * _TAB_SIDE * page.base


def tab(page: Page, kicker: str, date: str) -> tuple[Placed, ...]:
    """A band along the page's upper edge, the kicker on a tab that hangs from it, and the date beside; on the page.

    The kicker is one that `hangs`.
    """
    bled, colour = page.bled, page.brand.colours.primary
    band = Placed(Point(bled.x, bled.y), Fill(Size(bled.width, round(_BAND * page.short) - bled.y), colour))
    height, box, side = max(page.box.y, _TAB_LEAST * page.base), page.box, _TAB_SIDE * page.base
    placed, style = [band], replace(page.quiet, size=page.kicker.size, leading=page.kicker.leading)
    foot = height - _TAB_FOOT * page.base
    start = box.x
    if kicker:
        face = replace(page.kicker, colour=page.on(colour).ground.text)
        words = page.set(kicker, face, page.width_of(kicker, face) + 2)
        wide = page.type.widest_line(words) + 2 * side
        placed.append(Placed(Point(box.x, 0), Fill(Size(wide, height), colour)))
        placed.append(Placed(Point(box.x + side, foot - words.size.height), words))
        start = box.x + wide + page.gutter
    if date and page.width_of(date, style) + 2 <= box.right - start:
        day = page.set(date, style, box.right - start, Align.RIGHT)
        placed.append(Placed(Point(box.right - day.size.width, foot - day.size.height), day))
    return tuple(placed)


def ruled(page: Page, kicker: str, date: str, width: float) -> Frame:
    """The same where a tab cannot hang: a rule in the primary colour over kicker and date."""
    rule = Fill(Size(width, max(2, round(_RULE * page.short))), page.ground.strong)
    line = kicker_and_date(page, kicker, date, width)
    return stack([rule, line], [_GAP * page.base if line.items else 0], width, "folio")


def kicker_and_date(page: Page, kicker: str, date: str, width: float) -> Frame:
    """The kicker at the start and the date at the end of one line; the date under it where the line is too short."""
    style = replace(page.quiet, size=page.kicker.size, leading=page.kicker.leading)
    over = page.set(page.headed(kicker), page.kicker, width) if kicker else None
    if not date:
        return stack([over] if over else [], [], width)
    ends = page.width_of(page.headed(kicker), page.kicker) + page.gutter + page.width_of(date, style) + 2
    if over is not None and ends > width:
        return stack([over, page.set(date, style, width)], [0], width)
    day = page.set(date, style, min(width, page.width_of(date, style) + 2), Align.RIGHT)
    beside = Placed(Point(width - day.size.width, 0), day)
    if over is None:
        return Frame(Size(width, day.size.height), (beside,))
    over = page.set(page.headed(kicker), page.kicker, width - day.size.width)
    return Frame(Size(width, max(over.size.height, day.size.height)), (Placed(Point(0, 0), over), beside))
