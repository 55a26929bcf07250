from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_tools.blocks.bar_chart import BarChart
from media_tools.layout.frame import Fill, Found, Frame, Paragraph, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.spec.geometry import Box, Size

WIDTH = 900
VALUES = st.lists(st.integers(0, 5_000_000), min_size=2, max_size=8)


def chart(values, label: str = "Port", **fields: object) -> BarChart:
    rows = [{"label": f"{label} {index + 1}", "value": value} for index, value in enumerate(values)]
    return BarChart.model_validate({"rows": rows, **fields})


def laid(block: BarChart, page: Page, width: float = WIDTH) -> Frame:
    return block.layout(Size(width, block.most(width, page)), page)


def rows_of(frame: Frame) -> list[list[Found]]:
    """What is in each row, top to bottom."""
    rows: list[list[Found]] = []
    for found in walk(frame):
        if isinstance(found.item, Frame) and found.item.name == "bar":
            rows.append([])
        elif "bar" in found.names:
            rows[-1].append(found)
    return rows


def bar_boxes(frame: Frame) -> list[Box | None]:
    """Each row's bar; None where it has none."""
    return [next((found.box for found in row if isinstance(found.item, Fill)), None) for row in rows_of(frame)]


def words(row: list[Found]) -> list[Found]:
    return [found for found in row if isinstance(found.item, Paragraph)]


@given(VALUES)
def test_bars_start_at_zero_and_are_as_long_as_their_values(empty_page, values):
    boxes = bar_boxes(laid(chart(values), empty_page()))

    drawn = [(box, value) for box, value in zip(boxes, values, strict=True) if box]
    assert len({round(box.x, 3) for box, _ in drawn}) <= 1
    if drawn:
        longest = max(box.width for box, _ in drawn)
        assert all(abs(box.width - longest * value / max(values)) <= 1 for box, value in drawn)


@given(VALUES)
def test_nothing_draws_no_bar_and_everything_else_does(empty_page, values):
    boxes = bar_boxes(laid(chart(values), empty_page()))

    assert [box is not None for box in boxes] == [value > 0 for value in values]


@given(VALUES)
def test_bars_are_of_one_thickness_and_stand_apart(empty_page, values):
    boxes = [box for box in bar_boxes(laid(chart(values), empty_page())) if box]

    assert len({round(box.height, 3) for box in boxes}) <= 1
    assert all(above.bottom < below.y for above, below in pairwise(boxes))


@given(VALUES)
def test_values_stand_after_their_bars_inside_the_width(empty_page, values):
    page = empty_page()

    for row, box in zip(rows_of(frame := laid(chart(values), page)), bar_boxes(frame), strict=True):
        name, value = words(row)
        assert value.box.x > (box.right if box else name.box.x)
        assert value.box.x + page.type.widest_line(value.item) <= WIDTH + 0.5


@pytest.mark.parametrize("values", [(70, 28), (0.4, 0.2), (0.04, 0.01), (2_500_000, 1_000_000)])
def test_the_longest_bar_uses_the_width_whatever_the_unit(empty_page, values):
    page = empty_page()
    frame = laid(chart(values), page)

    value = words(rows_of(frame)[0])[1]

    end = value.box.x + page.type.widest_line(value.item)
    assert WIDTH - 2 * page.small.size <= end <= WIDTH


@pytest.mark.parametrize("highlight", [None, 0, 1, 2])
def test_the_highlighted_row_alone_wears_the_accent(empty_page, highlight):
    page = empty_page()
    frame = laid(chart((30, 20, 10), highlight=highlight, title="Calls"), page)

    accented = {
        index
        for index, row in enumerate(rows_of(frame))
        for found in row
        if page.ground.accent in (getattr(found.item, "paint", ""), *map(_colour, getattr(found.item, "runs", ())))
    }
    everywhere = [found for found in walk(frame) if getattr(found.item, "paint", "") == page.ground.accent]

    assert accented == ({highlight} if highlight is not None else set())
    assert len(everywhere) == len(accented)


def test_short_labels_stand_beside_their_bars_and_long_ones_over_them(empty_page):
    short, long = (
        laid(chart((30, 20), label), empty_page()) for label in ("Port", "Ports of the northern coast and islands")
    )

    for row, box in zip(rows_of(short), bar_boxes(short), strict=True):
        name, _ = words(row)
        assert name.box.right <= box.x
        assert name.box.y < box.bottom
        assert box.y < name.box.bottom
    for row, box in zip(rows_of(long), bar_boxes(long), strict=True):
        name, _ = words(row)
        assert (name.box.x, box.x) == (0, 0)
        assert name.box.bottom <= box.y + 0.5


@pytest.mark.parametrize("label", ["ميناء", "موانئ الساحل الشمالي والجزر البعيدة"])
def test_arabic_bars_grow_from_the_right(empty_page, label):
    page = empty_page(language="ar")
    values = (40, 20, 10)

    frame = mirror(laid(chart(values, label), page))

    boxes = bar_boxes(frame)
    assert len({round(box.right, 3) for box in boxes}) == 1
    assert [round(box.width / boxes[0].width, 2) for box in boxes] == [1, 0.5, 0.25]
    for row, box in zip(rows_of(frame), boxes, strict=True):
        name, value = words(row)
        assert value.box.right < box.x
        assert name.box.right > box.x


def test_amounts_of_a_chart_are_written_in_the_language_s_digits(empty_page):
    frame = laid(chart((12400, 70), "ميناء"), empty_page(language="ar"))

    assert [words(row)[1].item.text for row in rows_of(frame)] == ["١٢٬٤٠٠", "٧٠"]


@pytest.mark.parametrize("width", [300, 420, 600, 900])
def test_a_long_label_never_runs_into_its_bar(empty_page, width):
    label = "Ports of the northern coast and of the islands"

    frame = laid(chart((40, 20, 10), label), empty_page(), width)

    for row, box in zip(rows_of(frame), bar_boxes(frame), strict=True):
        name, _ = words(row)
        assert name.box.bottom <= box.y + 0.5


def test_a_chart_of_nothing_but_zeros_can_be_drawn(empty_page):
    assert bar_boxes(laid(chart((0, 0)), empty_page())) == [None, None]


def _colour(run) -> str:
    return run.style.colour
