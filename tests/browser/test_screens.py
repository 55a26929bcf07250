"""Screens as people meet them: on a desk and on a phone, in both directions, with and without scripts."""

import json
import re
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.workshop import Workshop

pytestmark = pytest.mark.xdist_group("demo")

SIZES = {"desk": DESK, "phone": PHONE, "zoomed": {"width": 320, "height": 640}}
PORTAL = {
    "today": "/",
    "campaigns": "/campaigns/",
    "campaign": "/campaigns/expo-2025/",
    "design": "/d/{edition}/instagram.story/",
    "clip": "/d/{clip}/instagram.reel/",
    "packages": "/packages/",
    "new_package": "/packages/new/?campaign=expo-2025",
    "package": "/packages/{package}/",
    "account_kit": "/account-kit/",
}
ADMIN = {
    "home": "/admin/",
    "files": "/admin/files/{key}/",
    "approve": "/admin/approve/{task_state}/",
    "infographics": "/admin/snippets/infographics/infographic/",
    "clips": "/admin/snippets/clips/clip/",
    "approve_clip": "/admin/approve/{clip_state}/",
}
BUDGET = 150_000  # bytes of the first screen: UX.md, section 3


@pytest.fixture(scope="module")
def places(demo: Workshop) -> dict[str, object]:
    """Rows of the demo that stand in addresses."""
    ((edition, key),) = demo.ask("select id, translation_key from editions_edition where title like 'Ten thousand%'")
    ((task_state,),) = demo.ask(f"select task_state_id from editions_submission where edition_id = {edition}")  # noqa: S608
    ((clip, clip_state),) = demo.ask(
        "select e.id, s.task_state_id from editions_edition e join editions_submission s on s.edition_id = e.id "
        "where e.title = 'One day at the pavilion'"
    )
    ((package,),) = demo.ask(
        "select p.id from packages_package p join missions_mission m on m.id = p.mission_id "
        "where m.city = 'Rabat' and p.file_name like 'expo%' order by p.id limit 1"
    )
    return {
        "edition": edition, "key": UUID(str(key)), "task_state": task_state, "package": package, "clip": clip,
        "clip_state": clip_state,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", SIZES)
def test_the_portal_fits_and_is_accessible(size, language, enter, places, shot):
    page = enter("rabat", size=SIZES[size], language=language)

    faults = {}
    for name, address in PORTAL.items():
        page.goto(address.format(**places))
        page.wait_for_load_state("networkidle")
        shot(page, f"portal_{name}_{size}_{language}")
        assert page.locator("html").get_attribute("dir") == {"en": "ltr", "ar": "rtl"}[language]
        faults[name] = violations(page) + runs_over(page)

    assert faults == {name: [] for name in PORTAL}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_our_pages_of_the_admin_are_accessible(language, enter, places, shot):
    page = enter("editor", language=language)
    faults = {}
    for name, address in ADMIN.items():
        page.goto(address.format(**places))
        page.wait_for_load_state("networkidle")
        shot(page, f"admin_{name}_{language}")
        faults[name] = violations(page, "#main")

    assert faults == {name: [] for name in ADMIN}


@pytest.mark.parametrize("size", SIZES)
def test_approvers_see_no_picture_out_of_proportion(size, enter, places, demo, shot):
    ready = (
        f"variants_variant v join variants_storedfile f on f.id = v.file_id where v.edition_id = {places['edition']}"
    )
    pictures = len(demo.ask(f"select v.id from {ready} and f.key not like '%.pdf'"))  # noqa: S608
    slides = f"select id from variants_sidecar where number > 0 and variant_id in (select v.id from {ready})"  # noqa: S608
    pictures += len(demo.ask(slides))
    page = enter("approver", size=SIZES[size])
    page.goto(ADMIN["approve"].format(**places))
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    shot(page, f"admin_approve_{size}_en")

    shown = page.evaluate(
        "[...document.querySelectorAll('.at-pairs img')].map(image => "
        "[image.clientWidth / image.clientHeight, image.naturalWidth / image.naturalHeight])"
    )

    assert len(shown) == pictures
    assert [(seen, real) for seen, real in shown if seen != pytest.approx(real, rel=0.03)] == []


def test_the_captions_table_is_accessible(enter, demo, shot):
    page = enter("editor")
    ((clip,),) = demo.ask("select id from clips_clip where title = 'One day at the pavilion'")
    page.goto(f"/admin/snippets/clips/clip/edit/{clip}/")
    page.wait_for_load_state("networkidle")

    page.get_by_role("button", name="Add a caption").click()
    page.keyboard.type("0:08.8")
    shot(page, "admin_clip")

    assert page.locator("[name=cues-start]").last.input_value() == "0:08.8"
    assert violations(page, ".at-cues") == []


@pytest.mark.parametrize(("size", "language"), [("desk", "en"), ("phone", "ar")])
def test_how_a_placement_differs_is_said_by_keys_alone(size, language, enter, demo, shot):
    page = enter("editor", size=SIZES[size], language=language)
    ((pk,),) = demo.ask(
        "select i.id from infographics_infographic i join wagtailcore_locale l on l.id = i.locale_id "  # noqa: S608
        "where i.translation_key = (select translation_key from infographics_infographic "
        f"where title like 'Ninety missions%') and l.language_code = '{language}'"
    )
    page.goto(f"/admin/snippets/infographics/infographic/edit/{pk}/")
    page.wait_for_load_state("networkidle")
    page.get_by_role("tab").nth(3).click()

    page.locator("[data-choice]").select_option("instagram.story")
    page.locator("[data-add]").press("Enter")
    page.keyboard.type("In other words")
    page.locator("[data-up]").nth(1).press("Enter")
    page.keyboard.press("Enter")  # focus goes with the block: it is the first now, so this moves it down again
    page.locator("[data-shown]").last.press("Space")
    page.locator("[data-point]").first.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    shot(page, f"admin_differences_{size}_{language}")

    (difference,) = json.loads(page.locator("[name=overrides]").input_value())
    ids = page.locator("input[name^=body-][name$=-id]").evaluate_all(
        "fields => fields.filter(field => /^body-[0-9]+-id$/.test(field.name)).map(field => field.value)"
    )
    assert (difference["placement"], difference["headline"]) == ("instagram.story", "In other words")
    assert (difference["hidden"], difference["order"]) == ([ids[-1]], [])
    assert [crop["focal"] for crop in difference["crops"]] == [[0.51, 0.4]]
    assert violations(page, ".at-overrides") + runs_over(page) == []

    page.get_by_role("tab").nth(0).click()
    page.locator("[data-streamfield-action=DELETE]").last.click()
    page.get_by_role("tab").nth(3).click()
    expect(page.locator("[data-gone] del")).to_have_count(1)
    shot(page, f"admin_differences_gone_{size}_{language}")
    assert json.loads(page.locator("[name=overrides]").input_value()) == [difference]
    assert violations(page, ".at-overrides") == []


def test_the_preview_shows_at_once_how_a_placement_differs(enter, demo, shot):
    page = enter("editor", size={"width": 1500, "height": 1000})
    ((pk,),) = demo.ask("select id from infographics_infographic where title like 'Ninety missions%'")
    page.goto(f"/admin/snippets/infographics/infographic/edit/{pk}/")
    page.get_by_role("button", name="Toggle preview").click()
    page.wait_for_load_state("networkidle")
    before = drawn(page)
    shown = page.get_by_label("Preview mode").input_value()
    page.get_by_role("tab", name="Differences").click()

    page.locator("[data-choice]").select_option(shown)
    page.locator("[data-add]").click()
    page.locator("[data-shown]").first.uncheck()

    expect(page.frame_locator("iframe[title=Preview]").last.locator("img").first).not_to_have_attribute("src", before)
    shot(page, "admin_differences_preview_en")


def test_the_first_page_is_light(enter):
    page = enter("rabat")
    weights: list[int] = []
    page.on("response", lambda answer: weights.append(len(answer.body()) if answer.status == 200 else 0))

    page.goto("/")
    page.wait_for_load_state("networkidle")

    assert 0 < sum(weights) < BUDGET


def test_without_scripts_no_button_is_dead(browser, enter, places):
    page = enter("rabat")
    plain = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state(), base_url=page.url
    ).new_page()
    plain.goto("/d/{edition}/x.post/".format(**places))

    expect(plain.locator("a.btn.main")).to_be_visible()
    expect(plain.locator("button[data-copy]")).not_to_have_count(0)
    expect(plain.locator("button[data-copy]:visible")).to_have_count(0)
    plain.context.close()


