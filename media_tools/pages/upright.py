"""A page that is higher than wide: headline, evidence and foot under one another."""

from functools import partial
from math import inf
from typing import NamedTuple

from media_tools.errors import DoesNotFit
from media_tools.layout.column import column, ease, eased_height
from media_tools.layout.frame import Frame, Placed
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.pages import Choice, Content, arrangements, best, heads, worth
from media_tools.spec.geometry import Box, Point, Size

_GAP, _FOOT_GAP = 1.3, 1.1  # of the base size, round blocks and over the foot
_KICKER_GAP = 1.0


class Ends(NamedTuple):
    """What stands over the headline, and under everything."""

    opening: Frame
    foot: Frame


def upright(content: Content, page: Page, box: Box, ends: Ends, least: float = 0) -> tuple[Placed, ...]:
    """Everything in `box`, with a large headline that leaves the blocks room to grow, `least` (0 to 1) or more of it.

    Raises DoesNotFit.
    """
    gap, between = page.gap(_GAP), page.gap(_GAP) + page.gap(_FOOT_GAP) + ends.foot.size.height
    options, choices, short = list(arrangements(content.body, box.width, page)), [], inf
    for step, head in enumerate(heads(content, page, box.width)):
        under = under_opening(ends.opening, head, page)
        room = Size(box.width, box.height - under.size.height - between)
        for rows in options:
            growth = ease(rows, gap, room.height)
            short = min(short, eased_height(rows, gap, least) - room.height)
            if growth >= least:
                choices.append(Choice(worth(step, growth), under, partial(column, rows, room, gap)))
    if not choices:
        raise DoesNotFit("The page", box.height + short, box.height)
    head, body = best(choices)
    return (
        Placed(Point(box.x, box.y), head),
        Placed(Point(box.x, box.y + head.size.height + gap), body),
        Placed(Point(box.x, box.bottom - ends.foot.size.height), ends.foot),
    )


def under_opening(opening: Frame, head: Frame, page: Page) -> Frame:
    return stack([opening, head], [page.gap(_KICKER_GAP)], head.size.width)
