"""One rule for leaving, asked at the file's own address."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models.functions import Now
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from cms.campaigns.models import Campaign
from cms.editions.models import Approval, Edition
from cms.infographics.models import Infographic
from cms.library.models import Image
from cms.packages.models import Taken
from cms.variants.gate import audience
from cms.variants.models import PUBLIC, Variant, may_leave


@pytest.fixture
def variant(edition) -> Variant:
    return edition.variants.get(placement="x.post")


def address(variant: Variant) -> str:
    return reverse("file", args=[variant.file.key])


def times(edition: Edition, **moments: object) -> None:
    Approval.objects.filter(edition=edition).update(**moments)


def test_what_is_approved_leaves_to_missions_and_the_public(variant, rabat):
    assert may_leave(variant, rabat)
    assert may_leave(variant, PUBLIC)


def test_what_is_not_approved_leaves_to_staff_alone(design, submit, rabat, people):
    variant = submit(design).submission.edition.variants.first()

    assert may_leave(variant, people["approver"])
    assert not may_leave(variant, rabat)
    assert not may_leave(variant, people["rabat"])
    assert not may_leave(variant, PUBLIC)


def test_embargo_holds_to_the_second_by_the_database_s_clock(variant, edition, rabat):
    times(edition, to_missions_at=Now() + timedelta(seconds=1), public_at=Now() + timedelta(seconds=1))
    assert not may_leave(variant, rabat)

    times(edition, to_missions_at=Now() - timedelta(seconds=1))
    assert may_leave(variant, rabat)
    assert not may_leave(variant, PUBLIC)

    times(edition, public_at=Now() - timedelta(seconds=1))
    assert may_leave(variant, PUBLIC)


def test_a_wrong_clock_on_this_machine_opens_nothing(variant, edition, rabat, monkeypatch):
    times(edition, to_missions_at=Now() + timedelta(seconds=60))
    late = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: late)

    assert not may_leave(variant, rabat)


@pytest.mark.parametrize(
    "stop",
    [
        lambda edition: Edition.objects.filter(pk=edition.pk).update(withdrawn_at=Now()),
        lambda edition: Campaign.objects.filter(pk=edition.campaign_id).update(held=True),
        lambda edition: Image.objects.filter(editions__edition=edition).update(
            rights_until=timezone.now() - timedelta(seconds=1)
        ),
    ],
    ids=["withdrawn", "held", "rights ended"],
)
def test_what_is_stopped_leaves_no_more(stop, variant, edition, rabat, enter):
    stop(edition)

    assert not may_leave(variant, rabat)
    assert enter("rabat").get(address(variant)).status_code == 404


def test_a_newer_approved_edition_takes_the_place_of_the_older(variant, edition, rabat, submit, approve, design):
    design = Infographic.objects.get(pk=design.pk)
    design.date = "2026"
    design.save_revision()

    newer = approve(submit(design))

    assert not may_leave(variant, rabat)
    assert may_leave(newer.variants.first(), rabat)


def test_the_older_edition_stays_until_the_newer_is_due(variant, rabat, submit, approve, design):
    design = Infographic.objects.get(pk=design.pk)
    design.date = "2026"
    design.to_missions_at = timezone.now() + timedelta(days=1)
    design.save_revision()
    approve(submit(design))

    assert may_leave(variant, rabat)


def test_another_mission_s_own_file_is_not_found(variant, rabat, tokyo, enter):
    Variant.objects.filter(pk=variant.pk).update(mission=tokyo, named=tokyo.name_in("en"))

    assert enter("tokyo").get(address(variant)).status_code == 200
    assert enter("rabat").get(address(variant)).status_code == 404


def test_a_kept_address_is_the_same_404_as_a_guessed_one(design, submit, enter):
    variant = submit(design).submission.edition.variants.first()
    client = enter("rabat")

    kept = client.get(address(variant))
    guessed = client.get(reverse("file", args=["variants/0000000000.jpg"]))

    assert (kept.status_code, kept.content) == (guessed.status_code, guessed.content)
    assert kept.status_code == 404


def test_originals_are_for_staff(db, enter, client):
    image = Image.objects.first()
    original = reverse("file", args=[image.file.name])

    assert enter("editor").get(original).status_code == 200
    assert enter("rabat").get(original).status_code == 404
    assert client.get(original).status_code == 404
    assert image.file.url == original


def test_only_what_is_taken_away_is_noted(variant, enter, rabat):
    client = enter("rabat")
    client.get(address(variant))
    assert Taken.objects.count() == 0

    client.get(address(variant) + "?download")

    assert list(Taken.objects.values_list("mission", "variant")) == [(rabat.pk, variant.pk)]


def test_a_broken_download_goes_on_where_it_stopped(variant, enter):
    client = enter("rabat")
    whole = client.get(address(variant))
    content = b"".join(whole.streaming_content)

    rest = client.get(address(variant), headers={"Range": "bytes=1000-", "If-Range": whole.headers["ETag"]})

    assert rest.status_code == 206
    assert rest.headers["Content-Range"] == f"bytes 1000-{len(content) - 1}/{len(content)}"
    assert b"".join(rest.streaming_content) == content[1000:]
    assert client.get(address(variant), headers={"Range": f"bytes={len(content)}-"}).status_code == 416
    assert client.get(address(variant), headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_a_range_for_other_bytes_gets_the_whole_file(variant, enter):
    answer = enter("rabat").get(address(variant), headers={"Range": "bytes=5-", "If-Range": '"other"'})

    assert answer.status_code == 200


def test_nobody_in_particular_is_the_public():
    assert audience(AnonymousUser()) is PUBLIC


def test_no_settings_and_no_address_serve_a_media_folder():
    patterns = list(_patterns(get_resolver()))

    assert settings.MEDIA_URL in ("", "/")
    assert settings.MEDIA_ROOT == ""
    assert [pattern for pattern in patterns if getattr(pattern.callback, "__name__", "") == "serve"] == []
    assert [str(pattern.pattern) for pattern in patterns if "media_root" in str(pattern.default_args)] == []


def _patterns(resolver: URLResolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from _patterns(pattern)


@pytest.fixture
def again(design, submit, approve):
    """Approved once more, with another time and, where asked, another content."""

    def again(to_missions_at, date="") -> Edition:
        fresh = Infographic.objects.get(pk=design.pk)
        fresh.to_missions_at, fresh.date = to_missions_at, date or fresh.date
        fresh.save_revision()
        return approve(submit(fresh))

    return again


@pytest.mark.parametrize("date", ["", "2026"], ids=["the same content", "a corrected one"])
def test_what_was_postponed_before_it_was_due_does_not_open_at_the_old_time(date, again, rabat):
    now = timezone.now().replace(microsecond=0)
    soon, later = now + timedelta(days=1), now + timedelta(days=7)
    first = again(soon)
    second = again(later, date)

    assert Approval.objects.filter(edition=first, to_missions_at=soon).update(to_missions_at=Now()) == 1

    assert list(Variant.objects.leaving(rabat)) == []
    Approval.objects.filter(edition=second, to_missions_at=later).update(to_missions_at=Now() - timedelta(seconds=1))
    assert set(Variant.objects.leaving(rabat).values_list("edition", flat=True)) == {second.pk}


def test_names_say_until_when_a_file_is_under_embargo(variant, edition, rabat):
    times(edition, public_at="2026-12-24T18:00Z")

    (found,) = Variant.objects.leaving(rabat).filter(pk=variant.pk)

    assert found.file_name.endswith("_x.post_not-before-20261224T1800Z.jpg")


def test_a_hold_works_at_once_and_no_draft_lifts_it(variant, edition, rabat, enter):
    campaign = edition.campaign
    before = campaign.save_revision()

    page = enter("editor").post(reverse("hold", args=[campaign.pk]), {"hold": "1"}, follow=True)
    assert "nothing of it leaves" in page.content.decode()
    assert not may_leave(variant, rabat)

    Revision.objects.get(pk=before.pk).publish(skip_permission_checks=True)
    assert not may_leave(variant, rabat)
    enter("editor").post(reverse("hold", args=[campaign.pk]), {"lift": "1"})
    assert may_leave(variant, rabat)


def test_a_hold_that_is_set_while_the_campaign_is_published_stays(edition, people):
    campaign = Campaign.objects.get(pk=edition.campaign_id)
    draft = campaign.save_revision().as_object()  # what publishing saves, read before the hold

    campaign.hold(people["editor"])
    draft.name = "Published meanwhile"
    draft.save()

    row = Campaign.objects.get(pk=campaign.pk)
    assert (row.held, row.name) == (True, "Published meanwhile")
    assert row.words.count() == campaign.words.count()


def test_a_hold_says_who_set_it_and_a_vague_request_lifts_none(edition, enter, people):
    address = reverse("hold", args=[edition.campaign_id])
    enter("editor").post(address, {"hold": "1"})

    for vague in ({}, {"hold": "1", "lift": "1"}):
        page = enter("admin").post(address, vague, follow=True).content.decode()
        assert "Nothing was changed" in page

    assert f"Held by {people['editor']}" in page
    assert Campaign.objects.get(pk=edition.campaign_id).held
    enter("admin").post(address, {"lift": "1"})
    logged = ModelLogEntry.objects.for_instance(edition.campaign).filter(action__startswith="attache.")
    assert {(entry.action, entry.user.username) for entry in logged} == {
        ("attache.hold", "editor"),
        ("attache.lift_hold", "admin"),
    }


def test_only_those_who_publish_campaigns_hold_them(edition, enter):
    address = reverse("hold", args=[edition.campaign.pk])

    page = enter("editor").get(address)
    assert page.status_code == 200
    assert f'<h2 dir="auto">{edition.campaign.name}</h2>' in page.content.decode()
    assert {enter(name).post(address, {"hold": "1"}).status_code for name in ("designer", "approver", "rabat")} == {302}
    assert not Campaign.objects.get(pk=edition.campaign.pk).held
