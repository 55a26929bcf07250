import re
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Literal, Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from media_tools.blocks import Block, Leaner, Part
from media_tools.charts.grid import Cell, Column, grid, narrowest
from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row
from media_tools.layout.frame import Frame
from media_tools.layout.heading import heading
from media_tools.layout.options import Options
from media_tools.layout.page import Page
from media_tools.platforms import Use
from media_tools.spec import Spec, Words
from media_tools.spec.figure import Amount, written_number
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language

CELLS = ("first", "second", "third", "fourth")
_ROWS, _COLUMNS = 6, 3  # most on a screen, where nobody studies a table; paper takes all that the fields do
_FEWEST = 2  # rows
_MISSING = "–"
_NO_BREAK = "\u00a0"
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_AMOUNT: TypeAdapter[Decimal] = TypeAdapter(Amount)


class Holds(StrEnum):
    AMOUNTS = "amounts"
    WORDS = "words"


class TableColumn(Spec):
    """One column after the first, which names the rows."""

    name: Words = Field(min_length=1, max_length=30, description="What the column says of each row, with its unit.")
    holds: Holds = Field(
        default=Holds.AMOUNTS,
        description="amounts are written as the language writes them; words, and years, as typed.",
    )


class TableRow(Spec):
    """One row: its name, then a cell for each column."""

    label: Words = Field(min_length=1, max_length=50, description="What the row is about.")
    first: Words = Field(default="", max_length=40, description="Cell of the first column: 12400, or 160+.")
    second: Words = Field(default="", max_length=40, description="Cell of the second column, if there is one.")
    third: Words = Field(default="", max_length=40, description="Cell of the third column, if there is one.")
    fourth: Words = Field(default="", max_length=40, description="Cell of the fourth column, if there is one.")

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.first, self.second, self.third, self.fourth)


