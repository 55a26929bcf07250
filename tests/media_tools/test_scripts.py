"""Every language that we promise is set as its readers are used to: its letters, its lines, its side."""

from dataclasses import replace

import numpy as np
import pytest

from media_tools.draw import draw_letters
from media_tools.layout.balance import balanced
from media_tools.layout.breaks import pieces, unbroken
from media_tools.layout.frame import Align, Frame, Paragraph, Placed, TextStyle
from media_tools.layout.page import Page
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language
from tests.declaration import DECLARATION

WIDTH, ROOM = 600, 80
OVERHANG = 0.12  # em by which a letter or a mark may lean out of its box
STACKED = "Ẵng Ậng Ặng\nỄ Ẵ Ổ Ẩ Ệ ựợỵgj\nẨ Ẵ Ỗ Ễ Ẫ"


def page_in(empty_page, tag: str) -> Page:
    language = Language(tag)
    return replace(empty_page(), language=language, right_to_left=language.right_to_left)


def start(page: Page) -> Align:
    return Align.RIGHT if page.right_to_left else Align.LEFT


def ink(page: Page, paragraph: Paragraph) -> np.ndarray:
    """Which px are inked, with ROOM round the paragraph's box."""
    size = Size(paragraph.size.width + 2 * ROOM, paragraph.size.height + 2 * ROOM)
    return draw_letters(Frame(size, (Placed(Point(ROOM, ROOM), paragraph),)), page.type)[..., 3] > 0


def roles(page: Page) -> list[tuple[TextStyle, str]]:
    text = DECLARATION[page.language.tag]
    return [(page.title(3), text["title"]), (page.label, text["text"][:160]), (page.kicker, text["title"])]


def test_the_promised_languages_are_twenty_six():
    assert len(DECLARATION) == 26


@pytest.mark.parametrize("tag", DECLARATION)
def test_no_letter_is_missing(empty_page, tag):
    page = page_in(empty_page, tag)
    text = DECLARATION[tag]

    assert page.type.missing(page.set(f"{text['title']} {text['text']}", page.label, WIDTH)) == ()


@pytest.mark.parametrize("tag", DECLARATION)
def test_the_letters_of_a_word_come_from_one_family(empty_page, tag):
    page = page_in(empty_page, tag)
    covers = page.studio.fonts.covers

    for style in (page.title(5), page.label):
        own = next(family for family in style.families if covers(family, page.language.script.letter))
        strange = {letter for letter in DECLARATION[tag]["text"] if letter.isalpha() and not covers(own, letter)}

        assert {letter for letter in strange if not letter.isascii()} == set()


@pytest.mark.parametrize("tag", DECLARATION)
def test_ink_stays_in_its_box_and_lines_in_their_width(empty_page, tag):
    page = page_in(empty_page, tag)

    for style, text in roles(page):
        paragraph = balanced(page, text, style, WIDTH, start(page))
        rows, columns = np.nonzero(ink(page, paragraph))
        over = ROOM - OVERHANG * style.size

        assert page.type.widest_line(paragraph) <= WIDTH + 0.5
        assert columns.min() >= over
        assert columns.max() <= WIDTH + 2 * ROOM - over
        assert rows.min() >= over
        assert rows.max() <= paragraph.size.height + 2 * ROOM - over


@pytest.mark.parametrize("tag", DECLARATION)
def test_no_line_touches_the_next(empty_page, tag):
    page = page_in(empty_page, tag)
    style = page.title(5)
    text = balanced(page, DECLARATION[tag]["title"], style, 500).text

    assert not _touching(page, text, style)


@pytest.mark.parametrize("step", [4, 8])
def test_vietnamese_marks_touch_no_line_and_leave_no_frame(empty_page, step):
    page = page_in(empty_page, "vi")
    style = page.title(step)

    assert not _touching(page, STACKED, style)
    rows = np.flatnonzero(ink(page, page.set(STACKED, style, 900)).any(axis=1))
    assert rows[0] >= ROOM - 0.05 * style.size


