from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.blocks.column_chart import ColumnChart
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Fill, Found, Frame, Paragraph, dump, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.spec.geometry import Box, Size
from media_tools.spec.language import Language

WIDTH = 900
COLUMNS = ("first", "second", "third", "fourth")
VALUES = st.lists(st.integers(-900, 900), min_size=2, max_size=12)
PARTS = st.lists(st.tuples(*[st.integers(0, 300)] * 3), min_size=2, max_size=8)
NAMES = {"first": "Ferries", "second": "Fishing boats", "third": "Pleasure craft"}


def chart(*series, labels=None, **fields: object) -> ColumnChart:
    rows = [
        {"label": labels[index] if labels else str(2010 + index)}
        | {column: value for column, value in zip(COLUMNS, values, strict=False) if value is not None}
        for index, values in enumerate(zip(*series, strict=True))
    ]
    return ColumnChart.model_validate({"rows": rows, **fields})


def stacks(parts, **fields: object) -> ColumnChart:
    return chart(*zip(*parts, strict=True), form="stacked", **NAMES, **fields)


def laid(block: ColumnChart, page: Page, width: float = WIDTH) -> Frame:
    return block.layout(Size(width, block.most(width, page)), page)


def groups(frame: Frame) -> list[list[Found]]:
    """What is in each column or stack, from the start."""
    found: list[list[Found]] = []
    for each in walk(frame):
        if isinstance(each.item, Frame) and each.item.name == "column":
            found.append([])
        elif "column" in each.names:
            found[-1].append(each)
    return found


def shapes(group: list[Found]) -> list[Found]:
    return [each for each in group if isinstance(each.item, Fill)]


def texts(frame: Frame) -> list[Found]:
    return [each for each in walk(frame) if isinstance(each.item, Paragraph)]


def words(frame: Frame) -> list[str]:
    return [each.item.text.replace("\n", " ") for each in texts(frame)]


def baseline(frame: Frame, page: Page) -> Box:
    (line,) = [
        found.box
        for found in walk(frame)
        if isinstance(found.item, Fill) and found.item.paint == page.ground.text and "column" not in found.names
    ]
    return line


def length(group: list[Found]) -> float:
    return sum(each.box.height for each in shapes(group))


@given(VALUES)
def test_columns_are_as_long_as_their_amounts_from_zero(empty_page, values):
    page = empty_page()
    frame = laid(chart(values), page)
    line = baseline(frame, page)

    longest = max(map(length, groups(frame)))
    for group, value in zip(groups(frame), values, strict=True):
        assert length(group) == pytest.approx(longest * abs(value) / (max(map(abs, values)) or 1), abs=1.5)
        for shape in shapes(group):
            assert (shape.box.bottom == pytest.approx(line.y)) is (value > 0)
            assert (shape.box.y == pytest.approx(line.bottom)) is (value < 0)


@given(VALUES)
def test_columns_are_equally_wide_and_stand_apart(empty_page, values):
    boxes = [each.box for group in groups(laid(chart(values), empty_page())) for each in shapes(group)]

    assert len({box.width for box in boxes}) <= 1
    assert all(one.right < other.x for one, other in pairwise(boxes))


@given(VALUES)
def test_each_amount_stands_past_the_end_of_its_column(empty_page, values):
    for group, value in zip(groups(laid(chart(values), empty_page())), values, strict=True):
        (amount,) = [each for each in group if isinstance(each.item, Paragraph)]
        assert amount.item.text == str(value).replace("-", "\u2212")
        for shape in shapes(group):
            assert amount.box.bottom < shape.box.y if value > 0 else amount.box.y > shape.box.bottom
            assert abs(amount.box.x + amount.box.right - shape.box.x - shape.box.right) <= 2


def test_nothing_gets_its_amount_and_no_shape(empty_page):
    frame = laid(chart([12, 0, 7]), empty_page())

    assert [len(shapes(group)) for group in groups(frame)] == [1, 0, 1]
    assert "0" in words(frame)


def test_a_missing_amount_leaves_its_slot_empty_and_is_said(empty_page):
    missing, whole = (laid(chart([12, value, 7], missing="No count in 2011."), empty_page()) for value in (None, 9))

    assert len(groups(missing)) == 2
    ends = [[group[0].box.x for group in groups(frame)] for frame in (missing, whole)]
    assert ends[0] == [ends[1][0], ends[1][2]]
    assert {"2011", "No count in 2011."} <= set(words(missing))
    assert "No count in 2011." not in words(whole)


@given(VALUES)
def test_two_series_share_one_scale_and_stand_side_by_side(empty_page, values):
    page = empty_page()
    frame = laid(chart(values, values[::-1], first="Ours", second="Others"), page)

    pairs = list(zip(groups(frame)[::2], groups(frame)[1::2], strict=True))
    longest = max(map(length, groups(frame)))
    for (one, other), amounts in zip(pairs, zip(values, values[::-1], strict=True), strict=True):
        for group, amount in zip((one, other), amounts, strict=True):
            assert length(group) == pytest.approx(longest * abs(amount) / (max(map(abs, values)) or 1), abs=1.5)
        assert all(a.box.right <= b.box.x for a in shapes(one) for b in shapes(other))


