"""Moments along a line: what each one says, and how large. `moments_down` and `moments_across` put them in order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from media_tools.layout.balance import balanced
from media_tools.layout.frame import Fill, Frame, Item, Paragraph, Path, Placed, TextStyle
from media_tools.layout.page import Meaning, Page
from media_tools.spec.geometry import Point, Size

_TITLE_GAP = 0.12  # of the base size, between a moment's title and its words
_DASH, _SPACE = 0.2, 0.27  # of the base size: the line where time leaps
_FIGURE_MIDDLE = 0.33  # em of a year's size from its baseline up to the middle of its figures
_WIDEST_WORDS = 34  # em: a longer line is hard to follow


@dataclass(frozen=True, slots=True)
class Moment:
    """When, what, and more about it; `leap` says how long it was since the moment before, where that was long."""

    when: str
    title: str
    words: str = ""
    leap: str = ""
    now: bool = False


class Scale(NamedTuple):
    """Steps of the type scale for the three things that a moment says, from the page's body size."""

    when: int
    title: int
    words: int


@dataclass(frozen=True, slots=True)
class Styles:
    """How the moments of one timeline look at a scale; no letter is smaller than the page's small type."""

    when: TextStyle
    title: TextStyle
    words: TextStyle
    leap: TextStyle

    @classmethod
    def at(cls, scale: Scale, page: Page) -> Self:
        body = page.shape.body_step
        when = page.title(body + scale.when)
        return cls(
            when=replace(when, size=max(when.size, page.step(-1))),
            title=replace(page.strong, size=page.step(max(-1, body + scale.title))),
            words=replace(page.label, size=page.step(max(-1, body + scale.words)), colour=page.ground.quiet),
            leap=page.quiet,
        )

    def dated(self, moment: Moment, page: Page) -> TextStyle:
        """The style of the date: the accent says that it is now."""
        return replace(self.when, colour=page.accented(Meaning.NOW)) if moment.now else self.when


@dataclass(frozen=True, slots=True)
class Told:
    """A moment's title over its words."""

    title: Paragraph
    words: Paragraph | None
    gap: float

    @classmethod
    def of(cls, moment: Moment, styles: Styles, width: float, page: Page) -> Self:
        measure = min(width, _WIDEST_WORDS * styles.words.size)
        words = balanced(page, moment.words, styles.words, measure) if moment.words else None
        gap = _TITLE_GAP * page.base if words else 0
        return cls(balanced(page, moment.title, styles.title, width), words, gap)

    @property
    def height(self) -> float:
        return self.title.size.height + self.gap + (self.words.size.height if self.words else 0)

    def placed(self, at: Point) -> tuple[Placed, ...]:
        under = Point(at.x, at.y + self.title.size.height + self.gap)
        return (Placed(at, self.title), *([Placed(under, self.words)] if self.words else []))


def widest_word(moments: Sequence[Moment], styles: Styles, page: Page) -> float:
    """The px that the longest word of titles and words needs."""
    titles = (page.longest_word(moment.title, styles.title) for moment in moments)
    words = (page.longest_word(moment.words, styles.words) for moment in moments if moment.words)
    return max((*titles, *words))


def dot_side(page: Page) -> int:
    """The diameter of a dot in px, even, so that the line meets it in the middle."""
    return 2 * max(2, round(0.45 * page.base))


def line_width(page: Page) -> int:
    return 2 * max(1, round(0.07 * page.base))


def clear(page: Page) -> float:
    """The px of bare ground between a dot and the line."""
    return 0.28 * page.base


def dot_middle(when: TextStyle, baseline: float, page: Page) -> float:
    """How far down a moment's dot has its middle: beside the figures of its date."""
    return max(dot_side(page) / 2, baseline - _FIGURE_MIDDLE * when.size)


def plain_line(size: Size, page: Page) -> Fill:
    return Fill(size, page.ground.strong)


def dashed_line(size: Size, page: Page) -> Item:
    """The line where time leaps, along the longer side of `size`; plain where there is no room for two dashes."""
    length, width = max(size.width, size.height), min(size.width, size.height)
    dash, pitch = _DASH * page.base, (_DASH + _SPACE) * page.base
    count = int((length + pitch - dash) / pitch)
    if count < 2:
        return plain_line(size, page)
    starts = [number * (length - dash) / (count - 1) for number in range(count)]
    middle = width / 2
    if size.width > size.height:
        dashes = (f"M{start:.2f} {middle:.2f}H{start + dash:.2f}" for start in starts)
    else:
        dashes = (f"M{middle:.2f} {start:.2f}V{start + dash:.2f}" for start in starts)
    return Path(size, "".join(dashes), page.ground.strong, stroke=width)


def moment_frame(size: Size, items: Sequence[Placed]) -> Frame:
    return Frame(size, tuple(items), "moment")
