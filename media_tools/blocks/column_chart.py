from enum import StrEnum
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from media_tools.blocks import Block, Part
from media_tools.charts.columns import Columns, Group
from media_tools.charts.lying_columns import LyingColumns
from media_tools.charts.stacks import Stacks
from media_tools.charts.surround import Surround
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Frame
from media_tools.layout.page import Meaning, Page
from media_tools.spec import Words
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language
from media_tools.spec.series import Series, SeriesRow, has_gaps, said_rows, series_of

_MOST_BESIDE = 2  # columns over one label
_BROAD = 8  # columns, or parts of columns, that have more to say in the whole width


class Form(StrEnum):
    """How several series stand: side by side, or as parts of a whole on one another."""

    GROUPED = "grouped"
    STACKED = "stacked"


class ColumnChart(Block):
    """Amounts over times or places, as upright columns from zero."""

    rank: ClassVar[int] = 50
    part: ClassVar[Part] = Part.CHART

    block: Literal["column_chart"] = "column_chart"
    title: Words = Field(default="", max_length=80, description="What is measured, in which unit, in which period.")
    rows: tuple[SeriesRow, ...] = Field(min_length=2, max_length=12, description="In order of time, or largest first.")
    first: Words = Field(default="", max_length=40, description="Name of the first series, where there are several.")
    second: Words = Field(default="", max_length=40, description="Name of the second series.")
    third: Words = Field(default="", max_length=40, description="Name of the third series, of stacked columns.")
    fourth: Words = Field(default="", max_length=40, description="Name of the fourth series, of stacked columns.")
    form: Form = Field(
        default=Form.GROUPED, description="grouped: two series side by side; stacked: up to four parts of a whole."
    )
    highlight: int | None = Field(
        default=None, ge=0, description="The row that the headline speaks of, counted from 0; for a single series."
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
        if self.form is Form.STACKED:
            self._check_parts(series)
        elif len(series) > _MOST_BESIDE:
            raise ValueError(f"{len(series)} series cannot stand side by side. Choose stacked, or use two charts.")
        if self.highlight is not None and self.highlight >= len(self.rows):
            raise ValueError(f"highlight is {self.highlight}. Give the number of a row, 0 to {len(self.rows) - 1}.")
        if self.highlight is not None and len(series) > 1:
            raise ValueError("highlight is for a single series. Take it out, or show one series.")
        return self

    def _check_parts(self, series: tuple[Series, ...]) -> None:
        for row, values in zip(self.rows, zip(*(each.values for each in series), strict=True), strict=True):
            if None in values and any(value is not None for value in values):
                raise ValueError(
                    f"{row.label} lacks a part, so its whole is unknown. Give 0, or leave all its parts empty."
                )
            if any(value is not None and value < 0 for value in values):
                raise ValueError(f"{row.label} has a negative part, and parts add up to a whole. Choose grouped.")

    @classmethod
    def example(cls) -> Self:
        years = (("2019", 96), ("2020", 71), ("2021", None), ("2022", 118), ("2023", 164), ("2024", 203), ("2025", 251))
        return cls.model_validate(
            {
                "title": "People brought ashore in each year",
                "rows": [{"label": year, "first": amount} for year, amount in years],
                "highlight": 6,
                "missing": "No count in 2021, when the register was moved.",
                "source": "Harbour Office, 2026",
            }
        )

    def broad(self) -> bool:
        return len(self.rows) * len(self._series) >= _BROAD

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def needs_source(self) -> bool:
        return True

    def accent_means(self) -> Meaning | None:
        return None if self.highlight is None else Meaning.SPOKEN_OF

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        rows = said_rows(self.rows, self._series, language, digits)
        return tuple(words for words in (self.title, *rows, self._note) if words)

    def spans(self) -> tuple[int, int]:
        return 4, min(12, 4 + len(self.rows))

    def least(self, width: float, page: Page) -> float:
        return self._surround(width, page).height + self._chart(width, page).least(width, page)

    def most(self, width: float, page: Page) -> float:
        return self._surround(width, page).height + self._chart(width, page).most(width, page)

    def layout(self, size: Size, page: Page) -> Frame:
        least = self.least(size.width, page)
        if least > size.height + 0.5:
            raise DoesNotFit("The column chart", least, size.height)
        surround = self._surround(size.width, page)
        height = min(max(size.height, least), self.most(size.width, page)) - surround.height
        return surround.around(self._chart(size.width, page).drawn(Size(size.width, height), page), self.block)

    @property
    def _series(self) -> tuple[Series, ...]:
        return series_of(self.rows, (self.first, self.second, self.third, self.fourth))

    def _chart(self, width: float, page: Page) -> Columns | Stacks | LyingColumns:
        """Columns; bars in their stead where the words under a single series' columns need more width."""
        series = self._series
        groups = tuple(
            Group(row.label, values, index == self.highlight)
            for index, (row, values) in enumerate(
                zip(self.rows, zip(*(each.values for each in series), strict=True), strict=True)
            )
        )
        names = tuple(each.name for each in series)
        if len(names) > 1:
            return (Stacks if self.form is Form.STACKED else Columns)(groups, names)
        columns, lying = Columns(groups, names), LyingColumns.of(groups)
        return lying if lying and not columns.fits(width, page) else columns

    @property
    def _note(self) -> str:
        return self.missing if has_gaps(self._series) else ""

    def _surround(self, width: float, page: Page) -> Surround:
        return Surround.of(self.title, self._note, width, page)