@pytest.mark.parametrize(("names", "strong"), [(("Ours", "Others"), 0), (("2019", "2025"), 1)])
def test_the_brand_s_colour_is_the_first_series_or_the_later_time(empty_page, names, strong):
    page = empty_page()
    frame = laid(chart([30, 20], [10, 40], first=names[0], second=names[1]), page)

    paints = [shapes(group)[0].item.paint for group in groups(frame)[:2]]

    assert paints[strong] == page.ground.strong
    assert paints[0] != paints[1]


@given(PARTS)
def test_parts_of_a_stack_stand_on_one_another_and_add_up(empty_page, parts):
    page = empty_page()
    frame = laid(stacks(parts), page)
    line, most = baseline(frame, page), max(map(sum, parts))

    tallest = max(length(group) + 2 * len(shapes(group)) for group in groups(frame))
    for group, values in zip(groups(frame), parts, strict=True):
        drawn = shapes(group)
        total = line.y - min((each.box.y for each in drawn), default=line.y)
        assert total == pytest.approx(tallest * sum(values) / (most or 1), abs=8)
        assert all(upper.box.bottom <= lower.box.y + 0.01 for lower, upper in pairwise(drawn))
        assert group[0].item.text == f"{sum(values):,}"


def test_a_stack_s_parts_are_as_high_as_their_amounts(empty_page):
    frame = laid(stacks([(100, 50, 50), (50, 100, 200)]), empty_page())

    heights = [[each.box.height for each in shapes(group)] for group in groups(frame)]
    unit = heights[1][2] + 2

    assert heights[1] == pytest.approx([unit / 4, unit / 2 - 2, unit - 2], abs=1.5)
    assert heights[0] == pytest.approx([unit / 2, unit / 4 - 2, unit / 4 - 2], abs=1.5)


def test_the_parts_are_named_beside_the_last_stack_without_a_key(empty_page):
    frame = laid(stacks([(100, 50, 50), (50, 100, 200)]), empty_page())

    last = groups(frame)[-1]
    for name, shape in zip(NAMES.values(), shapes(last), strict=True):
        (label,) = [each for each in texts(frame) if each.item.text == name]
        assert label.box.x > shape.box.right
        assert label.box.y < shape.box.bottom
        assert shape.box.y < label.box.bottom
    assert not [each for each in walk(frame) if getattr(each.item, "name", "") == "key"]


@pytest.mark.parametrize("highlight", [None, 0, 2])
def test_the_highlighted_row_alone_wears_the_accent(empty_page, highlight):
    page = empty_page()
    frame = laid(chart([30, 20, 10], highlight=highlight), page)

    accented = [shapes(group)[0].item.paint == page.ground.accent for group in groups(frame)]

    assert accented == [index == highlight for index in range(3)]


def test_of_years_that_do_not_fit_every_second_is_dropped_and_the_highlighted_one_stays(empty_page):
    frame = laid(chart(range(10, 22), highlight=2), empty_page(), 420)

    shown = [word for word in words(frame) if len(word) == 4]

    assert "2012" in shown
    assert 2 < len(shown) < 12
    assert len({int(later) - int(earlier) for earlier, later in pairwise(shown)}) == 1


def test_names_of_months_may_be_dropped_and_names_of_places_never(empty_page):
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    places = ["Northern coast", "Estuary", "Archipelago", "Outer bay", "Delta", "Islands"]

    fewer = laid(chart(range(10, 22), labels=months), empty_page(), 420)
    bars = laid(chart(range(10, 16), labels=places), empty_page(), 420)

    assert 2 < len(set(months) & set(words(fewer))) < 12
    assert set(places) <= set(words(bars))
    assert any(getattr(each.item, "name", "") == "bars" for each in walk(bars))


def test_amounts_too_wide_for_their_columns_are_read_from_round_lines(empty_page):
    page = empty_page()
    frame = laid(chart([1_000_000 * value + 1 for value in range(10, 22)]), page, 500)

    assert all(len(group) == 1 for group in groups(frame))
    assert {"10 million", "20 million"} <= {word.replace("\u00a0", " ") for word in words(frame)}


