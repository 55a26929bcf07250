from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from typing import ClassVar, Literal, NamedTuple, Self

from pydantic import Field

from media_tools.blocks import Block, Leaner, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced, balanced_lines
from media_tools.layout.frame import Frame, Item, Paragraph, Placed, Run, TextStyle
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.figure import Figure
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language

_LARGEST = {1: 9, 2: 9, 3: 8}
"""The highest step of the type scale, by the number of amounts."""
_LARGEST_OF_MANY, _LOWEST = 6, 2
_ALONE = range(16, 9, -1)  # steps of one amount whose unit is on a second line
_SMALLEST = 1.9  # times legible: an amount must still look like one
_FIGURE_SHARE = 0.55  # of the width, where amount and label stand side by side
_SLACK = 1.015  # an amount must never break, and its width is measured at one size for all
_CLEAR, _WIDEST_CELL = 0.9, 26  # where rules alone part cells: of a cell's width for an amount; base sizes
_FAIR = 6  # step from which amounts are large enough to stand beside one another
_LABEL_LINES = 3
_LEADING = 7  # step of the type scale under which a figure alone does not lead
_UNIT = 0.44  # of the figure, as the page has it
_UNIT_STEPS = range(8, 1, -1)  # of a unit on its own line
_UNIT_UNDER = 0.5  # of the amount over it, at most
_NO_BREAK = "\u00a0"
_TIGHT = 0.86  # times a figure's leading: in an amount nothing but its unit hangs under the line
_LABEL_GAP = 0.5  # em of the label, under its amount
_DISPLAY_GAPS = (0.2, 0.9)  # em of a unit and of the label, over them under one amount alone
_ABOVE, _BELOW, _BETWEEN = 0.75, 0.3, 0.5  # base sizes over and under what is in a cell, and between rows
_LOOSEST = 1.8  # times a row's height, where there is more room than the largest amounts use
_LOOSEST_PRINTED = 2.2  # base sizes between the rows of a printed page, more than usual


class _Form(NamedTuple):
    """A way to put amounts in rows."""

    columns: int
    beside: bool = False
    """Whether labels stand beside their amounts, not under them."""
    led: bool = False
    """Whether the first amount has a row of its own."""
    worth: float = 0
    """Steps of the type scale by which amounts may be smaller than in another form, for this to be chosen."""

    def rows(self, count: int) -> int:
        return self.place(count - 1)[0] + 1

    def place(self, index: int) -> tuple[int, int]:
        """Row and column of an amount."""
        if self.led and index:
            row, column = divmod(index - 1, self.columns)
            return row + 1, column
        return divmod(index, self.columns)


_LIST = _Form(1, beside=True)
_FORMS = {
    1: (_Form(1), _LIST),
    2: (_LIST, _Form(2), _Form(1)),
    3: (_LIST, _Form(3), _Form(1)),
    4: (_Form(2, worth=2), _Form(4), _LIST, _Form(1)),
    5: (_Form(2, led=True, worth=2), _Form(5), _Form(3), _LIST, _Form(1)),
    6: (_Form(2, worth=2), _Form(3, worth=1), _Form(6), _LIST, _Form(1)),
}
"""By the number of amounts, the better first."""


class _Grid(NamedTuple):
    """The amounts in one form at one size, with the height it takes."""

    form: _Form
    step: int
    size: float
    cell: Size
    height: float
    unit: float = 0
    """The size of a unit that stands under its amount."""
    apart: float = 0
    """Px between rows, more than usual."""


class _SetAt(NamedTuple):
    """Amounts at a step of the type scale: their size, the width of the widest, and the height of each, in px."""

    step: int
    size: float
    width: float
    height: float