class Table(Block):
    """Facts in rows and columns, for comparing more than one amount of each thing."""

    rank: ClassVar[int] = 50
    part: ClassVar[Part] = Part.CHART

    block: Literal["table"] = "table"
    title: Words = Field(default="", max_length=80, description="What is listed, in which period.")
    names: Words = Field(default="", max_length=30, description="What the rows are, over their names: Coast.")
    columns: tuple[TableColumn, ...] = Field(
        min_length=1, max_length=len(CELLS), description="The columns after the names; the last one stays longest."
    )
    rows: tuple[TableRow, ...] = Field(min_length=_FEWEST, max_length=10, description="What matters most first.")
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")

    @model_validator(mode="after")
    def _cells_have_columns(self) -> Self:
        count = len(self.columns)
        for index, row in enumerate(self.rows):
            for name, cell in zip(CELLS[count:], row.cells[count:], strict=True):
                if cell:
                    raise ValueError(f"rows[{index}].{name} is filled in, but has no column. Name one more in columns.")
        return self

    @model_validator(mode="after")
    def _amounts_can_be_said(self) -> Self:
        for index, row in enumerate(self.rows):
            for column, name, cell in zip(self.columns, CELLS, row.cells, strict=False):
                if column.holds is Holds.AMOUNTS and _PLAIN.fullmatch(cell) and _amount(cell) is None:
                    raise ValueError(
                        f"rows[{index}].{name} has more digits than a page can say. "
                        "Give at most 15 digits, 6 of them decimals."
                    )
        return self

    @classmethod
    def example(cls) -> Self:
        columns = ({"name": "Calls answered"}, {"name": "Minutes until help"})
        rows = (
            {"label": "Northern coast", "first": "412", "second": "8.5"},
            {"label": "Delta", "first": "1268", "second": "9.5"},
            {"label": "Islands", "first": "97", "second": "11.2"},
        )
        return cls.model_validate(
            {"names": "Coast", "columns": columns, "rows": rows, "source": "Harbour Office, 2026"}
        )

    def broad(self) -> bool:
        return True

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def needs_source(self) -> bool:
        return any(column.holds is Holds.AMOUNTS for column in self.columns)

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        return tuple(words for words in (self.title, *self._rows_said(language, digits)) if words)

    def leaner(self) -> Leaner | None:
        """Middle columns go until a screen can take the rest, then rows from the end; first and last column stay.

        Columns go first because width is what screens lack: rows that went before them would have gone for nothing.
        """
        if len(self.columns) >= _COLUMNS:
            return self._without_middle(28)
        if len(self.rows) > _FEWEST:
            what = f"table row “{self.rows[-1].label}”"
            return Leaner(30, self.model_copy(update={"rows": self.rows[:-1]}), what)
        return self._without_middle(32) if len(self.columns) > 1 else super().leaner()

    def spans(self) -> tuple[int, int]:
        return 4, min(12, 4 + 2 * len(self.columns))

    def least(self, width: float, page: Page) -> float:
        return self._options(width, page).least

    def most(self, width: float, page: Page) -> float:
        return self._options(width, page).most

    def layout(self, size: Size, page: Page) -> Frame:
        return self._options(size.width, page).layout(size, self.block, "The table")

    def _options(self, width: float, page: Page) -> Options:
        return page.once(
            (self.block, self, width), lambda: Options(heading(page, self.title, width), self._arranged(width, page))
        )

    def _arranged(self, width: float, page: Page) -> tuple[Row, ...]:
        columns = self._columns(page)
        rows = tuple(grid(columns, width, page))
        if not rows:
            raise DoesNotFit("The table", narrowest(columns, page), width)
        if page.use is not Use.PRINT and (len(self.rows) > _ROWS or len(columns) > _COLUMNS):
            most = min(_ROWS / len(self.rows), _COLUMNS / len(columns)) * rows[-1].least
            raise DoesNotFit("A table of this many rows and columns", rows[-1].least, most)
        return rows

    def _columns(self, page: Page) -> list[Column]:
        names = Column(self.names, tuple(Cell(row.label) for row in self.rows))
        return [names, *(self._column(index, page) for index in range(len(self.columns)))]

    def _column(self, index: int, page: Page) -> Column:
        column = self.columns[index]
        amounts = column.holds is Holds.AMOUNTS
        cells = (row.cells[index] for row in self.rows)
        return Column(column.name, tuple(_cell(cell, page) if amounts else Cell(cell) for cell in cells), amounts)

    def _rows_said(self, language: Language, digits: str) -> Iterator[str]:
        """Each row with what its cells say, for people who cannot see them."""
        for row in self.rows:
            cells = zip(self.columns, row.cells, strict=False)
            said = [
                f"{column.name} " + (_said(cell, language, digits) if column.holds is Holds.AMOUNTS else cell)
                for column, cell in cells
                if cell
            ]
            yield f"{row.label}: {'; '.join(said)}" if said else row.label

    def _without_middle(self, rank: int) -> Leaner:
        """One column fewer, with its cells: the middle one, and of two the first."""
        middle = (len(self.columns) - 1) // 2
        gone = self.columns[middle]
        rows = []
        for row in self.rows:
            cells = (*row.cells[:middle], *row.cells[middle + 1 :], "")
            rows.append(row.model_copy(update=dict(zip(CELLS, cells, strict=True))))
        columns = (*self.columns[:middle], *self.columns[middle + 1 :])
        leaner = self.model_copy(update={"columns": columns, "rows": tuple(rows)})
        return Leaner(rank, leaner, f"table column “{gone.name}”")


def _amount(cell: str) -> Decimal | None:
    """The amount that a cell holds; None for other words, and for more digits than can be written."""
    try:
        return _AMOUNT.validate_python(cell)
    except ValidationError:
        return None


def _cell(typed: str, page: Page) -> Cell:
    """12400 in the language's own notation; what is no plain number, such as 160+, as typed; a dash for nothing."""
    amount = _amount(typed)
    if amount is None:
        apart = not any(character.isalpha() for character in typed)
        return Cell((page.amount(typed) if apart else typed) or _MISSING)
    number = written_number(amount, page.language, page.digits)
    if number.magnitude:
        return Cell(f"{page.amount(number.digits)}{_NO_BREAK}{number.magnitude}")
    count = _decimals(amount)
    return Cell(page.amount(number.digits), number.digits[-count - 1 :] if count else "")


def _decimals(amount: Decimal) -> int:
    """How many decimals are written."""
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _said(typed: str, language: Language, digits: str) -> str:
    amount = _amount(typed)
    return typed if amount is None else " ".join(written_number(amount, language, digits)).strip()
