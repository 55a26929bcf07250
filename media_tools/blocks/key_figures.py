from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil
from typing import ClassVar, Literal, Self

from pydantic import Field

from media_tools.blocks import Block, Leaner, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Fill, Frame, Paragraph, Placed, Run
from media_tools.layout.page import Page, lines_of
from media_tools.layout.stack import stack
from media_tools.spec.figure import Figure
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language

_STEPS = (9, 8, 7, 6, 5, 4, 3, 2)  # of the type scale, for the amounts
_SMALLEST = 1.9  # times legible: an amount must still look like one
_FIGURE_SHARE = 0.55  # of the width, where amount and label stand side by side
_SLACK = 1.015  # an amount must never break, and its width is measured at one size for all
_LABEL_LINES = 3
_LEADING = 7  # step of the type scale under which a figure alone does not lead
_UNIT = 0.44  # of the figure, as the page has it
_UNIT_STEP = 5
_NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class _Grid:
    """The amounts in `columns` at one size, with the height it takes."""

    columns: int
    beside: bool
    """Whether labels stand beside their amounts, not under them."""
    size: float
    cell: Size
    height: float


class KeyFigures(Block):
    """One to six amounts, each over the words that say what it counts."""

    rank: ClassVar[int] = 80
    part: ClassVar[Part] = Part.FIGURES

    block: Literal["key_figures"] = "key_figures"
    figures: tuple[Figure, ...] = Field(min_length=1, max_length=6, description="The amounts, the main one first.")

    @classmethod
    def example(cls) -> Self:
        figures = (
            {"value": 9, "unit": "ports", "label": "answer calls day and night", "source": "Harbour Office, 2026"},
            {"value": 12400, "label": "people brought ashore since 2019", "source": "Harbour Office, 2026"},
        )
        return cls.model_validate({"figures": figures})

    def leaner(self) -> Leaner | None:
        if len(self.figures) == 1:
            return super().leaner()
        what = f"key figure “{self.figures[-1].label}”"
        return Leaner(30, self.model_copy(update={"figures": self.figures[:-1]}), what)

    def sources(self) -> tuple[str, ...]:
        return tuple(figure.source for figure in self.figures if figure.source)

    def fully_sourced(self) -> bool:
        return all(figure.source for figure in self.figures)

    def needs_source(self) -> bool:
        return True

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        return tuple(figure.said(language, digits) for figure in self.figures)

    def least(self, width: float, page: Page) -> float:
        heights = [grid.height for grid in self._grids(width, page)]
        if not heights:
            raise DoesNotFit("The key figures", self._narrowest(page), width)
        return min(heights)

    def most(self, width: float, page: Page) -> float:
        grids = self._grids(width, page)
        largest = max((grid.size for grid in grids), default=0)
        return min((grid.height for grid in grids if grid.size == largest), default=0)

    def layout(self, size: Size, page: Page) -> Frame:
        grids = [grid for grid in self._grids(size.width, page) if grid.height <= size.height + 0.5]
        if not grids:
            raise DoesNotFit("The key figures", self.least(size.width, page), size.height)
        best = max(grids, key=lambda grid: (grid.size, grid.columns, not grid.beside))
        return self._drawn(best, size.width, page)

    def lead(self, size: Size, page: Page) -> Frame:
        """The first amount alone, as wide as `size`, its unit under it where that lets it be larger.

        Its label is not set: see `lead_label`. Raises DoesNotFit where the amount would not dominate.
        """
        amount = _Amount.of(self.figures[0], page)
        plain = replace(amount, unit="", unit_em=0)
        words = amount.unit.strip(_NO_BREAK)
        below = [page.set(words, page.title(_UNIT_STEP), size.width)] if words else []
        room = size.height - sum(line.size.height for line in below)
        whole, alone = amount.fitting(size, page), plain.fitting(Size(size.width, room), page)
        if max(whole, alone) < page.step(_LEADING):
            raise DoesNotFit("The figure", page.step(_LEADING), max(whole, alone))
        if whole >= alone:
            return stack([amount.set(whole, size.width, page)], [], size.width, self.block)
        return stack([plain.set(alone, size.width, page), *below], [0] * len(below), size.width, self.block)

    def lead_label(self, page: Page) -> str:
        """What the first amount counts."""
        return _label(self.figures[0], page)

    def _narrowest(self, page: Page) -> float:
        """The width in px that the longest word or the widest amount needs."""
        amounts = (_Amount.of(figure, page).width(_SMALLEST * page.legible, page) for figure in self.figures)
        return max(*amounts, *(page.longest_word(_label(figure, page), page.label) for figure in self.figures))

    def _grids(self, width: float, page: Page) -> tuple[_Grid, ...]:
        return page.once(("grids", self, width), lambda: tuple(self._arrangements(width, page)))

    def _arrangements(self, width: float, page: Page) -> Iterator[_Grid]:
        """Every arrangement in which each amount stands on one line in its cell."""
        count = len(self.figures)
        amounts = [_Amount.of(figure, page) for figure in self.figures]
        for columns in sorted({count, ceil(count / 2), 1} if count > 3 else {count, 1}, reverse=True):
            cell = (width - 2 * page.gutter * (columns - 1)) / columns
            for beside in (False, True) if columns == 1 else (False,):
                labels = self._label_height(_room_beside(cell, page) if beside else cell, page)
                room = cell * _FIGURE_SHARE if beside else cell
                for size in (page.step(step) for step in _STEPS if labels):
                    if size < _SMALLEST * page.legible or max(amount.width(size, page) for amount in amounts) > room:
                        continue
                    amount = size * page.figure(size).leading
                    height = (max(amount, labels) if beside else amount + labels) + 0.9 * page.base
                    rows = ceil(count / columns)
                    total = rows * height + (rows - 1) * 0.5 * page.base
                    yield _Grid(columns, beside, size, Size(cell, height), total)

    def _label_height(self, width: float, page: Page) -> float:
        """The height of the longest label; 0 when a word or the whole of one does not fit."""
        if max(page.longest_word(_label(figure, page), page.label) for figure in self.figures) > width:
            return 0
        labels = [balanced(page, _label(figure, page), page.label, width) for figure in self.figures]
        return max(label.size.height for label in labels) if max(map(lines_of, labels)) <= _LABEL_LINES else 0

    def _drawn(self, grid: _Grid, width: float, page: Page) -> Frame:
        placed: list[Placed] = []
        for index, figure in enumerate(self.figures):
            row, column = divmod(index, grid.columns)
            top = row * (grid.cell.height + 0.5 * page.base)
            if column == 0:
                placed.append(Placed(Point(0, top), Fill(Size(width, page.hairline), page.ground.line)))
            start = column * (grid.cell.width + 2 * page.gutter)
            cell = _cell_beside(figure, grid, page) if grid.beside else _cell(figure, grid, page)
            placed.append(Placed(Point(start, top), cell))
        return Frame(Size(width, grid.height), tuple(placed), self.block)