class KeyFigures(Block):
    """One to six amounts, each over the words that say what it counts."""

    rank: ClassVar[int] = 80
    part: ClassVar[Part] = Part.FIGURES
    headline_steps_down: ClassVar[int] = 2

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

    def spans(self) -> tuple[int, int]:
        return 3, 7 if len(self.figures) == 1 else 12

    def least(self, width: float, page: Page) -> float:
        heights = [grid.height for grid in self._grids(width, page)]
        if not heights:
            raise DoesNotFit("The key figures", self._narrowest(page), width)
        return min(heights)

    def most(self, width: float, page: Page) -> float:
        grids = self._grids(width, page)
        return self._spread(_best(grids), inf, page).height if grids else 0

    def layout(self, size: Size, page: Page) -> Frame:
        grids = [grid for grid in self._grids(size.width, page) if grid.height <= size.height + 0.5]
        if not grids:
            raise DoesNotFit("The key figures", self.least(size.width, page), size.height)
        return self._drawn(self._spread(_best(grids), size.height, page), size.width, page)

    def lead(self, size: Size, page: Page) -> Frame:
        """The first amount alone, as wide as `size`, its unit under it where that lets it be larger.

        Its label is not set: see `lead_label`. Raises DoesNotFit where the amount would not dominate.
        """
        amount = _Amount.of(self.figures[0], page)
        below = _unit_lines(amount, page.step(_UNIT_STEPS[3]), size.width, page)
        room = size.height - sum(line.size.height for line in below)
        whole, alone = amount.fitting(size, page), amount.bare.fitting(Size(size.width, room), page)
        if max(whole, alone) < page.step(_LEADING):
            raise DoesNotFit("The figure", page.step(_LEADING), max(whole, alone))
        if whole >= alone:
            return stack([amount.set(whole, size.width, page)], [], size.width, self.block)
        return stack([amount.bare.set(alone, size.width, page), *below], [0] * len(below), size.width, self.block)

    def lead_label(self, page: Page) -> str:
        """What the first amount counts."""
        return _label(self.figures[0], page)

    def _narrowest(self, page: Page) -> float:
        """The width in px that the longest word or the widest amount needs."""
        amounts = (_Amount.of(figure, page).width(_SMALLEST * page.legible, page) for figure in self.figures)
        return max(*amounts, *(page.longest_word(_label(figure, page), page.label) for figure in self.figures))

    def _grids(self, width: float, page: Page) -> tuple[_Grid, ...]:
        grids = page.measured(("grids", self, width), lambda: tuple(self._arrangements(width, page)))
        return _of_one_form(grids) if page.ruled else grids

    def _arrangements(self, width: float, page: Page) -> Iterator[_Grid]:
        """Every arrangement in which each amount stands on one line in its cell."""
        count = len(self.figures)
        if count == 1 and not page.ruled:
            yield from self._alone(_Amount.of(self.figures[0], page), width, page)
        for form in _FORMS[count]:
            cell = (width - _apart(page) * (form.columns - 1)) / form.columns
            if page.ruled and (form.beside or (cell > _WIDEST_CELL * page.base and form.columns < count)):
                continue
            room = cell * (_FIGURE_SHARE if form.beside else _printed_share(form, page))
            fitting = [set_at for set_at in self._sizes(page) if set_at.width <= room]
            labels = self._label_height(_room_beside(cell, page) if form.beside else cell, page) if fitting else 0
            rows, gap = form.rows(count), _LABEL_GAP * page.label.size
            for step, size, _, amount in fitting if labels else ():
                inside = max(amount, labels) if form.beside else amount + gap + labels
                height = inside + (_ABOVE + _BELOW) * page.base
                total = rows * height + (rows - 1) * _BETWEEN * page.base
                yield _Grid(form, step, size, Size(cell, height), total)

    def _sizes(self, page: Page) -> list["_SetAt"]:
        """The amounts at each step that is large enough, the largest first."""
        return page.measured(("amounts", self), lambda: list(self._each_size(page)))

    def _each_size(self, page: Page) -> Iterator["_SetAt"]:
        amounts = [_Amount.of(figure, page) for figure in self.figures]
        for step in range(_LARGEST.get(len(amounts), _LARGEST_OF_MANY), _LOWEST - 1, -1):
            size = page.step(step)
            if size >= _SMALLEST * page.legible:
                widest = max(amount.width(size, page) for amount in amounts)
                yield _SetAt(step, size, widest, size * _face(size, page).leading)

    def _alone(self, amount: "_Amount", width: float, page: Page) -> Iterator[_Grid]:
        """One amount as large as display type, its unit on a second line, and what it counts on a third."""
        for step in _ALONE if self._label_height(width, page) else ():
            size = page.step(step)
            unit = amount.unit_under(size, width, page)
            if amount.bare.width(size, page) <= width and (unit or not amount.words):
                grid = _Grid(_FORMS[1][0], step, size, Size(width, 0), 0, unit)
                yield grid._replace(height=self._display(grid, page).size.height)

    def _label_height(self, width: float, page: Page) -> float:
        """The height of the longest label; 0 when a word or the whole of one does not fit."""
        if max(page.longest_word(_label(figure, page), page.label) for figure in self.figures) > width:
            return 0
        lines = max(balanced_lines(page, _label(figure, page), page.label, width) for figure in self.figures)
        return page.set_lines([""] * lines, page.label, width).size.height if lines <= _LABEL_LINES else 0

    def _spread(self, grid: _Grid, height: float, page: Page) -> _Grid:
        """The same with higher rows, where `height` leaves room; a single row keeps its own height."""
        rows, between = grid.form.rows(len(self.figures)), _BETWEEN * page.base
        if rows == 1:
            return grid
        if page.ruled:  # the next block's rule stands under the last row
            apart = max(0, min(_LOOSEST_PRINTED * page.base, (height - grid.height) / (rows - 1)))
            return grid._replace(apart=apart, height=grid.height + (rows - 1) * apart)
        row = max(grid.cell.height, min(_LOOSEST * grid.cell.height, (height - (rows - 1) * between) / rows))
        return grid._replace(cell=Size(grid.cell.width, row), height=rows * row + (rows - 1) * between)

    def _drawn(self, grid: _Grid, width: float, page: Page) -> Frame:
        if grid.step in _ALONE and len(self.figures) == 1 and not page.ruled:
            return Frame(Size(width, grid.height), (Placed(Point(0, 0), self._display(grid, page)),), self.block)
        placed: list[Placed] = []
        for index, figure in enumerate(self.figures):
            row, column = grid.form.place(index)
            top = row * (grid.cell.height + _BETWEEN * page.base + grid.apart)
            start = column * (grid.cell.width + _apart(page))
            if column == 0 or page.ruled:  # on a printed page every amount has a rule of its own
                placed.append(Placed(Point(start, top), page.rule(grid.cell.width if page.ruled else width)))
            cell = _cell_beside(figure, grid, page) if grid.form.beside else _cell(figure, grid, page)
            placed.append(Placed(Point(start, top), cell))
        return Frame(Size(width, grid.height), tuple(placed), self.block)

    def _display(self, grid: _Grid, page: Page) -> Frame:
        width, amount = grid.cell.width, _Amount.of(self.figures[0], page)
        lines = _unit_lines(amount, grid.unit, width, page)
        label = balanced(page, _label(self.figures[0], page), page.label, width)
        items: list[Item] = [amount.bare.set(grid.size, width, page), *lines, label]
        over_unit, over_label = _DISPLAY_GAPS
        gaps = [*([over_unit * grid.unit] * len(lines)), over_label * page.label.size]
        return stack(items, gaps, width, "figure")


