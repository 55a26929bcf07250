from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_tools.charts.series import series_colours
from media_tools.layout.page import Page
from media_tools.spec.brand import Brand, Colours
from media_tools.spec.colour import apart, contrast

INK = "#14252D"
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
CLEAR = 11  # 100 x OKLab, for all kinds of eyes
TELLABLE = 6  # what any brand whatever leaves


def page_of(page: Page, brand: Brand, **colours: str) -> Page:
    told = Colours(**{"primary": "#0F4C5C", "ink": INK, "paper": "#F6F2E9", "accent": "#C43A1D"} | colours)
    return replace(page, brand=brand.model_copy(update={"colours": told})).on(told.paper)


@pytest.mark.parametrize("ground", ["#F6F2E9", "#FFFFFF", "#0F4C5C", "#082F3A"])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_example_brand_s_series_are_clear_to_colour_blind_eyes(empty_page, count, ground):
    page = empty_page().on(ground)

    colours = series_colours(count, page)

    assert len(colours) == count
    assert colours[0] == page.ground.strong
    assert all(contrast(colour, ground) >= 3 for colour in colours)
    assert all(apart(one, other) >= CLEAR for one, other in combinations(colours, 2))


@given(COLOURS, COLOURS)
def test_any_brand_s_series_can_be_told_apart_on_paper(empty_page, kit, primary, accent):
    page = page_of(empty_page(), kit, primary=primary, accent=accent)

    colours = series_colours(4, page)

    assert all(contrast(colour, page.ground.colour) >= 3 for colour in colours)
    assert all(apart(one, other) >= TELLABLE for one, other in combinations(colours, 2))


@given(COLOURS, COLOURS)
def test_two_colours_are_equally_far_apart_from_both_sides(one, other):
    assert apart(one, other) == apart(other, one)
    assert apart(one, one) == 0


def test_red_and_green_are_closer_to_some_eyes_than_blue_and_yellow():
    assert apart("#C43A1D", "#5E8B1D") < apart("#2A4FB0", "#D6B92D")
