from hypothesis import given
from hypothesis import strategies as st

from media_tools.spec.geometry import Box, Insets, Size

NUMBERS = st.integers(-50, 50)
SIDES = st.integers(1, 60)
BOXES = st.builds(Box, NUMBERS, NUMBERS, SIDES, SIDES)


@given(BOXES, BOXES)
def test_what_two_boxes_share_lies_in_both(one, other):
    shared = one.overlap(other)

    assert shared == other.overlap(one)
    assert shared is None or one.overhang(shared) == other.overhang(shared) == 0


@given(BOXES)
def test_a_box_lies_in_itself_and_shares_nothing_with_its_neighbour(box):
    assert box.overhang(box) == 0
    assert box.overlap(box) == box
    assert box.overlap(Box(box.right, box.y, 5, 5)) is None


def test_how_far_a_box_sticks_out_is_told_for_its_worst_side():
    assert Box(0, 0, 10, 10).overhang(Box(6, 8, 10, 10)) == 8


@given(BOXES, st.integers(0, 20), st.integers(0, 20))
def test_a_box_less_its_insets_lies_inside(box, across, down):
    inner = box.inset(Insets(down, across, 0, 0))

    assert (inner.right, inner.y) == (box.right - across, box.y + down)
    assert (inner.x, inner.bottom) == (box.x, box.bottom)


def test_symmetric_insets_take_the_larger_side_twice():
    assert Insets(1, 2, 3, 4).symmetric() == Insets(1, 4, 3, 4)
    assert Insets(0.1, 0.2, 0.3, 0.4).times(Size(100, 200)) == Insets(20, 20, 60, 40)
