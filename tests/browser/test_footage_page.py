"""Footage's own page in the library: its small copy plays, and shows at a glance how it looks and sounds."""

import pytest
from playwright.sync_api import expect

from media_tools.example.footage import TITLE
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_screens import runs_over, violations

pytestmark = pytest.mark.xdist_group("demo")


@pytest.mark.parametrize(("size", "language"), [(DESK, "en"), (PHONE, "en"), (DESK, "ar")], ids=["desk", "phone", "ar"])
def test_its_small_copy_plays_from_where_its_strip_is_pressed(size, language, enter, demo, shot):
    ((pk,),) = demo.ask(f"select id from library_media where title = '{TITLE}'")  # noqa: S608
    page = enter("designer", size=size, language=language)
    page.goto(f"/admin/media/edit/{pk}/")
    length = page.locator("[data-length]")
    length.wait_for()
    player = page.locator(".at-footage video")
    page.wait_for_function("document.querySelector('.at-footage video').readyState > 0")

    box = length.bounding_box()
    assert box is not None
    length.click(position={"x": box["width"] / 4, "y": 10})

    assert "/proxies/" in (player.get_attribute("src") or "")
    page.wait_for_function("document.querySelector('.at-footage video').currentTime > 0")
    share = player.evaluate("player => player.currentTime / player.duration")
    assert share == pytest.approx(0.25, abs=0.02)  # time runs from the left in every language
    expect(page.locator("[data-now]")).to_be_visible()
    assert violations(page, ".at-footage") == []
    assert not runs_over(page)
    shot(page, f"admin_footage_{'phone' if size is PHONE else 'desk'}_{language}")