def _touching(page: Page, text: str, style: TextStyle) -> bool:
    """Whether any px is inked by two lines, each drawn alone in its place."""
    lines = text.split("\n")
    alone = [
        ink(page, page.set("\n".join(line if n == shown else " " for n, line in enumerate(lines)), style, 900))
        for shown in range(len(lines))
    ]
    return bool((np.sum(alone, axis=0) > 1).any())


@pytest.mark.parametrize("tag", ["ar", "fa", "ur", "he"])
def test_lines_from_the_right_begin_at_the_right(empty_page, tag):
    page = page_in(empty_page, tag)
    paragraph = balanced(page, DECLARATION[tag]["text"][:160], page.label, WIDTH, Align.RIGHT)

    edges = page.type.inked(paragraph)

    assert len(edges) > 1
    assert all(right >= WIDTH - 0.4 * page.label.size for _, right in edges)


WORDS = {
    "th": ("ปฏิญญา", "สากล", "ว่า", "ด้วย", "สิทธิ", "มนุษยชน"),
    "lo": ("ປະກາດ", "ສາກົນ", "ກ່ຽວກັບ", "ສິດ", "ຂອງ", "ມະນຸດ"),
    "km": ("សេចក្ដី", "ប្រកាស", "ជា", "សកល", "ស្ដី", "ពី", "សិទ្ធិ", "មនុស្ស"),
    "my": ("အပြည်", "ပြည်", "ဆိုင်ရာ", "လူ့", "အခွင့်", "အရေး", "ကြေညာ", "စာတမ်း"),
}


@pytest.mark.parametrize("width", [300, 420, 520, 700])
@pytest.mark.parametrize("tag", WORDS)
def test_lines_of_scripts_without_spaces_end_between_words(empty_page, tag, width):
    page = page_in(empty_page, tag)
    words = WORDS[tag]
    ends = {len("".join(words[:count])) for count in range(1, len(words))}

    lines = balanced(page, DECLARATION[tag]["title"], page.title(2), width).text.replace(" ", "").split("\n")

    assert {len("".join(lines[:count])) for count in range(1, len(lines))} <= ends


@pytest.mark.parametrize("tag", ["th", "lo", "km", "my"])
@pytest.mark.parametrize("align", [Align.CENTRE, Align.RIGHT])
def test_scripts_without_spaces_stand_where_they_are_told(empty_page, tag, align):
    page = page_in(empty_page, tag)

    paragraph = balanced(page, DECLARATION[tag]["title"], page.title(3), 420, align)

    assert paragraph.size.width == 420


@pytest.mark.parametrize(
    ("tag", "text", "whole"),
    [
        ("ko", "모든 인간은 태어날 때부터 자유로우며", "자유로우며"),
        ("ko", "2025년 SNS에(前文) 과학", "SNS에(前文)"),
        ("ja", "ファッションショー", "ショー"),
    ],
)
def test_east_asian_lines_do_not_end_there(empty_page, tag, text, whole):
    page = page_in(empty_page, tag)

    assert page.longest_word(text, page.label) == pytest.approx(page.width_of(whole, page.label), abs=1)


@pytest.mark.parametrize(
    ("tag", "text", "whole"),
    [
        ("ja", "約10,000人の方々に", "10,000人"),
        ("ja", "第3回の船舶に", "第3回"),
        ("zh-Hans", "共1.5亿人次参加", "1.5亿人"),
        ("en", "in 2015–2025 again", "2015–2025"),
    ],
)
def test_a_number_stays_with_its_counter(empty_page, tag, text, whole):
    page = page_in(empty_page, tag)
    width = page.width_of(whole, page.label)

    edges = page.type.inked(page.set(text, page.label, width + 3))

    assert any(right - left == pytest.approx(width, abs=0.25 * page.label.size) for left, right in edges)


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant", "ja"])
@pytest.mark.parametrize("width", [150, 333, 500])
def test_no_character_stands_alone_on_the_last_line(empty_page, tag, width):
    page = page_in(empty_page, tag)
    text = DECLARATION[tag]["text"]

    for end in range(20, 32):
        lines = balanced(page, text[:end], page.label, width).text.split("\n")

        assert len(lines) == 1 or len(lines[-1]) > 1
        assert not any(line[0] in "、。，；っょー」）" for line in lines)


