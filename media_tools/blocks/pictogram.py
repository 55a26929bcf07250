from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from media_tools.blocks import Block, Part
from media_tools.charts.dots import dots, dots_least, dots_most
from media_tools.charts.series import written_part
from media_tools.charts.surround import Surround
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.column import Row
from media_tools.layout.frame import Frame, Item, Paragraph, Placed, Run, TextStyle
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec import Words
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language
from media_tools.spec.share import Counted, check_part, said_share

_MOST = 200
_BESIDE = 24  # base sizes of width, from which the amount stands beside its dots
_AMOUNT = 0.28  # of the width: the amount and its words beside the dots
_STEPS = (10, 9, 8, 7, 6, 5, 4, 3)  # of the type scale: the amount beside its dots
_STEPS_OVER = (4, 3, 2)  # the amount over its dots
_GAP = 0.5  # of the base size, between amount, label and dots
_LABEL_LINES = 2  # after the amount
_SLACK = 1.015  # an amount must never break, and its width is measured at one size for all


class Pictogram(Block):
    """Counted things as dots, one a thing, with those that are meant filled."""

    rank: ClassVar[int] = 50
    part: ClassVar[Part] = Part.CHART

    block: Literal["pictogram"] = "pictogram"
    title: Words = Field(default="", max_length=80, description="What is counted, in which period.")
    amount: int = Field(ge=0, description="How many are meant, as filled dots: 70, of 98.")
    whole: int = Field(ge=1, le=_MOST, description="How many there are, one dot each: 98.")
    label: Words = Field(min_length=1, max_length=80, description="What the filled dots are: missions with an account.")
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")

    @model_validator(mode="after")
    def _within(self) -> Self:
        check_part(Decimal(self.amount), Decimal(self.whole))
        return self

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "amount": 84,
                "whole": 98,
                "label": "lighthouses work without a keeper",
                "source": "Harbour Office, 2026",
            }
        )

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def needs_source(self) -> bool:
        return True

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        amounts = said_share(Decimal(self.amount), Decimal(self.whole), language, digits)
        return tuple(words for words in (self.title, f"{amounts}: {self.label}") if words)

    def spans(self) -> tuple[int, int]:
        return 4, 7

    def least(self, width: float, page: Page) -> float:
        words = min(words.size.height for words in self._words(width, page))
        return self._height(words, dots_least(self.whole, self._room(width, page), page), width, page)

    def most(self, width: float, page: Page) -> float:
        words = max(words.size.height for words in self._words(width, page))
        most = self._height(words, dots_most(self.whole, self._room(width, page), page), width, page)
        return max(self.least(width, page), most)

    def layout(self, size: Size, page: Page) -> Frame:
        least = self.least(size.width, page)
        if least > size.height + 0.5:
            raise DoesNotFit("The pictogram", least, size.height)
        head, room = self._head(size.width, page), self._room(size.width, page)
        smallest = dots_least(self.whole, room, page)
        words = next(
            words
            for words in self._words(size.width, page)
            if self._height(words.size.height, smallest, size.width, page) <= size.height + 0.5
        )
        free = size.height - head.height
        if self._beside(size.width, page):
            drawing = dots(self.amount, self.whole, Size(room, free), page)
            return head.around(_side_by_side(words, drawing, size.width), self.block)
        gap = _GAP * page.base
        drawing = dots(self.amount, self.whole, Size(room, free - words.size.height - gap), page)
        return head.around(stack([words, drawing], [gap], size.width), self.block)

    def under_figure(self, width: float, page: Page) -> Row:
        """The dots under their words in small type, where another figure leads."""
        counted = "".join(written_part(Decimal(self.amount), Decimal(self.whole), page))
        words = page.set_runs([Run(counted, page.strong), Run(f" {self.label}", page.label)], width)
        over = words.size.height + _GAP * page.base

        def fill(height: float) -> Frame:
            drawing = dots(self.amount, self.whole, Size(width, height - over), page)
            return stack([words, drawing], [_GAP * page.base], width, self.block)

        return Row(over + dots_least(self.whole, width, page), over + dots_most(self.whole, width, page), fill)

    def _head(self, width: float, page: Page) -> Surround:
        return Surround.of(self.title, "", width, page)

    def _beside(self, width: float, page: Page) -> bool:
        column = _AMOUNT * width
        return width >= _BESIDE * page.base and page.longest_word(self.label, page.label) <= column

    def _room(self, width: float, page: Page) -> float:
        """Px of width for the dots."""
        return (1 - _AMOUNT) * width - page.gutter if self._beside(width, page) else width

    def _height(self, words: float, drawing: float, width: float, page: Page) -> float:
        beside = self._beside(width, page)
        return self._head(width, page).height + (max(words, drawing) if beside else words + _GAP * page.base + drawing)

    def _words(self, width: float, page: Page) -> tuple[Frame, ...]:
        """Amount and label, the amount at each step of the scale that has room, largest first."""
        return page.once(("pictogram", self, width), lambda: self._worded(width, page))

    def _worded(self, width: float, page: Page) -> tuple[Frame, ...]:
        beside = self._beside(width, page)
        column = _AMOUNT * width if beside else width
        counted = written_part(Decimal(self.amount), Decimal(self.whole), page)
        sizes = [page.step(step) for step in (_STEPS if beside else _STEPS_OVER)]
        amounts = [
            _stacked(counted, size, column, page) if beside else _on_line(counted, size, column, page) for size in sizes
        ]
        label = balanced(page, self.label, page.label, column)
        told = () if beside else tuple(self._on_line_with_label(counted, sizes, width, page))
        if told:
            return told
        needed = max(page.longest_word(self.label, page.label), *(each.size.width for each in amounts[-1:]))
        fitting = [replace(each, size=Size(column, each.size.height)) for each in amounts if each.size.width <= column]
        if not fitting or needed > column:
            raise DoesNotFit("The words of the pictogram", needed, column)
        return tuple(stack([each, label], [_GAP * page.base], column) for each in fitting)

    def _on_line_with_label(
        self, counted: Counted, sizes: Sequence[float], width: float, page: Page
    ) -> Iterator[Frame]:
        """The label after the amount, its last line level with it, where two lines are enough."""
        for size in sizes:
            amount, wide = _line(counted, size, 0, page)
            start = wide + _GAP * page.base
            if page.longest_word(self.label, page.label) <= width - start:
                label = balanced(page, self.label, page.label, width - start)
                level = page.type.baseline(amount) - page.type.baseline(label)
                top = level - (label.lines - 1) * label.runs[0].style.size * label.runs[0].style.leading
                if label.lines <= _LABEL_LINES and top >= 0:
                    height = max(amount.size.height, top + label.size.height)
                    yield Frame(Size(width, height), (Placed(Point(0, 0), amount), Placed(Point(start, top), label)))