def test_the_preview_follows_the_typing_and_the_sheet_shows_every_placement(enter, demo, shot):
    page = enter("editor", size={"width": 1500, "height": 1000})
    ((pk,),) = demo.ask("select id from infographics_infographic where title like 'Ninety missions%'")
    page.goto(f"/admin/snippets/infographics/infographic/edit/{pk}/")
    page.get_by_role("button", name="Toggle preview").click()
    page.wait_for_load_state("networkidle")  # Wagtail forgets a change that comes while the first preview is drawn
    before = drawn(page)

    page.locator("[name=body-0-value-text]").press_sequentially(" today", delay=250)

    expect(page.frame_locator("iframe[title=Preview]").last.locator("img").first).not_to_have_attribute("src", before)
    shot(page, "admin_preview_one_en")
    page.get_by_label("Preview mode").select_option("sheet")
    pictures = page.frame_locator("iframe[title=Preview]").last.locator("img")
    expect(pictures).to_have_count(12)
    page.wait_for_function(
        "[...document.querySelector('iframe[title=Preview]').contentDocument.images]"
        ".filter(image => image.complete && image.naturalWidth).length > 4"
    )
    shot(page, "admin_preview_sheet_en")


def drawn(page: Page) -> str:
    picture = page.frame_locator("iframe[title=Preview]").last.locator("img").first
    source = picture.get_attribute("src")
    assert source is not None
    assert source.startswith("data:image/webp")
    return source