@pytest.mark.parametrize("language", ["en", "vi", "ar"])
@pytest.mark.parametrize("width", [300, 445, 620, 936, 1600])
@pytest.mark.parametrize("name", ["plain", "grouped", "stacked", "negative", "huge"])
def test_nothing_overlaps_and_nothing_leaves_the_block(empty_page, language, width, name):
    block = {
        "plain": chart([3, 141, 59, 26], title="Calls in each year", highlight=1),
        "grouped": chart([3, 141, None], [59, 26, 5], first="2019", second="2025", missing="No count."),
        "stacked": stacks([(3, 141, 59), (26, 5, 0), (1, 1, 1)]),
        "negative": chart([-3, -141, -59]),
        "huge": chart([999_999_999_999_999, 1, -999_999_999_999_999]),
    }[name]
    page = empty_page(language=language)
    try:
        least, most = block.least(width, page), block.most(width, page)
    except DoesNotFit:
        assert width < 620
        return

    for height in (least, (least + most) / 2, most, most + 100):
        frame = block.layout(Size(width, height), page)
        room = Box(0, 0, width, height)
        assert max(room.overhang(found.box) for found in walk(frame)) <= 0.5
        boxes = [each.box for each in texts(frame)]
        for one, other in combinations(boxes, 2):
            shared = one.overlap(other)
            assert shared is None or min(shared.width, shared.height) <= 0.5


def test_columns_run_from_the_right_in_arabic(empty_page):
    page = empty_page(language="ar")
    frame = mirror(laid(chart([30, 20, 10]), page))

    starts = [shapes(group)[0].box.right for group in groups(frame)]

    assert starts == sorted(starts, reverse=True)
    assert starts[0] == pytest.approx(WIDTH, abs=1)
    assert [word for word in words(frame) if not word.startswith("20")] == ["٣٠", "٢٠", "١٠"]


def test_a_small_chart_in_full(empty_page):
    page = empty_page()
    block = chart([4, -2], labels=["2024", "2025"], title="Change")

    assert dump(block.layout(Size(400, block.least(400, page)), page)) == "\n".join(
        [
            "0,0 frame 400x281 column_chart",
            "  0,0 frame 400x73 heading",
            "    0,0 fill 400x2 #C4C5C0",
            "    0,15 text 400x38 'Change' 29px 600 #14252D left",
            "  0,73 frame 400x208 columns",
            "    0,0 frame 161x100 column",
            "      0,35 fill 161x65 #0F4C5C",
            "      72,0 text 17x32 '4' 24px 600 #0F4C5C centre",
            "    239,103 frame 161x67 column",
            "      0,0 fill 161x32 #0F4C5C",
            "      65,35 text 31x32 '−2' 24px 600 #0F4C5C centre",
            "    0,100 fill 400x3 #14252D",
            "    50,176 text 61x32 '2024' 24px 400 #58676D centre",
            "    289,176 text 61x32 '2025' 24px 400 #58676D centre",
        ]
    )


def test_what_it_shows_is_said_in_words():
    block = chart([12, None], [3, 4], labels=["2024", "2025"], first="Calls", second="Rescues", missing="No count.")

    assert block.described(Language("en"), "latn") == ("2024: Calls 12, Rescues 3", "2025: Rescues 4", "No count.")


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (lambda: chart([1]), "too_short"),
        (lambda: chart([1] * 13), "too_long"),
        (lambda: chart([None, None]), "rows has no amounts"),
        (lambda: chart([1, None]), "nothing says why. Write it in missing"),
        (lambda: chart([1, 2], [3, 4]), "not each has a name. Name every series"),
        (lambda: chart([1, 2], [None, None], [3, 4], **NAMES), "leaves the second series empty"),
        (lambda: chart([1, 2], [3, 4], first="One", second="One"), "same name"),
        (lambda: chart([1, 2], [3, 4], [5, 6], **NAMES), "3 series cannot stand side by side. Choose stacked"),
        (lambda: chart([1, 2], highlight=2), "highlight is 2. Give the number of a row, 0 to 1"),
        (lambda: chart([1, 2], [3, 4], highlight=0, **NAMES), "highlight is for a single series"),
        (lambda: stacks([(1, 2, 3), (1, -2, 3)]), "negative part"),
        (lambda: stacks([(1, 2, 3), (1, None, 3)], missing="No count."), "its whole is unknown"),
        (lambda: chart([1, 1e300]), "more digits than a page can say"),
        (lambda: chart([1, "many"]), "is not a number"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(block, message):
    with pytest.raises(ValidationError, match=message):
        block()


def test_names_stand_beside_the_last_stack_and_over_all_of_them_where_the_chart_is_too_low_for_that(empty_page):
    long = {column: f"{name} that called the coast" for column, name in NAMES.items()}
    block = chart(*zip((3, 141, 59), (26, 5, 7), strict=True), form="stacked", **(NAMES | long))
    page = empty_page()
    least = block.least(WIDTH, page)

    def named(height: float) -> list[Box]:
        frame = block.layout(Size(WIDTH, height), page)
        return [found.box for found in texts(frame) if "that called" in found.item.text.replace("\n", " ")]

    low, high = named(least), named(block.most(WIDTH, page))

    assert len(low) == len(high) == 3
    assert all(box.x > WIDTH / 2 for box in high)
    assert min(box.x for box in low) < WIDTH / 4