def _best(grids: Sequence[_Grid]) -> _Grid:
    """The largest amounts, where a better form is not worth smaller ones."""
    return max(grids, key=lambda grid: grid.step + grid.form.worth)


def _printed_share(form: _Form, page: Page) -> float:
    """Of a cell's width, what an amount may take: on a printed page it does not run into the next one."""
    return _CLEAR if page.ruled and form.columns > 1 else 1


def _apart(page: Page) -> float:
    """Px between columns."""
    return page.gutter if page.ruled else 2 * page.gutter


def _of_one_form(grids: tuple[_Grid, ...]) -> tuple[_Grid, ...]:
    """Those of the form that makes amounts large in the lowest row: beside other blocks, any height must be of use."""
    if not grids:
        return ()
    form = max(grids, key=lambda grid: (min(grid.step, _FAIR) + grid.form.worth, grid.form.columns)).form
    return tuple(grid for grid in grids if grid.form is form)


def _face(size: float, page: Page) -> TextStyle:
    def tight() -> TextStyle:
        style = page.figure(size)
        return replace(style, leading=_TIGHT * style.leading)

    return page.measured(("tight figure", size), tight)


def _unit_lines(amount: "_Amount", size: float, width: float, page: Page) -> list[Paragraph]:
    """The words of an amount on a line of their own; none where it has none."""
    if not amount.words:
        return []
    style = replace(page.title(0), size=size, weight=page.unit(size).weight)
    return [page.set(amount.words, style, width)]