def _styles(size: float, page: Page) -> tuple[TextStyle, TextStyle, TextStyle]:
    """Of what stands before the part, of the part, and of what stands after it."""
    small = replace(page.unit(size), weight=400, colour=page.ground.text)
    return small, page.figure(size), small


def _stacked(counted: Counted, size: float, width: float, page: Page) -> Frame:
    """The part in large figures with the rest of the words over or under it, as wide as they are."""
    parts = [(text.strip(), style) for text, style in zip(counted, _styles(size, page), strict=True) if text.strip()]
    wide = max(page.width_of(text, style) for text, style in parts) + 2
    items: list[Item] = [page.set(text, style, max(wide, width)) for text, style in parts]
    return replace(
        stack(items, [0] * (len(items) - 1), width), size=Size(wide, sum(item.size.height for item in items))
    )


def _on_line(counted: Counted, size: float, width: float, page: Page) -> Frame:
    line, wide = _line(counted, size, width, page)
    return Frame(Size(wide, line.size.height), (Placed(Point(0, 0), line),))


def _line(counted: Counted, size: float, width: float, page: Page) -> tuple[Paragraph, float]:
    """The words on one line, and how wide they are in px."""
    runs = [
        Run(text.replace(" ", "\u00a0"), style)
        for text, style in zip(counted, _styles(size, page), strict=True)
        if text
    ]
    wide = _SLACK * sum(page.width_of(run.text, run.style) for run in runs) + 2
    return page.set_runs(runs, max(wide, width)), wide


def _side_by_side(words: Frame, drawing: Frame, width: float) -> Frame:
    """Words at the start, their label level with the foot of the dots at the end."""
    height = max(words.size.height, drawing.size.height)
    amount, label = words.items
    foot = replace(label, at=Point(0, height - label.item.size.height))
    at = Point(width - drawing.size.width, (height - drawing.size.height) / 2)
    beside = Frame(Size(words.size.width, height), (amount, foot))
    return Frame(Size(width, height), (Placed(Point(0, 0), beside), Placed(at, drawing)))
