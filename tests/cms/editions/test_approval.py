"""What is judged is what leaves."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import Revision, TaskState, Workflow, WorkflowTask

from cms.editions.judging import obstacles
from cms.editions.models import Approval, Edition, Judgement, Submission
from cms.editions.refusals import InUse, NotApproved, NotReady
from cms.facts.models import Fact, FactWords
from cms.infographics.body import UnknownBlock
from cms.infographics.models import Infographic
from cms.jobs.models import Job
from cms.library.models import Image
from cms.variants.models import Variant


def later_edit(design: Infographic, title: str) -> Revision:
    design.title = title
    return design.save_revision()


def test_submitting_makes_the_files_that_are_judged(design, submit):
    edition = submit(design).submission.edition

    files = [variant.file for variant in edition.variants.all()]
    assert [variant.state for variant in edition.variants.all()] == ["ready", "ready"]
    assert all(default_storage.exists(file.key) for file in files)


def test_an_edit_slipped_in_during_moderation_does_not_go_live(design, submit, approve):
    state = submit(design)
    later_edit(design, "Slipped in")

    edition = approve(state)

    assert Infographic.objects.get(pk=design.pk).title != "Slipped in"
    assert Infographic.objects.get(pk=design.pk).live_revision == state.revision
    assert edition.title != "Slipped in"


def test_publishing_without_approval_publishes_nothing(design):
    with pytest.raises(NotApproved):
        design.save_revision().publish()

    assert not Infographic.objects.get(pk=design.pk).live


def test_a_superuser_s_publish_button_publishes_nothing(design, enter, people):
    people["admin"].is_superuser = True
    people["admin"].save()

    page = enter("admin").get(f"/admin/snippets/infographics/infographic/edit/{design.pk}/")

    assert page.status_code == 200
    assert b'name="action-publish"' not in page.content


def test_an_approver_needs_no_permission_to_publish(design, submit, approve, people):
    assert not people["approver"].has_perm("infographics.publish_infographic")

    approve(submit(design))

    assert Infographic.objects.get(pk=design.pk).live
    assert Approval.objects.get().by == people["approver"]


def test_nobody_approves_their_own_work(design, people, at_commit):
    people["editor"].groups.add(Group.objects.get(name="approver"))
    with at_commit():
        design.get_workflow().start(design, people["editor"])
    state = design.current_workflow_task_state

    assert [name for name, *_ in state.task.specific.get_actions(design, people["editor"])] == ["reject"]
    with pytest.raises(NotReady, match="another person"):
        state.task.specific.on_action(state, people["editor"], "approve")


def test_nothing_is_approved_before_all_files_are_there(design, people):
    design.get_workflow().start(design, people["editor"])  # no worker runs
    state = design.current_workflow_task_state

    assert obstacles(state.submission, people["approver"]) == [
        "0 of 2 files are made; you can approve when all are here."
    ]
    with pytest.raises(NotReady):
        state.task.specific.on_action(state, people["approver"], "approve")
    assert TaskState.objects.get(pk=state.pk).status == TaskState.STATUS_IN_PROGRESS


def test_a_fact_corrected_meanwhile_must_be_submitted_anew(design, submit, people):
    state = submit(design)
    fact = Fact.objects.get(key="expo-visitors-a-day")
    fact.value = 12_000
    fact.save()

    assert any("expo-visitors-a-day" in sentence for sentence in obstacles(state.submission, people["approver"]))


def test_the_same_content_finds_the_same_edition_and_makes_nothing(design, submit, approve):
    first = approve(submit(design))
    files = set(Variant.objects.values_list("file", flat=True))
    design = Infographic.objects.get(pk=design.pk)
    design.save_revision()

    second = submit(design).submission.edition

    assert second == first
    assert set(Variant.objects.values_list("file", flat=True)) == files
    assert Job.objects.filter(kind="variants.make").count() == 1


def test_a_change_of_words_beside_the_picture_needs_approval_but_no_new_files(design, submit, approve):
    first = approve(submit(design))
    design = Infographic.objects.get(pk=design.pk)
    design.post_text = "Other words."
    design.save_revision()

    second = submit(design).submission.edition

    assert second != first
    assert second.content == first.content
    assert set(second.variants.values_list("file", flat=True)) == set(first.variants.values_list("file", flat=True))


def test_a_workflow_without_an_approver_says_so_and_keeps_the_work(design, people):
    people["approver"].groups.clear()

    with pytest.raises(NotReady, match="Nobody is in the group approver"):
        design.get_workflow().start(design, people["editor"])

    assert Submission.objects.count() == 0
    assert Infographic.objects.get(pk=design.pk).current_workflow_state is None


def test_a_fact_that_something_shows_is_not_deleted(design):
    with pytest.raises(InUse, match=design.title):
        Fact.objects.get(key="expo-visitors-a-day").delete()


def test_what_only_a_later_draft_shows_is_not_deleted_either(design):
    other = Image.objects.get(title="Bay")
    stream = design.body.get_prep_value()
    photo = next(block for block in stream if block["type"] == "photo")
    photo["value"]["picture"]["image"] = other.pk
    design.body = stream
    design.save_revision()

    with pytest.raises(InUse, match=design.title):
        other.delete()


@pytest.mark.parametrize("kind", ["brand", "campaign", "message"])
def test_nothing_that_a_design_stands_on_is_deleted(design, kind):
    with pytest.raises((InUse, ProtectedError)):
        getattr(design, kind).delete()


def test_a_vanished_fact_is_an_error_and_never_an_empty_figure(design):
    stream = design.body.get_prep_value()
    figures = next(block for block in stream if block["type"] == "key_figures")
    figures["value"]["figures"][0]["value"]["fact"] = 999_999
    design.body = stream
    revision = design.save_revision()

    with pytest.raises(NotReady, match="no longer exists"):
        Edition.of(revision.as_object())


def test_an_unknown_stored_block_is_an_error_and_never_a_lost_block(design):
    revision = design.save_revision()
    revision.content["body"] = '[{"type": "hologram", "value": {}, "id": "1"}]'
    revision.save()

    with pytest.raises(UnknownBlock, match="hologram"):
        revision.as_object().body  # noqa: B018 - reading is what fails


def test_an_unpublished_fact_is_named_at_submission(design):
    Fact.objects.filter(key="expo-participants").update(live=False)

    with pytest.raises(NotReady, match="expo-participants"):
        Edition.of(design)


def test_a_mail_server_that_is_down_holds_up_no_submission(design, submit, settings):
    """The approvers' mail is a job: it fails there, is tried again there, and the submission stands."""
    settings.EMAIL_BACKEND = "cms.jobs.mail.QueuedMail"
    settings.MAIL_TRANSPORT = "tests.cms.editions.test_approval.Down"

    state = submit(design)

    assert state.submission.edition.variants.filter(state="ready").count() == 2
    assert Job.objects.get(kind="jobs.send_mail").state != Job.State.DONE


