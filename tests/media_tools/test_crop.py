import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from media_tools.layout.crop import crop
from media_tools.spec.geometry import Box, Point, Size

SIDES = st.integers(40, 6000)
SIZES = st.builds(Size, SIDES, SIDES)
SHARES = st.floats(0, 1, allow_subnormal=False)
FOCALS = st.tuples(SHARES, SHARES)
WANTS = st.builds(Point, SHARES, SHARES)
CLOSEST = st.floats(1, 3)
TINY = 1e-9


@given(SIZES, SIZES, FOCALS, WANTS, CLOSEST)
def test_the_part_lies_inside_the_picture_and_holds_the_subject(picture, target, focal, want, closest):
    part = crop(picture, target, focal, want, closest)

    assert Box(0, 0, 1, 1).overhang(part) <= TINY
    assert part.width > 0
    assert part.height > 0
    assert part.x - TINY <= focal[0] <= part.right + TINY
    assert part.y - TINY <= focal[1] <= part.bottom + TINY


@given(SIZES, SIZES, FOCALS, WANTS, CLOSEST)
def test_the_part_has_the_proportions_of_its_target(picture, target, focal, want, closest):
    part = crop(picture, target, focal, want, closest)

    shown = (part.width * picture.width) / (part.height * picture.height)
    assert shown == pytest.approx(target.width / target.height, rel=1e-6)


@given(SIZES, SIZES, FOCALS, WANTS)
def test_without_leave_to_come_closer_the_part_is_as_large_as_can_be(picture, target, focal, want):
    part = crop(picture, target, focal, want)

    assert max(part.width, part.height) == pytest.approx(1)


@given(SIZES, SIZES, FOCALS, WANTS, CLOSEST)
def test_the_part_comes_no_closer_than_it_may(picture, target, focal, want, closest):
    largest, part = crop(picture, target, focal, want), crop(picture, target, focal, want, closest)

    assert part.width <= largest.width + TINY
    assert part.width * closest >= largest.width - TINY


@given(SIZES, SIZES, FOCALS, WANTS, CLOSEST)
def test_coming_closer_never_enlarges_the_picture(picture, target, focal, want, closest):
    largest, part = crop(picture, target, focal, want), crop(picture, target, focal, want, closest)
    assume(largest.width * picture.width >= target.width)

    assert part.width * picture.width >= target.width * (1 - TINY)


@given(SIZES, SIZES, st.floats(0.3, 0.7), st.floats(0.3, 0.7))
def test_coming_closer_brings_the_subject_nearer_to_where_it_is_wanted(picture, target, across, down):
    want = Point(0.75, 0.4)

    def missed(closest: float) -> float:
        part = crop(picture, target, (across, down), want, closest)
        x, y = (across - part.x) / part.width, (down - part.y) / part.height
        return max(abs(x - want.x), abs(y - want.y))

    assert missed(2.5) <= missed(1) + 1e-6


@pytest.mark.parametrize("focal", [(0, 0.5), (1, 0.5), (0.5, 0), (0.5, 1), (0, 0), (1, 1)])
@pytest.mark.parametrize("closest", [1, 1.8])
def test_a_subject_on_the_very_edge_is_no_accident(focal, closest):
    part = crop(Size(1600, 1200), Size(1080, 1350), focal, Point(0.5, 0.3), closest)

    assert part.x <= focal[0] <= part.right
    assert part.y <= focal[1] <= part.bottom


def test_a_subject_in_the_middle_of_a_like_frame_is_shown_whole():
    assert crop(Size(1600, 1200), Size(400, 300), (0.5, 0.5)) == Box(0, 0, 1, 1)


def test_a_wide_picture_in_a_tall_frame_keeps_the_subject_in_the_middle():
    part = crop(Size(1600, 1200), Size(300, 900), (0.6, 0.5))

    assert part.x + part.width / 2 == pytest.approx(0.6)
    assert part.height == 1


@given(SIZES, SIZES, FOCALS, WANTS, CLOSEST, st.floats(1, 2))
def test_coming_closer_enlarges_the_picture_no_more_than_it_may(picture, target, focal, want, closest, enlarged):
    largest, part = crop(picture, target, focal, want), crop(picture, target, focal, want, closest, enlarged)
    assume(largest.width * picture.width * enlarged >= target.width)

    assert part.width * picture.width * enlarged >= target.width * (1 - TINY)
