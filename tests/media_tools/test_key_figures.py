from itertools import combinations
from math import isfinite

import pytest

from media_tools.blocks.key_figures import KeyFigures
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Found, Frame, Paragraph, walk
from media_tools.layout.page import Page
from media_tools.spec.geometry import Box, Point, Size

FIGURES = (
    {"value": 28000000, "bound": "about", "label": "visitors expected at the exposition over six months"},
    {"value": 160, "bound": "at_least", "unit": "countries", "label": "took part"},
    {"value": 500, "notation": "growth", "label": "followers of the page, against 2024"},
    {"value": 70, "unit": "of 98", "label": "missions abroad with an account"},
    {"value": "12.5", "notation": "percent", "label": "of calls answered within a minute"},
    {"value": 9, "unit": "ports", "label": "answer day and night"},
)
COUNTS = range(1, len(FIGURES) + 1)
WIDTHS = (400, 550, 700, 900, 1200, 1600, 2000)


def key_figures(count: int) -> KeyFigures:
    return KeyFigures.model_validate({"figures": FIGURES[:count]})


def heights(block: KeyFigures, width: float, page: Page) -> tuple[float, ...]:
    """Two heights to lay out at; none where the figures cannot stand in this width at all."""
    try:
        least = block.least(width, page)
    except DoesNotFit:
        return ()
    return (least, block.most(width, page)) if isfinite(least) else ()


def cells(frame: Frame) -> list[tuple[Found, Found]]:
    """Amount and label of each figure."""
    return [(lines[0], lines[-1]) for lines in lines_of_each(frame)]


def lines_of_each(frame: Frame) -> list[list[Found]]:
    """The paragraphs of each figure: amount, unit where it stands alone, label."""
    figures = [found for found in walk(frame) if isinstance(found.item, Frame) and found.item.name == "figure"]
    return [
        [line for line in walk(found.item, Point(found.box.x, found.box.y)) if isinstance(line.item, Paragraph)]
        for found in figures
    ]


every_count = pytest.mark.parametrize("count", COUNTS)
every_width = pytest.mark.parametrize("width", WIDTHS)


@every_count
@every_width
def test_figures_never_overlap_and_stay_inside(empty_page, count, width):
    page, block = empty_page(), key_figures(count)

    for height in heights(block, width, page):
        frame = block.layout(Size(width, height), page)
        boxes = [found.box for found in walk(frame) if isinstance(found.item, Frame) and found.item.name == "figure"]
        lines = [found.box for pair in cells(frame) for found in pair]
        assert len(boxes) == count
        assert not any(one.overlap(other) for one, other in combinations(boxes, 2))
        assert not any(one.overlap(other) for one, other in combinations(lines, 2))
        assert all(Box(0, 0, width, height).overhang(box) <= 0.5 for box in (*boxes, *lines))


@every_count
@every_width
def test_all_amounts_are_of_one_size_and_each_on_one_line_with_its_unit(empty_page, count, width):
    page, block = empty_page(), key_figures(count)

    for height in heights(block, width, page):
        amounts = [amount.item for amount, _ in cells(block.layout(Size(width, height), page))]
        assert len({amount.runs[0].style.size for amount in amounts}) == 1
        assert all(amount.lines == 1 for amount in amounts)
        assert all(page.type.widest_line(amount) <= amount.size.width for amount in amounts)
        for figure, lines in zip(block.figures, lines_of_each(block.layout(Size(width, height), page)), strict=True):
            assert " ".join(line.item.text for line in lines[:-1]).replace("\u00a0", " ").endswith(figure.unit)


@every_count
@every_width
def test_every_label_is_whole_and_inside_its_cell(empty_page, count, width):
    page, block = empty_page(), key_figures(count)

    for height in heights(block, width, page):
        for figure, (_, label) in zip(block.figures, cells(block.layout(Size(width, height), page)), strict=True):
            assert label.item.text.replace("\n", " ") == figure.label
            assert page.type.widest_line(label.item) <= label.box.width + 0.5


