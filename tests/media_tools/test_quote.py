from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.blocks.quote import Quote
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Found, Frame, Paragraph, Path, Photograph, dump, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Meaning, Page
from media_tools.spec.geometry import Box, Size

EXAMPLE = Quote.example()
ALONE = EXAMPLE.model_copy(update={"portrait": None})
LONG = EXAMPLE.model_copy(
    update={
        "words": "When the call comes in we do not ask who is on the boat, whose flag it flies or who will pay. "
        "We ask where it is, how many are aboard, and whether they can hold on for eight minutes.",
    }
)
PLACEMENTS = ("instagram.feed_portrait", "instagram.feed_square", "instagram.story", "x.post", "print.a4")
SHARES = (0.45, 0.56, 1)
LANGUAGES = ("en", "vi", "ar")
SLACK = 0.5  # px: what blocks themselves allow


def heights(block: Quote, page: Page, width: float) -> list[float]:
    """Four heights to lay out at; none where the block says that it does not fit."""
    try:
        least, most = block.least(width, page), block.most(width, page)
    except DoesNotFit:
        return []
    return [least + share * (most - least) for share in (0, 0.4, 0.8, 1)]


def texts_of(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Paragraph)]


def portrait_of(frame: Frame) -> Found | None:
    return next((found for found in walk(frame) if isinstance(found.item, Photograph)), None)


def mark_of(frame: Frame) -> Found:
    return next(found for found in walk(frame) if isinstance(found.item, Path))


def meet(one: Box, other: Box) -> bool:
    shared = one.overlap(other)
    return shared is not None and min(shared.width, shared.height) > SLACK


def size_of(found: Found) -> float:
    return found.item.runs[0].style.size


every_page = pytest.mark.parametrize(("placement", "share"), list(product(PLACEMENTS, SHARES)))
every_quote = pytest.mark.parametrize("block", [EXAMPLE, ALONE, LONG], ids=["portrait", "alone", "long"])


def test_a_quote_alone_at_its_least_height(empty_page):
    page = empty_page()

    assert dump(ALONE.layout(Size(935, ALONE.least(935, page)), page)) == "\n".join(
        [
            "0,0 frame 935x262 quote",
            "  0,0 frame 935x161 words",
            "    0,0 path 32x25 #C43A1D",
            "    0,45 text 935x116 'We do not ask who is on the\\nboat. We ask where it is.' 50px 500 #14252D left",
            "  0,186 frame 935x76 speaker",
            "    0,0 text 935x38 'Sample Name' 29px 600 #14252D left",
            "    0,38 text 935x38 'Harbour master, Northern coast' 29px 400 #58676D left",
        ]
    )


@every_quote
@pytest.mark.parametrize("language", LANGUAGES)
@every_page
def test_words_mark_name_and_portrait_never_overlap_and_stay_inside(empty_page, placement, share, language, block):
    page = empty_page(placement, language)
    width = share * page.box.width

    for height in heights(block, page, width):
        frame = block.layout(Size(width, height), page)
        shown = [*texts_of(frame), mark_of(frame), *filter(None, [portrait_of(frame)])]
        assert not any(meet(one.box, other.box) for one, other in combinations(shown, 2))
        assert all(Box(0, 0, width, height).overhang(found.box) <= SLACK for found in shown)
        assert [found.item.text.replace("\n", " ") for found in texts_of(frame)] == [block.words, block.who, block.role]


@every_quote
@every_page
def test_the_words_are_at_least_1_4_times_as_large_as_the_name(empty_page, placement, share, block):
    page = empty_page(placement)
    width = share * page.box.width

    for height in heights(block, page, width):
        words, name, role = texts_of(block.layout(Size(width, height), page))
        assert size_of(words) >= 1.4 * size_of(name)
        assert size_of(name) == size_of(role)


@every_quote
@pytest.mark.parametrize("placement", PLACEMENTS)
def test_more_height_never_makes_the_words_smaller(empty_page, placement, block):
    page = empty_page(placement)
    width = page.box.width
    least, most = block.least(width, page), block.most(width, page)

    sizes = [
        size_of(texts_of(block.layout(Size(width, least + share / 20 * (most - least)), page))[0])
        for share in range(21)
    ]

    assert sizes == sorted(sizes)


