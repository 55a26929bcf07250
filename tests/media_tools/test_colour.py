from hypothesis import assume, given
from hypothesis import strategies as st

from media_tools.spec.colour import READABLE, WHITE, channels, contrast, is_dark, mix, readable, with_lightness

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one, other):
    ratio = contrast(one, other)

    assert ratio == contrast(other, one)
    assert 1 <= ratio <= 21


def test_contrast_of_black_on_white_is_21_and_of_a_colour_on_itself_1():
    assert round(contrast("#000000", WHITE), 6) == 21
    assert contrast("#C43A1D", "#C43A1D") == 1


@given(COLOURS, COLOURS)
def test_any_colour_can_be_moved_until_it_reads_on_any_ground(colour, ground):
    moved = readable(colour, ground)

    assert contrast(moved, ground) >= READABLE


@given(COLOURS, COLOURS)
def test_a_colour_that_reads_already_is_left_as_it_is(colour, ground):
    assume(contrast(colour, ground) >= READABLE)

    assert readable(colour, ground) == colour


@given(COLOURS)
def test_white_or_black_always_reads(ground):
    best = WHITE if is_dark(ground) else "#000000"

    assert contrast(best, ground) >= READABLE


@given(COLOURS, COLOURS)
def test_a_mix_of_all_or_nothing_is_one_of_the_two(colour, ground):
    assert mix(colour, ground, 1) == colour
    assert mix(colour, ground, 0) == ground


@given(COLOURS, COLOURS, st.floats(0, 1))
def test_a_mix_lies_between_its_two_colours(colour, ground, share):
    half = 0.5 / 255  # of one step of a channel, which rounding may add

    for mixed, one, other in zip(channels(mix(colour, ground, share)), channels(colour), channels(ground), strict=True):
        assert min(one, other) - half <= mixed <= max(one, other) + half


@given(COLOURS)
def test_a_lightness_left_alone_leaves_the_colour_alone(colour):
    again = with_lightness(colour)

    assert all(abs(a - b) < 1.5 / 255 for a, b in zip(channels(again), channels(colour), strict=True))
