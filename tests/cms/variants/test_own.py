"""A mission's own files: under its name, of what was approved, made once, and for nobody else."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture

from cms.campaigns.models import Campaign
from cms.editions.models import Approval, Edition
from cms.jobs.models import Job
from cms.jobs.run import Stopped
from cms.library.models import Image
from cms.missions.models import Mission
from cms.variants.models import PUBLIC, Variant, may_leave
from cms.variants.own import nameable, order_own
from cms.variants.work import make_own
from media_tools.errors import DoesNotFit


class Quiet:
    """A run that nobody watches."""

    def advance(self, done: int, total: int | None = None, message: str = "") -> None: ...

    def alive(self) -> None: ...


class Ending(Quiet):
    """A run whose worker is told to end when the second file is begun."""

    def __init__(self) -> None:
        self.begun: list[str] = []

    def advance(self, done: int, total: int | None = None, message: str = "") -> None:
        del done, total
        if message and message not in self.begun:
            self.begun.append(message)
        if len(self.begun) > 1:
            raise Stopped


@pytest.fixture
def ask(people, at_commit):
    """Ask as a mission's people do, and let the worker make what is lacking."""

    def ask(mission: Mission, edition: Edition) -> dict[str, Variant]:
        with at_commit():
            order_own(mission, nameable(mission, [edition.pk]), people["rabat"])
        return {row.placement: row for row in Variant.objects.own(mission).filter(edition=edition)}

    return ask


def rename(mission: Mission, name: str, language: str = "en") -> None:
    mission.names.filter(language=language).update(name=name)


def pixels(variant: Variant) -> np.ndarray:
    with default_storage.open(variant.file.key) as stored:
        return np.asarray(Picture.open(stored).convert("RGB")).astype(int)


def leaves(variant: Variant, to: Any) -> bool:
    return may_leave(variant, to)


def test_its_own_files_are_those_approved_under_its_name(edition, rabat, ask):
    own = ask(rabat, edition)

    assert set(own) == {row.placement for row in edition.variants.filter(mission=None)}
    for placement, row in own.items():
        shared = edition.variants.get(mission=None, placement=placement)
        assert (row.state, row.named) == (Variant.State.READY, rabat.name_in("en"))
        assert row.fingerprint != shared.fingerprint
        assert leaves(row, rabat)
        assert (row.width, row.height, row.shown_alt) == (shared.width, shared.height, shared.shown_alt)
        rows, _columns = np.nonzero(np.abs(pixels(row) - pixels(shared)).max(axis=2) > 24)  # more than JPEG's own noise
        assert 0 < np.ptp(rows) < shared.height / 8


def test_another_mission_and_the_public_get_none_of_them(edition, rabat, tokyo, ask, enter):
    mine = ask(rabat, edition)["x.post"]
    theirs = ask(tokyo, edition)["x.post"]
    objects = [mine.file, mine.thumbnail, *(row.file for row in mine.sidecars.all())]

    assert [(leaves(mine, who), leaves(theirs, who)) for who in (rabat, tokyo, PUBLIC)] == [
        (True, False), (False, True), (False, False),
    ]  # fmt: skip
    for name, status in {"rabat": 200, "tokyo": 404, "editor": 200}.items():
        client = enter(name)
        assert {client.get(reverse("file", args=[one.key])).status_code for one in objects} == {status}, name
    assert mine.file_id != theirs.file_id


@pytest.mark.parametrize(
    "stop",
    [
        lambda edition: Edition.objects.filter(pk=edition.pk).update(withdrawn_at=Now()),
        lambda edition: Campaign.objects.filter(pk=edition.campaign_id).update(held=True),
        lambda edition: Image.objects.filter(editions__edition=edition).update(
            rights_until=timezone.now() - timedelta(seconds=1)
        ),
        lambda edition: Approval.objects.filter(edition=edition).update(to_missions_at=Now() + timedelta(seconds=60)),
        lambda edition: Approval.objects.get(edition=edition).placements.filter(placement="x.post").delete(),
    ],
    ids=["withdrawn", "held", "rights ended", "embargo", "placement taken back"],
)
def test_what_holds_the_shared_file_back_holds_its_own_back(stop, edition, rabat, ask):
    own = ask(rabat, edition)["x.post"]
    stop(edition)

    assert not leaves(own, rabat)
    assert "x.post" not in {row.placement for row in nameable(rabat, [edition.pk])}


def test_a_newer_approval_takes_its_own_files_out(edition, design, rabat, ask, submit, approve):
    old = ask(rabat, edition)["x.post"]
    design.refresh_from_db()
    design.date = "Later in 2026"
    design.save_revision()
    newer = approve(submit(design))

    assert newer != edition
    assert not leaves(old, rabat)
    assert leaves(ask(rabat, newer)["x.post"], rabat)


