from dataclasses import replace

import pytest
from pydantic import ValidationError

from media_tools.errors import InvalidInput
from media_tools.example.campaign import languages, story
from media_tools.infographic import BLOCKS, THEMES, Infographic, lay_out, page_for
from media_tools.layout.frame import Frame, Paragraph, walk
from media_tools.platforms import placements
from media_tools.spec.geometry import Box
from media_tools.spec.link import QRPolicy
from tests.media_tools.slots import UNLIKE

STILLS = {placement.name: placement for placement in UNLIKE}
THUMBNAIL = "youtube.thumbnail"
GLANCED_AT = [
    name for name, placement in placements().items() if placement.use.at_a_glance and name in {*STILLS, THUMBNAIL}
]
EVIDENCE = {"figure", "bars", "qr"} | (set(BLOCKS) - {"headline", "photo"})
HEADLINE = BLOCKS["headline"].example().model_dump()


def raw(**fields: object) -> dict[str, object]:
    return {"version": 1, "language": "en", "blocks": [HEADLINE], **fields}


def group_names(frame: Frame) -> set[str]:
    return {found.item.name for found in walk(frame) if isinstance(found.item, Frame)}


def texts(frame: Frame) -> list[str]:
    return [found.item.text for found in walk(frame) if isinstance(found.item, Paragraph)]


def test_a_story_needs_a_version_a_language_and_a_headline_and_no_more():
    assert Infographic.model_validate(raw()).headline.text == HEADLINE["text"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"blocks": [BLOCKS["photo"].example().model_dump()]}, "has 0 headlines. Give the story exactly one"),
        ({"blocks": [HEADLINE, HEADLINE]}, "has 2 headlines. Give the story exactly one"),
        ({"blocks": []}, "too_short"),
        ({"blocks": [HEADLINE] + [BLOCKS["photo"].example().model_dump()] * 12}, "too_long"),
        ({"blocks": [HEADLINE, {"block": "sparkline"}]}, "sparkline"),
        ({"blocks": [HEADLINE, {"text": "no kind"}]}, "union_tag_not_found"),
        ({"theme": "sunset"}, "'sunset' is not a theme. Use one of bulletin, frame"),
        ({"language": "klingon"}, "'klingon' is not a language we know. Use a tag such as"),
        ({"language": ""}, "is not a language we know"),
        ({"version": 2}, "version"),
        ({"version": "1"}, "version"),
        ({"qr": "sometimes"}, "second_device"),
        ({"colour": "#FF0000"}, "extra_forbidden"),
    ],
)
def test_a_story_that_cannot_be_shown_is_refused(fields, message):
    with pytest.raises(ValidationError, match=message):
        Infographic.model_validate(raw(**fields))


@pytest.mark.parametrize("field", ["version", "language", "blocks"])
def test_what_a_story_needs_must_be_there(field):
    fields = raw()
    del fields[field]

    with pytest.raises(ValidationError, match=f"{field}\n  Field required"):
        Infographic.model_validate(fields)


def test_a_story_survives_being_stored(missions):
    assert Infographic.model_validate_json(missions.model_dump_json()) == missions


def test_sources_are_named_in_order_each_once():
    figures = BLOCKS["key_figures"].example().model_dump()
    chart = BLOCKS["bar_chart"].example().model_dump() | {"source": "Coastal Network, 2025"}

    assert Infographic.model_validate(raw(blocks=[HEADLINE, chart, figures, chart], source="Ministry")).sources == (
        "Coastal Network, 2025",
        "Harbour Office, 2026",
        "Ministry",
    )


