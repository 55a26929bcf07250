"""What a mission takes home."""

import hashlib
import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.campaigns.models import Campaign, CoreMessage
from cms.editions.models import ApprovedPlacement, Edition
from cms.jobs.models import Job
from cms.packages.build import order_package
from cms.packages.models import Package, Taken
from cms.packages.work import make
from cms.variants.models import Variant, named


class Quiet:
    """A run that nobody watches."""

    def advance(self, done: int, total: int | None = None, message: str = "") -> None: ...

    def alive(self) -> None: ...


@pytest.fixture
def package(edition, rabat, people, at_commit) -> Package:
    with at_commit():
        made = order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])
    return Package.objects.get(pk=made.pk)


def content(package: Package) -> bytes:
    with default_storage.open(package.file.key) as stored:
        return stored.read()


def test_it_holds_the_very_files_with_their_words(package, edition):
    archive = ZipFile(BytesIO(content(package)))
    manifest = json.loads(archive.read("manifest.json"))

    for entry in manifest["files"]:
        assert hashlib.sha256(archive.read(entry["name"])).hexdigest() == entry["sha256"]
        assert entry["alt"]
        assert entry["credits"][0]["credit"] == "Illustration: Attaché"
    assert {entry["sha256"] for entry in manifest["files"]} == {v.file.sha256 for v in edition.variants.all()}
    (words,) = [name for name in archive.namelist() if name.endswith(".txt")]
    assert edition.words["post"] in archive.read(words).decode()


def test_its_checksums_are_right(package):
    archive = ZipFile(BytesIO(content(package)))

    for line in archive.read("SHA256SUMS").decode().splitlines():
        sha256, name = line.split("  ", 1)
        assert hashlib.sha256(archive.read(name)).hexdigest() == sha256


def test_made_again_it_has_the_same_bytes(package):
    before = content(package)
    Package.objects.filter(pk=package.pk).update(file=None)

    make(Quiet(), package.pk)

    again = Package.objects.get(pk=package.pk)
    assert again.file_id != package.file_id
    assert content(again) == before


def test_the_same_choice_finds_the_same_package(package, edition, rabat, people):
    again = order_package(rabat, edition.campaign, reversed(edition.variants.all()), people["rabat"])

    assert again == package
    assert Job.objects.filter(kind="packages.make").count() == 1


def test_a_part_that_vanished_is_named_and_nothing_is_published(edition, rabat, people, at_commit):
    lost = edition.variants.get(placement="x.post")
    default_storage.delete(lost.file.key)

    with at_commit():
        package = order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])

    assert Package.objects.get(pk=package.pk).file is None
    job = Job.objects.get(kind="packages.make")
    assert job.state == Job.State.FAILED
    assert "x.post" in job.problem


def test_a_withdrawn_part_holds_the_whole_package_back(package, edition, enter):
    client = enter("rabat")
    address = reverse("file", args=[package.file.key])
    assert client.get(address).status_code == 200
    assert Taken.objects.count() == edition.variants.count()

    Edition.objects.filter(pk=edition.pk).update(withdrawn_at="2026-01-01T00:00Z")

    assert client.get(address).status_code == 404
    assert client.get(reverse("package", args=[package.pk])).status_code == 404


def test_another_mission_s_package_is_not_found(package, enter):
    client = enter("tokyo")

    assert client.get(reverse("file", args=[package.file.key])).status_code == 404
    assert client.get(reverse("package", args=[package.pk])).status_code == 404


def test_a_mission_chooses_and_downloads(edition, enter, at_commit):
    client = enter("rabat")
    slug = edition.campaign.slug
    form = {"campaign": slug, "how_much": "full", "language": ["en"], "platform": ["x", "instagram"]}

    with at_commit():
        answer = client.post(reverse("new_package"), form)
    page = client.get(answer.url).content.decode()

    address = re.search(r'id="take" href="([^"]+)"', page)[1]
    assert ZipFile(BytesIO(b"".join(client.get(address).streaming_content))).testzip() is None


@pytest.mark.parametrize(
    ("state", "renews", "words"),
    [
        (Job.State.WAITING, True, "Being made"),
        (Job.State.RUNNING, True, "Being made"),
        (Job.State.CANCELLED, False, "was not made"),
        (Job.State.FAILED, False, "was not made"),
    ],
)
def test_the_page_of_a_package_renews_itself_only_while_it_is_made(state, renews, words, edition, rabat, people, enter):
    package = order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])
    Job.objects.filter(kind="packages.make").update(state=state)

    page = enter("rabat").get(reverse("package", args=[package.pk])).content.decode()

    assert ('http-equiv="refresh"' in page, "data-renewed" in page) == (renews, renews)
    assert "refresh" not in re.sub("<noscript>.*?</noscript>", "", page)
    assert words in page


def test_counting_again_keeps_the_choice_and_no_token(edition, enter):
    form = {"campaign": edition.campaign.slug, "how_much": "full", "language": ["en"], "platform": ["x"], "count": "1"}

    answer = enter("rabat").post(reverse("new_package"), form)

    assert answer.url.endswith("?campaign=expo-2025&how_much=full&language=en&platform=x")