def test_an_embargo_is_in_the_name_of_its_own_file_too(edition, rabat, ask):
    ask(rabat, edition)
    Approval.objects.filter(edition=edition).update(public_at=Now() + timedelta(days=1))

    row = Variant.objects.leaving(rabat).get(mission=rabat, placement="x.post")

    assert "embassy-in-rabat_not-before-" in row.file_name


def test_under_a_new_name_the_old_file_leaves_no_more_and_a_new_one_is_made_when_asked(edition, rabat, ask):
    old = ask(rabat, edition)["x.post"]
    rename(rabat, "Embassy to Morocco")
    assert not leaves(old, rabat)
    assert ask(rabat, edition)["x.post"].fingerprint != old.fingerprint

    rename(rabat, old.named)
    assert leaves(old, rabat)
    assert ask(rabat, edition)["x.post"] == old


def test_asked_twice_it_is_made_once(edition, rabat, tokyo, ask):
    first = ask(rabat, edition)
    ask(tokyo, edition)
    again = ask(rabat, edition)

    assert {row.file_id for row in again.values()} == {row.file_id for row in first.values()}
    assert Job.objects.filter(kind="variants.make_own").count() == 2


def test_a_worker_that_ends_in_the_middle_makes_nothing_twice(edition, rabat, people):
    order_own(rabat, nameable(rabat, [edition.pk]), people["rabat"])
    with pytest.raises(Stopped):
        make_own(Ending(), edition.pk, rabat.pk)
    kept = dict(Variant.objects.own(rabat).filter(state="ready").values_list("placement", "file"))

    make_own(Quiet(), edition.pk, rabat.pk)

    made = dict(Variant.objects.own(rabat).filter(state="ready").values_list("placement", "file"))
    assert len(kept) == 1
    assert len(made) == 2
    assert kept.items() <= made.items()


def test_a_name_that_was_changed_meanwhile_is_not_drawn(edition, rabat, people):
    order_own(rabat, nameable(rabat, [edition.pk]), people["rabat"])
    rename(rabat, "Embassy to Morocco")

    make_own(Quiet(), edition.pk, rabat.pk)

    assert not Variant.objects.filter(mission=rabat, state="ready").exists()


def test_a_file_without_a_place_for_names_is_the_shared_one(edition, rabat, people, monkeypatch):
    order_own(rabat, nameable(rabat, [edition.pk]), people["rabat"])
    with monkeypatch.context() as patched:
        patched.setattr("media_tools.account_kit.Account.named", lambda self, brand: brand)
        make_own(Quiet(), edition.pk, rabat.pk)

    rows = Variant.objects.own(rabat)
    assert {(row.state, row.file) for row in rows} == {(Variant.State.SAME, None)}
    assert Variant.objects.leaving(rabat).preferred(rabat).count() == 2


def test_what_loses_its_room_to_the_name_was_not_judged_and_is_refused(edition, rabat, ask):
    """In a name that wraps, a block goes that the approver saw."""
    edition.variants.update(findings=[])
    own = ask(rabat, edition)["instagram.feed_square"]

    assert (own.state, own.file) == (Variant.State.REFUSED, None)
    assert own.blocking[0]["code"] == "left-out"
    assert not leaves(own, rabat)


def test_a_failure_is_told_and_tried_again(edition, rabat, ask, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("cms.infographics.drawing._still", lambda *_: (_ for _ in ()).throw(DoesNotFit("It", 2, 1)))
        failed = ask(rabat, edition)
    assert {row.state for row in failed.values()} == {Variant.State.FAILED}
    assert Job.objects.get(kind="variants.make_own").state == Job.State.FAILED

    assert {row.state for row in ask(rabat, edition).values()} == {Variant.State.READY}


def test_it_has_files_in_its_languages_and_for_its_platforms_only(edition, rabat, ask):
    rabat.platforms = ["x"]
    assert {row.placement for row in nameable(rabat, [edition.pk])} == {"x.post"}
    rabat.platforms, rabat.languages = [], ["fr", "ar"]
    assert nameable(rabat, [edition.pk]) == []
    rabat.languages = ["en"]
    rabat.names.filter(language="en").delete()
    assert nameable(rabat, [edition.pk]) == []


def test_judging_again_looks_at_the_shared_files_alone(edition, design, rabat, ask, enter):
    ask(rabat, edition)
    before = edition.variants.filter(mission=None).count()

    page = enter("editor").get(reverse("files", args=[edition.translation_key])).content.decode()

    assert f"{before} of {before} made" in page
    assert "Embassy in Rabat" in page
