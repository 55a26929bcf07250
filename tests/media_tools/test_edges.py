"""Pictures that run over the page's edge."""

import pytest

from media_tools.blocks.headline import Headline
from media_tools.blocks.key_figures import KeyFigures
from media_tools.blocks.photo import Photo
from media_tools.blocks.photo_grid import PhotoGrid
from media_tools.blocks.quote import Quote
from media_tools.infographic import Infographic, LaidOut, lay_out
from media_tools.layout.frame import Found, Frame, Paragraph, Photograph, walk
from media_tools.platforms import placements
from media_tools.spec.geometry import Box

WORDS = Headline(text="Nobody is turned away", kicker="Open harbour")


@pytest.fixture
def laid(kit, typesetter):
    def lay(placement: str, *blocks, theme: str = "bulletin", language: str = "en") -> LaidOut:
        told = Infographic(version=1, language=language, theme=theme, blocks=(WORDS, *blocks))
        return lay_out(told, placements()[placement], kit, typesetter)

    return lay


def photographs(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Photograph)]


def words(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Paragraph)]


@pytest.mark.parametrize("placement", ["facebook.feed", "instagram.story"])
@pytest.mark.parametrize("block", [Quote.example(), Photo.example()])
def test_a_picture_that_comes_first_is_a_band_over_the_upper_edge(laid, placement, block):
    page = laid(placement, block)

    (band,) = photographs(page.frame)

    assert (band.box.x, band.box.y, band.box.width) == (0, 0, page.page.size.width)
    assert 0.28 <= band.box.height / page.page.size.height < 0.431
    assert all(found.box.y >= band.box.bottom for found in words(page.frame))


@pytest.mark.parametrize("block", [Quote.example(), Photo.example(), PhotoGrid.example()])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_wide_page_it_lies_over_the_end_edge(laid, block, language):
    page = laid("x.post", block, language=language)

    boxes = [found.box for found in photographs(page.frame)]

    top, bottom = min(box.y for box in boxes), max(box.bottom for box in boxes)
    assert (top, bottom) == (0, page.page.size.height)
    if language == "ar":
        assert min(box.x for box in boxes) == 0
    else:
        assert max(box.right for box in boxes) == page.page.size.width
    assert not any(found.box.overlap(box) for found in words(page.frame) for box in boxes)


def test_a_picture_after_other_evidence_stays_inside_the_margins(laid):
    page = laid("facebook.feed", KeyFigures.example(), Photo.example())

    (photo,) = photographs(page.frame)

    assert page.page.box.overhang(photo.box) < 1


def test_charts_have_a_tab_at_the_edge_so_a_ledger_keeps_pictures_inside(laid):
    page = laid("facebook.feed", Quote.example(), theme="ledger")

    (portrait,) = photographs(page.frame)

    assert page.theme == "ledger"
    assert page.page.box.overhang(portrait.box) < 1


@pytest.mark.parametrize("placement", ["facebook.feed", "x.post"])
def test_a_quote_s_portrait_may_fill_the_frame_with_its_words_on_it(laid, placement):
    page = laid(placement, Quote.example(), theme="frame")

    (photo,) = photographs(page.frame)
    said = next(found for found in words(page.frame) if found.item.text.replace("\n", " ") == Quote.example().words)

    assert page.theme == "frame"
    assert (page.left_out, page.not_in_theme) == ((), ())
    assert photo.box.overhang(Box(said.box.x, said.box.y, 1, 1)) == 0
    assert "Illustration: Attaché" in page.shown.source_line


def test_a_frame_shows_one_picture_and_says_which_it_does_not(laid):
    page = laid("facebook.feed", Photo.example(), Quote.example(), theme="frame")

    assert len(photographs(page.frame)) == 1
    assert page.not_in_theme == ("quote",)  # its portrait is not there, though its words are


@pytest.mark.parametrize("placement", ["facebook.feed", "zalo.post", "x.post", "instagram.story"])
def test_the_words_of_a_quote_lead_where_they_are_the_only_evidence(laid, placement):
    page = laid(placement, Quote.example())

    sizes = sorted((max(run.style.size for run in found.item.runs), found.item.text) for found in words(page.frame))

    assert sizes[-1][1].replace("\n", " ") == Quote.example().words
    assert sizes[-1][0] >= 1.4 * sizes[-2][0]


@pytest.mark.parametrize("block", [Quote.example(), Photo.example(), PhotoGrid.example()])
def test_a_block_taken_apart_at_the_edge_is_still_whole(block):
    edge = block.edge()

    assert {*edge.picture.pictures(), *(edge.rest.pictures() if edge.rest else ())} == set(block.pictures())
    assert edge.rest is None or edge.rest.edge() is None