PAGES = ["today", "campaigns", "packages"]


@pytest.mark.parametrize("name", PAGES)
def test_pages_cost_the_same_for_more_files(name, edition, enter):
    client = enter("rabat")
    client.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(reverse(name))
    first = edition.variants.first()
    for number in range(30):
        copy = Edition.objects.get(pk=edition.pk)
        copy.pk, copy.digest, copy.design_id = None, f"{number}", 10_000 + number
        copy.save()
        approval = edition.approvals.get()
        approval.pk, approval.edition = None, copy
        approval.save()
        Variant.objects.create(
            edition=copy, placement="x.post", fingerprint=f"{number}", state="ready", file=first.file,
            thumbnail=first.thumbnail, width=1, height=1,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(name))

    assert len(many) == len(few)


def test_what_is_not_released_is_on_no_page(design, submit, enter):
    edition = submit(design).submission.edition
    client = enter("rabat")

    for address in (reverse("today"), reverse("campaigns"), reverse("packages")):
        assert design.title not in client.get(address).content.decode()
    assert client.get(reverse("campaign", args=[edition.campaign.slug])).status_code == 404
    assert client.get(reverse("design", args=[edition.pk, "x.post"])).status_code == 404


def test_numbers_keep_their_direction_in_arabic_pages(edition, enter, people):
    people["rabat"].language = "ar"
    people["rabat"].save()

    page = enter("rabat").get(reverse("design", args=[edition.pk, "x.post"])).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    loose = re.sub(r"<bdi.*?</bdi>|<[^>]+>|lang=\"en\".*?</d", "", page.partition("<main")[2], flags=re.DOTALL)
    assert re.findall(r"\d+ (?:KB|MB)|\d\d:\d\d|\d+×\d+", loose) == []


def test_staff_go_to_the_admin_and_others_are_told_whom_to_ask(db, enter, people):
    people["tokyo"].posting.delete()

    assert enter("editor").get("/").url == reverse("wagtailadmin_home")
    assert enter("tokyo").get("/").status_code == 403


def test_missions_never_enter_the_admin(db, enter):
    assert enter("rabat").get("/admin/").status_code == 302


def test_campaigns_on_hold_are_gone(edition, enter):
    Campaign.objects.update(held=True)

    assert edition.title not in enter("rabat").get("/").content.decode()


def test_designs_with_one_title_do_not_cover_each_other(edition, rabat, people, at_commit):
    twin = Edition.objects.get(pk=edition.pk)
    twin.pk, twin.design_id, twin.digest = None, 12_345, "twin"
    twin.save()
    approval = edition.approvals.get()
    approval.pk, approval.edition = None, twin
    approval.save()
    for variant in edition.variants.all():
        ApprovedPlacement.objects.create(approval=approval, placement=variant.placement)
        variant.pk, variant.edition = None, twin
        variant.save()

    with at_commit():
        order_package(rabat, edition.campaign, Variant.objects.all(), people["rabat"])

    names = ZipFile(BytesIO(content(Package.objects.get()))).namelist()
    assert len(names) == len(set(names)) == 4 + 2 + 2


def test_a_package_names_few_languages_and_counts_many(edition, rabat, people):
    for language in ("fr", "vi", "ar", "ja"):
        copy = Edition.objects.get(pk=edition.pk)
        copy.pk, copy.language, copy.digest, copy.design_id = None, language, language, 900 + ord(language[0])
        copy.save()
        approval = edition.approvals.get()
        approval.pk, approval.edition = None, copy
        approval.save()
        ApprovedPlacement.objects.create(approval=approval, placement="x.post")
        variant = edition.variants.get(placement="x.post")
        variant.pk, variant.edition = None, copy
        variant.save()
    rabat.languages = ["ar", "en", "fr", "ja", "vi"]

    package = order_package(rabat, edition.campaign, Variant.objects.all(), people["rabat"])

    assert package.file_name.startswith("expo-2025_5-languages_")


def test_letters_with_marks_stay_in_file_names(edition):
    edition.title = "भारत की यात्रा / Việt Nam"

    assert named(edition) == f"भारत-की-यात्रा-việt-nam-{edition.pk}"


def test_a_whole_package_is_noted_however_it_is_asked_for(package, edition, enter):
    enter("rabat").get(reverse("file", args=[package.file.key]), headers={"Range": "bytes=0-"})

    assert Taken.objects.count() == edition.variants.count()


def test_drafts_of_core_messages_are_not_shown(edition, enter):
    draft = CoreMessage.objects.create(campaign=edition.campaign, key="not-yet", live=False)
    draft.words.create(language="en", text="Not agreed yet")

    assert "Not agreed yet" not in enter("rabat").get(reverse("campaign", args=["expo-2025"])).content.decode()


def test_ordered_again_while_it_was_made_it_is_not_made_twice(package, monkeypatch):
    monkeypatch.setattr("cms.packages.work.write_package", lambda *_: pytest.fail("It was made again."))

    make(Quiet(), package.pk)
