"""What a package and a page say of times is what holds now, for each language."""

from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.editions.models import Approval, ApprovedPlacement, Edition
from cms.jobs.models import Job
from cms.jobs.run import LeaseLost
from cms.packages import shelf
from cms.packages.build import order_package
from cms.packages.models import Package
from cms.packages.work import make
from cms.variants.models import StoredFile, Variant

SOON = timezone.now() + timedelta(hours=2)


@pytest.fixture
def order(edition, rabat, people):
    return lambda: order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])


def public_at(edition: Edition, moment: datetime | None) -> None:
    Approval.objects.filter(edition=edition).update(public_at=moment)


def in_language(edition: Edition, language: str, **times: datetime) -> Edition:
    """The same design in another language, approved with times of its own."""
    copy = Edition.objects.get(pk=edition.pk)
    copy.pk, copy.language, copy.digest, copy.design_id = None, language, language, 9_000
    copy.save()
    approval = edition.approvals.get()
    approval.pk, approval.edition = None, copy
    approval.save()
    Approval.objects.filter(pk=approval.pk).update(**times)
    ApprovedPlacement.objects.create(approval=approval, placement="x.post")
    variant = edition.variants.get(placement="x.post")
    variant.pk, variant.edition = None, copy
    variant.save()
    return copy


def seen(mission) -> shelf.Item:
    (item,) = shelf.items(shelf.leaving(mission), mission)
    return item


@pytest.mark.parametrize(("before", "after"), [(SOON, SOON + timedelta(days=1)), (None, SOON), (SOON, None)])
def test_a_package_with_an_outdated_embargo_stays(before, after, order, edition, rabat, enter, at_commit):
    public_at(edition, before)
    with at_commit():
        package = order()
    assert Package.objects.leaving(rabat).get() == package
    address = reverse("file", args=[Package.objects.get().file.key])

    public_at(edition, after)
    assert not Package.objects.leaving(rabat).exists()
    assert enter("rabat").get(address).status_code == 404

    with at_commit():
        assert order() != package
    assert Package.objects.leaving(rabat).count() == 1
    public_at(edition, before)
    assert Package.objects.leaving(rabat).get() == package


def test_an_embargo_that_moves_before_the_package_is_made_is_told(order, edition, at_commit):
    with at_commit():
        order()
        public_at(edition, SOON)

    assert Package.objects.get().file is None
    assert "Make the package again" in Job.objects.get(kind="packages.make").problem


class Losing:
    """A run that another takes over after some signs of life."""

    def __init__(self, signs: int) -> None:
        self.left = signs

    def advance(self, done: int, total: int | None = None, message: str = "") -> None: ...

    def alive(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise LeaseLost


@pytest.mark.parametrize("signs", [3, 6, 12])
def test_a_run_that_lost_its_lease_publishes_no_package(signs, order):
    package = order()

    with pytest.raises(LeaseLost):
        make(Losing(signs), package.pk)

    assert Package.objects.get().file is None


def test_every_piece_of_a_stored_file_is_a_sign_of_life(db, tmp_path):
    path, signs = tmp_path / "large.bin", []
    path.write_bytes(bytes(5 * 1024 * 1024))

    kept = StoredFile.keep(path, "variants", lambda: signs.append(1))

    assert len(signs) > 3 * 5  # hashed, written and read back in pieces
    assert default_storage.size(kept.key) == path.stat().st_size


@pytest.mark.parametrize("signs", [0, 6, 40])
def test_a_file_whose_run_lost_its_lease_is_never_whole(signs, db, tmp_path):
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(3 * 1024 * 1024))

    with pytest.raises(LeaseLost):
        StoredFile.keep(path, "variants", Losing(signs).alive)

    assert not StoredFile.objects.filter(whole=True).exists()


def test_a_new_language_is_new_to_a_mission_that_knows_the_design(edition, rabat, enter):
    Approval.objects.update(at=timezone.now() - timedelta(days=30))
    rabat.languages = ["en", "vi"]
    rabat.save()
    assert enter("rabat").get(reverse("today")).context["new"] == []

    in_language(edition, "vi", at=timezone.now())

    (new,) = enter("rabat").get(reverse("today")).context["new"]
    assert new.languages == ["en", "vi"]


def test_languages_with_their_own_embargo_are_posted_at_their_own_time(edition, rabat):
    rabat.languages = ["en", "vi"]
    in_language(edition, "vi", public_at=SOON)

    item = seen(rabat)

    assert item.public_at == SOON
    assert [(part.languages, part.public_at) for part in item.moments] == [(["en"], None), (["vi"], SOON)]


def test_everything_of_today_is_on_the_agenda_and_what_is_new_says_how_much_more(edition, enter):
    first = edition.variants.get(placement="x.post")
    for number in range(14):
        copy = Edition.objects.get(pk=edition.pk)
        copy.pk, copy.digest, copy.design_id, copy.translation_key = None, f"{number}", 100 + number, f"{number:032}"
        copy.save()
        approval = edition.approvals.get()
        approval.pk, approval.edition = None, copy
        approval.save()
        ApprovedPlacement.objects.create(approval=approval, placement="x.post")
        Variant.objects.create(
            edition=copy, placement="x.post", fingerprint=f"{number}", state="ready", file=first.file,
            thumbnail=first.thumbnail, width=1, height=1,
        )  # fmt: skip

    page = enter("rabat").get(reverse("today"))

    assert len(page.context["agenda"]) == 15
    assert "And 11 more" in page.content.decode()
    assert page.content.decode().count("<img") == 12


def test_a_shelf_reads_no_spec(edition, rabat):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(shelf.leaving(rabat))

    assert '"editions_edition"."title"' in asked[0]["sql"]
    assert '"editions_edition"."spec"' not in asked[0]["sql"]
