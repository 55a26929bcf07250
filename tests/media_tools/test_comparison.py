from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.blocks.comparison import Comparison
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Fill, Found, Frame, Paragraph, Path, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.spec.colour import READABLE, contrast
from media_tools.spec.geometry import Box, Size

WIDTHS = (420, 583, 935, 2000)
PLACEMENTS = ("instagram.feed_portrait", "x.post", "print.a4")
SLACK = 0.5  # px: what blocks themselves allow
VALUES = st.integers(0, 5_000_000)
ROWS = (
    {"before": "Calls went to one office, on weekdays only.", "after": "Nine ports answer at every hour."},
    {"before": "A boat left.", "after": "A boat leaves within eight minutes of the call, at every hour of the year."},
)


def heights(old, new, **fields: object) -> Comparison:
    label = {"label": "calls answered"}
    figures = {"before_figure": {"value": old, **label}, "after_figure": {"value": new, **label}}
    return Comparison.model_validate({"before": "2019", "after": "2026", **figures, **fields})


def sentences(*rows: dict[str, str], **fields: object) -> Comparison:
    return Comparison.model_validate({"before": "2019", "after": "2026", "rows": rows or ROWS, **fields})


def laid(block: Comparison, page: Page, width: float = 935, share: float = 1) -> Frame:
    least, most = block.least(width, page), block.most(width, page)
    return block.layout(Size(width, least + share * (most - least)), page)


def columns_of(frame: Frame) -> list[list[Found]]:
    """What is in each of the two blocks, the older first."""
    columns: list[list[Found]] = []
    for found in walk(frame):
        if isinstance(found.item, Frame) and found.item.name == "level":
            columns.append([found])
        elif "level" in found.names:
            columns[-1].append(found)
    return columns


def shapes_of(frame: Frame, page: Page) -> list[Box]:
    """The two blocks, 0 px high where there is none."""
    boxes = []
    for whole, *inner in columns_of(frame):
        shape = next(found for found in inner if isinstance(found.item, Fill))
        nothing = Box(whole.box.x, whole.box.bottom, whole.box.width, 0)
        boxes.append(nothing if shape.item.paint == page.ground.line else shape.box)
    return boxes


def texts_of(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Paragraph)]


def meet(one: Box, other: Box) -> bool:
    shared = one.overlap(other)
    return shared is not None and min(shared.width, shared.height) > SLACK


@given(VALUES, VALUES, st.floats(0, 1))
def test_heights_are_as_their_values_and_widths_are_equal(empty_page, before, after, share):
    page = empty_page()

    older, newer = shapes_of(laid(heights(before, after), page, share=share), page)

    assert older.width == newer.width
    assert older.bottom == pytest.approx(newer.bottom)
    tallest, most = max(older.height, newer.height), max(before, after)
    for box, value in ((older, before), (newer, after)):
        assert abs(box.height - (tallest * value / most if most else 0)) < 0.01


@given(*[st.integers(0, 99_999)] * 2, st.floats(0, 1), st.sampled_from(WIDTHS), st.sampled_from(["en", "vi", "ar"]))
def test_no_words_overlap_or_straddle_the_edge_of_a_block(empty_page, before, after, share, width, language):
    page = empty_page(language=language)
    frame = laid(heights(before, after), page, width, share)

    texts = [found.box for found in texts_of(frame)]
    assert not any(meet(one, other) for one, other in combinations(texts, 2))
    for text in texts:
        assert Box.of(frame.size).overhang(text) <= SLACK
        for shape in shapes_of(frame, page):
            assert not meet(text, shape) or shape.overhang(text) <= SLACK


@given(VALUES, VALUES, st.floats(0, 1))
def test_the_older_level_crosses_the_newer_block_and_no_words(empty_page, before, after, share):
    page = empty_page()
    frame = laid(heights(before, after), page, share=share)
    older, _ = shapes_of(frame, page)

    for line in (found for found in walk(frame) if isinstance(found.item, Path)):
        assert line.box.y == pytest.approx(older.y)
        assert line.box.x > older.right
        assert not any(meet(line.box, text.box) for text in texts_of(frame))


