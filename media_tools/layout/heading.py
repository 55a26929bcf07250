"""The head of a block that has a title of its own: a hairline, and the title under it."""

from media_tools.layout.balance import balanced
from media_tools.layout.frame import Fill, Frame, Placed
from media_tools.layout.page import Page
from media_tools.spec.geometry import Point, Size

_ABOVE, _BELOW = 0.5, 0.7  # of the base size, round the title


def heading(page: Page, title: str, width: float) -> Frame:
    """Rule, title and the space under it; nothing, 0 px high, where there is no title."""
    if not title:
        return Frame(Size(width, 0))
    words = balanced(page, title, page.strong, width)
    rule = Fill(Size(width, page.hairline), page.ground.line)
    items = (Placed(Point(0, 0), rule), Placed(Point(0, _ABOVE * page.base), words))
    return Frame(Size(width, words.size.height + (_ABOVE + _BELOW) * page.base), items, "heading")
