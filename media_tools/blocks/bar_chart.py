from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from media_tools.blocks import Block, Part
from media_tools.charts.bars import THICKEST, THINNEST, Bar, bars, bars_height
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Frame, Placed
from media_tools.layout.page import Meaning, Page
from media_tools.spec import Spec, Words
from media_tools.spec.figure import Amount, written_number
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language


class BarRow(Spec):
    """One bar: what it is, and how much."""

    label: Words = Field(min_length=1, max_length=60)
    value: Annotated[Amount, Field(ge=0, description="Bars start at zero, so an amount of zero or more.")]


class BarChart(Block):
    """Amounts of one kind side by side, as lengths from zero."""

    rank: ClassVar[int] = 50
    part: ClassVar[Part] = Part.CHART

    block: Literal["bar_chart"] = "bar_chart"
    title: Words = Field(default="", max_length=80, description="What is measured, in which unit, in which period.")
    rows: tuple[BarRow, ...] = Field(min_length=2, max_length=8, description="Largest first, or in order of time.")
    highlight: int | None = Field(
        default=None, ge=0, description="The row that the headline speaks of, counted from 0."
    )
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")

    @model_validator(mode="after")
    def _highlighted(self) -> Self:
        if self.highlight is not None and self.highlight >= len(self.rows):
            raise ValueError(f"highlight is {self.highlight}. Give the number of a row, 0 to {len(self.rows) - 1}.")
        return self

    @classmethod
    def example(cls) -> Self:
        rows = (
            {"label": "Northern coast", "value": 412},
            {"label": "Delta", "value": 268},
            {"label": "Islands", "value": 97},
        )
        return cls.model_validate(
            {
                "title": "Calls answered, first half of 2026",
                "rows": rows,
                "highlight": 0,
                "source": "Harbour Office, 2026",
            }
        )

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def needs_source(self) -> bool:
        return True

    def accent_means(self) -> Meaning | None:
        return None if self.highlight is None else Meaning.SPOKEN_OF

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        rows = (f"{row.label}: {' '.join(written_number(row.value, language, digits)).strip()}" for row in self.rows)
        return tuple(words for words in (self.title, *rows) if words)

    def spans(self) -> tuple[int, int]:
        return 4, 8

    def least(self, width: float, page: Page) -> float:
        return self._head(width, page) + bars_height(self._bars(), width, page, thickness=THINNEST)

    def most(self, width: float, page: Page) -> float:
        return self._head(width, page) + bars_height(self._bars(), width, page, thickness=THICKEST)

    def layout(self, size: Size, page: Page) -> Frame:
        head = self._head(size.width, page)
        least = self.least(size.width, page)
        if least > size.height + 0.5:
            raise DoesNotFit("The bar chart", least, size.height)
        placed: list[Placed] = [Placed(Point(0, 0), page.rule(size.width))]
        if self.title:
            placed.append(Placed(Point(0, 0.5 * page.base), balanced(page, self.title, page.strong, size.width)))
        chart = bars(self._bars(), Size(size.width, size.height - head), page)
        placed.append(Placed(Point(0, head), chart))
        return Frame(Size(size.width, head + chart.size.height), tuple(placed), self.block)

    def _bars(self) -> tuple[Bar, ...]:
        return tuple(Bar(row.label, row.value, index == self.highlight) for index, row in enumerate(self.rows))

    def _head(self, width: float, page: Page) -> float:
        title = balanced(page, self.title, page.strong, width).size.height if self.title else 0
        return title + page.base
