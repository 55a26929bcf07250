from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from media_tools.blocks import Block, Leaner, Part
from media_tools.charts.lines import Lines
from media_tools.charts.surround import Surround
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Frame
from media_tools.layout.page import Meaning, Page
from media_tools.spec import Words
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language
from media_tools.spec.series import Series, SeriesRow, has_gaps, said_turns, series_of


class LineChart(Block):
    """How amounts rose and fell over time, as one to four lines."""

    rank: ClassVar[int] = 50
    part: ClassVar[Part] = Part.CHART

    block: Literal["line_chart"] = "line_chart"
    title: Words = Field(default="", max_length=80, description="What is measured, in which period.")
    unit: Words = Field(default="", max_length=24, description="The unit, beside the axis: members.")
    rows: tuple[SeriesRow, ...] = Field(min_length=2, max_length=60, description="In order of time.")
    first: Words = Field(default="", max_length=40, description="Name of the first series, where there are several.")
    second: Words = Field(default="", max_length=40, description="Name of the second series.")
    third: Words = Field(default="", max_length=40, description="Name of the third series.")
    fourth: Words = Field(default="", max_length=40, description="Name of the fourth series.")
    highlight: int | None = Field(
        default=None, ge=0, description="The row that the headline speaks of, counted from 0; for a single series."
    )
    note: Words = Field(default="", max_length=60, description="What happened there; empty: the amount itself.")
    cut: Words = Field(
        default="", max_length=60, description="Fill in to let the axis leave zero out: The axis starts at 150."
    )
    missing: Words = Field(
        default="", max_length=80, description="Why an amount is empty, under the chart: No count in 2020."
    )
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")

    @model_validator(mode="after")
    def _drawable(self) -> Self:
        series = self._series
        if has_gaps(series) and not self.missing:
            raise ValueError("rows has an empty amount and nothing says why. Write it in missing: No count in 2020.")
        if self.highlight is None:
            return self
        if self.highlight >= len(self.rows):
            raise ValueError(f"highlight is {self.highlight}. Give the number of a row, 0 to {len(self.rows) - 1}.")
        if len(series) > 1:
            raise ValueError("highlight is for a single series. Take it out, or show one series.")
        if series[0].values[self.highlight] is None:
            raise ValueError(f"highlight is {self.highlight}, a row without an amount. Give another row's number.")
        return self

    @classmethod
    def example(cls) -> Self:
        amounts = (12, 15, 24, 31, 33, 52, 78, 96, 118, 131, 134)
        return cls.model_validate(
            {
                "title": "Boats that carry a radio of the coastal network",
                "unit": "boats",
                "rows": [{"label": str(2006 + 2 * turn), "first": amount} for turn, amount in enumerate(amounts)],
                "highlight": 4,
                "note": "the network opens to fishing boats",
                "source": "Harbour Office, 2026",
            }
        )

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def needs_source(self) -> bool:
        return True

    def accent_means(self) -> Meaning | None:
        return None if self.highlight is None else Meaning.SPOKEN_OF

    def leaner(self) -> Leaner | None:
        if self.highlight is not None and self.note:
            return Leaner(30, self.model_copy(update={"note": ""}), f"note “{self.note}”")
        return super().leaner()

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        rows = said_turns(self.rows, self._series, language, digits)
        note = f"{self.rows[self.highlight].label}: {self.note}" if self.highlight is not None and self.note else ""
        return tuple(words for words in (self.title, *rows, note, *self._notes) if words)

    def spans(self) -> tuple[int, int]:
        return 5, 12

    def least(self, width: float, page: Page) -> float:
        return self._surround(width, page).height + self._chart.least(width, page)

    def most(self, width: float, page: Page) -> float:
        return self._surround(width, page).height + self._chart.most(width, page)

    def layout(self, size: Size, page: Page) -> Frame:
        least = self.least(size.width, page)
        if least > size.height + 0.5:
            raise DoesNotFit("The line chart", least, size.height)
        surround = self._surround(size.width, page)
        height = min(max(size.height, least), self.most(size.width, page)) - surround.height
        return surround.around(self._chart.drawn(Size(size.width, height), page), self.block)

    @property
    def _series(self) -> tuple[Series, ...]:
        return series_of(self.rows, (self.first, self.second, self.third, self.fourth))

    @property
    def _chart(self) -> Lines:
        labels = tuple(row.label for row in self.rows)
        return Lines(labels, self._series, self.unit, bool(self.cut), self.highlight, self.note)

    @property
    def _notes(self) -> tuple[str, ...]:
        """What must be known to read the chart rightly."""
        return (self.missing if has_gaps(self._series) else "", self.cut)

    def _surround(self, width: float, page: Page) -> Surround:
        return Surround.of(self.title, " ".join(filter(None, self._notes)), width, page)
