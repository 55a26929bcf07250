import pytest

from media_tools.blocks.headline import Headline
from media_tools.blocks.key_figures import KeyFigures
from media_tools.blocks.photo import Photo
from media_tools.infographic import Infographic, LaidOut, lay_out
from media_tools.layout.frame import Found, Frame, Photograph, walk
from media_tools.platforms import placements

TALL = ("facebook.feed", "zalo.post", "instagram.story")
WORDS = Headline(text="On peak days, ten thousand people came to see the harbour", kicker="Open harbour")


@pytest.fixture
def laid(kit, typesetter):
    def lay(placement: str, *blocks, language: str = "en") -> LaidOut:
        told = Infographic(version=1, language=language, theme="frame", blocks=(WORDS, Photo.example(), *blocks))
        return lay_out(told, placements()[placement], kit, typesetter)

    return lay


def named(page: LaidOut, name: str) -> Found:
    return next(found for found in walk(page.frame) if isinstance(found.item, Frame) and found.item.name == name)


def photo(page: LaidOut) -> Found:
    return next(found for found in walk(page.frame) if isinstance(found.item, Photograph))


@pytest.mark.parametrize("placement", TALL)
def test_the_subject_stands_clear_of_the_words(laid, placement):
    page = laid(placement, KeyFigures.example())
    picture, seen = Photo.example().picture, photo(page)

    crop = seen.item.crop
    subject = seen.box.y + (picture.focal[1] - crop.y) / crop.height * seen.box.height

    assert subject <= 0.75 * named(page, "words").box.y


@pytest.mark.parametrize("placement", TALL)
def test_a_good_part_of_the_height_is_picture_alone(laid, placement):
    page = laid(placement, KeyFigures.example())

    assert named(page, "words").box.y >= 0.37 * page.page.size.height


@pytest.mark.parametrize("placement", TALL)
def test_the_photo_reaches_three_edges_and_ends_in_the_ground_behind_the_words(laid, placement):
    page = laid(placement, KeyFigures.example())
    seen = photo(page)

    assert (seen.box.x, seen.box.y, seen.box.width) == (0, 0, page.page.size.width)
    assert seen.box.bottom > named(page, "words").box.y


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_wide_page_the_foot_stands_under_words_and_picture(laid, language):
    page = laid("x.post", KeyFigures.example(), language=language)

    foot, source, box = named(page, "footer"), named(page, "source"), page.page.box

    assert foot.box.width == pytest.approx(box.width, abs=1)
    if language == "en":
        assert source.box.right == pytest.approx(box.right, abs=1)
    else:
        assert source.box.x == pytest.approx(box.x, abs=1)


def test_amounts_under_a_headline_are_smaller_than_it(laid):
    page = laid("facebook.feed", KeyFigures.example())

    def largest(name: str) -> float:
        runs = (run for found in walk(named(page, name).item) for run in getattr(found.item, "runs", ()))
        return max(run.style.size for run in runs)

    assert largest("headline") >= 1.4 * largest("key_figures")
