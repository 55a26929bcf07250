"""The first page of the admin: what needs somebody, counted whole."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.campaigns.models import Campaign
from cms.editions.models import Approval, Edition
from cms.variants import home
from cms.variants.models import Variant


def page(enter, name: str) -> str:
    return enter(name).get(reverse("wagtailadmin_home")).content.decode()


def test_what_was_refused_is_counted_whole(design, submit, enter, monkeypatch):
    edition = submit(design).submission.edition
    Variant.objects.filter(edition=edition).delete()
    Variant.objects.bulk_create(
        Variant(edition=edition, placement=f"{number}", state="refused") for number in range(230)
    )

    assert "230 files were not made" in page(enter, "editor")


def test_a_panel_says_what_it_leaves_out(edition, enter, monkeypatch):
    copy = Edition.objects.get(pk=edition.pk)
    copy.pk, copy.digest, copy.design_id = None, "another", 9_000
    copy.save()
    approval = Approval.objects.get()
    Approval.objects.create(edition=copy, revision=approval.revision, stage=approval.stage)
    assert "And 1 more" not in page(enter, "editor")

    monkeypatch.setattr(home, "_SHOWN", 1)

    assert "And 1 more" in page(enter, "editor")


def test_today_shows_what_goes_out_today(edition, enter):
    assert f"/files/{edition.translation_key}/" in page(enter, "editor")


@pytest.mark.parametrize(
    "stop",
    [
        lambda edition: Campaign.objects.update(held=True),
        lambda edition: Edition.objects.update(withdrawn_at=timezone.now()),
        lambda edition: Approval.objects.update(to_missions_at=timezone.now() + timedelta(days=3)),
    ],
    ids=["held", "withdrawn", "postponed"],
)
def test_today_shows_nothing_that_stays_in(stop, edition, enter):
    stop(edition)

    assert f"/files/{edition.translation_key}/" not in page(enter, "editor")


def test_an_approval_that_a_later_one_overtook_goes_out_no_more(edition, enter):
    first = Approval.objects.get()
    Approval.objects.filter(pk=first.pk).update(to_missions_at=timezone.now() + timedelta(seconds=5))
    Approval.objects.create(
        edition=edition, revision=first.revision, stage="Again", to_missions_at=timezone.now() + timedelta(days=3)
    )

    assert f"/files/{edition.translation_key}/" not in page(enter, "editor")
