"""Whoever asks again gets what failed, from whichever screen."""

import pytest
from django.urls import reverse

from cms.editions.finished import Wanted
from cms.editions.models import Edition
from cms.jobs.models import Job
from cms.variants import screens
from cms.variants.models import Variant
from cms.variants.screens import Files


@pytest.fixture
def failed(design, submit) -> Variant:
    """A file whose making failed, with its job."""
    edition = submit(design).submission.edition
    Variant.objects.filter(edition=edition, placement="x.post").update(
        state="failed", problem="No room.", file=None, thumbnail=None
    )
    Job.objects.filter(kind="variants.make").update(state=Job.State.FAILED)
    return Variant.objects.get(edition=edition, placement="x.post")


def test_try_again_on_the_jobs_page_makes_what_failed(failed, enter, at_commit):
    with at_commit():
        enter("editor").post(reverse("jobs:retry", args=[Job.objects.get(kind="variants.make").pk]))

    failed.refresh_from_db()
    assert (failed.state, failed.problem) == (Variant.State.READY, "")
    assert failed.file is not None


def test_try_again_on_the_page_of_files_makes_what_failed(failed, enter, at_commit):
    with at_commit():
        enter("editor").post(reverse("files", args=[failed.edition.translation_key]), {"retry": "1"})

    failed.refresh_from_db()
    assert failed.state == Variant.State.READY


def test_submitting_again_makes_what_failed(failed):
    assert Variant.order(failed.edition, [Wanted("x.post"), Wanted("instagram.feed_square")]) == 1


def test_while_its_job_waits_what_failed_is_shown_as_waiting(failed, enter):
    enter("editor").post(reverse("files", args=[failed.edition.translation_key]), {"retry": "1"})

    cell = Files(failed.edition.translation_key).cells[Wanted("x.post"), "en"]

    assert (cell.state, cell.problem) == ("waiting", "")


def test_the_page_of_files_goes_on_for_whoever_may_not_cancel(failed, enter):
    address = reverse("files", args=[failed.edition.translation_key])
    closed = enter("approver").get(f"{address}?rows").content.decode()
    Job.objects.filter(kind="variants.make").update(state=Job.State.RUNNING)

    rows = enter("approver").get(f"{address}?rows").content.decode()

    assert 'name="cancel"' not in rows
    assert ("data-open" in rows, "data-open" in closed) == (True, False)


def test_the_page_of_files_says_it_when_the_worker_falls_silent(failed, monkeypatch):
    Job.objects.filter(kind="variants.make").update(state=Job.State.RUNNING)
    tags = []
    for silent in (False, True):
        monkeypatch.setattr(screens, "worker_is_silent", lambda silent=silent: silent)
        tags.append(Files(Edition.objects.get().translation_key).tag)

    assert tags[0] != tags[1]