class Down(BaseEmailBackend):
    def send_messages(self, email_messages):
        raise ConnectionRefusedError(len(email_messages))


def test_what_was_sent_back_does_not_leave_with_what_is_approved_later(design, submit, approve, people, rabat):
    """Both files are made, but the approver judged one of them."""
    state = submit(design)
    state.task.specific.on_action(state, people["approver"], "reject", comment="Not on X.")
    design = Infographic.objects.get(pk=design.pk)
    design.placements = ["instagram.feed_square"]
    design.save_revision(user=people["editor"])

    approve(submit(design))

    assert [variant.placement for variant in Variant.objects.leaving(rabat)] == ["instagram.feed_square"]


def test_a_placement_that_is_added_leaves_when_it_is_approved_too(design, submit, approve, people, rabat):
    approve(submit(design))
    design = Infographic.objects.get(pk=design.pk)
    design.placements = [*design.placements, "facebook.feed"]
    design.save_revision(user=people["editor"])

    state = submit(design)
    before = set(Variant.objects.leaving(rabat).values_list("placement", flat=True))
    approve(state)

    assert before == {"instagram.feed_square", "x.post"}
    assert set(Variant.objects.leaving(rabat).values_list("placement", flat=True)) == {*before, "facebook.feed"}


@pytest.mark.parametrize("what", ["campaign", "message"])
def test_moving_to_another_campaign_or_message_needs_a_new_approval(what, design, submit, approve, people):
    first = approve(submit(design))
    design = Infographic.objects.get(pk=design.pk)
    other = type(getattr(design, what)).objects.exclude(pk=getattr(design, what).pk).first()
    setattr(design, what, other)
    design.save_revision(user=people["editor"])

    second = submit(design).submission.edition

    assert second != first
    assert second.content == first.content
    assert other in (second.campaign, second.messages.get().message)


def test_who_decides_second_is_told_and_changes_nothing(design, submit, people):
    seen_by_first, seen_by_second = submit(design), TaskState.objects.get(workflow_state__object_id=design.pk)
    seen_by_first.task.specific.on_action(seen_by_first, people["approver"], "approve")

    with pytest.raises(NotReady, match="decided already"):
        seen_by_second.task.specific.on_action(seen_by_second, people["admin"], "reject", comment="No.")

    assert TaskState.objects.get(pk=seen_by_second.pk).status == TaskState.STATUS_APPROVED


def test_who_wrote_the_last_change_cannot_approve_it(design, people, at_commit):
    design.save_revision(user=people["approver"])
    with at_commit():
        design.get_workflow().start(design, people["editor"])
    state = design.current_workflow_task_state

    assert obstacles(state.submission, people["approver"]) == [
        "You wrote or submitted this; another person must approve it."
    ]


@pytest.fixture
def two_stages(design, people) -> Workflow:
    workflow = design.get_workflow()
    second = Judgement.objects.create(name="Second look")
    second.groups.add(Group.objects.get(name="approver"))
    WorkflowTask.objects.create(workflow=workflow, task=second, sort_order=2)
    return workflow


