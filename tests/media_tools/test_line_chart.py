import re
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.blocks.line_chart import LineChart
from media_tools.charts.axis import round_amounts, tint
from media_tools.charts.series import spread
from media_tools.charts.times import shares
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Found, Frame, Paragraph, Path, dump, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Meaning, Page
from media_tools.spec.geometry import Box, Point, Size
from media_tools.spec.language import Language

WIDTH = 900
COLUMNS = ("first", "second", "third", "fourth")
NAMES = {"first": "Ferries", "second": "Fishing boats", "third": "Pleasure craft", "fourth": "Other vessels"}
VALUES = st.lists(st.integers(-5000, 5000), min_size=2, max_size=20)
AMOUNTS = st.decimals(-999_999_999, 999_999_999, places=2)


def chart(*series, labels=None, **fields: object) -> LineChart:
    rows = [
        {"label": labels[index] if labels else str(2000 + index)}
        | {column: value for column, value in zip(COLUMNS, values, strict=False) if value is not None}
        for index, values in enumerate(zip(*series, strict=True))
    ]
    return LineChart.model_validate({"rows": rows, **fields})


def laid(block: LineChart, page: Page, width: float = WIDTH) -> Frame:
    return block.layout(Size(width, block.most(width, page)), page)


def pieces(frame: Frame) -> list[list[Point]]:
    """The points of each line of the chart, in drawing order; a broken line comes in several."""
    paths = [found for found in walk(frame) if isinstance(found.item, Path) and " " in found.item.data]
    strokes = [found for found in paths if found.item.stroke and found.item.stroke > 4]
    return [points_of(found) for found in strokes]


def points_of(found: Found) -> list[Point]:
    numbers = [Point(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", found.item.data)]
    return [numbers[0], *numbers[1::2]]


def texts(frame: Frame) -> list[Found]:
    return [each for each in walk(frame) if isinstance(each.item, Paragraph)]


def words(frame: Frame) -> list[str]:
    return [each.item.text.replace("\n", " ") for each in texts(frame)]


@given(VALUES)
def test_a_line_s_points_are_as_high_as_their_amounts(empty_page, values):
    assume(len(set(values)) > 1)
    (points,) = pieces(laid(chart(values), empty_page()))

    low, high = min(values), max(values)
    bottom, top = points[values.index(low)].y, points[values.index(high)].y
    assert len(points) == len(values)
    for point, value in zip(points, values, strict=True):
        assert point.y == pytest.approx(bottom + (top - bottom) * (value - low) / (high - low), abs=0.1)


@given(st.lists(st.integers(1900, 2100), min_size=2, max_size=20, unique=True).map(sorted))
def test_years_stand_where_they_belong_in_time(empty_page, years):
    (points,) = pieces(laid(chart(range(len(years)), labels=[str(year) for year in years]), empty_page()))

    unit = (points[-1].x - points[0].x) / (years[-1] - years[0])
    for point, year in zip(points, years, strict=True):
        assert point.x == pytest.approx(points[0].x + unit * (year - years[0]), abs=0.1)


@pytest.mark.parametrize("labels", [("Jan", "Feb", "Mar"), ("2020", "2019", "2025"), ("2020", "2020", "2021")])
def test_what_are_no_years_in_order_stands_evenly(labels):
    assert shares(labels) == (0, 0.5, 1)


def test_years_may_be_written_in_arabic_digits():
    assert shares(("٢٠٠٠", "٢٠٠٥", "٢٠٢٠")) == (0, 0.25, 1)


def test_a_missing_amount_breaks_the_line_and_is_said(empty_page):
    frame = laid(chart([1, 2, None, 4, 5, 6], missing="No count in 2002."), empty_page())

    assert [len(piece) for piece in pieces(frame)] == [2, 3]
    assert "No count in 2002." in words(frame)


def test_a_line_that_ends_early_says_when(empty_page):
    frame = laid(chart([1, 2, 3], [5, 4, None], missing="No count.", **NAMES), empty_page())

    assert "4 Fishing boats (2001)" in words(frame)
    assert "3 Ferries" in words(frame)


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=20), st.sampled_from([1, -1]))
def test_the_axis_shows_zero_unless_words_say_that_it_does_not(empty_page, values, sign):
    values = [sign * value for value in values]
    whole, cut = (laid(chart(values, cut=words), empty_page()) for words in ("", "The axis starts higher."))

    assert "The axis starts higher." in words(cut)
    assert height_of_area(whole, empty_page()) > 0
    (points,) = pieces(whole)
    values = [abs(value) for value in values]
    if len(set(values)) > 1:
        zero = area_foot(whole, empty_page())
        one, other = (abs(points[values.index(pick(values))].y - zero) for pick in (min, max))
        assert one / other == pytest.approx(min(values) / max(values), abs=0.02)


def areas(frame: Frame, page: Page) -> list[Path]:
    paint = tint(page.ground.strong, page)
    return [each.item for each in walk(frame) if isinstance(each.item, Path) and each.item.colour == paint]


