"""A page that is higher than wide: headline, evidence and foot under one another."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Self

from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row, column, ease, eased_height
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


class _Way(NamedTuple):
    """A headline with the blocks in one arrangement under it."""

    step: int
    head: Frame
    rows: list[Row]
    room: Size
    growth: float
    """The share of the growth they can use that the blocks get; under 0 where they do not fit."""


@dataclass(frozen=True, slots=True)
class Upright:
    """Every way to put some content in `box`, from which one is chosen by how much the blocks are to grow."""

    box: Box
    foot: Frame
    gap: float
    ways: tuple[_Way, ...]

    @classmethod
    def of(cls, content: Content, page: Page, box: Box, ends: Ends) -> Self:
        """Raises DoesNotFit where a word is too wide."""
        gap, between = page.gap(_GAP), page.gap(_GAP) + page.gap(_FOOT_GAP) + ends.foot.size.height
        options, ways = list(arrangements(content.body, box.width, page)), []
        for step, head in enumerate(heads(content, page, box.width)):
            under = under_opening(ends.opening, head, page)
            room = Size(box.width, box.height - under.size.height - between)
            ways += [_Way(step, under, rows, room, ease(rows, gap, room.height)) for rows in options]
        return cls(box, ends.foot, gap, tuple(ways))

    def grown(self, least: float = 0) -> tuple[Placed, ...]:
        """A large headline that leaves the blocks room to grow, `least` (0 to 1) or more of it. Raises DoesNotFit."""
        gap, box = self.gap, self.box
        fitting = [way for way in self.ways if way.growth >= least]
        if not fitting:
            short = min(eased_height(way.rows, gap, least) - way.room.height for way in self.ways)
            raise DoesNotFit("The page", box.height + short, box.height)
        head, body = best(
            [Choice(worth(way.step, way.growth), way.head, partial(column, way.rows, way.room, gap)) for way in fitting]
        )
        return (
            Placed(Point(box.x, box.y), head),
            Placed(Point(box.x, box.y + head.size.height + gap), body),
            Placed(Point(box.x, box.bottom - self.foot.size.height), self.foot),
        )


def under_opening(opening: Frame, head: Frame, page: Page) -> Frame:
    return stack([opening, head], [page.gap(_KICKER_GAP)], head.size.width)
