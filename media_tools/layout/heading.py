"""The head of a block that has a title of its own: a rule, and the title under it."""

from media_tools.layout.balance import balanced
from media_tools.layout.frame import Frame, Placed
from media_tools.layout.page import Page
from media_tools.spec.geometry import Point, Size

_ABOVE, _BELOW = 0.5, 0.7  # of the base size, round the title


def heading(page: Page, title: str, width: float) -> Frame:
    """Rule, title and the space under it; with no title nothing, 0 px high, or the rule where every block has one."""
    if not title and not page.ruled:
        return Frame(Size(width, 0))
    rule = Placed(Point(0, 0), page.rule(width))
    if not title:
        return Frame(Size(width, _BELOW * page.base), (rule,), "heading")
    words = balanced(page, title, page.strong, width)
    height = words.size.height + (_ABOVE + _BELOW) * page.base
    return Frame(Size(width, height), (rule, Placed(Point(0, _ABOVE * page.base), words)), "heading")
