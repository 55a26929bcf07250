from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row, column, eased_height, least_height
from media_tools.layout.frame import Fill, Frame, Placed, dump
from media_tools.layout.stack import stack
from media_tools.spec.geometry import Point, Size

WIDTH = 400
SLACK = 0.5  # px: rounding of type heights is no reason to refuse a page
HEIGHTS = st.integers(1, 300)


def row(least: float, growth: float = 0) -> Row:
    return Row(least, least + growth, lambda height: Frame(Size(WIDTH, height), name="row"))


ROWS = st.lists(st.builds(row, HEIGHTS, st.integers(0, 300)), min_size=1, max_size=6)
GAPS = st.integers(0, 60)


@given(ROWS, GAPS, st.integers(0, 2500))
def test_rows_stand_in_order_inside_the_column_and_never_overlap(rows, gap, height):
    assume(least_height(rows, gap) <= height)

    body = column(rows, Size(WIDTH, height), gap)

    tops = [placed.at.y for placed in body.items]
    bottoms = [placed.at.y + placed.item.size.height for placed in body.items]
    assert tops[0] >= -SLACK
    assert bottoms[-1] <= height + SLACK
    assert all(bottom + gap <= top + SLACK for bottom, top in zip(bottoms, tops[1:], strict=False))
    assert body.size == Size(WIDTH, height)


@given(ROWS, GAPS, st.integers(0, 2500))
def test_every_row_gets_its_least_height_and_no_more_than_its_most(rows, gap, height):
    assume(least_height(rows, gap) <= height)

    body = column(rows, Size(WIDTH, height), gap)

    for asked, placed in zip(rows, body.items, strict=True):
        assert asked.least - SLACK <= placed.item.size.height <= asked.most + SLACK


@given(ROWS, GAPS, st.integers(0, 2500))
def test_rows_that_need_more_than_there_is_do_not_fit(rows, gap, height):
    needed = least_height(rows, gap)
    assume(needed > height + SLACK)

    with pytest.raises(DoesNotFit) as refusal:
        column(rows, Size(WIDTH, height), gap)

    assert (refusal.value.needed, refusal.value.available) == (needed, height)


@given(ROWS, GAPS, st.integers(0, 2500))
def test_spare_room_is_even_above_below_and_between(rows, gap, height):
    assume(least_height(rows, gap) <= height)

    body = column(rows, Size(WIDTH, height), gap)

    edges = [(placed.at.y, placed.at.y + placed.item.size.height) for placed in body.items]
    between = {round(top - bottom, 6) for (_, bottom), (top, _) in pairwise(edges)}
    assert len(between) <= 1
    assert edges[0][0] == pytest.approx(height - edges[-1][1], abs=0.01)


@given(ROWS, GAPS)
def test_growth_runs_from_the_least_to_the_most(rows, gap):
    assert eased_height(rows, gap, 0) == least_height(rows, gap)
    assert eased_height(rows, gap, 1) == sum(row.most for row in rows) + gap * (len(rows) - 1)


def test_rows_share_spare_room_by_what_they_can_use():
    body = column([row(100), row(100, 100), row(100, 300)], Size(WIDTH, 500), 0)

    assert dump(body) == "\n".join(
        [
            "0,0 frame 400x500 body",
            "  0,0 frame 400x100 row",
            "  0,100 frame 400x150 row",
            "  0,250 frame 400x250 row",
        ]
    )


@given(st.lists(HEIGHTS, min_size=1, max_size=6), st.data())
def test_a_stack_is_as_high_as_its_items_and_gaps(heights, data):
    gaps = data.draw(st.lists(GAPS, min_size=len(heights) - 1, max_size=len(heights) - 1))

    frame = stack([Fill(Size(10, height), "#000000") for height in heights], gaps, WIDTH, "pile")

    edges = [(placed.at.y, placed.at.y + placed.item.size.height) for placed in frame.items]
    assert [top - bottom for (_, bottom), (top, _) in pairwise(edges)] == gaps
    assert frame.size == Size(WIDTH, sum(heights) + sum(gaps))
    assert frame.name == "pile"


def test_a_stack_with_too_few_or_too_many_gaps_is_a_mistake():
    fill = Fill(Size(1, 1), "#000000")

    with pytest.raises(ValueError, match="shorter"):
        stack([fill, fill, fill], [1], WIDTH)
    with pytest.raises(ValueError, match="longer"):
        stack([fill], [1], WIDTH)


def test_a_dump_says_where_everything_is():
    inner = Frame(Size(20, 10), (Placed(Point(1, 2), Fill(Size(3, 4), "#C43A1D")),), "inner")

    assert dump(Frame(Size(40, 30), (Placed(Point(5, 6), inner),), "page")) == "\n".join(
        ["0,0 frame 40x30 page", "  5,6 frame 20x10 inner", "    1,2 fill 3x4 #C43A1D"]
    )