def _room_beside(cell: float, page: Page) -> float:
    """The width of a label that stands beside its amount."""
    return cell * (1 - _FIGURE_SHARE) - page.gutter


def _label(figure: Figure, page: Page) -> str:
    """What the amount counts, and when, where that is another time than the page's."""
    return f"{figure.label} ({figure.as_of})" if figure.as_of and figure.as_of != page.date else figure.label


def _cell(figure: Figure, grid: _Grid, page: Page) -> Frame:
    amount = _Amount.of(figure, page).set(grid.size, grid.cell.width, page)
    label = balanced(page, _label(figure, page), page.label, grid.cell.width)
    top = 0.6 * page.base
    return Frame(
        grid.cell, (Placed(Point(0, top), amount), Placed(Point(0, top + amount.size.height), label)), "figure"
    )


def _cell_beside(figure: Figure, grid: _Grid, page: Page) -> Frame:
    amount = _Amount.of(figure, page).set(grid.size, grid.cell.width * _FIGURE_SHARE, page)
    start = grid.cell.width * _FIGURE_SHARE + page.gutter
    label = balanced(page, _label(figure, page), page.label, _room_beside(grid.cell.width, page))
    middle = (grid.cell.height + page.hairline) / 2
    items = (
        Placed(Point(0, middle - amount.size.height / 2), amount),
        Placed(Point(start, middle - label.size.height / 2), label),
    )
    return Frame(grid.cell, items, "figure")


@dataclass(frozen=True)
class _Amount:
    """An amount's two parts as they are written, with their widths in em."""

    digits: str
    unit: str
    digits_em: float
    unit_em: float

    @classmethod
    def of(cls, figure: Figure, page: Page) -> Self:
        written = figure.written(page.language, page.digits)
        digits = page.amount(written.digits)
        words = " ".join(part for part in (written.magnitude, figure.unit) if part).replace(" ", _NO_BREAK)
        unit = _NO_BREAK + words if words else ""
        em = page.step(4)
        wide = page.width_of(unit, replace(page.unit(em), size=em)) / em if unit else 0
        return cls(digits, unit, page.width_of(digits, page.figure(em)) / em, wide)

    def width(self, size: float, page: Page) -> float:
        return _SLACK * (self.digits_em * size + self.unit_em * page.unit_size(size)) + 1

    def fitting(self, room: Size, page: Page) -> float:
        """The size at which it is as wide as there is room, or as high."""
        wide = (room.width - 1) / (_SLACK * (self.digits_em + _UNIT * self.unit_em))
        return min(wide, room.height / page.figure(1).leading)

    def set(self, size: float, width: float, page: Page) -> Paragraph:
        """The amount large, its magnitude and unit small on the same baseline."""
        runs = [Run(self.digits, page.figure(size)), Run(self.unit, page.unit(size))]
        return page.set_runs([run for run in runs if run.text], width)
