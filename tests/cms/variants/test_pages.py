"""Carousels and documents: every slide leaves, is seen, described and packaged, and no other way than its file."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from cms.campaigns.models import Campaign
from cms.demo import load
from cms.infographics.models import Infographic
from cms.packages.build import order_package
from cms.packages.models import Package
from cms.variants.models import Variant
from media_tools.infographic import BLOCKS

SWIPED, LEAFED, SINGLE = "instagram.feed_portrait", "linkedin.document", "x.header"
MORE = ("timeline", "steps", "facts_list", "table", "truth_first")


def as_rows(name: str) -> dict[str, object]:
    """A block's example as the editor's form holds it, without icons: a form keeps those by reference."""
    without = {"block": True, "rows": {"__all__": {"icon": True}}}
    return {"type": name, "value": BLOCKS[name].example().model_dump(mode="json", exclude=without)}


@pytest.fixture
def design(db, people) -> Infographic:
    """A draft in English that is too long for one page."""
    made = load.design("expo", "en", Campaign.objects.get(slug="expo-2025"))
    made.body = json.dumps([*made.body.get_prep_value(), *(as_rows(name) for name in MORE)])
    made.placements = [SWIPED, LEAFED, SINGLE]
    made.save()
    made.save_revision(user=people["editor"])
    return Infographic.objects.get(pk=made.pk)


def variant(edition, placement: str) -> Variant:
    return Variant.objects.get(edition=edition, placement=placement)


def test_a_carousel_is_several_files_each_with_its_own_words(edition):
    swiped = variant(edition, SWIPED)
    pages = swiped.pages

    assert len(pages) > 1
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert pages[0].file == swiped.file
    assert len({page.alt for page in pages}) == len(pages)
    for page in pages:
        with default_storage.open(page.file.key) as stored, Image.open(stored) as picture:
            assert picture.size == (1080, 1350)


def test_a_document_is_one_file_with_a_picture_of_each_page(edition):
    leafed = variant(edition, LEAFED)

    assert leafed.file.key.endswith(".pdf")
    assert leafed.paged
    with default_storage.open(leafed.file.key) as stored:
        assert stored.read(5) == b"%PDF-"
    assert len(leafed.pages) > 1
    assert all(page.file.key.endswith(".jpg") for page in leafed.pages)


def test_a_single_page_is_its_file_with_the_designs_words(edition):
    (page,) = variant(edition, SINGLE).pages

    assert page.file == variant(edition, SINGLE).file
    assert page.alt == edition.words["alt"]


def test_slides_leave_and_stay_with_their_file(edition, enter, client):
    second = variant(edition, SWIPED).pages[1].file
    address = reverse("file", args=[second.key])

    taken = enter("rabat").get(f"{address}?download")

    assert taken.status_code == 200
    assert taken.headers["Content-Disposition"].rstrip('"').endswith(f"{SWIPED}_2.jpg")
    Campaign.objects.filter(pk=edition.campaign_id).update(held=True)
    assert enter("rabat").get(address).status_code == 404
    assert client.get(address).status_code == 404


def test_an_approver_sees_every_slide_and_every_page(design, submit, enter):
    state = submit(design)
    edition = state.submission.edition
    shown = enter("approver").get(reverse("approve", args=[state.pk])).content.decode()

    for placement in (SWIPED, LEAFED):
        for page in variant(edition, placement).pages:
            assert reverse("file", args=[page.file.key]) in shown


def test_a_mission_sees_every_slide_and_copies_its_words(edition, enter):
    swiped = variant(edition, SWIPED)
    shown = enter("rabat").get(reverse("design", args=[edition.pk, SWIPED])).content.decode()

    for page in swiped.pages:
        assert reverse("file", args=[page.file.key]) in shown
        assert f'id="alt-{page.number}"' in shown


def test_a_package_holds_every_slide_by_name_and_says_what_it_shows(edition, rabat, people, at_commit):
    with at_commit():
        made = order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])
    package = Package.objects.get(pk=made.pk)
    with default_storage.open(package.file.key) as stored:
        archive = ZipFile(BytesIO(stored.read()))
    manifest = {entry["placement"]: entry for entry in json.loads(archive.read("manifest.json"))["files"]}
    pages = variant(edition, SWIPED).pages
    first = manifest[SWIPED]["name"]

    assert manifest[SWIPED]["alt"] == pages[0].alt
    assert [(entry["slide"], entry["alt"]) for entry in manifest[SWIPED]["beside"]] == [
        (page.number, page.alt) for page in pages[1:]
    ]
    assert [entry["name"] for entry in manifest[SWIPED]["beside"]] == [
        first.replace(".jpg", f"_{page.number}.jpg") for page in pages[1:]
    ]
    assert {entry["name"] for entry in manifest[SWIPED]["beside"]} < set(archive.namelist())
    (words,) = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt")]
    assert all(f"{page.number}. {page.alt}" in words for page in pages)


def test_the_same_content_again_shares_all_slides(edition, design, submit):
    before = [page.file for page in variant(edition, SWIPED).pages]
    design.refresh_from_db()
    design.post_text = "Other words for the post."
    design.save_revision()
    again = submit(design).submission.edition

    assert again != edition
    assert [page.file for page in variant(again, SWIPED).pages] == before
    assert [page.alt for page in variant(again, SWIPED).pages] == [page.alt for page in variant(edition, SWIPED).pages]


def test_a_preview_shows_every_slide(design, people):
    request = {"user": people["editor"]}
    shown = design.make_preview_request(preview_mode=SWIPED, extra_request_attrs=request).content.decode()

    assert shown.count("data:image/webp;base64,") > 1
