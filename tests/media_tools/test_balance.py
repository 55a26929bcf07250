from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from media_tools.layout.balance import balanced, snug
from media_tools.layout.frame import Align
from media_tools.spec.language import Language

PHRASES = "a an in the ten port 2025 9 people harbour response answered 10,000 call distress co-operation về người của"
WORDS = st.sampled_from(PHRASES.split())
TEXTS = st.lists(WORDS, min_size=1, max_size=16).map(" ".join)
WIDTHS = st.integers(120, 1000)
HALF_PX = 0.5


@given(TEXTS, WIDTHS)
def test_balanced_text_has_the_same_words_in_the_same_order(empty_page, text, width):
    page = empty_page()

    lines = balanced(page, text, page.label, width)

    assert lines.text.replace("\n", " ") == text


@given(TEXTS, WIDTHS)
def test_balanced_text_takes_no_more_lines_than_plain_text(empty_page, text, width):
    page = empty_page()

    assert balanced(page, text, page.label, width).lines == page.set(text, page.label, width).lines


@given(TEXTS, WIDTHS)
def test_no_balanced_line_is_wider_than_its_column(empty_page, text, width):
    page = empty_page()
    assume(page.longest_word(text, page.label) <= width)

    lines = balanced(page, text, page.label, width)

    assert page.type.widest_line(lines) <= width + HALF_PX
    assert lines.size.width == width


@given(TEXTS, st.floats(0.55, 0.95))
def test_no_first_line_of_two_ends_in_a_number_where_another_break_is_as_short(empty_page, text, share):
    page = empty_page()
    width = share * page.width_of(text, page.label)
    assume(page.set(text, page.label, width).lines == 2)
    words = text.split(" ")
    others = []
    for end in range(1, len(words)):
        lengths = [page.width_of(" ".join(part), page.label) for part in (words[:end], words[end:])]
        if max(lengths) < width - 1 and min(lengths) > max(lengths) / 2 and not _has_digit(words[end - 1]):
            others.append(end)
    assume(others)

    first, _ = balanced(page, text, page.label, width).text.split("\n")

    assert not _has_digit(first.split(" ")[-1])


def test_words_are_measured_as_wide_as_their_line_is_set(empty_page):
    page = empty_page()
    text = "Three things that keep our coast safe"

    lines = balanced(page, text, page.title(8), 935.28).text.split("\n")

    assert len(lines) == 3
    assert all(" " in line for line in lines)


@given(TEXTS, WIDTHS, st.sampled_from([3, 6, 8]))
def test_a_headline_takes_no_more_lines_than_it_needs_and_none_is_too_wide(empty_page, text, width, step):
    page = empty_page()
    style = page.title(step)
    assume(page.longest_word(text, style) <= width)

    lines = balanced(page, text, style, width)

    assert lines.lines == page.set(text, style, width).lines
    assert page.type.widest_line(lines) <= width + HALF_PX


@given(
    st.lists(WORDS, min_size=4, max_size=9), st.sampled_from([0.35, 0.4, 0.55, 0.6, 0.8, 0.9]), st.sampled_from([0, 6])
)
def test_no_short_word_is_alone_on_the_last_line_where_as_many_lines_can_do_without(empty_page, words, share, step):
    page = empty_page()
    style, text = page.title(step), " ".join(words)
    width = max(page.longest_word(text, style) + 2, share * page.width_of(text, style))
    count = page.set(text, style, width).lines
    divisions = [_parts(words, ends) for ends in combinations(range(1, len(words)), count - 1)]
    widths = [[page.width_of(part, style) for part in parts] for parts in divisions]
    lasts = [each[-1] for each in widths if max(each) < width - 1]
    assume(lasts and max(lasts) >= 0.3 * width)

    *_, last = balanced(page, text, style, width).text.split("\n")

    assert page.width_of(last, style) >= 0.27 * width


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Khai mạc triển lãm về biển đảo Việt Nam tại thành phố Hà Nội trong mùa thu này"),
        ("en", "The embassy of a small country opens the doors of the house to the public in June"),
        ("de", "Das Haus der Botschaft ist in der Stadt für alle Menschen an einem Tag im Juni offen"),
    ],
)
@pytest.mark.parametrize("width", [640, 700, 800])
def test_little_words_and_names_stay_with_what_they_lean_on(empty_page, language, text, width):
    page = replace(empty_page(), language=Language(language))
    leaning = {"của", "về", "tại", "trong", "the", "of", "a", "to", "in", "das", "der", "für", "an", "einem", "im"}

    *lines, _ = balanced(page, text, page.label, width).text.split("\n")

    assert not [line for line in lines if line.split(" ")[-1].lower() in leaning]
    assert not [line for line in lines if line.endswith((" Việt", " Hà"))]


@pytest.mark.parametrize("width", range(260, 700, 20))
def test_the_last_line_is_not_a_word_alone_where_that_can_be_helped(empty_page, width):
    page = empty_page()
    text = "Nine ports now answer distress calls in under ten minutes day and night"

    *_, last = balanced(page, text, page.label, width).text.split("\n")

    assert len(last.split(" ")) > 1


def test_lines_keep_the_side_they_are_set_on(empty_page):
    page = empty_page()

    assert balanced(page, "Nine ports now answer", page.label, 200, Align.RIGHT).align is Align.RIGHT


def test_a_line_break_that_the_text_brings_along_is_kept(empty_page):
    page = empty_page()

    lines = balanced(page, "Nine ports\nanswer", page.label, 900)

    assert lines.lines == 2
    assert "\n" in lines.text


@given(TEXTS, WIDTHS)
def test_a_snug_box_holds_its_lines_and_no_more(empty_page, text, width):
    page = empty_page()
    assume(page.longest_word(text, page.label) <= width)

    lines = snug(page, text, page.label, width)

    widest = page.type.widest_line(lines)
    assert widest <= lines.size.width + HALF_PX
    assert lines.size.width <= min(width, widest + 2)
    assert lines.lines == page.set(text, page.label, width).lines


@given(TEXTS)
def test_a_narrower_column_never_takes_fewer_lines(empty_page, text):
    page = empty_page()
    counts = [balanced(page, text, page.label, width).lines for width in range(150, 1000, 85)]

    assert all(narrow >= wide for narrow, wide in pairwise(counts))


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _parts(words: list[str], ends: tuple[int, ...]) -> list[str]:
    return [" ".join(words[start:end]) for start, end in pairwise((0, *ends, len(words)))]