def height_of_area(frame: Frame, page: Page) -> float:
    heights = [float(y) for area in areas(frame, page) for y in re.findall(r"[ML]-?[\d.]+ (-?[\d.]+)", area.data)]
    return max(heights) - min(heights) if heights else 0


def area_foot(frame: Frame, page: Page) -> float:
    (area,) = areas(frame, page)
    return float(re.findall(r"M-?[\d.]+ (-?[\d.]+)", area.data)[0])


@pytest.mark.parametrize(
    ("fields", "shaded"),
    [({}, True), ({"cut": "The axis starts at 90."}, False), ({"cut": "As it is."}, False)],
)
def test_an_area_means_an_amount_from_zero(empty_page, fields, shaded):
    page = empty_page()

    assert bool(areas(laid(chart([95, 99, 97], **fields), page), page)) is shaded


def test_several_lines_have_no_areas(empty_page):
    page = empty_page()

    assert areas(laid(chart([95, 99, 97], [5, 9, 7], **NAMES), page), page) == []


def test_each_line_is_named_at_its_end_in_its_own_colour(empty_page):
    page = empty_page()
    frame = laid(chart([1, 9], [2, 8], [3, 6], [4, 1], **NAMES), page)
    ends = sorted((piece[-1] for piece in pieces(frame)), key=lambda point: point.y)

    names = [each for each in texts(frame) if any(name in each.item.text for name in NAMES.values())]

    assert [each.item.text for each in sorted(names, key=lambda each: each.box.y)] == [
        "9 Ferries", "8 Fishing boats", "6 Pleasure craft", "1 Other vessels",
    ]  # fmt: skip
    assert all(each.box.x > end.x for each, end in zip(names, ends, strict=True))
    assert len({each.item.runs[0].style.colour for each in names}) == 4


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(5, 60)), min_size=1, max_size=4))
def test_names_are_moved_until_none_overlap_and_all_are_inside(wanted):
    middles, heights = zip(*wanted, strict=True)

    tops = spread(middles, heights, 0, 400)

    boxes = sorted(zip(tops, heights, strict=True))
    assert all(top + height <= below + 1e-6 for (top, height), (below, _) in pairwise(boxes))
    assert boxes[0][0] >= -1e-6
    assert boxes[-1][0] + boxes[-1][1] <= 400 + 1e-6


@given(AMOUNTS, AMOUNTS)
def test_round_amounts_reach_from_below_to_above_in_few_equal_steps(one, other):
    low, high = min(one, other), max(one, other)
    assume(low < high)

    amounts = round_amounts(low, high)

    assert amounts[0] <= low < high <= amounts[-1]
    assert 2 <= len(amounts) <= 5
    assert len({later - earlier for earlier, later in pairwise(amounts)}) == 1


@pytest.mark.parametrize(
    ("low", "high", "amounts"),
    [
        (0, 193, "0 50 100 150 200"),
        (0, 251, "0 100 200 300"),
        (0, 9, "0 3 6 9"),
        (0, 1, "0 1"),
        (-21, 18, "-25 0 25"),
        (950, 1010, "950 975 1000 1025"),
        (0, 21_000_000, "0 10000000 20000000 30000000"),
        ("0", "0.4", "0 0.1 0.2 0.3 0.4"),
    ],
)
def test_amounts_on_an_axis_are_those_a_person_would_choose(low, high, amounts):
    assert round_amounts(Decimal(low), Decimal(high)) == tuple(Decimal(amount) for amount in amounts.split())


@pytest.mark.parametrize("values", [(0, 0, 0), (7, 7, 7), (-3, -3), (999_999_999_999_999, -999_999_999_999_999)])
def test_equal_and_huge_amounts_can_be_drawn(empty_page, values):
    (points,) = pieces(laid(chart(values), empty_page()))

    assert len(points) == len(values)


@given(VALUES, st.data())
def test_the_words_about_a_row_never_stand_on_the_line(empty_page, values, data):
    page = empty_page()
    row = data.draw(st.integers(0, len(values) - 1))
    frame = laid(chart(values, highlight=row, note="three stations close"), page)
    (points,) = pieces(frame)

    (note,) = [each for each in texts(frame) if "stations" in each.item.text]
    (lines,) = [each.box for each in walk(frame) if getattr(each.item, "name", "") == "lines"]
    box = Box(note.box.x, note.box.y - lines.y, note.box.width, note.box.height)
    for one, other in pairwise(points):
        for share in range(21):
            at = Point(one.x + (other.x - one.x) * share / 20, one.y + (other.y - one.y) * share / 20)
            assert not (box.x < at.x < box.right and box.y < at.y < box.bottom)