@pytest.mark.parametrize(
    ("before", "after", "crossed"), [(26, 91, True), (91, 26, True), (50, 50, False), (0, 9, False)]
)
def test_only_another_level_above_nothing_is_drawn_across(empty_page, before, after, crossed):
    frame = laid(heights(before, after), empty_page())

    assert any(isinstance(found.item, Path) for found in walk(frame)) is crossed


@pytest.mark.parametrize(("before", "after"), [(26, 91), (91, 26), (0, 5), (5, 0), (0, 0), (7, 7)])
@pytest.mark.parametrize("placement", PLACEMENTS)
def test_words_read_on_what_they_stand_on(empty_page, placement, before, after):
    page = empty_page(placement)
    frame = laid(heights(before, after), page)

    fills = [found for found in walk(frame) if isinstance(found.item, Fill)]
    for text in texts_of(frame):
        under = [fill.item.paint for fill in fills if fill.box.overhang(text.box) <= SLACK]
        ground = under[-1] if under else page.ground.colour
        assert min(contrast(run.style.colour, ground) for run in text.item.runs) >= READABLE


def test_both_amounts_are_of_one_size_and_written_in_the_language_s_digits(empty_page):
    page = empty_page(language="ar")

    texts = [found.item for found in texts_of(laid(heights(48000, 91500), page))]

    amounts = [text for text in texts if text.text in ("٤٨٬٠٠٠", "٩١٬٥٠٠")]
    assert len(amounts) == 2
    assert len({text.runs[0].style.size for text in amounts}) == 1


def test_what_both_count_is_said_once_and_what_they_count_apart_twice(empty_page):
    page = empty_page()
    apart = Comparison.model_validate(
        heights(3, 4).model_dump() | {"after_figure": {"value": 4, "label": "calls answered", "as_of": "May 2026"}}
    )

    together, each = ([found.item.text for found in texts_of(laid(block, page))] for block in (heights(3, 4), apart))

    assert together.count("calls answered") == 1
    assert [text.replace("\n", " ") for text in each if "calls" in text] == [
        "calls answered",
        "calls answered (May 2026)",
    ]


def test_in_arabic_the_older_block_stands_at_the_right(empty_page):
    page = empty_page(language="ar")

    older, newer = shapes_of(mirror(laid(heights(2, 3), page)), page)

    assert older.x > newer.right


@pytest.mark.parametrize("language", ["en", "vi", "ar"])
@pytest.mark.parametrize(("placement", "share"), list(product(PLACEMENTS, (0.45, 0.56, 1))))
def test_sentences_of_a_row_start_on_one_line_and_never_overlap(empty_page, placement, share, language):
    page = empty_page(placement, language)
    width = share * page.box.width

    for height in (0, 0.5, 1):
        frame = laid(sentences(), page, width, height)
        texts = texts_of(frame)
        assert not any(meet(one.box, other.box) for one, other in combinations(texts, 2))
        assert all(Box.of(frame.size).overhang(found.box) <= SLACK for found in texts)
        for before, after in zip(texts[::2], texts[1::2], strict=True):
            assert before.box.y == after.box.y
            assert before.item.runs[0].style.size == after.item.runs[0].style.size


def test_sentences_of_a_row_take_as_many_lines_as_each_other_where_they_can(empty_page):
    texts = [found.item for found in texts_of(laid(sentences(), empty_page()))]

    lines = [text.lines for text in texts]

    assert lines[2] == lines[3] == 2
    assert (lines[4], lines[5]) == (1, 4)


def test_before_is_muted_and_after_is_in_ink(empty_page):
    page = empty_page()

    colours = [found.item.runs[0].style.colour for found in texts_of(laid(sentences(), page))]

    assert set(colours[::2]) == {page.ground.quiet}
    assert set(colours[1::2]) == {page.ground.text}


