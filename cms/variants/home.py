"""What needs somebody, on the first page of the admin."""

from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.editions.models import Submission
from cms.variants.models import Variant


class Row(NamedTuple):
    title: str
    url: str
    words: str


class WaitingForYou(Component):
    """What this person can judge."""

    name = "waiting"
    order = 100
    template_name = "variants/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user: User = parent_context["request"].user
        rows = Submission.objects.filter(task_state__in=TaskState.objects.reviewable_by(user)).exclude(by=user)
        return {
            "heading": _("Waiting for you"),
            "panel_id": "waiting",
            "rows": [
                Row(row.edition.title, reverse("approve", args=[row.task_state_id]), _submitted(row))
                for row in rows.select_related("edition", "by")[:20]
            ],
        }


class MustBeFixed(Component):
    """Refused and failed files of what this person submitted."""

    name = "fix"
    order = 110
    template_name = "variants/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user: User = parent_context["request"].user
        mine = Submission.objects.filter(by=user, task_state__status=TaskState.STATUS_IN_PROGRESS)
        bad = Variant.objects.filter(
            edition__in=mine.values("edition"), state__in=(Variant.State.REFUSED, Variant.State.FAILED)
        ).select_related("edition")
        found: dict[Any, list[Variant]] = {}
        for variant in bad[:200]:
            found.setdefault(variant.edition, []).append(variant)
        return {
            "heading": _("Must be fixed"),
            "panel_id": "fix",
            "rows": [
                Row(edition.title, reverse("files", args=[edition.translation_key]), _refused(len(variants)))
                for edition, variants in found.items()
            ],
        }


def _submitted(row: Submission) -> str:
    return gettext("submitted by %(who)s, in %(language)s") % {"who": row.by, "language": row.edition.language}


def _refused(count: int) -> str:
    return ngettext("%(count)d file was not made", "%(count)d files were not made", count) % {"count": count}