@pytest.mark.parametrize(
    ("tag", "family"),
    [
        ("zh-Hans", "Noto Sans CJK SC"), ("zh", "Noto Sans CJK SC"), ("zh-Hant", "Noto Sans CJK TC"),
        ("zh-TW", "Noto Sans CJK TC"), ("zh-HK", "Noto Sans CJK HK"), ("ja", "Noto Sans CJK JP"),
        ("ko", "Noto Sans CJK KR"),
    ],
)  # fmt: skip
def test_ideographs_have_the_shapes_of_their_language(empty_page, tag, family):
    page = page_in(empty_page, tag)

    assert next(name for name in page.label.families if page.studio.fonts.covers(name, "骨")) == family


def test_the_same_ideograph_is_drawn_differently_in_four_languages(empty_page):
    drawn = []
    for tag in ("zh-Hans", "zh-Hant", "ja", "ko"):
        page = page_in(empty_page, tag)
        drawn.append(ink(page, page.set("骨直", replace(page.label, size=80), 300)).tobytes())

    assert len(set(drawn)) >= 3


@pytest.mark.parametrize("tag", DECLARATION)
def test_titles_are_bolder_than_text(empty_page, tag):
    page = page_in(empty_page, tag)
    text = DECLARATION[tag]["title"][:12]
    bold = replace(page.title(3), size=60, tracking=0)

    inked = [ink(page, page.set(text, replace(bold, weight=weight), 900)).sum() for weight in (400, bold.weight)]

    assert inked[1] > inked[0]


@pytest.mark.parametrize("tag", DECLARATION)
def test_pieces_make_up_the_text(tag):
    text = DECLARATION[tag]["text"]

    assert "".join(part.text + part.space for part in pieces(text, Language(tag))) == text


@pytest.mark.parametrize("tag", DECLARATION)
def test_what_is_joined_stays_joined(tag):
    once = unbroken(DECLARATION[tag]["text"], tag)

    assert unbroken(once, tag) == once


@pytest.mark.parametrize(
    ("tag", "text", "parts"),
    [
        (
            "en",
            "Nine ports within 10 km, No. 5 for € 50",
            ["Nine", "ports", "within", "10 km,", "No. 5", "for", "€ 50"],
        ),
        ("fr", "Pourquoi ? « Dix ans » : 5 %", ["Pourquoi ?", "« Dix", "ans » :", "5 %"]),
        ("ru", "Мы в доме у моря № 5", ["Мы", "в доме", "у моря", "№ 5"]),
        ("pl", "Port w Gdyni i z nami", ["Port", "w Gdyni", "i z nami"]),
        ("de", "Mehr als 10 000 Fischer", ["Mehr", "als", "10 000", "Fischer"]),
    ],
)
def test_numbers_and_little_words_stay_with_what_they_belong_to(tag, text, parts):
    assert [part.text for part in pieces(text, Language(tag))] == parts


def test_mixed_directions_keep_their_order(empty_page):
    page = page_in(empty_page, "ar")
    style = replace(page.label, size=60)
    alone = page.width_of("Facebook", style)

    left = np.flatnonzero(ink(page, page.set("موقع Facebook", style, 900, Align.RIGHT)).any(axis=0))[0] - ROOM

    assert left == pytest.approx(900 - page.width_of("موقع Facebook", style), abs=8)
    assert alone < page.width_of("موقع Facebook", style)
    assert page.set("موقع Facebook", style, 900).lines == 1
