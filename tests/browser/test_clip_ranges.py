"""Several ranges of footage and the title card, in the clip editor: by keys alone, and by the rows' own buttons."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.test_clip_editor import clip, draft, opened
from tests.browser.test_screens import runs_over, violations
from tests.workshop import Workshop

__all__ = ["clip"]
pytestmark = pytest.mark.xdist_group("demo")


def pressed(page: Page, *keys: str) -> None:
    """In the player, each once the one before it has done its work."""
    player = page.get_by_role("group", name="Footage, moved by keys")
    for key in keys:
        moment = page.locator("[data-now]").text_content()
        player.press(key)
        if key not in "ior":
            expect(page.locator("[data-now]")).not_to_have_text(moment or "")


def cleared(page: Page) -> Page:
    """Without the ranges that another test has kept."""
    for row in reversed(further(page)):
        row.get_by_role("button", name="Delete").click()
    page.locator("[name=begins]").fill("0")
    page.locator("[name=ends]").fill("")
    page.locator("[name=ends]").blur()
    return page


def further(page: Page) -> list[Locator]:
    """The rows of ranges that are there, from the top."""
    return [row for row in page.locator("#id_ranges-FORMS [data-inline-panel-child]").all() if row.is_visible()]


def edges(page: Page) -> list[tuple[str, ...]]:
    return [
        tuple(row.locator(f"[name$=-{part}]").input_value() for part in ("begins", "ends")) for row in further(page)
    ]


def test_by_keys_alone_ranges_are_added_set_and_kept(enter, demo: Workshop, clip, shot):
    page = cleared(opened(enter("editor"), clip))
    said = page.locator("[data-stage] [data-said]")

    pressed(page, "l", "o", "l", "r")
    expect(said).to_have_text("Further range 1 begins at 0:02. In and out are now set for it.")
    pressed(page, "l", "o", "l", "i")
    expect(said).to_have_text("In of further range 1 is 0:04.")
    pressed(page, "j", "j", "i")
    assert edges(page) == [("0:02", "0:03")]
    pressed(page, "l", "l", "r", "l", "l", "o")
    assert edges(page) == [("0:02", "0:03"), ("0:04", "0:06")]
    expect(page.locator("[data-selection] span")).to_have_count(3)
    page.get_by_role("checkbox", name="Open with its title").check()
    shot(page, "admin_clip_ranges_desk_en")
    assert violations(page, ".at-desk") == []

    page.get_by_role("button", name="Save draft").press("Enter")
    expect(page.locator(".messages")).to_contain_text("updated")
    kept = draft(demo, clip)
    assert (kept["ends"], kept["titled"]) == (1000, True)
    assert [(row["begins"], row["ends"]) for row in kept["ranges"]] == [(2000, 3000), (4000, 6000)]


def test_rows_change_places_and_in_and_out_go_to_the_one_that_was_chosen(enter, clip):
    page = cleared(opened(enter("editor"), clip))
    pressed(page, "l", "o", "l", "r", "l", "o", "l", "r", "l", "o")
    further(page)[1].get_by_role("button", name="Move up").press("Enter")
    assert edges(page) == [("0:04", "0:05"), ("0:02", "0:03")]
    further(page)[1].locator("[name$=-begins]").focus()
    pressed(page, "i")
    expect(page.locator("[data-stage] [data-said]")).to_have_text("In of further range 2 is 0:05.")
    page.get_by_role("button", name="Undo").press("Enter")
    assert edges(page)[1] == ("0:02", "0:03")

    further(page)[0].get_by_role("button", name="Delete").press("Enter")
    expect(page.locator("[data-selection] span")).to_have_count(2)


def test_ranges_play_one_after_another(enter, clip):
    page = cleared(opened(enter("editor"), clip))
    pressed(page, "l", "o", *["l"] * 5, "r", "l", "o")
    page.get_by_role("button", name="Play from in to out").press("Enter")

    seen = page.evaluate("""async () => {
        const video = document.querySelector('[data-video]');
        const seen = [];
        await new Promise((resolve) => { const look = () => {
            seen.push(video.currentTime);
            if (video.paused && seen.length > 30) resolve(); else setTimeout(look, 40);
        }; look(); });
        return seen;
    }""")

    assert not [second for second in seen if 1.3 < second < 5.95]
    assert max(seen) == pytest.approx(7, abs=0.3)


def test_on_a_telephone_ranges_stay_in_their_window(enter, clip, shot):
    page = cleared(opened(enter("editor", size=PHONE), clip))
    page.get_by_role("button", name="New range from here").click()

    further(page)[0].scroll_into_view_if_needed()
    shot(page, "admin_clip_ranges_phone_en")
    assert runs_over(page) == []
