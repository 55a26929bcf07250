"""Pages that are higher than wide, and what leads on a page."""

import pytest

from media_tools.blocks.bar_chart import BarChart
from media_tools.blocks.column_chart import ColumnChart
from media_tools.blocks.facts_list import FactsList
from media_tools.blocks.headline import Headline
from media_tools.blocks.key_figures import KeyFigures
from media_tools.blocks.line_chart import LineChart
from media_tools.blocks.photo import Photo
from media_tools.blocks.pictogram import Pictogram
from media_tools.blocks.progress import Progress
from media_tools.blocks.qr_call import QRCall
from media_tools.blocks.quote import Quote
from media_tools.blocks.steps import Steps
from media_tools.blocks.table import Table
from media_tools.blocks.timeline import Timeline
from media_tools.infographic import Infographic, LaidOut, lay_out
from media_tools.layout.column import Row
from media_tools.layout.frame import Found, Frame, Paragraph, Placed, Run, TextStyle, walk
from media_tools.pages import Choice, best, largest_type, one_leads, rows_of, worth
from media_tools.platforms import placements
from media_tools.spec.geometry import Point, Size

WORDS = Headline.example()
EVIDENCE = (BarChart, ColumnChart, FactsList, KeyFigures, LineChart, Pictogram, Progress, Quote, Steps, Table, Timeline)


@pytest.fixture
def laid(kit, typesetter):
    def lay(placement: str, *blocks, words: Headline = WORDS, **fields) -> LaidOut:
        told = Infographic(
            version=1, language="en", theme=fields.pop("theme", "bulletin"), blocks=(words, *blocks), **fields
        )
        return lay_out(told, placements()[placement], kit, typesetter)

    return lay


def named(page: LaidOut, name: str) -> Found:
    return next(found for found in walk(page.frame) if isinstance(found.item, Frame) and found.item.name == name)


def letters(size: float) -> Frame:
    style = TextStyle(("Source Serif 4",), size, 600, 1, "#000000")
    letter = Paragraph(Size(1, 1), (Run("A", style),), "en", right_to_left=False)
    return Frame(Size(1, 1), (Placed(Point(0, 0), letter),))


@pytest.mark.parametrize("placement", ["facebook.feed", "instagram.story"])
@pytest.mark.parametrize("block", EVIDENCE)
def test_something_leads_on_every_page_of_a_headline_and_its_evidence(laid, placement, block):
    page = laid(placement, block.example())

    sizes = sorted(
        {largest_type(found.item) for found in (named(page, "headline"), named(page, block.example().block))}
    )

    assert page.left_out == ()
    assert len(sizes) == 2
    assert sizes[1] >= 1.4 * sizes[0]


@pytest.mark.parametrize("placement", ["facebook.feed", "zalo.post", "instagram.story", "x.post"])
def test_one_figure_alone_is_display_type(laid, placement):
    one = KeyFigures.model_validate(
        {"figures": [{"value": 28000000, "unit": "visitors", "label": "expected", "source": "Harbour Office"}]}
    )

    page = laid(placement, one)

    assert largest_type(named(page, "key_figures").item) >= 2 * largest_type(named(page, "headline").item)


def test_a_smaller_headline_is_worth_it_where_it_gives_the_evidence_room():
    assert worth(2, 0.6) > worth(0, 0.1)
    assert worth(0, 0.6) > worth(2, 0.7)
    assert worth(0, 0.9) == worth(0, 1)


def test_a_page_on_which_something_leads_is_better_than_one_a_little_larger():
    level = Choice(3.0, letters(40), lambda: letters(36))
    clear = Choice(2.0, letters(60), lambda: letters(36))
    far = Choice(-5.0, letters(90), lambda: letters(36))

    assert best([level, clear, far])[0] is clear.head
    assert best([level, far])[0] is level.head
    assert one_leads(letters(56), letters(40))
    assert not one_leads(letters(55), letters(40))


def test_a_chart_before_another_is_never_low_and_the_second_supports_it(empty_page):
    page = empty_page()
    blocks = (LineChart.example(), ColumnChart.example())

    first, second = rows_of(blocks, page.box.width, page)
    alone = rows_of(blocks[1:], page.box.width, page)[0]

    assert first.least >= 0.25 * page.size.height
    assert second.most < alone.most
    assert isinstance(alone, Row)


def test_figures_do_not_outgrow_what_they_support(laid):
    page = laid("facebook.feed", Pictogram.example(), KeyFigures.example())

    assert largest_type(named(page, "key_figures").item) < largest_type(named(page, "pictogram").item)


@pytest.mark.parametrize("block", [Steps, Photo])
def test_a_code_stands_beside_what_it_belongs_to_where_it_can_be_scanned(laid, block):
    words = Headline(text="Three checks before you share")
    lead = (KeyFigures.example(),) if block is Photo else ()

    page = laid("zalo.post", *lead, block.example(), QRCall.example(), words=words, qr="always")

    code, shown = named(page, "qr"), named(page, block.example().block)
    if block is Steps:
        assert code.box.x >= shown.box.right
        assert code.box.y < shown.box.bottom
    assert "qr call" not in page.left_out


def test_an_address_in_letters_stands_on_a_line_of_its_own(laid):
    page = laid("zalo.post", Steps.example(), QRCall.example(), words=Headline(text="Three checks"), qr="never")

    assert named(page, "qr_call").box.y >= named(page, "steps").box.bottom
