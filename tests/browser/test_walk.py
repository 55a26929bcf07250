"""From an upload to an embassy's disk, in a real browser, with real processes behind it."""

import hashlib
import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from media_tools.example import campaign

pytestmark = pytest.mark.xdist_group("demo")

TITLE = "Evenings at the pavilion"
PLACEMENTS = ("x.post", "instagram.feed_square")


@pytest.fixture(scope="module")
def photo(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("photo")
    campaign.draw_pictures(folder, 1400, only=["bay"])
    return (folder / "bay.jpg").rename(folder / "evening.jpg")


def test_designer_editor_approver_and_mission_hand_one_design_through(enter, photo, shot, tmp_path):
    upload(enter("designer"), photo, shot)
    write_and_submit(enter("editor"), shot)
    judged = judge(enter("approver"), shot)

    taken = take_package(enter("rabat"), tmp_path, shot)

    assert set(judged) == set(PLACEMENTS)
    assert taken == judged


def upload(page: Page, photo: Path, shot) -> None:
    page.goto("/admin/images/add/")
    page.set_input_files("[name=file]", photo)
    page.fill("[name=title]", "Evening at the pavilion")
    page.fill("#id_description", "A junk on a bay at dusk.")
    page.fill("[name=credit]", "Illustration: A. Designer")
    page.fill("[name=licence]", "Owned by the ministry")
    shot(page, "upload")
    page.get_by_role("button", name="Upload").click()

    expect(page.locator(".messages")).to_contain_text("added")


def write_and_submit(page: Page, shot) -> None:
    page.goto("/admin/snippets/infographics/infographic/add/?locale=en")
    page.fill("[name=title]", TITLE)
    choose(page, "Choose campaign", "EXPO 2025 Osaka")
    block(page, "Headline")
    page.fill("[name=body-0-value-text]", "Ten thousand people came on one day")
    block(page, "Key figures")
    choose(page, "Choose fact", "a day: visitors to the Viet Nam pavilion")
    block(page, "Photo")
    page.get_by_role("button", name="Choose an image").click()
    page.locator(".modal").get_by_role("link", name="Evening at the pavilion").first.click()
    expect(page.locator(".modal")).to_have_count(0)
    page.get_by_role("tab", name="Post text").click()
    page.fill("[name=post_text]", "Ten thousand people came on one day.")
    page.get_by_role("tab", name="Placements").click()
    for box in page.locator("[name=placements]").all():
        box.set_checked(box.get_attribute("value") in PLACEMENTS)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("^Submit to")).click()

    page.wait_for_url("**/admin/files/**")
    expect(page.locator(".at-progress strong")).to_have_text("2 of 2 made")
    shot(page, "files")


def judge(page: Page, shot) -> dict[str, str]:
    """What the approver saw, by placement: the digest that the page told, which is that of the bytes it served."""
    page.goto("/admin/")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_load_state("networkidle")
    shot(page, "approve")
    told = {}
    for figure in page.locator(".at-pairs figure").all():
        source = figure.locator("img").last.get_attribute("src")
        served = hashlib.sha256(page.request.get(source).body()).hexdigest()
        told[figure.get_attribute("data-placement")] = served
        assert figure.get_attribute("data-sha256") == served
    expect(page.get_by_text("10,000 a day: visitors to the Viet Nam pavilion").first).to_be_visible()
    page.get_by_role("button", name="Approve these 2 files").click()

    expect(page.locator(".messages")).to_contain_text("2 files are approved.")
    return told


def take_package(page: Page, folder: Path, shot) -> dict[str, str]:
    """The digests of the files in the mission's ZIP, by placement."""
    page.goto("/campaigns/expo-2025/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    shot(page, "design")
    page.goto("/packages/new/?campaign=expo-2025")
    page.get_by_label("Full").check()
    for language in ("العربية", "Français"):
        page.get_by_label(language, exact=True).uncheck()
    page.get_by_role("button", name=re.compile("^Make this package")).click()
    take = page.locator("#take")
    while not take.is_visible():  # the page renews itself; a reader may as well
        page.wait_for_timeout(300)
        page.reload()
    with page.expect_download() as download:
        take.click()
    download.value.save_as(folder / "package.zip")
    archive = ZipFile(folder / "package.zip")
    manifest = json.loads(archive.read("manifest.json"))
    return {
        entry["placement"]: hashlib.sha256(archive.read(entry["name"])).hexdigest()
        for entry in manifest["files"]
        if entry["title"] == TITLE
    }


def choose(page: Page, button: str, row: str) -> None:
    page.get_by_role("button", name=button).first.click()
    page.locator(".modal").get_by_role("link", name=row).first.click()
    expect(page.locator(".modal")).to_have_count(0)


def block(page: Page, name: str) -> None:
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=name).click()
