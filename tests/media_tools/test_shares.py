"""One part of one whole: as a ring, as dots, as a bar, and in words."""

import re
from decimal import Decimal
from itertools import combinations, pairwise
from math import atan2, tau

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.blocks.pictogram import Pictogram
from media_tools.blocks.progress import Progress
from media_tools.blocks.share import Share
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Fill, Frame, Paragraph, Path, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.spec.geometry import Box, Size
from media_tools.spec.language import Language
from media_tools.spec.own_words import own_word
from media_tools.spec.share import counted, percentage

WIDTH = 900
LABEL = "missions abroad with an account"


def share(amount, whole, **fields: object) -> Share:
    return Share.model_validate({"amount": amount, "whole": whole, "label": LABEL, **fields})


def pictogram(amount, whole, **fields: object) -> Pictogram:
    return Pictogram.model_validate({"amount": amount, "whole": whole, "label": LABEL, **fields})


def progress(*rows, **fields: object) -> Progress:
    given = [{"label": f"Row {index}", "amount": part, "whole": whole} for index, (part, whole) in enumerate(rows)]
    return Progress.model_validate({"rows": given, **fields})


def laid(block, page: Page, width: float = WIDTH) -> Frame:
    return block.layout(Size(width, block.most(width, page)), page)


def texts(frame: Frame) -> list[str]:
    return [each.item.text for each in walk(frame) if isinstance(each.item, Paragraph)]


def paths(frame: Frame, colour: str) -> list[Path]:
    return [each.item for each in walk(frame) if isinstance(each.item, Path) and each.item.colour == colour]


def dots(frame: Frame, colour: str) -> list[tuple[float, float]]:
    """The left ends of the circles in one colour, column by column."""
    data = "".join(path.data for path in paths(frame, colour))
    return sorted((float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)", data))


@given(st.integers(1, 999), st.integers(1, 1000))
def test_the_ring_is_filled_clockwise_from_twelve_as_far_as_the_share(empty_page, part, whole):
    part = min(part, whole)
    page = empty_page()
    frame = laid(share(part, whole), page)

    (ring,) = paths(frame, page.ground.strong)
    ends = re.findall(r"([\d.]+) ([\d.]+)(?=L)", ring.data)
    x, y = (float(number) - ring.size.width / 2 for number in ends[0])
    turned = atan2(x, -y) / tau % 1

    assert min(abs(turned - part / whole), abs(turned + 1 - part / whole), abs(turned - 1 - part / whole)) < 0.001
    assert ring.data.startswith(f"M{ring.size.width / 2:.2f} 0.00A")


def test_the_ring_turns_clockwise_in_arabic_as_well(empty_page):
    page = empty_page(language="ar")
    frame = laid(share(70, 98), page)

    rings = [each.item for each in walk(mirror(frame)) if isinstance(each.item, Path)]

    assert rings == [each.item for each in walk(frame) if isinstance(each.item, Path)]
    assert "٧١٪" in texts(frame)
    assert "٧٠ من ٩٨" in texts(frame)


def test_nothing_and_everything_are_whole_rings(empty_page):
    page = empty_page()

    none, everything = (laid(share(part, 98), page) for part in (0, 98))

    assert paths(none, page.ground.strong) == []
    assert {"0%", "0 of 98"} <= set(texts(none))
    assert {"100%", "98 of 98"} <= set(texts(everything))


def test_amounts_too_long_for_the_ring_stand_beside_it(empty_page):
    page = empty_page()
    frame = laid(share(123_456_789, 987_654_321), page)

    (ring,) = [each.box for each in walk(frame) if getattr(each.item, "name", "") == "donut"]
    (amounts,) = [each.box for each in walk(frame) if getattr(each.item, "text", "").endswith("987,654,321")]

    assert amounts.x > ring.right


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(70, 98, "71"), (1, 3, "33"), (1, 200, "1"), (1, 1000, "0.1"), (999, 1000, "99.9"), (0, 5, "0"), (5, 5, "100")],
)
def test_a_share_is_never_rounded_to_nothing_or_to_all(part, whole, percent):
    assert percentage(Decimal(part), Decimal(whole)) == Decimal(percent)


@given(st.integers(1, 200), st.data())
def test_there_is_a_dot_a_thing_and_the_filled_ones_come_first_column_by_column(empty_page, whole, data):
    part = data.draw(st.integers(0, whole))
    page = empty_page()
    frame = laid(pictogram(part, whole), page)

    filled, empty = dots(frame, page.ground.strong), dots(frame, page.ground.empty)

    assert (len(filled), len(empty)) == (part, whole - part)
    assert len({*filled, *empty}) == whole
    assert filled + empty == sorted(filled + empty)


@pytest.mark.parametrize(("part", "whole"), [(70, 98), (84, 98), (50, 100), (60, 120), (30, 80)])
@pytest.mark.parametrize("width", [445, 620, 936])
def test_the_filled_dots_are_a_block_where_they_can_be(empty_page, part, whole, width):
    page = empty_page()
    frame = laid(pictogram(part, whole), page, width)

    columns: dict[float, int] = {}
    for x, _ in dots(frame, page.ground.strong):
        columns[x] = columns.get(x, 0) + 1

    assert len(set(columns.values())) == 1