def test_the_second_of_two_editors_is_told_and_nothing_is_lost(enter, demo):
    ((pk,),) = demo.ask("select id from infographics_infographic where title like 'Three more newsrooms%'")
    address = f"/admin/snippets/infographics/infographic/edit/{pk}/"
    first, second = enter("editor"), enter("admin")
    for page in (first, second):
        page.goto(address)
        page.wait_for_load_state("networkidle")

    first.fill("[name=date]", "written first")
    first.get_by_role("button", name="Save draft").click()
    expect(first.locator(".messages")).to_contain_text("updated")
    second.fill("[name=date]", "written second")

    expect(second.get_by_role("button", name=re.compile("saved a new version"))).to_be_visible()
    second.get_by_role("button", name="Save draft").click()
    second.locator("[data-w-dialog-target=confirm]").click()
    expect(second.locator(".messages")).to_contain_text("updated")
    kept = demo.ask(
        f"select content from wagtailcore_revision where object_id = '{pk}' order by id desc limit 2"  # noqa: S608
    )
    assert ["written second" in str(kept[0]), "written first" in str(kept[1])] == [True, True]


def violations(page: Page, within: str = "html") -> list[str]:
    found = Axe().run(page, context={"include": [[within]]})
    return [
        f"{fault['id']}: {fault['help']}: {fault['nodes'][0]['html'][:160]}" for fault in found.response["violations"]
    ]


def runs_over(page: Page) -> list[str]:
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{over} px wider than the screen"] if over > 0 else []
