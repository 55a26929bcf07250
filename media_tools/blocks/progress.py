from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from media_tools.blocks import Block, Leaner, Part
from media_tools.charts.progress_bars import Progress as Bar
from media_tools.charts.progress_bars import progress_bars, progress_least, progress_most
from media_tools.charts.series import written_part
from media_tools.charts.surround import Surround
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Frame
from media_tools.layout.page import Page
from media_tools.spec import Spec, Words
from media_tools.spec.figure import Amount
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language
from media_tools.spec.share import check_part, said_share


class ProgressRow(Spec):
    """One part of its own whole."""

    label: Words = Field(min_length=1, max_length=60, description="What is under way: Ports with a night watch.")
    amount: Annotated[Amount, Field(ge=0, description="How much is done: 70, of 98.")]
    whole: Annotated[Amount, Field(gt=0, description="How much there is to do: 98.")]

    @model_validator(mode="after")
    def _within(self) -> Self:
        check_part(self.amount, self.whole)
        return self


class Progress(Block):
    """How far something has come, as parts of wholes."""

    rank: ClassVar[int] = 50
    part: ClassVar[Part] = Part.CHART

    block: Literal["progress"] = "progress"
    title: Words = Field(default="", max_length=80, description="What the rows have in common, and on which day.")
    rows: tuple[ProgressRow, ...] = Field(min_length=1, max_length=6, description="What matters most first.")
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")

    @classmethod
    def example(cls) -> Self:
        return cls.model_validate(
            {
                "title": "Coastal network, state of July 2026",
                "rows": (
                    {"label": "Ports with a night watch", "amount": 9, "whole": 12},
                    {"label": "Boats with a radio", "amount": 134, "whole": 168},
                    {"label": "Crews trained in first aid", "amount": 41, "whole": 96},
                ),
                "source": "Harbour Office, 2026",
            }
        )

    def leaner(self) -> Leaner | None:
        if len(self.rows) == 1:
            return super().leaner()
        what = f"row “{self.rows[-1].label}”"
        return Leaner(30, self.model_copy(update={"rows": self.rows[:-1]}), what)

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def needs_source(self) -> bool:
        return True

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        rows = (f"{row.label}: {said_share(row.amount, row.whole, language, digits)}" for row in self.rows)
        return tuple(words for words in (self.title, *rows) if words)

    def spans(self) -> tuple[int, int]:
        return 4, 8

    def least(self, width: float, page: Page) -> float:
        return self._head(width, page).height + progress_least(self._bars(page), width, page)

    def most(self, width: float, page: Page) -> float:
        return self._head(width, page).height + progress_most(self._bars(page), width, page)

    def layout(self, size: Size, page: Page) -> Frame:
        head, least = self._head(size.width, page), self.least(size.width, page)
        if least > size.height + 0.5:
            raise DoesNotFit("The progress", least, size.height)
        room = Size(size.width, max(size.height, least) - head.height)
        return head.around(progress_bars(self._bars(page), room, page), self.block)

    def _bars(self, page: Page) -> tuple[Bar, ...]:
        return tuple(
            Bar(row.label, str(written_part(row.amount, row.whole, page)), float(row.amount / row.whole))
            for row in self.rows
        )

    def _head(self, width: float, page: Page) -> Surround:
        return Surround.of(self.title, "", width, page)
