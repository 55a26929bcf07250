"""What one page cannot hold goes on, slide by slide, where the placement takes several pictures."""

from itertools import chain

import pytest

from media_tools.carousel import lay_out_slides
from media_tools.example import campaign
from media_tools.infographic import BLOCKS, THEMES, Infographic, lay_out
from media_tools.layout.frame import Found, Frame, Paragraph, Photograph, dump, walk
from media_tools.layout.mirror import mirror
from media_tools.platforms import placements
from media_tools.spec.geometry import Box

LONG = ("headline", "photo", "key_figures", "column_chart", "timeline", "quote", "steps", "qr_call")
SWIPED = [name for name, placement in placements().items() if placement.slides > 1]
EDGE = 1.0  # px
TOUCH = 3.0  # px by which the boxes of neighbours may meet: their ink does not


def long_story(names: tuple[str, ...] = LONG, **fields: object) -> Infographic:
    blocks = [BLOCKS[name].example() for name in names]
    return Infographic.model_validate(
        {"version": 1, "language": "en", "source": "UN, 2026", "blocks": blocks, **fields}
    )


def slides(story: Infographic, placement: str, kit, typesetter):
    return lay_out_slides(story, placements()[placement], kit, typesetter)


def shown(slide) -> list[str]:
    return [block.block for block in slide.shown.blocks]


def found(frame: Frame, kind: type) -> list[Found]:
    return [each for each in walk(frame) if isinstance(each.item, kind)]


def named(frame: Frame, name: str) -> list[Found]:
    return [each for each in found(frame, Frame) if each.item.name == name]


def test_a_story_with_something_of_every_block_on_one_page_stays_one_page(kit, typesetter):
    short = campaign.story("missions", "en")
    only = slides(short, "linkedin.document", kit, typesetter)

    assert [slide.frame for slide in only] == [lay_out(short, placements()["linkedin.document"], kit, typesetter).frame]


@pytest.mark.parametrize("placement", SWIPED)
def test_a_long_story_loses_nothing_where_several_pictures_are_taken(placement, kit, typesetter):
    made = slides(long_story(), placement, kit, typesetter)

    assert 1 < len(made) <= placements()[placement].slides
    assert list(chain.from_iterable(shown(slide) for slide in made)) == list(LONG[1:])
    assert not any(slide.left_out or slide.not_in_theme for slide in made)


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_that_shows_few_blocks_opens_a_carousel_of_all(theme, kit, typesetter):
    made = slides(long_story(theme=theme), "instagram.feed_portrait", kit, typesetter)

    assert sorted(chain.from_iterable(shown(slide) for slide in made)) == sorted(LONG[1:])


@pytest.mark.parametrize("placement", ["instagram.story", "facebook.cover", "print.a4"])
def test_where_one_picture_is_taken_there_is_one(placement, kit, typesetter):
    assert len(slides(long_story(), placement, kit, typesetter)) == 1


def test_an_editor_can_keep_a_story_on_one_page(kit, typesetter):
    (only,) = slides(long_story(carousel=False), "instagram.feed_portrait", kit, typesetter)

    assert only.left_out


def test_what_passes_the_platforms_limit_is_named(kit, typesetter):
    two = placements()["instagram.feed_portrait"].model_copy(update={"slides": 2})
    made = lay_out_slides(long_story(), two, kit, typesetter)

    assert len(made) == 2
    assert made[1].left_out[-3:] == ("quote", "steps", "qr call")


@pytest.mark.parametrize("placement", SWIPED)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_stay_in_the_seen_part_and_apart_from_each_other(placement, language, kit, typesetter):
    slot = placements()[placement]
    outside, over = [], []

    for number, slide in enumerate(slides(long_story(language=language), placement, kit, typesetter)):
        seen = Box.of(slot.size).inset(slide.page.safe)
        words = found(slide.frame, Paragraph)
        outside += [(number, each.item.text) for each in words if seen.overhang(each.box) > EDGE]
        over += [
            (number, one.item.text, other.item.text)
            for index, one in enumerate(words)
            for other in words[index + 1 :]
            if overlap(one.box, other.box) > TOUCH
        ]

    assert (outside, over) == ([], [])


def overlap(one: Box, other: Box) -> float:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return min(across, down)


def test_right_to_left_slides_are_the_others_in_a_mirror(kit, typesetter):
    in_arabic = slides(long_story(language="ar"), "instagram.feed_portrait", kit, typesetter)

    for slide in in_arabic:
        assert dump(mirror(mirror(slide.frame))).replace("-0,", "0,") == dump(slide.frame).replace("-0,", "0,")
        (marks,) = named(slide.frame, "page marks")
        assert marks.box.right < slide.page.size.width / 2


def test_a_photo_that_has_no_room_on_the_cover_has_a_slide_of_its_own(kit, typesetter):
    low = placements()["instagram.feed_square"].model_copy(update={"height": 930})
    text = "The coastal rescue network of nine northern ports has halved the time in which it answers calls by night"
    headline = BLOCKS["headline"].example().model_copy(update={"text": text, "short": ""})
    told = long_story().model_copy(update={"blocks": (headline, *long_story().blocks[1:])})

    first, second, *_ = lay_out_slides(told, low, kit, typesetter)

    assert not found(first.frame, Photograph)
    assert found(second.frame, Photograph)


def test_each_slide_says_who_says_so(kit, typesetter):
    made = slides(long_story(), "instagram.feed_portrait", kit, typesetter)
    sources = [
        " ".join(each.item.text for each in found(slide.frame, Paragraph) if "source" in each.names) for slide in made
    ]

    assert sources[0].startswith("Illustration:")
    assert all(words.startswith("Source:") for words in sources[1:])


def test_an_empty_page_has_room_for_the_marks_of_every_carousel(kit, typesetter):
    many = placements()["instagram.feed_portrait"]
    story = long_story(("headline", *["line_chart", "quote"] * 5, "quote"))
    made = lay_out_slides(story, many.model_copy(update={"slides": 12}), kit, typesetter)
    (marks,) = named(made[-1].frame, "page marks")

    assert len(made) == 12
    assert [each.item.text for each in found(marks.item, Paragraph)] == ["12/12"]
    assert marks.box.right <= made[-1].page.box.right + EDGE
