from decimal import Decimal
from typing import ClassVar, Literal, Self

from pydantic import Field

from media_tools.blocks import Block, Leaner, Part
from media_tools.charts.numbered import Numbered, narrowest, numbered_across, numbered_down
from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row
from media_tools.layout.frame import Frame
from media_tools.layout.heading import heading
from media_tools.layout.options import Options, by_room
from media_tools.layout.page import Page
from media_tools.spec import Spec, Words
from media_tools.spec.figure import written_number
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language


class Step(Spec):
    """One step: what to do, and how."""

    title: Words = Field(min_length=1, max_length=50, description="What to do, as a verb: Scan the code.")
    words: Words = Field(default="", max_length=120, description="One line more about it.")


class Steps(Block):
    """What to do, one thing after another."""

    rank: ClassVar[int] = 65
    part: ClassVar[Part] = Part.CHART

    block: Literal["steps"] = "steps"
    title: Words = Field(default="", max_length=80, description="What the steps lead to, if the headline does not say.")
    steps: tuple[Step, ...] = Field(min_length=2, max_length=5, description="In the order in which they are done.")

    @classmethod
    def example(cls) -> Self:
        steps = (
            {"title": "Press the red button", "words": "Hold it for five seconds, until the light blinks."},
            {"title": "Say where you are", "words": "A landmark will do if you have no position."},
            {"title": "Keep the line open", "words": "The harbour office stays with you until help arrives."},
        )
        return cls.model_validate({"steps": steps})

    def broad(self) -> bool:
        return True

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        numerals = [written_number(Decimal(index + 1), language, digits).digits for index in range(len(self.steps))]
        said = (
            words
            for numeral, step in zip(numerals, self.steps, strict=True)
            for words in (f"{numeral}. {step.title}", step.words)
        )
        return tuple(words for words in (self.title, *said) if words)

    def leaner(self) -> Leaner | None:
        """The words may go, never one step of several: who follows the rest would miss it."""
        if any(step.words for step in self.steps):
            bare = tuple(step.model_copy(update={"words": ""}) for step in self.steps)
            return Leaner(35, self.model_copy(update={"steps": bare}), "text under the steps")
        return Leaner(self.rank, None, "list of steps")

    def least(self, width: float, page: Page) -> float:
        return self._options(width, page).least

    def most(self, width: float, page: Page) -> float:
        return self._options(width, page).most

    def layout(self, size: Size, page: Page) -> Frame:
        return self._options(size.width, page).layout(size, self.block, "The list of steps")

    def _options(self, width: float, page: Page) -> Options:
        return page.once(
            (self.block, self, width), lambda: Options(heading(page, self.title, width), self._rows(width, page))
        )

    def _rows(self, width: float, page: Page) -> tuple[Row, ...]:
        things = [Numbered(step.title, step.words) for step in self.steps]
        beside, under = tuple(numbered_across(things, width, page)), tuple(numbered_down(things, width, page))
        if not (beside or under):
            raise DoesNotFit("The list of steps", narrowest(things, page), width)
        return by_room(beside, under, width, page)