def _room_beside(cell: float, page: Page) -> float:
    """The width of a label that stands beside its amount."""
    return cell * (1 - _FIGURE_SHARE) - page.gutter


def _label(figure: Figure, page: Page) -> str:
    """What the amount counts, and when, where that is another time than the page's."""
    return f"{figure.label} ({figure.as_of})" if figure.as_of and figure.as_of != page.date else figure.label


def _cell(figure: Figure, grid: _Grid, page: Page) -> Frame:
    amount = _Amount.of(figure, page).set(grid.size, grid.cell.width, page)
    label = balanced(page, _label(figure, page), page.label, grid.cell.width)
    top = _ABOVE * page.base
    under = top + amount.size.height + _LABEL_GAP * page.label.size
    return Frame(grid.cell, (Placed(Point(0, top), amount), Placed(Point(0, under), label)), "figure")


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
        return page.measured(("amount", figure), lambda: cls._of(figure, page))

    @classmethod
    def _of(cls, figure: Figure, page: Page) -> Self:
        written = figure.written(page.language, page.digits)
        digits = page.amount(written.digits)
        words = " ".join(part for part in (written.magnitude, figure.unit) if part).replace(" ", _NO_BREAK)
        unit = _NO_BREAK + words if words else ""
        em = page.step(4)
        wide = page.width_of(unit, replace(page.unit(em), size=em)) / em if unit else 0
        return cls(digits, unit, page.width_of(digits, page.figure(em)) / em, wide)

    @property
    def words(self) -> str:
        """Magnitude and unit without the space before them."""
        return self.unit.strip(_NO_BREAK)

    @cached_property
    def bare(self) -> Self:
        """The digits alone."""
        return replace(self, unit="", unit_em=0)

    def unit_under(self, size: float, width: float, page: Page) -> float:
        """The size of its words on a line under digits of `size`; 0 where it has none or they have no room."""
        sizes = (page.step(step) for step in _UNIT_STEPS if page.step(step) <= _UNIT_UNDER * size)
        wide = page.width_of(self.words, replace(page.unit(size), size=1000)) / 1000 if self.words else 0
        return next((each for each in sizes if wide and _SLACK * wide * each + 1 <= width), 0.0)

    def width(self, size: float, page: Page) -> float:
        return _SLACK * (self.digits_em * size + self.unit_em * page.unit_size(size)) + 1

    def fitting(self, room: Size, page: Page) -> float:
        """The size at which it is as wide as there is room, or as high."""
        wide = (room.width - 1) / (_SLACK * (self.digits_em + _UNIT * self.unit_em))
        return min(wide, room.height / _face(1, page).leading)

    def set(self, size: float, width: float, page: Page) -> Paragraph:
        """The amount large, its magnitude and unit small on the same baseline."""
        runs = [Run(self.digits, _face(size, page)), Run(self.unit, page.unit(size))]
        return page.set_runs([run for run in runs if run.text], width)
