"""The step of a workflow in which people judge the very files that will leave."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from cms.accounts.models import User
from cms.editions.judging import FROZEN_HOOK, obstacles
from cms.editions.models.design import Design
from cms.editions.models.edition import Edition, Submission
from cms.editions.refusals import NotReady


class Judgement(AbstractGroupApprovalTask):
    """Members of the chosen groups look at the finished files and approve them, or ask for changes."""

    class Meta:
        verbose_name = _("judgement of the finished files")
        verbose_name_plural = _("judgements of the finished files")

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """Freeze what is submitted. Raises NotReady, and then nothing has begun."""
        self._check_somebody_judges(workflow_state.requested_by)
        state: TaskState = super().start(workflow_state, user=user)
        self._judge_anew(state)
        design = state.revision.as_object()
        edition = self._judged_before(state) or Edition.of(design)
        Submission.objects.create(
            task_state=state,
            edition=edition,
            by=workflow_state.requested_by,
            placements=[each.placement for each in design.wanted if not each.animated],
            animated=[each.placement for each in design.wanted if each.animated],
            to_missions_at=design.to_missions_at,
            public_at=design.public_at,
        )
        for act in hooks.get_hooks(FROZEN_HOOK):
            act(state.submission)
        return state

    def get_actions(self, obj: Design, user: User) -> list[tuple[str, str, bool]]:
        """Wagtail's menus offer to ask for changes; approval is on the page that shows the files, and nowhere else."""
        return [action for action in super().get_actions(obj, user) if action[0] == "reject"]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **options: Any) -> None:
        """Raises NotReady where something stands in the way of this person's word, whoever calls."""
        task_state.refresh_from_db(from_queryset=TaskState.objects.select_for_update())
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            raise NotReady([gettext("Somebody has decided already. Nothing was changed.")])
        if action_name == "approve":
            refused = obstacles(task_state.submission, user)
            if refused:
                raise NotReady(refused)
        super().on_action(task_state, user, action_name, **options)

    @classmethod
    def get_description(cls) -> str:
        return gettext("Members of the chosen groups judge the finished files.")

    def _check_somebody_judges(self, submitter: User | None) -> None:
        judges = User.objects.filter(is_active=True, groups__in=self.groups.all()).distinct()
        groups = {"groups": ", ".join(self.groups.values_list("name", flat=True))}
        if not judges.exists():
            nobody = gettext("Nobody is in the group %(groups)s. Ask an administrator; your work is saved.")
            raise NotReady([nobody % groups])
        if submitter is not None and not judges.exclude(pk=submitter.pk).exists():
            alone = gettext("You are alone in the group %(groups)s, and nobody approves their own work.")
            raise NotReady([f"{alone % groups} {gettext('Ask an administrator; your work is saved.')}"])

    def _judge_anew(self, state: TaskState) -> None:
        """A yes to an earlier version counts no more once another lies before people: its stage is asked again.

        Wagtail's own setting for this would also ask a stage again whose yes is to be published as it is.
        """
        given = state.workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
        given.exclude(revision=state.revision).update(status=TaskState.STATUS_CANCELLED)

    def _judged_before(self, state: TaskState) -> Edition | None:
        """The edition that an earlier stage approved of the same revision: every stage judges the same files."""
        earlier = Submission.objects.filter(
            task_state__workflow_state=state.workflow_state,
            task_state__revision=state.revision,
            task_state__status=TaskState.STATUS_APPROVED,
        ).first()
        return earlier.edition if earlier else None
