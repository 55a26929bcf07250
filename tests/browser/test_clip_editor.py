"""The clip editor's own work, by keys alone and by mouse: in and out, the frame on the video, and its key frames."""

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

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
    expect(page.locator("[data-stage] [data-said]")).to_have_text("61 % from the left, 50 % from the top.")

    player = page.get_by_role("group", name="Footage, moved by keys")
    for key in (".", "ArrowRight", "i", "l", "l", "l", "o"):  # two frames on: in; three seconds on: out
        moment = page.locator("[data-now]").text_content()
        player.press(key)
        if key not in "io":
            expect(page.locator("[data-now]")).not_to_have_text(moment or "")
    page.get_by_role("button", name="Add a key frame at this moment").press("Enter")
    frame.press("ArrowLeft")
    shot(page, "admin_clip_editor_desk_en")
    assert violations(page, ".at-desk") == []
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


def test_what_was_undone_is_done_again(enter, clip):
    page = opened(enter("editor"), clip)
    page.get_by_role("button", name="16:9").press("Enter")
    page.get_by_role("button", name="9:16").press("Enter")
    frame, left = page.locator("[data-crop]"), page.locator("[data-x]")
    before = left.input_value()
    undo, redo = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    expect(redo).to_be_disabled()

    frame.press("Shift+ArrowRight")
    moved = left.input_value()
    assert moved != before
    frame.press("Control+z")
    expect(left).to_have_value(before)
    frame.press("Control+Shift+z")
    expect(left).to_have_value(moved)
    expect(page.locator("[data-stage] [data-said]")).to_have_text("Done again.")
    undo.press("Enter")
    expect(left).to_have_value(before)
    frame.press("ArrowLeft")  # what is done now is not what was undone
    expect(redo).to_be_disabled()


def test_a_key_shows_the_list_of_keys_and_gives_the_focus_back(enter, clip, shot):
    page = opened(enter("editor"), clip)
    player = page.get_by_role("group", name="Footage, moved by keys")
    player.press("?")

    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("move it by 1 %, with Shift by 10 %")
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    shot(page, "admin_clip_editor_keys")
    assert violations(page, "dialog") == []
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    expect(player).to_be_focused()

    words = page.locator("[name=cues-text]").first
    words.press("?")
    expect(keys).to_be_hidden()
    assert "?" in words.input_value()


def test_captions_are_found_and_moved_by_keys_alone(enter, clip):
    page = opened(enter("editor"), clip)
    begins, words = page.locator("[name=cues-start]"), page.locator("[name=cues-text]")
    said = page.locator(".at-cues [role=status]")
    first, second = words.nth(0), words.nth(1)
    before = begins.nth(0).input_value()

    find = page.get_by_label("Find", exact=True)
    find.fill(second.input_value()[-12:-1].upper())
    expect(said).to_contain_text("Found: 1.")
    find.press("Enter")
    expect(second).to_be_focused()
    second.press("Alt+ArrowUp")
    expect(first).to_be_focused()

    by = page.get_by_label("Move all by seconds")
    by.fill("1,5")
    by.press("Enter")
    expect(said).to_have_text("Moved by 1.5 s. Save to keep it.")
    assert begins.nth(0).input_value() != before
    by.fill("-1.5")
    by.press("Enter")
    expect(begins.nth(0)).to_have_value(before)
    by.fill("-999")
    by.press("Enter")
    expect(said).to_contain_text("Nothing was moved")
    expect(begins.nth(0)).to_have_value(before)


def test_the_video_keeps_in_sight_beside_the_captions_and_above_them_on_phones(enter, clip):
    wide = opened(enter("editor", size={"width": 1440, "height": 900}), clip)
    view = wide.locator(".at-stage-view")
    one, other = box(view), box(wide.locator(".at-cues"))
    assert one["x"] + one["width"] <= other["x"]
    assert abs(one["y"] - other["y"]) < 200
    wide.locator("[name=cues-text]").last.evaluate("field => field.scrollIntoView({ block: 'end' })")
    expect(view).to_be_in_viewport()

    phone = opened(enter("editor", size=PHONE), clip)
    one, other = box(phone.locator(".at-stage-view")), box(phone.locator(".at-cues"))
    assert one["y"] + one["height"] <= other["y"]


@pytest.mark.parametrize(("size", "language"), [(DESK, "ar"), (PHONE, "en"), (PHONE, "ar")])
def test_it_fits_and_is_accessible(size, language, enter, clip, shot):
    page = opened(enter("editor", size=size, language=language), clip)
    shot(page, f"admin_clip_editor_{size['width']}_{language}")

    assert violations(page, ".at-desk") + runs_over(page) == []


def box(part: Locator) -> dict[str, float]:
    found = part.bounding_box()
    assert found is not None
    return dict(found)


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
