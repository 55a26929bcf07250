"""Pages that are wider than high."""

import pytest

from media_tools.blocks.bar_chart import BarChart
from media_tools.blocks.column_chart import ColumnChart
from media_tools.blocks.headline import Headline
from media_tools.blocks.key_figures import KeyFigures
from media_tools.blocks.photo import Photo
from media_tools.blocks.pictogram import Pictogram
from media_tools.blocks.qr_call import QRCall
from media_tools.blocks.timeline import Timeline
from media_tools.infographic import Infographic, LaidOut, lay_out
from media_tools.layout.frame import Found, Frame, walk
from media_tools.platforms import placements

WORDS = Headline(text="Nine ports now answer distress calls in under ten minutes", kicker="Open harbour")
FIGURES = KeyFigures.model_validate(
    {
        "figures": [
            {"value": 160, "label": "countries and organisations", "source": "Harbour Office"},
            {"value": 28000000, "label": "visitors expected over six months", "source": "Harbour Office"},
            {"value": 10000, "unit": "a day", "label": "at its busiest", "source": "Harbour Office"},
        ]
    }
)


@pytest.fixture
def laid(kit, typesetter):
    def lay(*blocks, placement: str = "x.post", language: str = "en", theme: str = "bulletin") -> LaidOut:
        told = Infographic(version=1, language=language, theme=theme, blocks=(WORDS, *blocks))
        return lay_out(told, placements()[placement], kit, typesetter)

    return lay


def named(page: LaidOut, name: str) -> Found:
    return next(found for found in walk(page.frame) if isinstance(found.item, Frame) and found.item.name == name)


def beside(one: Found, other: Found) -> bool:
    """Whether they share some of their height and nothing of their width."""
    level = min(one.box.bottom, other.box.bottom) > max(one.box.y, other.box.y)
    return level and (one.box.right <= other.box.x or other.box.right <= one.box.x)


@pytest.mark.parametrize("block", [BarChart, Pictogram, KeyFigures, ColumnChart])
def test_words_and_evidence_stand_beside_each_other_their_tops_level(laid, block):
    page = laid(block.example())

    headline, evidence = named(page, "headline"), named(page, block.example().block)

    assert beside(headline, evidence)
    assert evidence.box.y == pytest.approx(headline.box.y, abs=1)


def test_a_timeline_stands_under_the_words_and_is_as_wide_as_the_page(laid):
    page = laid(Timeline.example())

    headline, timeline = named(page, "headline"), named(page, "timeline")

    assert timeline.box.y >= headline.box.bottom
    assert timeline.box.width == pytest.approx(page.page.box.width, abs=1)


def test_six_figures_stand_under_the_words_where_a_column_beside_them_is_too_low(laid):
    page = laid(FIGURES.model_copy(update={"figures": FIGURES.figures * 2}), placement="screen.hd")

    rows = {round(found.box.y) for found in walk(page.frame) if getattr(found.item, "name", "") == "figure"}

    assert page.left_out == ()
    assert len(rows) <= 3


def test_figures_stand_under_the_words_or_in_a_row_where_they_would_crowd_what_they_support(laid):
    page = laid(Pictogram.example(), FIGURES, placement="screen.hd")

    figures, pictogram = named(page, "key_figures"), named(page, "pictogram")

    assert page.left_out == ()
    assert figures.box.y >= pictogram.box.bottom or beside(figures, pictogram)


def test_many_columns_with_long_names_have_room_where_the_words_are_narrower(laid):
    names = ("Distress calls answered", "False alarms by radio", "Medical transports", "Towed fishing boats")
    places = ("Northern coast", "Delta region", "Islands and reefs", "Southern coast")
    rows = [{"label": place, "first": 412, "second": 233, "third": 100, "fourth": 50} for place in places]
    chart = ColumnChart.model_validate(
        {"rows": rows, "form": "stacked", "title": "Calls in the first half of 2026", "source": "Harbour Office"}
        | dict(zip(("first", "second", "third", "fourth"), names, strict=True))
    )

    page = laid(chart)

    assert "column chart" not in page.left_out
    assert named(page, "column_chart").box.width > named(page, "headline").box.width * 1.5


@pytest.mark.parametrize("theme", ["bulletin", "ledger"])
def test_a_code_to_scan_stands_with_the_words(laid, theme):
    page = laid(BarChart.example(), QRCall.example(), placement="screen.hd", theme=theme)

    assert page.left_out == ()
    assert named(page, "qr_call").box.overlap(named(page, "bar_chart").box) is None


def test_nothing_overlaps_whatever_stands_where(laid):
    page = laid(FIGURES, Photo.example(), BarChart.example(), QRCall.example(), placement="screen.hd")

    blocks = ("headline", *(block.block for block in page.shown.blocks))
    boxes = [named(page, name).box for name in blocks]
    assert not any(one.overlap(other) for index, one in enumerate(boxes) for other in boxes[index + 1 :])
