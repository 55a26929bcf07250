from math import hypot

import pytest

from media_tools.blocks.bar_chart import BarChart
from media_tools.blocks.headline import Headline
from media_tools.blocks.key_figures import KeyFigures
from media_tools.blocks.pictogram import Pictogram
from media_tools.blocks.progress import Progress
from media_tools.blocks.qr_call import QRCall
from media_tools.infographic import Infographic, LaidOut, lay_out
from media_tools.layout.frame import Align, Found, Frame, Paragraph, Path, walk
from media_tools.layout.page import Meaning
from media_tools.platforms import placements

TALL = ("facebook.feed", "zalo.post", "instagram.story")
WORDS = Headline(
    kicker="Open harbour", text="Six calls today for every one in 2024", standfirst="The coastal network, early 2026."
)
GROWTH = KeyFigures.model_validate(
    {"figures": [{"value": 500, "notation": "growth", "label": "distress calls answered", "source": "Harbour Office"}]}
)


@pytest.fixture
def laid(kit, typesetter):
    def lay(placement: str, *blocks, language: str = "en", **fields) -> LaidOut:
        told = Infographic(version=1, language=language, theme="signal", blocks=(WORDS, *blocks), **fields)
        return lay_out(told, placements()[placement], kit, typesetter)

    return lay


def named(frame: Frame, name: str) -> Found:
    return next(found for found in walk(frame) if isinstance(found.item, Frame) and found.item.name == name)


def texts(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Paragraph)]


def size(found: Found) -> float:
    return max(run.style.size for run in found.item.runs)


@pytest.mark.parametrize("placement", TALL)
def test_the_figure_is_as_wide_as_the_text(laid, placement):
    page = laid(placement, GROWTH)

    figure = max(texts(page.frame), key=size)

    assert figure.item.text == "+500%"
    assert 0.88 <= page.page.type.widest_line(figure.item) / page.page.box.width <= 1


@pytest.mark.parametrize("placement", [*TALL, "x.post", "screen.hd"])
@pytest.mark.parametrize("block", [Pictogram, Progress])
def test_what_counts_the_figure_stands_under_it_in_white(laid, placement, block):
    page = laid(placement, GROWTH, block.example())

    counted = named(page.frame, block.example().block)
    figure = max(texts(page.frame), key=size)
    assert counted.box.y >= figure.box.bottom
    assert page.not_in_theme == ()
    assert page.page.ground.strong in {
        getattr(found.item, "colour", getattr(found.item, "paint", "")) for found in walk(counted.item)
    }


def test_a_pictogram_says_its_amount_small_where_a_figure_leads_and_large_where_it_leads_itself(laid):
    def amount(page: LaidOut) -> float:
        return max(size(found) for found in texts(page.frame) if "84" in found.item.text)

    beside, alone = laid("facebook.feed", GROWTH, Pictogram.example()), laid("facebook.feed", Pictogram.example())

    assert amount(beside) == beside.page.strong.size
    assert amount(alone) > 3 * amount(beside)


def test_one_figure_and_one_block_that_counts_it_are_shown_and_the_rest_is_told(laid):
    page = laid("facebook.feed", GROWTH, Pictogram.example(), Progress.example(), BarChart.example(), QRCall.example())

    assert page.not_in_theme == ("progress", "bar chart")
    assert page.left_out == ()


@pytest.mark.parametrize("placement", [*TALL, "x.post"])
def test_a_sentence_alone_is_the_signal(laid, placement):
    alone, led = laid(placement), laid(placement, GROWTH)

    title = max(texts(alone.frame), key=size)
    assert title.item.text.replace("\n", " ") == WORDS.text
    beside = next(found for found in texts(led.frame) if found.item.text.replace("\n", " ") == WORDS.text)
    assert size(title) > 1.4 * size(beside)


@pytest.mark.parametrize("placement", ["facebook.feed", "zalo.post", "x.post", "email.header", "vk.cover"])
@pytest.mark.parametrize("blocks", [(), (GROWTH,), (GROWTH, Pictogram.example()), (GROWTH, QRCall.example())])
def test_the_globe_never_runs_under_letters(laid, placement, blocks):
    page = laid(placement, *blocks, source="Harbour Office")
    globes = [found for found in walk(page.frame) if getattr(found.item, "name", "") == "meridians"]

    for globe in globes:
        x, y, radius = globe.box.x + globe.box.width / 2, globe.box.bottom, globe.box.width / 2
        for found in texts(page.frame):
            wide = min(found.box.width, page.page.type.widest_line(found.item))
            left = found.box.x if found.item.align is Align.LEFT else found.box.right - wide
            across = max(left - x, 0, x - left - wide)
            if found.box.y < y:
                assert hypot(across, max(0, y - found.box.bottom)) > radius


def test_the_globe_stands_in_the_platform_s_zone_of_a_story(laid):
    page = laid("instagram.story", GROWTH, Pictogram.example())

    globe = named(page.frame, "meridians")

    assert globe.box.bottom == page.page.size.height
    assert globe.box.y > page.page.box.bottom
    assert any(isinstance(found.item, Path) for found in walk(globe.item))


def test_the_ground_is_the_accent_and_nothing_else_wears_it(laid):
    page = laid("facebook.feed", GROWTH, Pictogram.example())

    assert page.page.ground.colour == page.page.brand.colours.accent
    worn = {run.style.colour for found in texts(page.frame) for run in found.item.runs}
    assert page.page.ground.accent not in worn
    assert Meaning.GROUND not in {block.accent_means() for block in (GROWTH, Pictogram.example())}
