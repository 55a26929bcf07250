"""What a mission sees and takes of its own files."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.urls import reverse

from cms.jobs.models import Job
from cms.packages.build import order_package
from cms.packages.models import Package
from cms.packages.shelf import leaving
from cms.variants.models import Variant


@pytest.fixture
def page(edition) -> str:
    return reverse("design", args=[edition.pk, "x.post"])


@pytest.fixture
def shared(edition) -> Variant:
    return edition.variants.get(mission=None, placement="x.post")


@pytest.fixture
def own(edition, page, enter, at_commit) -> Variant:
    """Made as people ask for it."""
    with at_commit():
        enter("rabat").post(page)
    return Variant.objects.get(edition=edition, mission__name="Embassy in Rabat", placement="x.post")


def seen(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def picture(page: BeautifulSoup) -> str:
    return page.select_one("#stage img")["src"]


def address(variant: Variant) -> str:
    return reverse("file", args=[variant.file.key])


def test_a_button_makes_them_and_they_stand_in_place_of_the_shared(page, shared, own, enter):
    client = enter("rabat")
    assert picture(seen(client, page)) == address(own)
    assert address(own) not in client.get(f"{page}?shared").content.decode().split("sizesec")[0]
    assert picture(seen(client, f"{page}?shared")) == address(shared)
    assert picture(seen(enter("tokyo"), page)) == address(shared)
    assert "2 files show the name of your mission" in client.get(page).content.decode()


def test_tiles_and_lists_show_each_file_once(own, shared, rabat, tokyo, edition, enter):
    assert set(leaving(rabat)) == set(edition.variants.filter(mission=rabat))
    assert set(leaving(tokyo)) == set(edition.variants.filter(mission=None))
    listed = enter("rabat").get(reverse("campaign", args=[edition.campaign.slug])).content.decode()
    assert own.thumbnail.key in listed or shared.thumbnail.key not in listed


def test_packages_hold_its_own_files_in_place_of_the_shared(own, edition, rabat, tokyo, people, at_commit):
    with at_commit():
        made = {m: order_package(m, edition.campaign, leaving(m), people["rabat"]).pk for m in (rabat, tokyo)}

    named = {}
    for mission, package in made.items():
        with default_storage.open(Package.objects.get(pk=package).file.key) as stored:
            manifest = json.loads(ZipFile(BytesIO(stored.read())).read("manifest.json"))
        assert len(manifest["files"]) == 2
        named[mission] = {entry.get("named") for entry in manifest["files"]}
        assert all(("embassy-in-rabat" in entry["name"]) == (mission == rabat) for entry in manifest["files"])
    assert named == {rabat: {own.named}, tokyo: {None}}


def test_a_package_under_an_old_name_leaves_no_more(own, edition, rabat, people, at_commit):
    with at_commit():
        order_package(rabat, edition.campaign, leaving(rabat), people["rabat"])
    assert Package.objects.leaving(rabat).count() == 1

    rabat.names.filter(language="en").update(name="Embassy to Morocco")

    assert Package.objects.leaving(rabat).count() == 0


def test_no_package_takes_another_mission_s_own_files(own, edition, tokyo, people, at_commit):
    with at_commit():
        package = order_package(tokyo, edition.campaign, [own], people["tokyo"])

    assert package.parts.count() == 0


def test_the_package_form_makes_what_is_lacking_and_counts_it(edition, page, enter, at_commit):
    client = enter("rabat")
    form = {"campaign": edition.campaign.slug, "how_much": "full", "language": ["en"], "platform": ["x", "instagram"]}
    with at_commit():
        answer = client.post(reverse("new_package"), {**form, "own": "1"})

    after = seen(client, answer.url)

    assert "own=" not in answer.url
    (line,) = [one for one in after.select(".line") if "With our name" in one.get_text()]
    assert line.get_text(" ").split()[-1] == "2"
    assert after.select_one("button[name=own]") is None


@pytest.mark.parametrize(
    ("row", "job", "words", "button"),
    [
        ("waiting", Job.State.WAITING, "Being made", False),
        ("making", Job.State.RUNNING, "Being made", False),
        ("failed", Job.State.FAILED, "No room.", True),
        ("waiting", Job.State.CANCELLED, "Not all could be made", True),
        ("refused", Job.State.DONE, "Tell headquarters", False),
        ("same", Job.State.DONE, "no place for a name", False),
    ],
)
def test_its_state_is_said_and_the_shared_files_stay(row, job, words, button, own, page, shared, enter):
    found = [{"level": "blocking", "code": "left-out", "message": "Lost.", "remedy": "Shorten it."}]
    problem = "No room." if row == "failed" else ""
    Variant.objects.exclude(mission=None).update(state=row, findings=found, problem=problem, file=None, thumbnail=None)
    Job.objects.filter(kind="variants.make_own").update(state=job)

    told = seen(enter("rabat"), page)

    box = told.select_one("#own")
    assert words in box.get_text()
    assert (box.select_one("button") is not None) == button
    assert box.has_attr("data-renewed") == (words == "Being made")
    assert ("Lost." in box.get_text()) == (row == "refused")
    assert picture(told) == address(shared)


def test_without_a_name_in_its_language_none_are_offered(page, rabat, enter):
    rabat.names.filter(language="en").delete()

    box = seen(enter("rabat"), page).select_one("#own")

    assert "no name in this language" in box.get_text()
    assert box.select_one("button") is None
