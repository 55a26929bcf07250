"""The sweep takes what nobody needs, and nothing that somebody began to need meanwhile."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db.models.functions import Now

from cms.infographics.models import Infographic
from cms.jobs.models import Job
from cms.variants import wagtail_hooks
from cms.variants.models import StoredFile, Variant
from cms.variants.wagtail_hooks import sweep_objects


@pytest.fixture
def left(db, tmp_path):
    """Objects that no row points at, older than the sweep waits."""

    def left(name: str) -> StoredFile:
        path = tmp_path / f"{name}.jpg"
        path.write_bytes(name.encode())
        stored = StoredFile.keep(path, "variants", lambda: None)
        StoredFile.objects.filter(pk=stored.pk).update(created_at=Now() - timedelta(hours=2))
        return stored

    return left


def test_what_is_shared_between_a_look_and_its_taking_away_stays(left, edition):
    stored = left("shared")
    Variant.objects.filter(edition=edition, placement="x.post").update(file=stored)

    stored.discard()

    assert default_storage.exists(stored.key)
    assert StoredFile.objects.filter(key=stored.key).exists()


def test_what_nobody_needs_goes_whole(left):
    key = left("spare").key

    sweep_objects()

    assert not default_storage.exists(key)
    assert not StoredFile.objects.exists()


def test_a_store_that_fails_leaves_the_row_to_find(left, monkeypatch):
    stored = left("stuck")

    def down(name: str) -> None:
        raise ConnectionRefusedError(name)

    monkeypatch.setattr(default_storage, "delete", down)
    with pytest.raises(ConnectionRefusedError):
        stored.discard()

    assert StoredFile.objects.filter(key=stored.key).exists()


def test_one_run_sweeps_so_much_and_no_more(left, monkeypatch):
    monkeypatch.setattr(wagtail_hooks, "_SWEPT", 2)
    for name in "abc":
        left(name)

    sweep_objects()
    assert StoredFile.objects.count() == 1
    sweep_objects()
    assert StoredFile.objects.count() == 0


def test_who_makes_files_of_a_design_that_is_deleted_stops(design, people):
    design.get_workflow().start(design, people["editor"])  # no worker runs

    Infographic.objects.get(pk=design.pk).delete()

    assert Job.objects.get(kind="variants.make").state == Job.State.CANCELLED
