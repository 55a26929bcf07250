import tomllib
from datetime import date

import pytest

from media_tools.errors import InvalidInput
from media_tools.platforms import SHEET, Confidence, Use, choose, choose_own, placements
from media_tools.spec.geometry import Box, Size

ALL = placements()
every_placement = pytest.mark.parametrize("placement", ALL.values(), ids=ALL)


def test_the_sheet_has_70_placements_of_which_48_take_stories_as_stills():
    assert len(ALL) == 70
    assert len(choose("all")) == 48


def test_an_account_s_own_pictures_are_avatars_and_headers_and_no_story_is_laid_out_on_an_avatar():
    own = choose_own("all")
    avatars = [placement for placement in own if placement.use is Use.AVATAR]

    assert {placement.use for placement in own} == {Use.AVATAR, Use.COVER}
    assert avatars == [placement for placement in ALL.values() if placement.use is Use.AVATAR]
    assert [placement for placement in choose("all") if placement in avatars] == []
    assert all(placement.width == placement.height for placement in avatars)


@pytest.mark.parametrize(
    "placement", [placement for placement in ALL.values() if placement.circle], ids=lambda placement: placement.name
)
def test_what_is_safe_in_a_circle_is_the_square_inside_it(placement):
    free = Box.of(placement.size).inset(placement.safe_area.insets(placement.size))

    assert free.width**2 + free.height**2 == pytest.approx(placement.width**2, rel=0.01)
    assert free.width**2 + free.height**2 <= placement.width**2


def test_every_table_of_the_sheet_is_a_placement_or_said_to_be_none():
    sheet = tomllib.loads(SHEET.read_text(encoding="utf-8"))
    others = sheet["meta"]["non_placement_tables"]

    slots = {f"{name}.{slot}" for name, slots in sheet.items() if name not in others for slot in slots}

    assert slots == set(ALL)
    assert set(others) <= set(sheet)


@every_placement
def test_a_placement_says_where_it_is_from_and_when_it_was_read(placement):
    assert placement.source
    assert date(2020, 1, 1) < placement.checked < date(2100, 1, 1)
    assert placement.confidence in Confidence
    assert placement.use in Use


@every_placement
def test_what_a_platform_covers_lies_inside_the_frame_and_leaves_room(placement):
    frame = Box.of(placement.size)
    free = frame.inset(placement.safe_area.insets(placement.size))

    assert frame.overhang(free) == 0
    assert free.width >= (4 if placement.use is Use.AVATAR else 12) * placement.legible
    assert free.height >= 4 * placement.legible


@pytest.mark.parametrize(
    "placement",
    [placement for placement in ALL.values() if placement.avatar or placement.avatar_reach],
    ids=lambda placement: placement.name,
)
def test_an_avatar_lies_inside_the_frame_and_leaves_room(placement):
    avatar = (placement.avatar or placement.avatar_reach).box(placement.size)

    assert Box.of(placement.size).overhang(avatar) == 0
    assert avatar.width > 0
    assert avatar.height > 0
    assert placement.width - avatar.right >= 12 * placement.legible


@every_placement
def test_a_strict_safe_area_covers_the_usual_one(placement):
    usual, strict = placement.safe_area, placement.safe_area_strict

    assert strict is None or all(
        getattr(strict, side) >= getattr(usual, side) for side in ("top", "right", "bottom", "left")
    )


@every_placement
def test_the_aspect_is_that_of_the_size(placement):
    across, down = map(float, placement.aspect.split(":"))

    assert placement.width / placement.height == pytest.approx(across / down, rel=0.02)


@every_placement
def test_a_target_weight_is_no_more_than_the_limit(placement):
    most = placement.max_file_bytes_image or float("inf")

    assert (placement.target_file_bytes_image or 0) <= most


@every_placement
def test_unverified_fields_are_fields_of_the_entry(placement):
    entry = placement.model_dump() | placement.limits

    assert [name for name in placement.unverified if not entry.get(name)] == []


def test_names_are_chosen_in_the_order_asked_for_each_once():
    chosen = choose(" x.post, instagram.story ,x.post,")

    assert [placement.name for placement in chosen] == ["x.post", "instagram.story"]


@pytest.mark.parametrize(
    ("names", "remedy"),
    [
        ("", "Write all, or names such as"),
        (" , ", "Write all, or names such as"),
        ("myspace.post", "Run `python -m media_tools placements`"),
        ("instagram.story,ALL", "Run `python -m media_tools placements`"),
        *((name, "make a clip for it") for name, placement in ALL.items() if placement.kind == "video"),
        ("x.avatar", "make the account kit for it"),
    ],
)
def test_a_name_that_cannot_be_made_is_answered_with_what_to_do(names, remedy):
    with pytest.raises(InvalidInput, match=remedy):
        choose(names)


def test_the_smallest_type_is_the_same_share_of_what_a_phone_shows():
    assert ALL["instagram.story"].legible == 24
    assert ALL["print.a4"].legible == pytest.approx(7.5 / 72 * 300)
    assert ALL["screen.hd"].legible == 24


def test_shares_become_px_of_the_frame():
    insets = ALL["instagram.story"].safe_area.insets(Size(1000, 2000))

    assert insets.top == pytest.approx(2000 * ALL["instagram.story"].safe_area.top)
    assert insets.left == pytest.approx(1000 * ALL["instagram.story"].safe_area.left)
