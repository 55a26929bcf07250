"""One placement may differ from the rest, and keeps its differences while the story changes."""

import pytest
from pydantic import ValidationError

from media_tools.infographic import BLOCKS, Infographic, lay_out
from media_tools.layout.frame import Paragraph, Photograph, walk
from media_tools.platforms import placements

STORY, FEED = "instagram.story", "instagram.feed_portrait"


def raw(**override: object) -> dict[str, object]:
    keyed = {"headline": "h", "photo": "p", "key_figures": "k", "photo_grid": "g"}
    blocks = [{**BLOCKS[name].example().model_dump(mode="json"), "key": key} for name, key in keyed.items()]
    overrides = [{"placement": STORY, **override}] if override else []
    return {"version": 1, "language": "en", "blocks": blocks, "overrides": overrides}


def told(**override: object) -> Infographic:
    return Infographic.model_validate(raw(**override))


def names(story: Infographic, placement: str) -> list[str]:
    return [block.block for block in story.on(placement).blocks]


def test_other_placements_show_the_story_as_it_is():
    changed = told(headline="Nine ports", hidden=["p"], order=["g"])

    assert changed.on(FEED).blocks == told().blocks


def test_a_block_can_be_hidden():
    assert names(told(hidden=["p", "g"]), STORY) == ["headline", "key_figures"]


def test_named_blocks_come_first_and_the_others_follow_in_their_order():
    assert names(told(order=["g", "p"]), STORY) == ["photo_grid", "photo", "headline", "key_figures"]


def test_another_headline_stands_alone(kit, typesetter):
    laid = lay_out(told(headline="Nine ports answer"), placements()[STORY], kit, typesetter)
    words = [found.item.text.replace("\n", " ") for found in walk(laid.frame) if isinstance(found.item, Paragraph)]

    assert "Nine ports answer" in words
    assert told(headline="Nine ports answer").on(STORY).headline.short == ""


def test_another_crop_moves_one_picture_of_one_block(kit, typesetter):
    moved = told(crops=[{"block": "g", "picture": 1, "focal": [0.1, 0.2]}])
    before, after = (story.on(STORY) for story in (told(), moved))
    grid, photo = BLOCKS["photo_grid"], BLOCKS["photo"]

    def focal_points(story: Infographic, kind: type) -> list[tuple[float, float]]:
        return [picture.focal for block in story.blocks if isinstance(block, kind) for picture in block.pictures()]

    assert focal_points(after, photo) == focal_points(before, photo)
    assert focal_points(after, grid) == [
        (0.1, 0.2) if index == 1 else focal for index, focal in enumerate(focal_points(before, grid))
    ]


def test_a_crop_is_seen_in_the_picture(kit, typesetter):
    def crops(story: Infographic) -> list[object]:
        laid = lay_out(story, placements()[STORY], kit, typesetter)
        return [found.item.crop for found in walk(laid.frame) if isinstance(found.item, Photograph)]

    assert crops(told(crops=[{"block": "p", "focal": [0.0, 0.5]}])) != crops(told())


def test_an_override_survives_later_edits_of_the_story():
    later = raw(hidden=["p"], order=["g"], headline="Nine ports")
    later["blocks"] = [later["blocks"][2], later["blocks"][1], later["blocks"][3], later["blocks"][0]]
    later["blocks"][3]["text"] = "Ten ports answer now"

    shown = Infographic.model_validate(later).on(STORY)

    assert [block.block for block in shown.blocks] == ["photo_grid", "key_figures", "headline"]
    assert shown.headline.text == "Nine ports"


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ({"placement": "myspace.post"}, "which is no placement of the sheet"),
        ({"hidden": ["x"]}, "names 'x', and no block has that key. Take it out"),
        ({"order": ["x"]}, "no block has that key"),
        ({"crops": [{"block": "x", "focal": [0, 0]}]}, "no block has that key"),
        ({"crops": [{"block": "p", "focal": [0, 1.5]}]}, "less than or equal to 1"),
        ({"hidden": ["h"]}, "hides the headline. Give it another one instead"),
        ({"hidden": [""]}, "no block has that key"),
    ],
)
def test_an_override_that_means_nothing_is_refused(override, message):
    with pytest.raises(ValidationError, match=message):
        told(**override)


def test_two_overrides_of_one_placement_are_refused():
    twice = raw(headline="Nine ports")
    twice["overrides"] = twice["overrides"] * 2

    with pytest.raises(ValidationError, match="2 overrides are of 'instagram"):
        Infographic.model_validate(twice)


def test_two_blocks_of_one_key_are_refused():
    twice = raw()
    twice["blocks"][1]["key"] = "h"

    with pytest.raises(ValidationError, match="2 blocks have the key 'h'"):
        Infographic.model_validate(twice)
