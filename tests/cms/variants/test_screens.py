"""What staff are told about files: on the way, refused, failed, or waiting for a worker that is not there."""

import pytest
from django.urls import reverse

from cms.jobs.easels import DrawingFailed, Easels
from cms.jobs.models import Job
from cms.library.models import Image
from cms.variants.models import Variant


def page(enter, name: str, address: str) -> str:
    return enter(name).get(address).content.decode()


@pytest.fixture
def files(design) -> str:
    return reverse("files", args=[design.translation_key])


@pytest.mark.parametrize(("field", "code"), [("credit", "credit-missing"), ("description", "alt-missing")])
def test_a_photo_without_credit_or_alt_text_is_refused_in_words(field, code, design, submit, files, enter, people):
    stream = design.body.get_prep_value()
    next(block for block in stream if block["type"] == "photo")["value"]["picture"]["alt"] = ""
    design.body = stream
    design.save_revision()
    Image.objects.update(**{field: ""})

    state = submit(design)

    refused = state.submission.edition.variants.filter(state=Variant.State.REFUSED)
    assert {finding["code"] for variant in refused for finding in variant.blocking} == {code}
    told = page(enter, "editor", files)
    assert "Refused" in told
    assert refused[0].blocking[0]["remedy"] in told
    named = [
        title for title in Image.objects.values_list("title", flat=True) if title in refused[0].blocking[0]["message"]
    ]
    assert len(named) == 1
    assert named[0] in told
    assert 'name="approve"' in page(enter, "approver", reverse("approve", args=[state.pk]))
    assert enter("approver").post(
        reverse("approve", args=[state.pk]), {"approve": "1", "digest": state.submission.edition.digest}
    ).status_code == 302  # fmt: skip
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


def test_without_a_worker_the_page_says_so_and_the_work_is_kept(design, people, files, enter):
    design.get_workflow().start(design, people["editor"])  # nothing runs it

    told = page(enter, "editor", files)

    assert "No worker is running" in told
    assert "0 of 2 made" in told
    assert Job.objects.get(kind="variants.make").state == Job.State.WAITING


def test_what_failed_is_told_with_its_reason_and_tried_again(design, submit, files, enter, at_commit, monkeypatch):
    monkeypatch.setattr("cms.jobs.easels.Easels.still", _broken)
    edition = submit(design).submission.edition
    Job.objects.update(state=Job.State.FAILED, problem="Something of ours failed (number 4F2A).")
    assert "number 4F2A" in page(enter, "editor", files)
    monkeypatch.undo()

    with at_commit():
        enter("editor").post(files, {"retry": "1"})

    assert edition.variants.filter(state=Variant.State.READY).count() == 2


def test_the_rows_are_renewed_only_when_something_changed(design, submit, files, enter):
    submit(design)
    client = enter("editor")
    first = client.get(files + "?rows")

    again = client.get(files + "?rows", headers={"If-None-Match": first.headers["ETag"]})

    assert b"2 of 2 made" in first.content
    assert again.status_code == 304


def _broken(*arguments, **keywords):
    raise OSError("the disk is full")


def test_one_drawing_that_fails_stops_no_other(design, submit, files, enter, monkeypatch):
    whole = Easels.still

    def broken(self, spec, brand, placement, *rest):
        if placement == "x.post":
            raise DrawingFailed(placement, "took too long to draw.")
        return whole(self, spec, brand, placement, *rest)

    monkeypatch.setattr(Easels, "still", broken)

    edition = submit(design).submission.edition

    assert dict(edition.variants.values_list("placement", "state")) == {
        "instagram.feed_square": "ready", "x.post": "failed",
    }  # fmt: skip
    assert page(enter, "editor", files).count("took too long to draw") == 1


@pytest.mark.parametrize("what", ["cancel", "retry"])
def test_who_may_only_look_changes_nothing(what, design, submit, files, enter):
    submit(design)

    jobs = list(Job.objects.values_list("pk", "state", "cancel_requested"))

    answer = enter("approver").post(files, {what: "1"})

    assert answer.url == reverse("wagtailadmin_home")
    assert list(Job.objects.values_list("pk", "state", "cancel_requested")) == jobs
    assert f'name="{what}"' not in page(enter, "designer", files)


def test_a_figure_that_was_typed_by_hand_is_an_advisory_finding(design, submit):
    stream = design.body.get_prep_value()
    figures = next(block for block in stream if block["type"] == "key_figures")["value"]["figures"]
    figures[0]["value"] = {"label": "visitors came", "value": "10000", "source": "A count"}
    design.body = stream
    design.save_revision()

    edition = submit(design).submission.edition
    findings = edition.variants.get(placement="x.post").findings

    (found,) = [finding for finding in findings if finding["code"] == "figure-typed"]
    assert found["level"] == "advisory"
    assert "visitors came" in found["message"]
