"""Wagtail calls this when a workflow ends well. Nothing of Wagtail is imported at the top: it is still loading."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from cms.accounts.models import User


def publish_what_was_judged(workflow_state: "WorkflowState", user: "User | None" = None) -> None:
    """Approve the edition that lay before the last approver, and publish its revision and no later one.

    Workflows without a step of ours (for facts and campaigns) publish as Wagtail does.
    """
    from wagtail.workflows import publish_workflow_state

    from cms.editions.models import Approval, ApprovedPlacement, Judgement, Submission
    from cms.editions.refusals import NotApproved

    submission = (
        Submission.objects.filter(task_state__workflow_state=workflow_state)
        .select_related("task_state__revision", "task_state__task")
        .order_by("-task_state__started_at", "-pk")
        .first()
    )
    if submission is None:
        publish_workflow_state(workflow_state, user=user)
        return
    judged = submission.task_state
    approved = Submission.objects.filter(
        task_state__workflow_state=workflow_state,
        task_state__revision=judged.revision,
        task_state__status=judged.STATUS_APPROVED,
        edition=submission.edition,
    )
    stages = Judgement.objects.filter(workflow_tasks__workflow=workflow_state.workflow, active=True)
    # a step may have been taken out of the workflow while it waited, or have judged another version
    if judged.status != judged.STATUS_APPROVED or stages.exclude(pk__in=approved.values("task_state__task")).exists():
        raise NotApproved
    approval = Approval.objects.create(
        edition=submission.edition,
        revision=judged.revision,
        by=user,
        stage=judged.task.name,
        to_missions_at=submission.to_missions_at,
        public_at=submission.public_at,
    )
    ApprovedPlacement.objects.bulk_create(
        ApprovedPlacement(approval=approval, placement=each.placement, animated=each.animated)
        for each in submission.wanted
    )
    judged.revision.publish(user=user, skip_permission_checks=True)
