"""Pieces of many heights on twelve columns: how they share a height, and which of them stand side by side."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from media_tools.layout.frame import Frame
from media_tools.layout.grid import COLUMNS, Grid, Piece, abreast, piled, shared
from media_tools.layout.rows import CALM, LIVELY, Paper, arranged, plans
from media_tools.spec.geometry import Size

GRID = Grid(1200, 20)
PAPER = Paper(GRID, gap=30, height=2000)
SLACK = 0.01


def piece(least: float, more: float = 0, most: float = 0, width: float = 100, name: str = "") -> Piece:
    """A piece that fills every height between its least and its most."""
    high = least + more + most
    return Piece(least, least + more, high, lambda height: Frame(Size(width, min(max(height, least), high)), name=name))


HEIGHTS = st.integers(1, 300)
PIECES = st.lists(st.builds(piece, HEIGHTS, HEIGHTS, HEIGHTS), min_size=1, max_size=6)


def test_columns_and_the_space_between_them_make_the_width():
    assert GRID.span(COLUMNS) == GRID.width
    assert GRID.span(5) + GRID.gutter + GRID.span(7) == pytest.approx(GRID.width)
    assert GRID.start(5) == pytest.approx(GRID.span(5) + GRID.gutter)


@given(PIECES, st.integers(0, 3000))
def test_a_height_is_shared_out_whole_while_there_is_use_for_it(pieces, height):
    least, most = sum(each.least for each in pieces), sum(each.most for each in pieces)
    assume(height >= least)

    shares = shared(pieces, height)

    assert sum(shares) == pytest.approx(min(height, most))
    assert all(each.least - SLACK <= share <= each.most + SLACK for each, share in zip(pieces, shares, strict=True))


@given(PIECES, st.integers(0, 3000))
def test_none_has_more_than_is_good_for_it_while_another_has_less(pieces, height):
    assume(height >= sum(each.least for each in pieces))

    shares = shared(pieces, height)

    over = any(share > each.good + SLACK for each, share in zip(pieces, shares, strict=True))
    under = any(share < each.good - SLACK for each, share in zip(pieces, shares, strict=True))
    assert not (over and under)


@given(PIECES, st.integers(0, 60), st.integers(0, 3000))
def test_piled_pieces_stand_in_order_and_the_last_on_the_foot(pieces, gap, height):
    assume(len(pieces) > 1)
    pile = piled(pieces, gap, 100)
    assume(height >= pile.least)

    frame = pile.fill(height)

    edges = [(placed.at.y, placed.at.y + placed.item.size.height) for placed in frame.items]
    assert all(top - bottom >= gap - SLACK for (_, bottom), (top, _) in pairwise(edges))
    assert edges[-1][1] == pytest.approx(height)


def test_pieces_side_by_side_are_as_high_as_all_have_a_use_for():
    row = abreast([(7, piece(100, 100, 400)), (5, piece(150, 50, 50))], GRID)

    assert (row.least, row.most) == (150, 250)
    assert {placed.item.size.height for placed in row.fill(900).items} == {250}


def test_a_loose_piece_keeps_no_other_from_growing():
    row = abreast([(7, piece(100, 100, 400)), (5, Piece(150, 150, 150, piece(150).fill, loose=True))], GRID)

    assert row.most == 600


def measured(pieces: dict[int, Piece]):
    """Each piece in any number of columns, with its number as its name and the columns as its width."""

    def measure(number: int, columns: int) -> Piece:
        each = pieces[number]
        return piece(each.least, each.good - each.least, each.most - each.good, GRID.span(columns), str(number))

    return measure


def blocks_of(frame: Frame, x: float = 0, y: float = 0):
    """What is laid out, with its place, in drawing order."""
    for placed in frame.items:
        if placed.item.name.isdigit():
            yield int(placed.item.name), x + placed.at.x, y + placed.at.y, placed.item.size
        else:
            yield from blocks_of(placed.item, x + placed.at.x, y + placed.at.y)


@pytest.mark.parametrize("patterns", [CALM, LIVELY], ids=["calm", "lively"])
@given(pieces=PIECES)
def test_every_plan_shows_every_piece_once_in_order_and_apart(patterns, pieces):
    measure = measured(dict(enumerate(pieces)))

    for plan in plans(len(pieces), measure, PAPER, patterns)[:5]:
        laid = list(blocks_of(arranged(plan, measure, PAPER, loosest=30).fill(max(plan.least, PAPER.height))))
        if len(pieces) == 1:
            continue  # a single piece is the whole
        assert [number for number, *_ in laid] == list(range(len(pieces)))
        for (_, x, y, size), (_, after_x, after_y, _) in pairwise(laid):
            assert after_y >= y + size.height - SLACK or after_x >= x + size.width - SLACK


@given(PIECES)
def test_no_plan_needs_less_than_it_says(pieces):
    measure = measured(dict(enumerate(pieces)))

    for plan in plans(len(pieces), measure, PAPER, CALM)[:5]:
        whole = arranged(plan, measure, PAPER, loosest=30)
        assert (whole.least, whole.good, whole.most) == pytest.approx((plan.least, plan.good, plan.most))


def test_pieces_of_one_height_share_rows_and_leave_no_paper_beside_them():
    measure = measured({number: piece(200, 100, 100) for number in range(4)})

    best = min(plans(4, measure, PAPER, CALM), key=lambda plan: plan.strained(900, PAPER))

    assert max(len(row.pattern) for row in best.rows) > 1
    assert best.least <= 900


def test_a_piece_that_fits_no_column_leaves_no_plan():
    assert plans(2, lambda number, columns: piece(100) if number else None, PAPER, LIVELY) == []
