"""The clip editor's own work, by keys alone and by mouse: in and out, the frame on the video, and its key frames."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cms.clips.reading import Timed, for_the_script, readings
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_screens import runs_over, violations
from tests.workshop import ROOT, Workshop

pytestmark = pytest.mark.xdist_group("demo")

TITLE = "Une journée au pavillon"


@pytest.fixture
def clip(demo: Workshop) -> int:
    ((pk,),) = demo.ask(f"select id from clips_clip where title = '{TITLE}'")  # noqa: S608
    return int(pk)


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A page with the scripts that read captions, and nothing else."""
    page = browser.new_page()
    for name in ("moments", "reading"):
        page.add_script_tag(path=ROOT / f"cms/clips/static/clips/{name}.js")
    yield page
    page.close()


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


def test_captions_are_split_merged_and_begun_by_keys_and_every_act_is_told(enter, clip, shot):
    page = opened(enter("editor"), clip)
    said, player = page.locator(".at-cues [role=status]"), page.locator("[data-player]")
    before = captions(page)
    (start, end, text), middle = before[0], 1.5
    at(page, middle)

    player.press("s")
    expect(said).to_have_text("Split at 0:01.5.")
    (_, first_end, head), (second_start, second_end, tail), *_rest = captions(page)
    assert (first_end, second_start, second_end, f"{head} {tail}") == ("0:01.5", "0:01.5", end, text)
    row = page.get_by_role("row", name=f"Caption 1, {start} to 0:01.5")
    row.focus()
    row.press("m")
    expect(said).to_have_text(f"Merged: {start} to {end}.")
    assert captions(page) == before
    row = page.locator(".at-cues tbody tr").first
    expect(row).to_be_focused()

    row.press("Control+z")
    assert len(captions(page)) == len(before) + 1
    page.keyboard.press("Control+z")
    assert captions(page) == before
    page.keyboard.press("Control+Shift+z")
    assert len(captions(page)) == len(before) + 1
    page.keyboard.press("Control+z")

    at(page, 0.1)
    player.press("n")
    expect(said).to_have_text(f"New caption, 0:00.1 to {start}. Write its words.")
    page.keyboard.type("Smile / now")
    assert captions(page)[0] == ["0:00.1", start, "Smile / now"]
    expect(page.locator(".at-cues tbody tr").first.locator("[data-reading]")).to_contain_text("Too brief")
    shot(page, "admin_clip_editor_captions")
    assert violations(page, ".at-cues") == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("row", name="Caption 1, 0:00.1 to")).to_be_focused()
    page.keyboard.press("n")
    expect(said).to_have_text("A caption stands at 0:00.1 already. Split it instead.")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[name=cues-text]").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_label("Find", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(player).to_be_focused()


@pytest.fixture
def without_letters(demo: Workshop) -> Iterator[None]:
    """The editor has switched off keys of a single character in their account."""
    change = "from cms.accounts.models import User; User.objects.filter(username='editor').update(letter_keys={})"
    demo.manage("shell", "-v0", "-c", change.format(False))
    yield
    demo.manage("shell", "-v0", "-c", change.format(True))


def test_keys_of_a_single_character_do_nothing_once_they_are_switched_off(without_letters, enter, clip):
    page = opened(enter("editor"), clip)
    before, player = captions(page), page.locator("[data-player]")
    begins = page.locator("[name=begins]")
    began = begins.input_value()
    at(page, 1.5)

    for key in ("s", "m", "i", "l", "n", "?", "/", "."):
        player.press(key)
        page.locator(".at-cues tbody tr").first.press(key)
    assert captions(page) == before
    assert begins.input_value() == began
    expect(page.locator("[data-now]")).to_have_text("0:01.5")
    page.get_by_role("button", name="Keys", exact=True).click()
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("switched off in your account")
    named = [name for name in keys.locator("kbd").all_text_contents() if len(name) == 1 and name.isascii()]
    assert named == ["Z", "Z"]  # of Ctrl and Z

    page.keyboard.press("Escape")
    player.press("Alt+ArrowDown")
    expect(page.locator("[data-now]")).not_to_have_text("0:01.5")


READ_IN_THE_PAGE = """([limits, cues]) => {
    const read = window.clipReading(limits);
    const typed = cues.map(([start, end, text]) => ({ start, end, text }));
    return typed.map((cue, place) => read(cue, typed[place - 1] || null))
        .map(({ speed, faults }) => [speed, ...faults.map(({ words, blocks }) => `${blocks} ${words}`)]);
}"""


@pytest.mark.parametrize(
    ("language", "length"),
    [("en", 13_900), ("ja", None), ("ko", 30_000), ("zh-Hans", None), ("ar", 20_000), ("hi", None)],
)
def test_while_it_is_typed_a_caption_reads_as_it_will_when_it_is_saved(language, length, reader):
    written = [
        (0, 1000, "Đồng bào cả nước"), (900, 900, "x"), (2000, 9500, "word " * 30 + "."),
        (9530, 9700, "ที่นี่ ខ្មែរ हिन्दी"), (9700, 12_000, "日本語ABC、「한국」ｱﾊﾟｰﾄ"), (13_000, 14_000, "👩‍👩‍👧 لُغَة"),
        (12_950, 14_200, ""), (20_000, 21_234, "Twelve letters"),
    ]  # fmt: skip

    told = reader.evaluate(READ_IN_THE_PAGE, [for_the_script(language, length), written])

    assert told == [
        [each.speed, *(f"{str(fault.blocks).lower()} {fault.words}" for fault in each.faults)]
        for each in readings([Timed(*cue) for cue in written], language, length)
    ]


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


def captions(page: Page) -> list[list[str]]:
    """Those that are not empty: from, to, words."""
    rows: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('.at-cues tbody tr')].map(row => ['start', 'end', 'text']"
        ".map(name => row.querySelector(`[name=cues-${name}]`).value)).filter(cells => cells.some(Boolean))"
    )
    return rows


def at(page: Page, seconds: float) -> None:
    page.evaluate("moment => { document.querySelector('[data-video]').currentTime = moment; }", seconds)
    expect(page.locator("[data-now]")).to_have_text(f"0:0{seconds:g}")


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
