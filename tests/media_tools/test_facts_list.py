from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.blocks.facts_list import FactsList
from media_tools.errors import DoesNotFit, InvalidInput
from media_tools.layout.frame import Fill, Found, Frame, Paragraph, Path, dump, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.spec.artwork import Artwork
from media_tools.spec.geometry import Box, Size
from media_tools.spec.language import Language
from media_tools.studio import Studio

SENTENCE = "Nine ports keep a listening watch at every hour of the year."
WIDTHS = (380, 470, 640, 935, 1400, 2100)


def facts(*pairs: tuple[str, str]) -> FactsList:
    return FactsList.model_validate({"rows": [{"term": term, "sentence": sentence} for term, sentence in pairs]})


def three(term: str = "9", sentence: str = SENTENCE) -> FactsList:
    return facts((term, sentence), ("8", "A boat leaves."), ("1 in 3", SENTENCE + " " + SENTENCE))


def laid(block: FactsList, page: Page, width: float = 935, share: float = 0) -> Frame:
    least, most = block.least(width, page), block.most(width, page)
    return block.layout(Size(width, least + share * (most - least)), page)


def rows_of(frame: Frame) -> list[tuple[Found, Found]]:
    """Term and sentence of each row, top to bottom."""
    lines = [found for found in walk(frame) if isinstance(found.item, Paragraph)]
    return list(zip(lines[::2], lines[1::2], strict=True))


def with_icons(*icons: str) -> FactsList:
    """The example with these drawings of its folder; an empty name is a row without."""
    rows = [
        row.model_copy(update={"icon": Artwork(path=icon) if icon else None})
        for row, icon in zip(FactsList.example().rows, icons, strict=True)
    ]
    return FactsList.example().model_copy(update={"rows": tuple(rows)})


def icons_of(frame: Frame) -> list[Box]:
    """The ink of each icon, top to bottom."""
    return [found.box for found in walk(frame) if isinstance(found.item, Path)]


def rules_of(frame: Frame) -> list[Box]:
    return [found.box for found in walk(frame) if isinstance(found.item, Fill)]


def test_a_short_list_at_its_least_height(empty_page):
    page = empty_page()

    assert dump(laid(facts(("9", "Nine ports answer."), ("24/7", "At every hour.")), page)) == "\n".join(
        [
            "0,0 frame 935x133 facts_list",
            "  0,0 fill 935x2 #C4C5C0",
            "  0,15 frame 935x45 fact",
            "    0,0 text 74x44 '9' 42px 600 #0F4C5C left",
            "    109,7 text 826x38 'Nine ports answer.' 29px 400 #14252D left",
            "  0,74 fill 935x2 #C4C5C0",
            "  0,88 frame 935x45 fact",
            "    0,0 text 74x44 '24/7' 42px 600 #0F4C5C left",
            "    109,7 text 826x38 'At every hour.' 29px 400 #14252D left",
        ]
    )


@pytest.mark.parametrize("language", ["en", "vi", "ar"])
@pytest.mark.parametrize("width", WIDTHS)
def test_terms_and_sentences_never_overlap_and_stay_inside(empty_page, width, language):
    page = empty_page(language=language)

    for block in (three(), three("Day and night, 24 hours"), FactsList.example()):
        for share in (0, 0.3, 1):
            frame = laid(block, page, width, share)
            boxes = [found.box for row in rows_of(frame) for found in row]
            assert not any(one.overlap(other) for one, other in combinations(boxes, 2))
            assert all(Box.of(frame.size).overhang(box) <= 0.5 for box in boxes)


@pytest.mark.parametrize("width", WIDTHS)
def test_all_terms_are_of_one_size_and_larger_than_every_sentence(empty_page, width):
    page = empty_page()

    for term in ("9", "Day and night, 24 hours"):
        rows = rows_of(laid(three(term), page, width))
        sizes = {found.item.runs[0].style.size for found, _ in rows}
        assert len(sizes) == 1
        assert sizes.pop() >= 1.4 * rows[0][1].item.runs[0].style.size


def test_a_short_term_stands_on_the_first_line_of_its_sentence(empty_page):
    page = empty_page()

    for term, sentence in rows_of(laid(three(), page)):
        baselines = (found.box.y + page.type.baseline(found.item) for found in (term, sentence))
        assert abs(next(baselines) - next(baselines)) < 0.01


def test_a_long_term_stands_over_its_sentence(empty_page):
    rows = rows_of(laid(three("Day and night, all year"), empty_page(), 500))

    for term, sentence in rows:
        assert term.box.x == sentence.box.x == 0
        assert term.box.bottom <= sentence.box.y


def test_sentences_start_on_one_line_down_the_list(empty_page):
    assert len({sentence.box.x for _, sentence in rows_of(laid(three(), empty_page()))}) == 1


@given(st.floats(0, 1))
def test_more_height_makes_the_rows_equal_before_it_makes_them_loose(empty_page, share):
    frame = laid(three(), empty_page(), share=share)

    tops = [box.y for box in rules_of(frame)]
    pitches = [after - before for before, after in pairwise(tops)]
    lowest = [box.y for box in rules_of(laid(three(), empty_page()))]
    least = [after - before for before, after in pairwise(lowest)]
    assert all(now >= before - 0.01 for now, before in zip(pitches, least, strict=True))
    if share == 1:
        assert pitches[0] == pytest.approx(pitches[1])


