"""One accent a page, with one meaning."""

from dataclasses import replace

import pytest

from media_tools.blocks.bar_chart import BarChart
from media_tools.blocks.column_chart import ColumnChart
from media_tools.blocks.headline import Headline
from media_tools.blocks.line_chart import LineChart
from media_tools.blocks.quote import Quote
from media_tools.blocks.timeline import Timeline
from media_tools.infographic import BLOCKS, Infographic, LaidOut, lay_out
from media_tools.layout.frame import Item, walk
from media_tools.layout.page import Meaning
from media_tools.platforms import placements
from media_tools.spec.colour import apart
from media_tools.spec.geometry import Size

WORDS = Headline(text="Nine ports answer", kicker="Open harbour")
SAME = 10  # of the distance in colour: a note on a tint is a little darker
WEARERS = (BarChart, ColumnChart, LineChart, Timeline, Quote)


@pytest.fixture
def laid(kit, typesetter):
    def lay(*blocks) -> LaidOut:
        told = Infographic(version=1, language="en", theme="bulletin", blocks=(WORDS, *blocks))
        return lay_out(told, placements()["instagram.feed_tall"], kit, typesetter)

    return lay


def wearing(page: LaidOut) -> set[str]:
    """The outermost groups in which something is in the accent."""
    accent = page.page.ground.accent
    return {
        next((name for name in found.names if name in BLOCKS), "kicker")
        for found in walk(page.frame)
        if any(apart(colour, accent) < SAME for colour in colours(found.item))
    }


def colours(item: Item) -> set[str]:
    """Those of its letters, its outline or its fill."""
    plain = (getattr(item, "paint", ""), getattr(item, "colour", ""))
    return {colour for colour in plain if isinstance(colour, str) and colour} | {
        run.style.colour for run in getattr(item, "runs", ())
    }


@pytest.mark.parametrize("block", WEARERS)
def test_a_block_says_what_it_means_by_the_accent_and_wears_it(laid, block):
    assert block.example().accent_means() is not None
    assert wearing(laid(block.example())) == {block.example().block}


@pytest.mark.parametrize(
    ("first", "second"),
    [(Timeline, BarChart), (BarChart, Timeline), (Quote, ColumnChart), (LineChart, Quote), (Timeline, LineChart)],
)
def test_of_two_meanings_the_first_in_reading_order_is_the_page_s(laid, first, second):
    page = laid(first.example(), second.example())

    assert page.left_out == ()
    assert wearing(page) == {first.example().block}


def test_two_charts_may_show_the_same_thing_that_the_headline_speaks_of(laid):
    assert wearing(laid(BarChart.example(), ColumnChart.example())) == {"bar_chart", "column_chart"}


def test_the_kicker_wears_it_where_nothing_else_does(laid):
    assert wearing(laid(BarChart.example().model_copy(update={"highlight": None}))) == {"kicker"}


@pytest.mark.parametrize("meaning", Meaning)
@pytest.mark.parametrize("block", [block for block in BLOCKS.values() if block is not Headline])
def test_no_block_wears_an_accent_that_means_something_else(empty_page, block, meaning):
    page, example = replace(empty_page(), accent=meaning), block.example()
    if example.accent_means() is meaning:
        return

    frame = example.layout(Size(page.box.width, example.most(page.box.width, page)), page)

    assert not any(page.ground.accent in colours(found.item) for found in walk(frame))