@pytest.mark.parametrize("width", [583, 935, 2000])
def test_sentences_stand_under_the_blocks_they_belong_to(empty_page, width):
    page = empty_page()
    frame = laid(heights(26, 91, rows=ROWS[:1]), page, width)

    before, after = texts_of(frame)[-2:]

    for text, shape in zip((before, after), shapes_of(frame, page), strict=True):
        assert text.box.x == pytest.approx(shape.x)
        assert text.box.y > shape.bottom


def test_rows_go_from_the_last_and_the_heights_go_last():
    def gone(block: Comparison | None) -> list[str]:
        names = []
        while block is not None:
            leaner = block.leaner()
            names.append(leaner.what)
            block = leaner.remains
        return names

    last, first = (f"row “{row['after']}”" for row in reversed(ROWS))
    assert gone(sentences()) == [last, "comparison"]
    assert gone(heights(1, 2, rows=ROWS)) == [last, first, "comparison"]


def test_figures_ask_for_sources_and_sentences_do_not():
    sourced = {"value": 4, "label": "calls answered", "source": "Harbour Office"}

    assert heights(3, 4).needs_source()
    assert not heights(3, 4).fully_sourced()
    assert not heights(3, 4, after_figure=sourced).fully_sourced()
    assert heights(3, 4, after_figure=sourced, before_figure=sourced).fully_sourced()
    assert heights(3, 4, source="Harbour Office").fully_sourced()
    assert not sentences().needs_source()


def test_a_comparison_is_told_time_by_time(empty_page):
    assert heights(3, 4, rows=ROWS[:1]).described(empty_page().language, "latn") == (
        "2019: 3: calls answered",
        "2026: 4: calls answered",
        "2019: Calls went to one office, on weekdays only. 2026: Nine ports answer at every hour.",
    )


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "Give both figures, or rows"),
        ({"before_figure": {"value": 3, "label": "calls"}}, "one figure alone compares nothing"),
        (
            {"before_figure": {"value": -3, "label": "calls"}, "after_figure": {"value": 3, "label": "calls"}},
            "Give amounts of zero or more",
        ),
        (
            {
                "before_figure": {"value": 3, "unit": "km", "label": "roads"},
                "after_figure": {"value": 3, "unit": "miles", "label": "roads"},
            },
            "Give both in the same unit",
        ),
        (
            {
                "before_figure": {"value": 3, "notation": "percent", "label": "calls"},
                "after_figure": {"value": 3, "label": "calls"},
            },
            "Give both in the same unit",
        ),
        ({"before_figure": {"value": "1e300", "label": "calls"}}, "is not a number"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_remedy(fields, why):
    with pytest.raises(ValidationError, match=why):
        Comparison.model_validate({"before": "2019", "after": "2026", **fields})


@pytest.mark.parametrize(
    "block",
    [
        sentences({"before": "Seenotrettungsleitstellenbereitschaftsdienste", "after": "Now"}),
        heights(3, 4, after="Seenotrettungsleitstellenbereitschaft"),
    ],
    ids=["sentence", "heading"],
)
def test_a_word_wider_than_its_column_says_how_many_px_it_needs(empty_page, block):
    with pytest.raises(DoesNotFit) as refusal:
        block.least(420, empty_page())

    assert 420 < refusal.value.needed < 2500
    with pytest.raises(DoesNotFit):
        block.least(refusal.value.needed - 20, empty_page())
    assert block.least(refusal.value.needed + 20, empty_page()) > 0


def test_where_words_are_wider_than_a_column_the_past_stands_over_the_present(empty_page):
    page = empty_page()
    long = {"before": "Telecommunications interference", "after": "Uninterrupted intercommunication"}

    past, was, present, now = texts_of(laid(sentences(long), page, 380))

    assert [found.item.text.replace("\n", " ") for found in (past, was, present, now)] == [
        "2019",
        long["before"],
        "2026",
        long["after"],
    ]
    assert past.box.bottom < was.box.y < was.box.bottom < present.box.y < present.box.bottom < now.box.y
    assert {found.box.x for found in (past, was, present, now)} == {0}