def test_in_arabic_terms_stand_at_the_right_of_their_sentences(empty_page):
    page = empty_page(language="ar")
    block = facts(("٥٠٠٪", "متابعون أكثر من العام السابق."), ("٩", "موانئ تجيب النداءات."))

    rows = rows_of(mirror(laid(block, page)))

    assert all(term.box.x > sentence.box.x for term, sentence in rows)
    assert all(found.item.align == "right" for row in rows for found in row)


def test_the_last_facts_go_first_and_two_stay_to_the_end():
    block, gone = FactsList.example(), []

    while block is not None:
        leaner = block.leaner()
        gone.append(leaner.what)
        block = leaner.remains

    assert gone == ["fact “1 in 3”", "facts list"]


def test_facts_with_numbers_ask_for_a_source_and_others_do_not():
    counted = three()
    words = facts(("Day and night", "A watch is kept."), ("Free", "No call is ever billed."))

    assert counted.needs_source()
    assert not words.needs_source()
    assert not counted.fully_sourced()
    assert FactsList.example().fully_sourced()


def test_facts_are_told_as_sentences(empty_page):
    page = empty_page()

    assert facts(("9", "Nine ports."), ("8", "Eight."), ("7", "Seven.")).described(page.language, "latn") == (
        "9: Nine ports.",
        "8: Eight.",
        "7: Seven.",
    )


def test_one_fact_is_no_list():
    with pytest.raises(ValidationError, match="at least 2 items"):
        facts(("9", SENTENCE))


def test_a_word_wider_than_the_list_says_how_many_px_it_needs(empty_page):
    block = three(sentence="Seenotrettungsleitstellenbereitschaftsdienste")

    with pytest.raises(DoesNotFit) as refusal:
        block.least(200, empty_page())

    assert 200 < refusal.value.needed < 900


@pytest.mark.parametrize("language", ["en", "vi", "ar"])
@pytest.mark.parametrize("width", [470, 935, 2100])
def test_an_icon_stands_before_its_term_and_no_lower(empty_page, width, language):
    page = empty_page(language=language)

    for share in (0, 1):
        frame = laid(FactsList.example(), page, width, share)
        for icon, (term, sentence) in zip(icons_of(frame), rows_of(frame), strict=True):
            size = term.item.runs[0].style.size
            assert icon.right < term.box.x
            assert term.box.y - 0.5 <= icon.y
            assert icon.bottom <= term.box.y + page.type.baseline(term.item) + 0.25 * size
            assert 0.9 * size <= max(icon.width, icon.height) <= 1.2 * size
            assert icon.overlap(sentence.box) is None


def test_rows_without_an_icon_share_the_edge_of_those_with_one(empty_page):
    page = empty_page()

    frame = laid(with_icons("lighthouse.svg", "", "boat.svg"), page)

    assert len(icons_of(frame)) == 2
    assert len({term.box.x for term, _ in rows_of(frame)}) == 1
    assert rows_of(laid(with_icons("", "", ""), page))[0][0].box.x == 0


def test_an_icon_is_drawn_in_the_colour_of_the_terms(empty_page):
    frame = laid(FactsList.example(), empty_page())

    drawn = {found.item.colour for found in walk(frame) if isinstance(found.item, Path)}
    assert drawn == {term.item.runs[0].style.colour for term, _ in rows_of(frame)}


def test_right_to_left_an_icon_stands_at_the_right_and_is_not_turned(empty_page):
    plain = laid(FactsList.example(), empty_page(language="ar"))
    turned = mirror(plain)

    for before, after, (term, _) in zip(icons_of(plain), icons_of(turned), rows_of(turned), strict=True):
        assert after.right == pytest.approx(plain.size.width - before.x)
        assert after.x > term.box.right
    assert not any(found.item.flipped for found in walk(turned) if isinstance(found.item, Path))


def test_an_icon_is_credited_and_says_nothing_to_people_who_cannot_see_it():
    block, plain = FactsList.example(), with_icons("", "", "")

    assert set(block.credits()) == {"Drawings: Attaché"}
    assert plain.credits() == ()
    assert block.described(Language("en"), "latn") == plain.described(Language("en"), "latn")


@pytest.mark.parametrize(("paint", "why"), [('fill="none" stroke="#000"', "strokes"), ("", "several colours")])
def test_an_icon_that_would_not_look_the_same_in_one_colour_is_refused(empty_page, tmp_path, paint, why):
    shapes = f'<path {paint} d="M1 1h9v9z"/><path fill="#c00" d="M20 20h9v9z"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{shapes}</svg>'
    (tmp_path / "icon.svg").write_text(svg)
    page = replace(empty_page(), studio=Studio(tmp_path))

    with pytest.raises(InvalidInput, match=why) as refused:
        laid(with_icons("", "icon.svg", ""), page)

    assert refused.value.field == "facts_list.rows[1].icon"
