"""From an upload to an embassy's disk, in a real browser, with real processes behind it."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from media_tools.example import campaign
from media_tools.example import footage as film

pytestmark = pytest.mark.xdist_group("demo")

TITLE, CLIP = "Evenings at the pavilion", "One evening at the pavilion"
PLACEMENTS = ("x.post", "instagram.feed_square")
SPOKEN = """\
1
00:00:01,200 --> 00:00:02,600
Ten thousand people came.

2
00:00:02,800 --> 00:00:04,400
They came on one day.
"""


@pytest.fixture(scope="module")
def photo(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("photo")
    campaign.draw_pictures(folder, 1400, only=["bay"])
    return (folder / "bay.jpg").rename(folder / "evening.jpg")


@pytest.fixture(scope="module")
def footage(tmp_path_factory) -> Path:
    return film.film_footage(tmp_path_factory.mktemp("footage"))


def test_designer_editor_approver_and_mission_hand_one_design_through(enter, photo, shot, tmp_path):
    upload(enter("designer"), photo, shot)
    write_and_submit(enter("editor"), shot)
    judged = judge(enter("approver"), shot)

    taken = take_package(enter("rabat"), tmp_path, shot)

    assert set(judged) == set(PLACEMENTS)
    assert taken == judged


def test_footage_and_a_captions_file_become_a_clip_on_an_embassys_disk(enter, footage, shot, tmp_path):
    upload_footage(enter("designer"), footage, shot)
    captions = tmp_path / "captions.srt"
    captions.write_text(SPOKEN, encoding="utf-8")
    cut_and_submit(enter("editor"), captions, shot)
    judged = play_and_judge(enter("approver"), shot)

    archive, entries = package_of(enter("rabat"), CLIP, tmp_path, shot)

    assert set(judged) == set(PLACEMENTS)
    assert {entry["placement"]: digest(archive, entry["name"]) for entry in entries} == judged
    for entry in entries:
        assert {beside["kind"] for beside in entry["beside"]} == {"srt", "vtt", "txt", "jpg"}
        assert all(digest(archive, beside["name"]) == beside["sha256"] for beside in entry["beside"])
    (transcript,) = {archive.read(entry["beside"][2]["name"]).decode() for entry in entries}
    assert transcript == "Ten thousand people came.\nThey came in one day.\n"


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


def upload_footage(page: Page, footage: Path, shot) -> None:
    page.goto("/admin/media/video/add/")
    page.set_input_files("[name=file]", footage)
    page.fill("[name=title]", "Evening, filmed")
    page.fill("#id_description", "A lantern crosses the sky above the pavilion.")
    page.fill("[name=credit]", "Film: A. Designer")
    page.fill("[name=licence]", "Owned by the ministry")
    shot(page, "upload_footage")
    page.locator("main form button[type=submit]").first.click()

    expect(page.locator(".messages")).to_contain_text("added")


def cut_and_submit(page: Page, captions: Path, shot) -> None:
    page.goto("/admin/snippets/clips/clip/add/?locale=en")
    page.fill("[name=title]", CLIP)
    choose(page, "Choose campaign", "EXPO 2025 Osaka")
    choose(page, "Choose video", "Evening, filmed")
    page.fill("[name=begins]", "0:01")
    page.fill("[name=ends]", "4.5")
    page.set_input_files("[name=cues-file]", captions)
    spoken = page.locator("[name=cues-text]")
    expect(spoken.first).to_have_value("Ten thousand people came.")
    spoken.nth(1).fill("They came in one day.")
    page.fill("[name=card_verb]", "See the pavilion")
    choose(page, "Choose link", "See what the pavilion showed")
    page.get_by_role("tab", name="Post text").click()
    page.fill("[name=post_text]", "Ten thousand people came on one day.")
    page.get_by_role("tab", name="Placements").click()
    for box in page.locator("[name=placements]").all():
        box.set_checked(box.get_attribute("value") in PLACEMENTS)
    shot(page, "clip")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=re.compile("^Submit to")).click()

    page.wait_for_url("**/admin/files/**")
    expect(page.locator(".at-progress strong")).to_have_text("2 of 2 made")
    shot(page, "clip_files")


def play_and_judge(page: Page, shot) -> dict[str, str]:
    """The digests of the clips that played before the approver, by placement."""
    page.goto("/admin/")
    page.get_by_role("link", name=CLIP).first.click()
    expect(page.locator(".at-pairs video")).to_have_count(len(PLACEMENTS))
    told = {}
    for figure in page.locator(".at-pairs figure").all():
        player = figure.locator("video")
        player.evaluate("player => { player.muted = true; return player.play() }")
        page.wait_for_function("player => player.currentTime > 0.3", arg=player.element_handle())
        player.evaluate("player => player.pause()")
        assert player.evaluate("player => player.duration") == pytest.approx(3.5 + 3.5, abs=0.1)
        served = hashlib.sha256(page.request.get(player.get_attribute("src")).body()).hexdigest()
        assert figure.get_attribute("data-sha256") == served
        told[figure.get_attribute("data-placement")] = served
    shot(page, "approve_clip")
    page.get_by_role("button", name="Approve these 2 files").click()

    expect(page.locator(".messages")).to_contain_text("2 files are approved.")
    return told


def take_package(page: Page, folder: Path, shot) -> dict[str, str]:
    """The digests of the files in the mission's ZIP, by placement."""
    archive, entries = package_of(page, TITLE, folder, shot)
    return {entry["placement"]: digest(archive, entry["name"]) for entry in entries}


def digest(archive: ZipFile, name: str) -> str:
    return hashlib.sha256(archive.read(name)).hexdigest()


def package_of(page: Page, title: str, folder: Path, shot) -> tuple[ZipFile, list[dict[str, Any]]]:
    """The mission's ZIP, and what its manifest says of the design called `title`."""
    page.goto("/campaigns/expo-2025/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    shot(page, f"design {title}")
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
    return archive, [entry for entry in manifest["files"] if entry["title"] == title]


def choose(page: Page, button: str, row: str) -> None:
    page.get_by_role("button", name=button).first.click()
    page.locator(".modal").get_by_role("link", name=row).first.click()
    expect(page.locator(".modal")).to_have_count(0)


def block(page: Page, name: str) -> None:
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=name, exact=True).click()
