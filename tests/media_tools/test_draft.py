"""Unfinished stories, small pictures and alt texts: what screens show while somebody writes."""

import copy
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from media_tools.alt_text import MOST, alt_text
from media_tools.draft import drawable
from media_tools.example import campaign
from media_tools.made import Order
from media_tools.platforms import placements
from media_tools.preview import draw_preview

RAW = campaign.story("missions", "en").model_dump(mode="json")

KINDS = [block["block"] for block in RAW["blocks"]]
CROP = {"block": "photo", "focal": [0.2, 0.3]}


def test_a_whole_story_misses_nothing():
    draft = drawable(RAW)

    assert draft.missing == ()
    assert draft.story == campaign.story("missions", "en")


def test_an_incomplete_row_goes_and_its_block_stays():
    raw = copy.deepcopy(RAW)
    del raw["blocks"][1]["figures"][1]["label"]

    draft = drawable(raw)

    assert len(draft.story.blocks[1].figures) == 2
    assert [problem.field for problem in draft.missing] == ["blocks[1].figures[1].label"]


def test_without_a_headline_something_stands_in_for_it():
    draft = drawable({**RAW, "blocks": RAW["blocks"][1:]})

    assert draft.story.headline.text == "…"
    assert "headline" in str(draft.missing[0])


def keyed(**override: object) -> dict[str, object]:
    blocks = [{**block, "key": block["block"]} for block in RAW["blocks"]]
    return {**copy.deepcopy(RAW), "blocks": blocks, "overrides": [{"placement": "x.post", **override}]}


def test_an_override_of_a_block_that_is_unfinished_waits_until_it_is_whole():
    raw = keyed(headline="Nine ports", hidden=["photo"], order=["photo", "qr_call"], crops=[CROP])
    del raw["blocks"][KINDS.index("photo")]["picture"]

    draft = drawable(raw)

    (override,) = draft.story.overrides
    assert (override.headline, override.hidden, override.order, override.crops) == ("Nine ports", (), ("qr_call",), ())
    assert [problem.field for problem in draft.missing] == [f"blocks[{KINDS.index('photo')}].picture"]
    assert drawable(keyed(hidden=["photo"], crops=[CROP])).story.overrides[0].hidden == ("photo",)


def test_an_override_of_a_second_headline_is_dropped_with_it():
    raw = keyed(order=["spare"])
    raw["blocks"].append({"block": "headline", "text": "Another", "key": "spare"})

    assert drawable(raw).story.overrides[0].order == ()


def test_an_override_of_what_was_never_there_is_told():
    draft = drawable(keyed(hidden=["nothing"]))

    assert draft.story is None
    assert "no block has that key" in str(draft.missing[0])


def test_an_unknown_language_draws_nothing():
    assert drawable({**RAW, "language": "xx-nowhere"}).story is None


@given(st.sets(st.tuples(st.integers(0, 4), st.sampled_from(["text", "figures", "picture", "rows", "verb", "link"]))))
def test_no_set_of_missing_fields_breaks_it(removed):
    raw = copy.deepcopy(RAW)
    for index, name in removed:
        raw["blocks"][index].pop(name, None)

    draft = drawable(raw)

    assert draft.story is not None
    assert bool(draft.missing) == any(name in RAW["blocks"][index] for index, name in removed)


@pytest.mark.parametrize("language", campaign.languages())
def test_alt_text_says_what_the_page_shows(language, kit):
    story = campaign.story("missions", language)

    words = alt_text(story, kit)

    assert words.startswith(story.headline.text)
    assert story.blocks[1].figures[0].label in words
    assert len(words) <= MOST


@pytest.mark.parametrize("name", ["x.post", "instagram.story", "print.a4"])
def test_a_preview_is_small_light_and_shaped_like_its_placement(name, missions, kit, typesetter):
    slot = placements()[name]

    preview = draw_preview(Order(missions, slot, kit, "jpeg"), typesetter, 320)

    picture = Image.open(BytesIO(preview.content))
    assert picture.size == (preview.width, preview.height)
    assert abs(preview.width / preview.height - slot.width / slot.height) < 0.01
    assert len(preview.content) <= 20_000
