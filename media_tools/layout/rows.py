"""Which pieces share a row of a page and how wide each is: in their order, with as little waste of paper as can be.

A row's strain is the share of the page that stays empty beside its pieces, or that they should have and do not get.
Whole pages are put together from the first piece on; of those that are about equally high the least strained is kept.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from media_tools.layout.grid import COLUMNS, Grid, Piece, abreast, piled

type Pattern = tuple[tuple[int, int], ...]
"""From the start edge: how many columns wide, and how many pieces are piled there."""
type Measure = Callable[[int, int], Piece | None]
"""The piece of a number, from 0, so many columns wide; None where it does not fit them."""

_PILES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2))


def _halves(*wide: tuple[int, int]) -> Iterator[Pattern]:
    return (tuple(zip(pair, high, strict=True)) for high in _PILES for pair in wide)


CALM: tuple[Pattern, ...] = (((12, 1),), *_halves((7, 5), (5, 7)), ((4, 1), (4, 1), (4, 1)))
"""Rows of few widths, whose columns stand under one another."""
LIVELY: tuple[Pattern, ...] = (
    *CALM,
    *_halves((6, 6), (8, 4), (4, 8)),
    ((3, 1), (3, 1), (6, 1)),
    ((6, 1), (3, 1), (3, 1)),
    ((3, 1), (3, 1), (3, 1), (3, 1)),
)
"""More of them, for what does not fit into those."""

_TAKEN = 0.8  # the strain of a px that a piece should have, beside that of one that stays empty
_UNDER_LOOSE = 0.9  # the same of a px under a loose piece
_LEFT = 0.4  # the same of a px at the foot of the page
_BESIDE = 0.6  # the same of a px beside a piece that is narrower than its columns
_PILED = (0, 0.004, 0.04)  # strain of so many piles in a row: the eye goes down there before it goes across
_SEVERAL = 0.004  # of more than two columns side by side
_NEAR = 0.006  # of a column that begins almost under one of the row above
_WORST = 0.2  # strain of a row that is not worth trying where there are others
_BUCKETS = 60  # to the page's height: plans whose good heights fall into one of them are rivals
_KEPT = 50  # plans of the same pieces


@dataclass(frozen=True, slots=True)
class Paper:
    """What there is to fill: columns, the px between one row and the next, and the height that strain is a share of."""

    grid: Grid
    gap: float
    height: float


@dataclass(frozen=True, slots=True)
class _Row:
    first: int
    after: int
    """The first piece of the next row."""
    pattern: Pattern
    starts: frozenset[int]
    """The columns at which something begins beside something else."""
    least: float
    good: float
    most: float
    strain: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Rows one under another, and the heights that they can have together."""

    rows: tuple[_Row, ...]
    least: float
    good: float
    most: float
    strain: float

    def strained(self, room: float, paper: Paper) -> float:
        """The strain in `room` px of height: squeezed, or with paper left at the foot."""
        taken, left = max(0, self.good - room), max(0, room - self.most)
        return self.strain + (_TAKEN * taken + _LEFT * left) / paper.height

    def under(self, row: _Row, paper: Paper) -> "Plan":
        """The plan with one row more."""
        gap = paper.gap if self.rows else 0
        return Plan(
            (*self.rows, row),
            self.least + gap + row.least,
            self.good + gap + row.good,
            self.most + gap + row.most,
            self.strain + row.strain + (_NEAR if self.rows and _near(self.rows[-1].starts, row.starts) else 0),
        )


def plans(count: int, measure: Measure, paper: Paper, patterns: Sequence[Pattern]) -> list[Plan]:
    """Ways to put `count` pieces on paper, the least strained first; none where they fit none of the patterns."""
    known = cache(measure)
    kept: list[list[Plan]] = [[Plan((), 0, 0, 0, 0)], *([] for _ in range(count))]
    for first in range(count):
        rows = _rows(first, count, known, paper, patterns)
        for plan in _rivals(kept[first], paper):
            for row in rows:
                if plan.least + row.least <= paper.height:
                    kept[row.after].append(plan.under(row, paper))
    return _rivals(kept[count], paper)


def arranged(plan: Plan, measure: Measure, paper: Paper, loosest: float) -> Piece:
    """The plan as one piece, whose rows are at most `loosest` px apart."""
    rows = []
    for row in plan.rows:
        piles = _piles(row.first, row.pattern, measure)
        columns = [(wide, piled(pile, paper.gap, paper.grid.span(wide))) for wide, pile in piles or ()]
        rows.append(abreast(columns, paper.grid))
    return piled(rows, paper.gap, paper.grid.width, loosest)


def _rows(first: int, count: int, measure: Measure, paper: Paper, patterns: Sequence[Pattern]) -> list[_Row]:
    """Every row that can begin with piece `first`, but those that waste far more than others."""
    rows = []
    for pattern in patterns:
        if first + _pieces(pattern) <= count:
            piles = _piles(first, pattern, measure)
            if piles is not None:
                rows.append(_row(first, pattern, piles, paper))
    return [row for row in rows if row.strain <= max(_WORST, min(row.strain for row in rows))]


def _pieces(pattern: Pattern) -> int:
    return sum(high for _, high in pattern)


def _piles(first: int, pattern: Pattern, measure: Measure) -> list[tuple[int, list[Piece]]] | None:
    """The pieces of each column with its width; None where one of them does not fit."""
    piles: list[tuple[int, list[Piece]]] = []
    for wide, high in pattern:
        pieces = []
        for number in range(first, first + high):
            piece = measure(number, wide)
            if piece is None:
                return None
            pieces.append(piece)
        first += high
        piles.append((wide, pieces))
    return piles


def _row(first: int, pattern: Pattern, piles: Sequence[tuple[int, list[Piece]]], paper: Paper) -> _Row:
    columns = [(wide, piled(pile, paper.gap, paper.grid.span(wide))) for wide, pile in piles]
    whole = abreast(columns, paper.grid)
    strain = _PILED[sum(high > 1 for _, high in pattern)] + _SEVERAL * max(0, len(pattern) - 2)
    for (wide, pile), (_, piece) in zip(piles, columns, strict=True):
        unused = sum((wide - each.columns) * min(each.good, whole.good) for each in pile if each.columns < wide)
        empty, taken = max(0, whole.good - piece.most), max(0, piece.good - whole.good)
        empty *= _UNDER_LOOSE if piece.loose else 1
        strain += (wide * (empty + _TAKEN * taken) + _BESIDE * unused) / (COLUMNS * paper.height)
    starts = [sum(wide for wide, _ in pattern[:index]) for index in range(1, len(pattern))]
    after = first + _pieces(pattern)
    return _Row(first, after, pattern, frozenset(starts), whole.least, whole.good, whole.most, strain)


def _near(starts: frozenset[int], others: frozenset[int]) -> bool:
    return any(start + 1 in others or start - 1 in others for start in starts)


def _rivals(plans: Sequence[Plan], paper: Paper) -> list[Plan]:
    """The least strained plan of each height, best first, and the one that can be lowest."""
    best: dict[tuple[int, int], Plan] = {}
    bucket = paper.height / _BUCKETS
    for plan in sorted(plans, key=lambda plan: plan.strain):
        best.setdefault((int(plan.good / bucket), int(plan.most / bucket / 3)), plan)
    kept = list(best.values())[:_KEPT]
    lowest = min(plans, key=lambda plan: plan.least, default=None)
    return kept if lowest is None or lowest in kept else [*kept, lowest]
