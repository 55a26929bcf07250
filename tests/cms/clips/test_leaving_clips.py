"""A clip leaves with everything that belongs to it, and nothing of it leaves alone."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from django.urls import reverse

from cms.editions.models import Approval, Edition
from cms.jobs.models import Job
from cms.packages.build import order_package
from cms.packages.models import Package, Taken
from cms.packages.work import make
from cms.variants.models import StoredFile, Variant
from tests.cms.clips.conftest import FEW, soup

pytestmark = pytest.mark.xdist_group("clips")

BESIDE = ["srt", "vtt", "txt", "jpg"]


class Quiet:
    """A run that nobody watches."""

    def advance(self, done: int, total: int | None = None, message: str = "") -> None: ...

    def alive(self) -> None: ...


def objects_of(variant: Variant) -> Iterator[StoredFile]:
    yield from (variant.file, variant.thumbnail, *(sidecar.file for sidecar in variant.sidecars.all()))


def every_address(edition: Edition) -> list[str]:
    return [address(file) for variant in edition.variants.all() for file in objects_of(variant)]


def address(file: StoredFile) -> str:
    return reverse("file", args=[file.key])


def times(edition: Edition, **moments: object) -> None:
    Approval.objects.filter(edition=edition).update(**moments)


@pytest.fixture
def variant(edition) -> Variant:
    return edition.variants.get(placement="x.post")


def statuses(client, addresses: list[str]) -> set[int]:
    return {client.get(one).status_code for one in addresses}


def test_what_waits_for_approval_is_for_staff_alone(state, enter, client):
    addresses = every_address(state.submission.edition)

    assert len(addresses) == len(FEW) * (2 + len(BESIDE))
    assert statuses(enter("approver"), addresses) == {200}
    for other in (enter("rabat"), enter("tokyo"), client):
        assert statuses(other, addresses) == {404}


def test_what_is_approved_leaves_whole(edition, enter):
    assert statuses(enter("rabat"), every_address(edition)) == {200}


def test_nothing_of_a_clip_leaves_to_missions_before_it_is_due(edition, enter):
    times(edition, to_missions_at=Now() + timedelta(hours=1))

    assert statuses(enter("rabat"), every_address(edition)) == {404}


def test_nothing_of_a_clip_leaves_to_others_before_it_is_public(edition, enter, client):
    times(edition, public_at=Now() + timedelta(hours=1))

    assert statuses(client, every_address(edition)) == {404}
    assert statuses(enter("rabat"), every_address(edition)) == {200}

    times(edition, public_at=Now())
    assert statuses(client, every_address(edition)) == {200}


def test_another_mission_s_own_clip_is_not_found_nor_what_lies_beside_it(edition, variant, tokyo, enter):
    Variant.objects.filter(pk=variant.pk).update(mission=tokyo, named=tokyo.name_in("en"))
    own = [address(file) for file in objects_of(variant)]

    assert statuses(enter("tokyo"), own) == {200}
    assert statuses(enter("rabat"), own) == {404}


def test_a_withdrawn_clip_takes_its_captions_with_it(edition, enter):
    Edition.objects.filter(pk=edition.pk).update(withdrawn_at=Now())

    assert statuses(enter("rabat"), every_address(edition)) == {404}


def test_a_player_may_ask_for_any_part_of_a_clip(variant, enter):
    client, film = enter("rabat"), address(variant.file)
    whole = b"".join(client.get(film).streaming_content)
    assert whole[4:8] == b"ftyp"

    for asked, wanted in {"0-": whole, "1000-1999": whole[1000:2000], "-500": whole[-500:]}.items():
        part = client.get(film, headers={"Range": f"bytes={asked}"})

        assert part.status_code == 206
        assert part.headers["Content-Type"] == "video/mp4"
        assert part.headers["Content-Range"].endswith(f"/{len(whole)}")
        assert b"".join(part.streaming_content) == wanted


def test_a_clip_plays_in_the_page_and_its_captions_are_taken_away(variant, enter):
    client = enter("rabat")
    stem = f"one-day-at-the-pavilion-{variant.edition.pk}_en_x.post"

    film = client.get(address(variant.file))
    assert film.headers["Content-Disposition"] == f'inline; filename="{stem}.mp4"'
    for sidecar in variant.sidecars.all():
        answer = client.get(address(sidecar.file) + "?download")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{stem}.{sidecar.kind}"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert set(Taken.objects.values_list("variant", flat=True)) == {variant.pk}


@pytest.fixture
def package(edition, rabat, people, at_commit) -> Package:
    with at_commit():
        made = order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])
    return Package.objects.get(pk=made.pk)


def content(package: Package) -> bytes:
    with default_storage.open(package.file.key) as stored:
        return stored.read()


def test_a_package_holds_each_clip_with_its_own_beside_it(package, edition):
    archive = ZipFile(BytesIO(content(package)))
    names = archive.namelist()

    films = [name for name in names if name.endswith(".mp4")]
    assert len(names) == len(set(names)) == len(FEW) * (1 + len(BESIDE)) + 3  # words, manifest, checksums
    assert len(films) == len(FEW)
    for film in films:
        stem = str(PurePosixPath(film).with_suffix(""))
        assert {f"{stem}.en_US.{kind}" for kind in BESIDE[:-1]} | {f"{stem}.jpg"} <= set(names)
    assert {hashlib.sha256(archive.read(film)).hexdigest() for film in films} == set(
        edition.variants.values_list("file__sha256", flat=True)
    )
    assert {archive.getinfo(film).compress_type for film in films} == {ZIP_STORED}  # it is compressed already


def test_the_manifest_says_how_long_a_clip_is_and_what_lies_beside_it(package):
    archive = ZipFile(BytesIO(content(package)))
    manifest = json.loads(archive.read("manifest.json"))

    assert {entry["placement"] for entry in manifest["files"]} == set(FEW)
    for entry in manifest["files"]:
        assert entry["seconds"] == 5
        assert (entry["alt"], entry["credits"][0]["credit"]) == ("A pattern that moves.", "Film: A. Name")
        assert [row["kind"] for row in entry["beside"]] == BESIDE
        for row in (entry, *entry["beside"]):
            assert hashlib.sha256(archive.read(row["name"])).hexdigest() == row["sha256"]
            assert archive.getinfo(row["name"]).file_size == row["bytes"]


def test_checksums_cover_everything_but_themselves_and_the_manifest(package):
    archive = ZipFile(BytesIO(content(package)))

    sums = dict(line.split("  ", 1)[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())

    assert set(sums) == set(archive.namelist()) - {"SHA256SUMS", "manifest.json"}
    assert sums == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in sums}


def test_made_again_a_package_has_the_same_bytes(package):
    before = content(package)
    Package.objects.filter(pk=package.pk).update(file=None)

    make(Quiet(), package.pk)

    again = Package.objects.get(pk=package.pk)
    assert again.file_id != package.file_id
    assert content(again) == before


def test_a_sidecar_that_vanished_is_named_and_no_package_is_made(edition, variant, rabat, people, at_commit):
    lost = variant.sidecars.first()
    row = StoredFile.objects.create(key="sidecars/lost.srt", sha256=lost.file.sha256, bytes=lost.file.bytes, whole=True)
    variant.sidecars.filter(pk=lost.pk).update(file=row)

    with at_commit():
        package = order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])

    assert Package.objects.get(pk=package.pk).file is None
    job = Job.objects.get(kind="packages.make")
    assert job.state == Job.State.FAILED
    assert lost.name in job.problem


def test_the_approver_sees_every_clip_play(state, enter):
    edition = state.submission.edition

    page = soup(enter("approver").get(reverse("approve", args=[state.pk])).content)

    players = {player.find_parent("figure")["data-placement"]: player for player in page.select("figure video")}
    assert set(players) == set(FEW)
    for variant in edition.variants.all():
        player = players[variant.placement]
        assert player["src"] == address(variant.file)
        assert player["poster"] == address(variant.sidecars.get(file__key__endswith=".jpg").file)
        assert (player["width"], player["height"]) == (f"{variant.width}", f"{variant.height}")
        assert player["aria-label"] == edition.words["alt"]
        assert player.has_attr("controls")


def test_the_list_of_files_shows_small_pictures_of_clips(state, enter):
    edition = state.submission.edition

    page = enter("editor").get(reverse("files", args=[edition.translation_key])).content.decode()

    for variant in edition.variants.all():
        assert address(variant.thumbnail) in page
    assert "2 of 2 made" in page


def test_a_mission_plays_reads_and_takes_a_clip_on_one_page(edition, variant, enter):
    page = soup(enter("rabat").get(reverse("design", args=[edition.pk, "x.post"])).content)

    (player,) = page.select("video")
    assert (player["src"], player["poster"]) == (address(variant.file), address(variant.poster))
    assert player["aria-label"] == edition.words["alt"]
    taken = [link["href"] for link in page.select("aside a[href$='?download']")]
    assert taken == [address(file) + "?download" for file in (variant.file, *(s.file for s in variant.sidecars.all()))]
    assert "Ten thousand people" in page.select_one("details p").get_text()
    assert "came on one day." in page.select_one("details p").get_text()
    assert "Film: A. Name" in page.get_text()
    for row in edition.variants.all():
        assert page.select(f"img[src='{address(row.thumbnail)}']")


def test_pages_of_missions_say_that_it_is_a_clip(edition, enter):
    client = enter("rabat")

    for name, arguments in {"today": [], "campaign": [edition.campaign.slug]}.items():
        page = soup(client.get(reverse(name, args=arguments)).content)

        tile = next(tile for tile in page.select(".tile") if edition.title in tile.get_text())
        assert tile.select_one(".meta").get_text().split() == ["Clip", "·", "EN", "·", "2", "sizes"]
