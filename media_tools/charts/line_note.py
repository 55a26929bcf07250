"""What is said of one row of a line: beside its dot where the line leaves room, else over the plot."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import ceil
from typing import NamedTuple, Self

from media_tools.charts.line_shapes import Track
from media_tools.layout.disc import disc
from media_tools.layout.frame import Align, Fill, Frame, Paragraph, Placed, Run
from media_tools.layout.page import Meaning, Page
from media_tools.spec.colour import Colour, readable
from media_tools.spec.geometry import Box, Point, Size

_WIDEST = 11.0  # em of the words beside a dot
_LEADERS = (2.2, 1.4, 3.4, 0.9)  # em, the best first
_LESS = 0.95  # times the width, at each try of a narrower box
_CLEAR = 0.5  # em between the words and the line
_DOT = 0.72  # em: before the words over the plot
_LEADER = 1.5  # hairlines


class Side(NamedTuple):
    """Where words may stand on one side of the line, and the colour there, which hides the hairlines behind them."""

    room: Box
    paper: Colour


class Sides(NamedTuple):
    over: Side
    under: Side


class _Spot(NamedTuple):
    words: Box
    leader: Box
    align: Align
    """The side of the leader."""


@dataclass(frozen=True, slots=True)
class LineNote:
    words: Paragraph
    over: Frame
    """The same words over the plot, after a dot that says which row they are of."""
    colour: Colour
    leader: float
    """Px that the line from dot to words is thick."""
    em: float

    @classmethod
    def of(cls, when: str, what: str, ground: Colour, width: float, page: Page) -> Self:
        """`ground` is the darkest colour that the words may stand on."""
        em, colour = page.small.size, readable(page.accented(Meaning.SPOKEN_OF), ground)
        runs = [
            Run(f"{when}: ", replace(page.small, weight=600, colour=colour)),
            Run(what, replace(page.small, colour=colour)),
        ]
        words = _narrowed(runs, min(_WIDEST * em, width), page)
        start = (_DOT + 0.4) * em
        line = page.set_runs(runs, width - start)
        mark = Placed(Point(0, (em * page.small.leading - _DOT * em) / 2), disc(_DOT * em, colour))
        over = Frame(Size(width, line.size.height + 0.4 * em), (mark, Placed(Point(start, 0), line)), "note")
        return cls(words, over, colour, round(_LEADER * page.hairline), em)

    def beside(self, dot: Point, radius: float, track: Track, sides: Sides) -> list[Placed]:
        """Words and leader under or over the dot, clear of the line; nothing where no place is free."""
        for spot in self._spots(dot, radius):
            side = sides.under if spot.words.y > dot.y else sides.over
            if side.room.overhang(spot.words) == 0 and not any(_crosses(track, self._grown(spot.words))):
                return [
                    Placed(Point(spot.leader.x, spot.leader.y), Fill(spot.leader.size, self.colour)),
                    Placed(Point(spot.words.x, spot.words.y), Fill(spot.words.size, side.paper)),
                    Placed(Point(spot.words.x, spot.words.y), replace(self.words, align=spot.align)),
                ]
        return []

    def _spots(self, dot: Point, radius: float) -> Iterator[_Spot]:
        size = self.words.size
        for down, long, after in product((True, False), _LEADERS, (True, False)):
            length = radius + long * self.em
            top = dot.y + length if down else dot.y - length - size.height
            words = Box(dot.x if after else dot.x - size.width, top, size.width, size.height)
            leader = Box(dot.x - self.leader / 2, dot.y if down else dot.y - length, self.leader, length)
            yield _Spot(words, leader, Align.LEFT if after else Align.RIGHT)

    def _grown(self, box: Box) -> Box:
        by = _CLEAR * self.em
        return Box(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by)


def _narrowed(runs: list[Run], width: float, page: Page) -> Paragraph:
    """The words in the narrowest box that keeps their number of lines."""
    words = page.set_runs(runs, width)
    while (narrower := page.set_runs(runs, _LESS * words.size.width)).size.height == words.size.height:
        if page.type.widest_line(narrower) > narrower.size.width:
            break
        words = narrower
    return replace(words, size=words.size._replace(width=min(width, ceil(page.type.widest_line(words)) + 1)))


def _crosses(track: Track, box: Box) -> Iterator[bool]:
    """For each piece of the line, whether it comes into the box."""
    for one, other in pairwise(track):
        if one is None or other is None:
            continue
        left, right = max(one.x, box.x), min(other.x, box.right)
        if left <= right:
            slope = (other.y - one.y) / (other.x - one.x)
            heights = [one.y + slope * (x - one.x) for x in (left, right)]
            yield min(heights) <= box.bottom and max(heights) >= box.y
