"""The clip editor's own work, by keys alone and by mouse: in and out, the frame on the video, and its key frames."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.test_screens import runs_over, violations
from tests.workshop import Workshop

pytestmark = pytest.mark.xdist_group("demo")

TITLE = "Une journée au pavillon"


@pytest.fixture
def clip(demo: Workshop) -> int:
    ((pk,),) = demo.ask(f"select id from clips_clip where title = '{TITLE}'")  # noqa: S608
    return int(pk)


def test_by_keys_alone_a_frame_is_moved_and_kept(enter, demo, clip, shot):
    page = opened(enter("editor"), clip)
    page.get_by_role("button", name="4:5").press("Enter")
    frame = page.get_by_role("button", name="Frame 4:5, moved by the arrow keys")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "ArrowLeft"):
        frame.press(key)
    expect(page.locator("[data-said]")).to_have_text("61 % from the left, 50 % from the top.")

    player = page.get_by_role("group", name="Footage, moved by keys")
    for key in (".", "ArrowRight", "i", "l", "l", "l", "o"):  # two frames on: in; three seconds on: out
        moment = page.locator("[data-now]").text_content()
        player.press(key)
        if key not in "io":
            expect(page.locator("[data-now]")).not_to_have_text(moment or "")
    page.get_by_role("button", name="Add a key frame at this moment").press("Enter")
    frame.press("ArrowLeft")
    shot(page, "admin_clip_editor_desk_en")
    assert violations(page, ".at-stage") + violations(page, ".at-paths") == []
    page.get_by_role("button", name="Save draft").press("Enter")
    expect(page.locator(".messages")).to_contain_text("updated")

    kept = draft(demo, clip)
    assert [(row["fit"], row["focal_x"]) for row in kept["framings"] if row["aspect"] == "4:5"] == [("crop", 61)]
    assert (kept["begins"], kept["ends"]) == (67, 3067)
    ((key,),) = [path["keys"] for path in json.loads(told(kept["paths"])).values()]
    assert (key["at"], round(key["x"], 2), key["cut"]) == (3067, 0.6, False)


def test_undo_brings_back_what_a_drag_moved(enter, clip):
    page = opened(enter("editor"), clip)
    page.get_by_role("button", name="16:9").press("Enter")
    page.get_by_role("button", name="9:16").press("Enter")
    left, frame = page.locator("[data-x]"), page.locator("[data-crop]")
    frame.evaluate("frame => frame.scrollIntoView({ block: 'center' })")
    before, box = left.input_value(), frame.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1], steps=4)
    page.mouse.up()
    assert int(left.input_value()) > int(before)

    page.get_by_role("button", name="Undo").click()
    expect(left).to_have_value(before)


@pytest.mark.parametrize(("size", "language"), [(DESK, "ar"), (PHONE, "en"), (PHONE, "ar")])
def test_it_fits_and_is_accessible(size, language, enter, clip, shot):
    page = opened(enter("editor", size=size, language=language), clip)
    shot(page, f"admin_clip_editor_{size['width']}_{language}")

    assert violations(page, ".at-stage") + violations(page, ".at-paths") + runs_over(page) == []


def opened(page: Page, clip: int) -> Page:
    """The editor, once its footage shows a picture."""
    page.goto(f"/admin/snippets/clips/clip/edit/{clip}/")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("document.querySelector('[data-video]').readyState >= 2")
    return page


def draft(demo: Workshop, clip: int) -> dict[str, Any]:
    """The newest draft as Wagtail keeps it."""
    ((content,),) = demo.ask(
        "select r.content from wagtailcore_revision r join django_content_type t on t.id = r.content_type_id "  # noqa: S608
        f"where t.app_label = 'clips' and r.object_id = '{clip}' order by r.id desc limit 1"
    )
    kept: dict[str, Any] = json.loads(told(content))
    return kept


def told(value: Any) -> str:
    """JSON as text, whichever way a database gives it."""
    return value if isinstance(value, str) else json.dumps(value)