@every_page
def test_a_portrait_is_no_smaller_than_the_page_asks_and_no_flatter_than_heads_allow(empty_page, placement, share):
    page = empty_page(placement)
    width = share * page.box.width
    facts = page.studio.facts(EXAMPLE.portrait.path)

    for height in heights(EXAMPLE, page, width):
        seen = portrait_of(EXAMPLE.layout(Size(width, height), page))
        assert seen.box.width >= 0.3 * page.short - SLACK
        part = seen.item.crop
        assert (part.width * facts.width) / (part.height * facts.height) == pytest.approx(
            seen.box.width / seen.box.height, rel=0.01
        )
        if seen.box.width == width:
            assert seen.box.height * facts.width / facts.height >= 0.65 * width - SLACK


def test_name_and_portrait_end_on_one_line_where_they_stand_beside_each_other(empty_page):
    page = empty_page("instagram.feed_square")
    block = EXAMPLE.model_copy(update={"words": "Where is it?"})
    width = page.box.width

    frame = block.layout(Size(width, block.least(width, page)), page)

    seen, (words, _, role) = portrait_of(frame), texts_of(frame)
    assert seen.box.right < words.box.x
    assert role.box.bottom == pytest.approx(seen.box.bottom)


@given(st.integers(1, 40), st.sampled_from(PLACEMENTS), st.sampled_from(LANGUAGES))
def test_the_least_height_is_enough_for_any_number_of_words(empty_page, count, placement, language):
    page = empty_page(placement, language)
    words = {"en": "harbour", "vi": "cảng", "ar": "ميناء"}[language]
    block = EXAMPLE.model_copy(update={"words": " ".join([words] * count)[:280].strip()})
    width = page.box.width

    frame = block.layout(Size(width, block.least(width, page)), page)

    assert frame.size.height <= block.least(width, page) + SLACK
    assert max(Box.of(frame.size).overhang(found.box) for found in walk(frame)) <= SLACK


@pytest.mark.parametrize(("language", "outline"), [("en", "M40"), ("ar", "M40"), ("fr", "M30")])
def test_the_mark_is_the_language_s_own_in_the_accent(empty_page, language, outline):
    page = empty_page(language=language)

    mark = mark_of(ALONE.layout(Size(900, ALONE.least(900, page)), page)).item

    assert mark.data.startswith(outline)
    assert mark.colour == page.ground.accent
    assert ALONE.accent_means() is Meaning.QUOTED


def test_in_arabic_mark_words_and_portrait_change_sides_and_the_mark_is_turned(empty_page):
    page = empty_page("instagram.feed_square", "ar")
    block = EXAMPLE.model_copy(update={"words": "نسأل أين هو."})
    width = page.box.width

    frame = mirror(block.layout(Size(width, block.least(width, page)), page))

    seen, words, mark = portrait_of(frame), texts_of(frame)[0], mark_of(frame)
    assert seen.box.right == pytest.approx(width)
    assert mark.box.right == pytest.approx(words.box.right)
    assert words.item.align == "right"
    assert mark.item.flipped


def test_a_quote_is_told_in_its_language_s_marks_and_says_what_the_portrait_shows(empty_page):
    def said(language: str) -> str:
        return ALONE.described(empty_page(language=language).language, "latn")[0]

    assert said("en").startswith("“We do not ask")
    assert said("en").endswith("where it is.” Sample Name, Harbour master, Northern coast")
    assert said("fr").startswith("«\u00a0We do not ask")
    assert EXAMPLE.described(empty_page().language, "latn")[1] == EXAMPLE.portrait.alt
    assert ALONE.model_copy(update={"role": ""}).described(empty_page().language, "latn")[0].endswith("” Sample Name")


def test_the_portrait_goes_before_the_words_do():
    leaner = EXAMPLE.leaner()

    assert leaner.what == "portrait"
    assert leaner.remains == ALONE
    assert leaner.remains.pictures() == ()
    assert leaner.remains.leaner().remains is None


def test_the_source_and_the_picture_s_maker_are_named():
    assert EXAMPLE.sources() == ("Open day at the Harbour Office, 2026",)
    assert EXAMPLE.pictures() == (EXAMPLE.portrait,)
    assert ALONE.model_copy(update={"source": ""}).sources() == ()


@pytest.mark.parametrize("field", ["words", "who"])
def test_words_and_a_name_must_be_given(field):
    with pytest.raises(ValidationError, match=field):
        Quote.model_validate(EXAMPLE.model_dump() | {field: ""})


def test_a_word_wider_than_the_block_says_how_many_px_it_needs(empty_page):
    block = ALONE.model_copy(update={"words": "Seenotrettungsleitstellenbereitschaftsdienste"})

    with pytest.raises(DoesNotFit) as refusal:
        block.least(300, empty_page())

    assert 300 < refusal.value.needed < 2000
