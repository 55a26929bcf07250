import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_tools.draw import draw
from media_tools.layout.breaks import unbroken
from media_tools.layout.frame import Frame, Placed, Run, TextStyle
from media_tools.layout.text import Typesetter
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language

TEXTS = Path(__file__).parents[2] / ".." / "shared" / "data" / "texts" / "udhr.json"


def style_of(typesetter: Typesetter, size: float = 40) -> TextStyle:
    return TextStyle(typesetter.fonts.families, size, 400, 1.4, "#14252D")


def missing(typesetter: Typesetter, text: str, tag: str = "en") -> tuple[str, ...]:
    language = Language.parse(tag)
    runs = [Run(text, style_of(typesetter))]
    return typesetter.missing(typesetter.set(runs, 800, language, right_to_left=language.right_to_left))


@pytest.mark.parametrize(("text", "found"), [("བོད", "བོད"), ("𒀀𒀁𒀀", "𒀀𒀁"), ("Nine 𒀀 ports", "𒀀")])
def test_letters_without_a_glyph_are_named_once_each(typesetter, text, found):
    assert missing(typesetter, text) == tuple(found)


def test_marks_that_nobody_sees_are_not_missed(typesetter):
    assert missing(typesetter, "a\u00a0b\u202fc\u2060d\u200de\u200f\nf\ufe0f葛\U000e0100") == ()


@pytest.mark.parametrize("emoji", ["😀", "🇻🇳", "👍🏽", "👩‍🚀", "👨‍👩‍👧‍👦", "🏳️‍🌈", "1️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "❤️", "☀️", "👩🏽‍💻"])
def test_an_emoji_of_several_characters_is_drawn_as_one(empty_page, emoji):
    page = empty_page()

    assert page.width_of(emoji, page.label) == pytest.approx(page.width_of("😀", page.label), abs=1)
    assert missing(page.type, f"Nine {emoji} ports") == ()


def test_an_emoji_that_would_be_drawn_as_several_is_missed_as_a_whole(typesetter):
    assert missing(typesetter, "Nine 👩‍🌋 ports 😀😀") == ("👩‍🌋",)


def test_a_sign_keeps_the_shape_of_its_type_unless_a_picture_is_asked_for(empty_page):
    page = empty_page()

    assert page.width_of("™", page.label) != pytest.approx(page.width_of("™️", page.label), abs=1)


@pytest.mark.parametrize("tracking", [-0.05, 0.045])
def test_tracking_stands_between_letters_only(empty_page, tracking):
    page = empty_page()
    style = replace(page.label, size=100, tracking=tracking)
    plain = replace(style, tracking=0)

    for text in ("harbour", "in 2015–2025"):
        spread = page.width_of(text, style) - page.width_of(text, plain)
        assert spread == pytest.approx(100 * tracking * len(text), abs=0.5)


@pytest.mark.skipif(not TEXTS.exists(), reason=f"the sample texts are not there: {TEXTS}")
def test_every_sample_language_has_its_letters(typesetter):
    texts = json.loads(TEXTS.read_text(encoding="utf-8"))

    lacking = {tag for tag, text in texts.items() if missing(typesetter, " ".join(text["paragraphs"]), tag)}

    assert len(texts) == 26
    assert lacking == set()


@pytest.mark.parametrize("text", ["2015–2025", "2015-2025", "70 %", "٧٠ ٪", "2.5 %"])
@pytest.mark.parametrize("language", ["en", "fr", "vi", "ar"])
def test_ranges_and_shares_stay_on_one_line(empty_page, text, language):
    page = empty_page(language=language)

    assert page.longest_word(text, page.label) == pytest.approx(page.width_of(text, page.label), abs=0.5)
    assert (
        page.set(text, page.label, page.width_of(text, page.label) / 2).lines
        == page.set("n" * 9, page.label, 900).lines
        or page.longest_word(text, page.label) > page.width_of(text, page.label) / 2
    )


@pytest.mark.parametrize("text", ["bilan :", "Pourquoi ?", "Dix ans !", "port ;"])
def test_a_french_stop_stays_with_its_word(empty_page, text):
    page, other = empty_page(language="fr"), empty_page(language="en")
    last = " ".join(text.split(" ")[-2:])

    assert page.longest_word(text, page.label) == pytest.approx(page.width_of(last, page.label), abs=0.5)
    assert unbroken(text, "en") == text
    assert other.longest_word(text, other.label) <= other.width_of(last, other.label)


def test_french_quotation_marks_stay_with_their_words(empty_page):
    page = empty_page(language="fr")

    assert page.longest_word("« port »", page.label) == pytest.approx(page.width_of("« port »", page.label), abs=0.5)


@given(st.text(alphabet=" 0129–-%٪:;!?»abé", max_size=30), st.sampled_from(["en", "fr", "fr-CA", "ar"]))
def test_joining_changes_no_letter(text, language):
    joined = unbroken(text, language)

    assert joined.replace("\u2060", "").replace("\u00a0", " ").replace("\u202f", " ") == text


@given(st.text(alphabet=" 0129–-%٪:;!?»abé", max_size=30))
def test_joining_twice_changes_nothing_more(text):
    once = unbroken(text, "fr")

    assert unbroken(once, "fr") == once


@pytest.mark.parametrize("language", ["en", "vi", "fr", "ar"])
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_every_line_is_as_high_as_its_style_says_to_half_a_px(empty_page, language, lines):
    page = empty_page(language=language)
    text = "\n".join(["Ậg", "ابج", "nine"][:lines])

    paragraph = page.set(text, page.label, 500)

    assert paragraph.lines == lines
    assert paragraph.size.height == pytest.approx(lines * page.label.size * page.label.leading, abs=lines / 2)


@pytest.mark.parametrize(("language", "text"), [("en", "Nine ports"), ("ar", "تسعة موانئ"), ("vi", "Chín cảng biển")])
def test_ink_stands_where_it_was_measured(empty_page, typesetter, language, text):
    page = empty_page(language=language)
    paragraph = page.set(text, replace(page.label, size=60), 600)
    frame = Frame(Size(640, 120), (Placed(Point(20, 10), paragraph),))

    ink = np.flatnonzero(draw(frame, typesetter)[..., 3].any(axis=0))

    assert len(ink)
    assert ink[0] >= 20 - 6  # a letter may lean a tenth of its size out of its box
    assert ink[-1] <= 20 + typesetter.widest_line(paragraph) + 6


def test_words_of_one_line_are_as_wide_as_the_line(empty_page):
    page = empty_page()

    assert page.width_of("harbour", page.label) == pytest.approx(page.longest_word("harbour", page.label), abs=0.5)
    assert page.width_of("nine harbours", page.label) > page.longest_word("nine harbours", page.label)