def test_the_highlighted_row_alone_wears_the_accent(empty_page):
    page = empty_page()
    block = chart([3, 1, 2], highlight=1)

    colours = {run.style.colour for each in texts(laid(block, page)) for run in each.item.runs}

    assert block.accent_means() is Meaning.SPOKEN_OF
    assert len(colours - {page.ground.text, page.ground.quiet, page.ground.strong}) == 1
    assert chart([3, 1, 2]).accent_means() is None


def test_the_note_goes_before_the_chart():
    leaner = chart([3, 1, 2], highlight=1, note="three stations close").leaner()

    assert leaner.what == "note “three stations close”"
    assert leaner.remains.highlight == 1
    assert leaner.remains.leaner().remains is None


@pytest.mark.parametrize("language", ["en", "vi", "ar"])
@pytest.mark.parametrize("width", [300, 445, 620, 936, 1600])
@pytest.mark.parametrize("name", ["one", "four", "gaps", "cut", "words", "note"])
def test_nothing_overlaps_and_nothing_leaves_the_block(empty_page, language, width, name):
    block = {
        "one": chart([3, 141, 59, 26], title="Calls in each year", unit="calls"),
        "four": chart([3, 9, 8], [59, 9, 8], [1, 9, 8], [2, 9, 8], **NAMES),
        "gaps": chart([3, None, 5, 6], [None, 3, None, None], missing="Not counted each year.", **NAMES),
        "cut": chart([995_000_000, 999_000_000], cut="The axis starts high.", unit="people in all"),
        "words": chart([1, 2, 3], labels=["Before the flood", "During the flood", "After the flood"]),
        "note": chart([-3, 141, -59, 26], highlight=2, note="three stations on the outer coast close"),
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


def test_time_runs_from_the_right_in_arabic_and_amounts_move_to_the_right_edge(empty_page):
    page = empty_page(language="ar")
    frame = mirror(laid(chart([10, 20, 40]), page))

    lefts = {each.item.text: each.box for each in texts(frame)}

    assert lefts["2000"].x > lefts["2002"].x
    assert lefts["٤٠"].right == pytest.approx(WIDTH) or lefts["٤٠"].x < WIDTH / 4
    assert all(path.flipped for path in (each.item for each in walk(frame)) if isinstance(path, Path))


def test_a_small_chart_in_full(empty_page):
    page = empty_page()
    block = chart([4, 8], labels=["2024", "2025"], title="Boats", unit="boats")

    assert dump(block.layout(Size(400, block.least(400, page)), page)) == "\n".join(
        [
            "0,0 frame 400x249 line_chart",
            "  0,0 frame 400x73 heading",
            "    0,0 fill 400x2 #C4C5C0",
            "    0,15 text 400x38 'Boats' 29px 600 #14252D left",
            "  0,73 frame 400x176 lines",
            "    0,0 path 400x176 #E1E3DC",
            "    0,0 frame 369x131 axis",
            "      0,105 fill 369x2 #D9D7D1",
            "      0,80 fill 369x2 #D9D7D1",
            "      0,48 text 16x32 '4' 24px 400 #58676D left",
            "      0,56 fill 369x2 #D9D7D1",
            "      0,32 fill 369x2 #D9D7D1",
            "      0,0 text 83x32 '8 boats' 24px 400 #58676D left",
            "    0,129 fill 400x3 #14252D",
            "    25,129 fill 3x8 #14252D",
            "    0,144 text 60x32 '2024' 24px 400 #58676D centre",
            "    358,129 fill 3x8 #14252D",
            "    329,144 text 60x32 '2025' 24px 400 #58676D centre",
            "    0,0 path 400x176 #0F4C5C",
            "    0,0 path 400x176 #0F4C5C",
            "    377,9 text 23x46 '8' 35px 600 #0F4C5C left",
            "    350,23 path 19x19 #0F4C5C",
        ]
    )


def test_a_short_line_is_told_whole_and_a_long_one_by_its_turns():
    short = chart([1, None, 3], missing="No count in 2001.", title="Boats")
    long = chart([5, 2, 3, 4, 5, 6, 9, 7, 8, 8])

    assert short.described(Language("en"), "latn") == ("Boats", "1 (2000), 3 (2002)", "No count in 2001.")
    assert long.described(Language("en"), "latn") == ("5 (2000), 2 (2001), 9 (2006), 8 (2009)",)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (lambda: chart([1]), "too_short"),
        (lambda: chart([1] * 61), "too_long"),
        (lambda: chart([None, None]), "rows has no amounts"),
        (lambda: chart([1, None]), "nothing says why. Write it in missing"),
        (lambda: chart([1, 2], [3, 4]), "not each has a name"),
        (lambda: chart([1, 2], highlight=2), "highlight is 2. Give the number of a row, 0 to 1"),
        (lambda: chart([1, 2], [3, 4], highlight=0, **NAMES), "highlight is for a single series"),
        (lambda: chart([1, None, 2], highlight=1, missing="No count."), "a row without an amount"),
        (lambda: chart([1, 1e300]), "more digits than a page can say"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(block, message):
    with pytest.raises(ValidationError, match=message):
        block()
