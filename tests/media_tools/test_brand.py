from dataclasses import astuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.layout.page import Ground
from media_tools.spec.brand import Brand, Colours
from media_tools.spec.colour import READABLE, WHITE, contrast, is_dark, readable

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
GROUNDS = ("paper", "deep", "veil", "surface")
ROLES = ("text", "quiet", "accent", "strong")


def kit_of(primary: str, ink: str, paper: str, accent: str) -> Brand:
    return Brand.model_validate(
        {
            "name": "A ministry",
            "colours": {"primary": primary, "ink": ink, "paper": paper, "accent": accent},
            "mark": {"paths": ["M0 0H100V100H0Z"]},
            "names": {"en": {"ministry": "A ministry"}},
        }
    )


@given(COLOURS, COLOURS, COLOURS.filter(lambda paper: not is_dark(paper)), COLOURS)
def test_four_colours_make_a_kit_in_which_everything_reads(primary, ink, paper, accent):
    ink = readable(ink, paper)
    assume(contrast(ink, WHITE) >= READABLE)
    brand = kit_of(primary, ink, paper, accent)

    for name in GROUNDS:
        colour = getattr(brand.colours, name)
        ground = Ground.of(colour, brand)
        ratios = {role: contrast(getattr(ground, role), colour) for role in ROLES}
        assert min(ratios.values()) >= READABLE, (name, ratios)


@given(COLOURS, COLOURS)
def test_ink_that_does_not_read_on_paper_is_refused_with_one_that_does(ink, paper):
    assume(contrast(ink, paper) < READABLE)

    with pytest.raises(ValidationError, match=f"Choose a darker ink, such as {readable(ink, paper)}"):
        Colours(primary="#000000", ink=ink, paper=paper, accent="#000000")


def test_ink_has_to_read_on_cards_too():
    with pytest.raises(ValidationError, match="on surface #FFFFFF reads"):
        Colours(primary="#0F4C5C", ink="#F0F0F0", paper="#101010", accent="#C43A1D")


def test_given_roles_are_kept(kit):
    colours = kit.colours

    assert (colours.deep, colours.veil) == (colours.primary_deep, colours.scrim)
    assert (colours.accent_in_dark, colours.quiet) == (colours.accent_on_dark, colours.muted)


@pytest.mark.parametrize("colour", ["red", "#FFF", "#12345G", "0F4C5C", "#0F4C5C80", ""])
def test_what_is_not_a_colour_is_refused(colour):
    with pytest.raises(ValidationError, match="primary"):
        Colours(primary=colour, ink="#000000", paper="#FFFFFF", accent="#000000")


@pytest.mark.parametrize("path", ["", "M0 0<script>", "url(#a)", "M0 0L10 10;"])
def test_a_mark_is_path_data_and_nothing_else(path):
    with pytest.raises(ValidationError, match="paths"):
        Brand.model_validate(
            {
                "name": "A ministry",
                "colours": {"primary": "#0F4C5C", "ink": "#14252D", "paper": "#F6F2E9", "accent": "#C43A1D"},
                "mark": {"paths": [path]},
                "names": {"en": {"ministry": "A ministry"}},
            }
        )


def test_rules_and_empty_parts_are_seen_on_every_ground_of_the_kit(kit):
    for name in GROUNDS:
        ground = Ground.of(getattr(kit.colours, name), kit)

        assert len({ground.colour, ground.line, ground.empty}) == 3
        assert all(len(colour) == 7 for colour in astuple(ground))