@given(st.integers(1, 200))
def test_dots_are_large_enough_for_a_phone(empty_page, whole):
    page, block = empty_page(), pictogram(0, whole)
    frame = block.layout(Size(WIDTH, block.least(WIDTH, page)), page)

    (path,) = paths(frame, page.ground.empty)
    radius = float(re.search(r"A([\d.]+) ", path.data)[1])

    assert 2 * radius >= 14


def test_dots_fill_from_the_right_in_arabic(empty_page):
    page = empty_page(language="ar")

    drawn = [each.item for each in walk(mirror(laid(pictogram(70, 98), page))) if isinstance(each.item, Path)]

    assert all(path.flipped for path in drawn)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(500, 1000)), min_size=1, max_size=6))
def test_bars_are_as_long_as_their_shares_of_the_width(empty_page, rows):
    page = empty_page()
    frame = laid(progress(*rows), page)

    fills = [each for each in walk(frame) if isinstance(each.item, Fill) and "progress" in each.names]
    grounds = [each.box for each in fills if each.item.paint == page.ground.empty]
    bars = [each.box for each in fills if each.item.paint == page.ground.strong]

    assert [box.width for box in grounds] == [WIDTH] * len(rows)
    assert [box.width for box in bars] == [pytest.approx(WIDTH * part / whole) for part, whole in rows if part]
    assert all(above.bottom < below.y for above, below in pairwise(grounds))


def test_a_bar_s_amounts_stand_at_the_end_over_it(empty_page):
    page = empty_page()
    frame = laid(progress((70, 98)), page)

    (amounts,) = [each.box for each in walk(frame) if getattr(each.item, "text", "") == "70 of 98"]
    (ground,) = [each.box for each in walk(frame) if getattr(each.item, "paint", "") == page.ground.empty]

    assert amounts.right == pytest.approx(ground.right)
    assert amounts.bottom < ground.y


def test_rows_of_progress_are_left_out_from_the_last():
    leaner = progress((1, 2), (3, 4)).leaner()

    assert leaner.what == "row “Row 1”"
    assert leaner.remains == progress((1, 2))


@pytest.mark.parametrize("language", ["en", "vi", "ar"])
@pytest.mark.parametrize("width", [300, 445, 620, 936, 1600])
@pytest.mark.parametrize(
    "block", [share(70, 98), pictogram(70, 98), pictogram(1, 200), progress((9, 12), (4, 1200000))]
)
def test_nothing_overlaps_and_nothing_leaves_the_block(empty_page, language, width, block):
    page = empty_page(language=language)
    try:
        least, most = block.least(width, page), block.most(width, page)
    except DoesNotFit:
        assert width < 445
        return

    for height in (least, (least + most) / 2, most, most + 100):
        frame = block.layout(Size(width, height), page)
        room = Box(0, 0, width, height)
        assert max(room.overhang(found.box) for found in walk(frame)) <= 0.5
        boxes = [each.box for each in walk(frame) if isinstance(each.item, Paragraph)]
        for one, other in combinations(boxes, 2):
            shared = one.overlap(other)
            assert shared is None or min(shared.width, shared.height) <= 0.5


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "70 of 98"), ("vi", "70 trên 98"), ("pt-BR", "70 de 98"), ("hi", "98 में से 70"), ("sv", "70 / 98")],
)
def test_a_part_of_a_whole_is_said_in_the_order_of_the_language(language, words):
    assert str(counted("70", "98", Language(language))) == words


def test_languages_we_do_not_know_have_an_english_source():
    assert own_word("source", "sv") == "Source:"
    assert own_word("source", "vi") == "Nguồn:"


def test_what_they_show_is_said_in_words():
    english = Language("en")

    assert share(70, 98, title="2026").described(english, "latn") == ("2026", f"71% (70 of 98): {LABEL}")
    assert pictogram(70, 98).described(english, "latn") == (f"70 of 98: {LABEL}",)
    assert progress((9, 12)).described(english, "latn") == ("Row 0: 9 of 12",)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (lambda: share(1, 0), "greater_than"),
        (lambda: share(-1, 5), "greater_than_equal"),
        (lambda: share(6, 5), "part is 6 and whole is 5. Give a part that is not more than its whole"),
        (lambda: share(1, 1_000_000), "its share cannot be seen. Show it as a key figure"),
        (lambda: share(1e300, 1e300), "more digits than a page can say"),
        (lambda: pictogram(1, 201), "less_than_equal"),
        (lambda: pictogram(1.5, 20), "int_from_float"),
        (lambda: pictogram(21, 20), "not more than its whole"),
        (lambda: progress((2, 1)), "not more than its whole"),
        (lambda: progress(), "too_short"),
        (lambda: progress(*[(1, 2)] * 7), "too_long"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(block, message):
    with pytest.raises(ValidationError, match=message):
        block()