@every_count
def test_more_height_never_makes_amounts_smaller(empty_page, count):
    page, block = empty_page(), key_figures(count)
    least, most = heights(block, 900, page)

    sizes = [
        cells(block.layout(Size(900, least + share * (most - least)), page))[0][0].item.runs[0].style.size
        for share in (0, 0.25, 0.5, 0.75, 1)
    ]

    assert sizes == sorted(sizes)


def test_amounts_stay_larger_than_the_words_beside_them(empty_page):
    page, block = empty_page(), key_figures(6)

    for width in WIDTHS:
        for height in heights(block, width, page):
            for amount, label in cells(block.layout(Size(width, height), page)):
                assert amount.item.runs[0].style.size >= 1.4 * label.item.runs[0].style.size


def test_figures_that_cannot_stand_in_a_width_say_how_much_they_need_in_px(empty_page):
    page = empty_page()
    block = KeyFigures.model_validate(
        {"figures": [{"value": 9, "label": "Seenotrettungsleitstellenbereitschaftsdienste"}]}
    )

    with pytest.raises(DoesNotFit) as refusal:
        block.layout(Size(300, 1000), page)

    assert isfinite(refusal.value.needed)
    assert "inf" not in str(refusal.value)


def test_figures_are_left_out_from_the_last_and_by_name():
    block, gone = key_figures(3), []

    while block is not None:
        leaner = block.leaner()
        gone.append(leaner.what)
        block = leaner.remains

    assert gone[:2] == [f"key figure “{figure['label']}”" for figure in (FIGURES[2], FIGURES[1])]
    assert len(gone) == 3


def test_units_and_magnitudes_are_tied_to_their_amount(empty_page):
    page, block = empty_page(), key_figures(4)

    texts = [amount.item.text for amount, _ in cells(block.layout(Size(1600, block.most(1600, page)), page))]

    assert texts == ["~28\u00a0million", "160+\u00a0countries", "+500%", "70\u00a0of\u00a098"]


@pytest.mark.parametrize("count", [4, 5, 6])
def test_many_amounts_stand_in_two_columns_where_they_have_the_height(empty_page, count):
    page, block = empty_page(), key_figures(count)

    boxes = [lines[0].box for lines in lines_of_each(block.layout(Size(935, block.most(935, page)), page))]

    assert len({round(box.x) for box in boxes}) == 2
    assert len({round(box.y) for box in boxes}) == (3 if count > 4 else 2)


def test_rows_share_the_height_that_they_are_given(empty_page):
    page, block = empty_page(), key_figures(3)
    least, most = heights(block, 935, page)

    low, high = (
        [amount.box.y for amount, _ in cells(block.layout(Size(935, height), page))] for height in (0.8 * most, most)
    )

    assert least < 0.8 * most
    assert high[1] - high[0] > low[1] - low[0]
    assert high[2] - high[1] == pytest.approx(high[1] - high[0], abs=1)


def test_the_unit_of_one_large_amount_stands_under_it(empty_page):
    page, block = empty_page(), key_figures(1)

    ((amount, unit, label),) = lines_of_each(block.layout(Size(935, block.most(935, page)), page))

    assert (amount.item.text, unit.item.text) == ("~28", "million")
    assert amount.item.runs[0].style.size >= 2 * unit.item.runs[0].style.size
    assert unit.item.runs[0].style.size >= 1.4 * label.item.runs[0].style.size
    assert amount.box.bottom <= unit.box.y
    assert unit.box.bottom <= label.box.y


@every_width
def test_no_amount_and_no_unit_is_ever_without_size(empty_page, width):
    for count in COUNTS:
        page, block = empty_page("instagram.feed_landscape"), key_figures(count)
        for height in heights(block, width, page):
            for lines in lines_of_each(block.layout(Size(width, height), page)):
                assert all(run.style.size >= page.legible for line in lines for run in line.item.runs)