def test_of_two_stages_each_judges_the_same_edition_and_nobody_their_own(design, submit, people, two_stages):
    state = submit(design)
    state.task.specific.on_action(state, people["approver"], "approve")
    second = Infographic.objects.get(pk=design.pk).current_workflow_task_state

    assert second.submission.edition == state.submission.edition
    assert not Approval.objects.exists()
    assert obstacles(second.submission, people["editor"]) == [
        "You wrote or submitted this; another person must approve it."
    ]
    second.task.specific.on_action(second, people["admin"], "approve")
    assert Approval.objects.get().by == people["admin"]


def waiting(design: Infographic) -> TaskState:
    return Infographic.objects.get(pk=design.pk).current_workflow_task_state


def approved_by(person, state: TaskState) -> None:
    state.task.specific.on_action(state, person, "approve")


def test_of_two_stages_each_judges_what_goes_out_even_when_the_second_sent_it_back(
    design, submit, people, two_stages, at_commit
):
    approved_by(people["approver"], submit(design))
    second = waiting(design)
    second.task.specific.on_action(second, people["admin"], "reject", comment="Another title.")
    later = later_edit(Infographic.objects.get(pk=design.pk), "Another title")

    again = submit(Infographic.objects.get(pk=design.pk))
    assert again.revision == later
    with at_commit():
        approved_by(people["admin"], again)

    assert not Approval.objects.exists()
    first = waiting(design)
    assert (first.task.name, first.revision) != (again.task.name, None)
    assert first.submission.edition == again.submission.edition
    approved_by(people["approver"], first)
    assert Approval.objects.get().revision == later


def test_no_stage_s_yes_to_another_version_counts_whoever_finishes(design, submit, people, two_stages, at_commit):
    state = submit(design)
    approved_by(people["approver"], state)
    other = later_edit(Infographic.objects.get(pk=design.pk), "Slipped in")
    TaskState.objects.filter(pk=state.pk).update(revision=other)

    with pytest.raises(NotApproved):
        approved_by(people["admin"], waiting(design))

    assert not Approval.objects.exists()


def test_sent_back_and_unchanged_it_needs_the_first_stage_no_more(design, submit, people, two_stages):
    approved_by(people["approver"], submit(design))
    second = waiting(design)
    second.task.specific.on_action(second, people["admin"], "reject", comment="Wait a day.")

    approved_by(people["admin"], submit(Infographic.objects.get(pk=design.pk)))

    assert Approval.objects.get().by == people["admin"]


def test_a_stage_that_is_taken_away_while_it_waits_approves_nothing(design, submit, people, two_stages):
    state = submit(design)
    state.task.specific.on_action(state, people["approver"], "approve")

    with pytest.raises(NotApproved):
        Judgement.objects.get(name="Second look").deactivate(user=people["admin"])

    assert not Approval.objects.exists()
    assert not Infographic.objects.get(pk=design.pk).live


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda: Fact.objects.filter(key="expo-participants").update(live=False), "was taken back"),
        (lambda: Image.objects.update(rights_until="2026-01-01T00:00Z"), "has ended"),
        (lambda: FactWords.objects.filter(language="en", fact__key="expo-participants").delete(), "was corrected"),
    ],
    ids=["fact unpublished", "rights ended", "words taken away"],
)
def test_what_changed_meanwhile_stands_in_the_way_in_words(change, sentence, design, submit, people, enter):
    state = submit(design)
    change()

    (told,) = obstacles(state.submission, people["approver"])

    assert sentence in told
    assert enter("approver").get(reverse("approve", args=[state.pk])).status_code == 200


@pytest.mark.parametrize("name", ["campaign", "message"])
def test_an_unpublished_campaign_or_message_is_named_at_submission(name, design):
    type(getattr(design, name)).objects.update(live=False)

    with pytest.raises(NotReady, match="nobody has published"):
        Edition.of(Infographic.objects.get(pk=design.pk))


def test_a_design_that_nobody_approved_goes_with_all_that_was_made_of_it(design, submit):
    submit(design)
    fact = Fact.objects.get(key="expo-visitors-a-day")

    Infographic.objects.get(pk=design.pk).delete()

    assert (Edition.objects.count(), Variant.objects.count()) == (0, 0)
    fact.delete()


def test_a_design_that_was_approved_is_kept_in_words(design, submit, approve, enter):
    approve(submit(design))
    address = f"/admin/snippets/infographics/infographic/delete/{design.pk}/"

    page = enter("editor").post(address, follow=True).content.decode()

    assert "missions may have its files" in page
    assert Infographic.objects.filter(pk=design.pk).exists()


def test_what_an_edition_shows_is_refused_by_the_design_s_title(design, submit, approve, enter):
    approve(submit(design))
    fact = Fact.objects.get(key="expo-visitors-a-day")

    page = enter("editor").post(f"/admin/snippets/facts/fact/delete/{fact.pk}/", follow=True).content.decode()

    assert design.title in page
    assert "object (" not in page
    assert Fact.objects.filter(pk=fact.pk).exists()
