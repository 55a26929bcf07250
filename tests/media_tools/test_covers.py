import pytest

from media_tools.blocks.headline import Headline
from media_tools.blocks.photo import Photo
from media_tools.infographic import Infographic, LaidOut, lay_out
from media_tools.layout.footer import lock_up
from media_tools.layout.frame import Found, Frame, Paragraph, walk
from media_tools.pages import largest_type
from media_tools.platforms import placements

WORDS = Headline(text="Ten thousand visitors on a peak day", kicker="EXPO 2025 Osaka")
BANNERS = ("email.header", "vk.cover", "linkedin.cover", "youtube.banner")
COVERS = [name for name, placement in placements().items() if placement.use.at_a_glance and placement.still]


@pytest.fixture
def laid(kit, typesetter):
    def lay(placement: str, *blocks, theme: str = "bulletin") -> LaidOut:
        told = Infographic(version=1, language="en", theme=theme, source="Nhan Dan, 2025", blocks=(WORDS, *blocks))
        return lay_out(told, placements()[placement], kit, typesetter)

    return lay


def named(page: LaidOut, name: str) -> Found:
    return next(found for found in walk(page.frame) if isinstance(found.item, Frame) and found.item.name == name)


@pytest.mark.parametrize("placement", COVERS)
@pytest.mark.parametrize("theme", ["bulletin", "signal"])
def test_the_headline_leads_on_every_cover(laid, placement, theme):
    page = laid(placement, theme=theme)

    sizes = sorted(
        {run.style.size for found in walk(page.frame) for run in getattr(found.item, "runs", ()) if run.text.strip()}
    )

    assert sizes[-1] == largest_type(named(page, "headline").item)
    assert sizes[-1] >= 1.4 * sizes[-2]


@pytest.mark.parametrize("placement", BANNERS)
@pytest.mark.parametrize("theme", ["bulletin", "signal"])
def test_the_globe_rises_over_the_edge_at_the_end_of_a_banner(laid, placement, theme):
    page = laid(placement, theme=theme)

    globe = named(page, "meridians")

    assert globe.box.bottom == pytest.approx(page.page.size.height)
    assert globe.box.right > page.page.size.width
    assert globe.box.width >= 0.35 * page.page.short


def test_a_globe_stands_on_no_photo_and_on_no_paper(laid):
    groups = {getattr(found.item, "name", "") for found in walk(laid("email.header", Photo.example()).frame)}

    assert "photo" in groups
    assert "meridians" not in groups


@pytest.mark.parametrize("placement", COVERS)
def test_no_name_is_broken_on_a_cover_that_has_room_for_it(laid, placement):
    page = laid(placement)

    names = next(found for found in walk(page.frame) if getattr(found.item, "name", "") == "lockup")
    whole = lock_up(page.page, page.page.box.width)

    assert names.box.height <= whole.size.height
    assert any(isinstance(found.item, Paragraph) for found in walk(names.item))
