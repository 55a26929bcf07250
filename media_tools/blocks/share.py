from dataclasses import replace
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from media_tools.blocks import Block, Part
from media_tools.charts.donut import SMALLEST, donut, has_room
from media_tools.charts.series import written_part
from media_tools.charts.surround import Surround
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Frame, Item, Placed
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec import Words
from media_tools.spec.figure import Amount
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language
from media_tools.spec.share import percentage, said_share, written_percentage

_BESIDE = 18  # base sizes of width, from which the words stand beside the ring
_WIDEST = 0.46  # of the width: the ring beside words
_LARGEST = 18.0  # em of the label's size: the ring's diameter
_GAP = 1.2  # of the base size, between ring and words
_TRIES = 12  # of smaller rings, until the words beside one are not too high


class Share(Block):
    """One share of one whole, as a ring with the percentage in it."""

    rank: ClassVar[int] = 50
    part: ClassVar[Part] = Part.CHART

    block: Literal["share"] = "share"
    title: Words = Field(default="", max_length=80, description="What is counted, in which period.")
    amount: Annotated[Amount, Field(ge=0, description="The part that is shown: 70, of 98.")]
    whole: Annotated[Amount, Field(gt=0, description="What 100 percent are: 98.")]
    label: Words = Field(min_length=1, max_length=120, description="What the part is: missions with an account.")
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")

    @model_validator(mode="after")
    def _seen(self) -> Self:
        percentage(self.amount, self.whole)
        return self

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "amount": 134,
                "whole": 168,
                "label": "of the boats over ten metres carry a radio of the coastal network",
                "source": "Harbour Office, 2026",
            }
        )

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def needs_source(self) -> bool:
        return True

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        amounts = said_share(self.amount, self.whole, language, digits)
        told = f"{self._percent(language, digits)} ({amounts}): {self.label}"
        return tuple(words for words in (self.title, told) if words)

    def spans(self) -> tuple[int, int]:
        return 3, 6

    def least(self, width: float, page: Page) -> float:
        return self._head(width, page).height + self._arranged(width, SMALLEST * page.small.size, page).size.height

    def most(self, width: float, page: Page) -> float:
        head = self._head(width, page).height
        return max(self.least(width, page), head + self._arranged(width, self._largest(width, page), page).size.height)

    def layout(self, size: Size, page: Page) -> Frame:
        head, least = self._head(size.width, page), self.least(size.width, page)
        if least > size.height + 0.5:
            raise DoesNotFit("The share", least, size.height)
        smallest, largest = SMALLEST * page.small.size, self._largest(size.width, page)
        for smaller in range(_TRIES + 1):
            diameter = largest - (largest - smallest) * smaller / _TRIES
            drawing = self._arranged(size.width, diameter, page)
            if head.height + drawing.size.height <= size.height + 0.5:
                break
        return head.around(drawing, self.block)

    def _head(self, width: float, page: Page) -> Surround:
        return Surround.of(self.title, "", width, page)

    def _largest(self, width: float, page: Page) -> float:
        widest = _WIDEST * width if self._beside(width, page) else width
        return max(SMALLEST * page.small.size, min(_LARGEST * page.small.size, widest))

    def _beside(self, width: float, page: Page) -> bool:
        """Whether the words stand beside the ring: where they have room beside its largest form."""
        room = (1 - _WIDEST) * width - _GAP * page.base
        return width >= _BESIDE * page.base and page.longest_word(self.label, page.standfirst) <= room

    def _arranged(self, width: float, diameter: float, page: Page) -> Frame:
        """Ring and words; the amounts are in the ring where they have room there."""
        percent = self._percent(page.language, page.digits)
        amounts = str(written_part(self.amount, self.whole, page))
        ring = donut(float(self.amount / self.whole), page.amount(percent), amounts, diameter, page)
        beside = self._beside(width, page)
        room = width - diameter - _GAP * page.base if beside else width
        inside = has_room(percent, amounts, diameter, page)
        words = self._words("" if inside else amounts, room, page)
        if not beside:
            return stack([ring, words], [0.5 * page.base], width, "share")
        height = max(diameter, words.size.height)
        at = Point(width - room, (height - words.size.height) / 2)
        return Frame(Size(width, height), (Placed(Point(0, (height - diameter) / 2), ring), Placed(at, words)), "share")

    def _words(self, amounts: str, room: float, page: Page) -> Frame:
        style = replace(page.standfirst, colour=page.ground.text)
        longest = page.longest_word(self.label, style)
        if longest > room:
            raise DoesNotFit("The longest word beside the ring", longest, room)
        items: list[Item] = [balanced(page, self.label, style, room)]
        if amounts:
            items.append(page.set(amounts, page.quiet, room))
        return stack(items, [0.3 * page.base] * (len(items) - 1), room)

    def _percent(self, language: Language, digits: str) -> str:
        return written_percentage(percentage(self.amount, self.whole), language, digits)
