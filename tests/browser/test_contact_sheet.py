"""The demo's page as a person sees it, on a desk and on a phone."""

from pathlib import Path

import pytest

from media_tools.example import campaign
from media_tools.example.contact_sheet import contact_sheet
from media_tools.platforms import choose
from media_tools.stills import Job, make_stills

SCREENS = {"desk": {"width": 1400, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture(scope="module")
def sheet(pictures: Path, kit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    stills = []
    for language in ("en", "ar"):
        out = folder / "missions" / language
        out.mkdir(parents=True)
        job = Job(
            campaign.story("missions", language),
            kit,
            pictures,
            choose("x.post,instagram.story,x.header"),
            "jpeg",
            "m",
            out,
        )
        stills += make_stills(job)
    return contact_sheet(stills, folder)


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_every_picture_loads_and_nothing_runs_off_the_screen(screen, browser, sheet):
    page = browser.new_page(viewport=screen)
    page.goto(sheet.as_uri())
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.wait_for_function("[...document.images].every(image => image.complete)")

    widths = page.evaluate("[...document.images].map(image => image.naturalWidth)")
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()

    assert len(widths) == 6
    assert min(widths) > 0
    assert overflow <= 0


def test_every_file_has_a_name_for_people_who_do_not_see_it(browser, sheet):
    page = browser.new_page()
    page.goto(sheet.as_uri())

    names = page.evaluate("[...document.images].map(image => image.alt)")
    page.close()

    assert len(set(names)) == 6
    assert all(names)