@pytest.mark.parametrize("placement", STILLS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_has_its_headline_its_mark_and_who_says_so(laid_story, placement, language):
    laid, told = laid_story(placement, language), story("missions", language)

    words = [text.replace("\n", " ") for text in texts(laid.frame)]
    assert {"page", "headline", "mark", "footer", "source"} <= group_names(laid.frame)
    assert {told.headline.text, told.headline.short} & set(words)
    assert laid.frame.size == placements()[placement].size


@pytest.mark.parametrize("placement", STILLS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_text_stands_inside_the_margins_and_the_safe_area(laid_story, placement, language):
    laid = laid_story(placement, language)
    safe = Box.of(laid.page.size).inset(laid.page.safe)

    outside = [
        found.item.text
        for found in walk(laid.frame)
        if isinstance(found.item, Paragraph) and safe.overhang(found.box) > 1
    ]

    assert outside == []


@pytest.mark.parametrize("placement", STILLS)
def test_one_accent_has_one_meaning(laid_story, placement):
    laid = laid_story(placement)
    accent = laid.page.ground.accent

    wearing = {
        "bar" if "bar" in found.names else "kicker"
        for found in walk(laid.frame)
        if getattr(found.item, "paint", "") == accent
        or any(run.style.colour == accent for run in getattr(found.item, "runs", ()))
    }

    assert len(wearing) <= 1
    assert ("bar" in wearing) == ("bars" in group_names(laid.frame))


@pytest.mark.parametrize("highlight", [0, None])
def test_the_kicker_wears_the_accent_only_where_no_datum_does(kit, typesetter, highlight):
    chart = BLOCKS["bar_chart"].example().model_dump() | {"highlight": highlight}
    told = Infographic.model_validate(raw(blocks=[HEADLINE, chart], theme="bulletin"))

    laid = lay_out(told, placements()["instagram.feed_portrait"], kit, typesetter)

    (kicker,) = [
        found.item.runs[0].style.colour
        for found in walk(laid.frame)
        if isinstance(found.item, Paragraph) and found.item.text == HEADLINE["kicker"].upper()
    ]
    assert kicker == (laid.page.ground.accent if highlight is None else laid.page.ground.strong)


@pytest.mark.parametrize("name", ["expo", "missions"])
@pytest.mark.parametrize("placement", GLANCED_AT)
def test_what_is_seen_in_passing_shows_headline_mark_and_picture_only(kit, typesetter, placement, name):
    laid = lay_out(story(name, "en"), placements()[placement], kit, typesetter)

    names = group_names(laid.frame)
    assert {"headline", "mark", "photo", "source"} <= names
    assert not EVIDENCE & names


@pytest.mark.parametrize("placement", [name for name, each in STILLS.items() if each.avatar])
@pytest.mark.parametrize("language", languages())
def test_no_word_stands_under_the_account_s_own_picture(laid_story, placement, language):
    laid = laid_story(placement, language)
    avatar = placements()[placement].avatar.box(laid.page.size)

    hidden = [
        found.item.text for found in walk(laid.frame) if isinstance(found.item, Paragraph) and found.box.overlap(avatar)
    ]

    assert hidden == []


@pytest.mark.parametrize("placement", STILLS)
def test_pages_from_the_right_keep_clear_of_the_larger_side_on_both(empty_page, placement):
    from_left, from_right = empty_page(placement, "en"), empty_page(placement, "ar")
    larger = max(from_left.safe.left, from_left.safe.right)

    assert (from_right.safe.left, from_right.safe.right) == (larger, larger)
    assert (from_right.safe.top, from_right.safe.bottom) == (from_left.safe.top, from_left.safe.bottom)
    assert from_right.right_to_left
    assert not from_left.right_to_left


@pytest.mark.parametrize("placement", STILLS)
@pytest.mark.parametrize("language", languages())
def test_what_is_shown_and_what_is_left_out_make_the_whole_story(laid_story, placement, language):
    laid = laid_story(placement, language)
    names = group_names(laid.frame)
    evidence = [block.block for block in story("missions", language).blocks if block.block not in ("headline", "photo")]

    for block in evidence if placement not in GLANCED_AT else []:
        told = block.replace("_", " ") in (*laid.left_out, *laid.not_in_theme)
        assert told != (block in names), block


@pytest.mark.parametrize(
    ("policy", "screen", "phone"),
    [(QRPolicy.SECOND_DEVICE, True, False), (QRPolicy.ALWAYS, True, True), (QRPolicy.NEVER, False, False)],
)
def test_codes_are_shown_as_the_story_asks(kit, typesetter, missions, policy, screen, phone):
    told = missions.model_copy(update={"qr": policy})

    shown = [
        "qr" in group_names(lay_out(told, placements()[name], kit, typesetter).frame)
        for name in ("screen.hd_portrait", "telegram.story")
    ]

    assert shown == [screen, phone]


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_without_what_it_needs_gives_way_and_says_why(kit, typesetter, theme):
    laid = lay_out(Infographic.model_validate(raw(theme=theme)), placements()["zalo.post"], kit, typesetter)

    assert bool(laid.unsuited) == (laid.theme != theme)


def test_a_brand_without_names_in_the_language_is_told_what_to_add(kit, typesetter, missions):
    mute = kit.model_copy(update={"names": {"vi": kit.names["vi"]}})

    with pytest.raises(InvalidInput, match=r"Add brand\.names\.en\.ministry"):
        page_for(missions, placements()["zalo.post"], mute, typesetter, THEMES["bulletin"])


def test_a_brand_with_an_unknown_theme_is_told_which_there_are(kit, typesetter, missions):
    lost = kit.model_copy(update={"theme": "sunset"})
    told = missions.model_copy(update={"theme": ""})

    with pytest.raises(InvalidInput, match="Use one of bulletin, frame"):
        lay_out(told, placements()["zalo.post"], lost, typesetter)


def test_a_page_can_be_changed_without_touching_the_first(empty_page):
    page = empty_page()

    other = replace(page, right_to_left=True)

    assert (page.right_to_left, other.right_to_left) == (False, True)
    assert other.box == page.box
