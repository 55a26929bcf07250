"""What needs somebody, on the first page of the admin."""

from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from cms.accounts.languages import language_name
from cms.accounts.models import User
from cms.editions.models import Approval, Submission
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
            "nothing": _("Nothing waits for you."),
            "rows": [
                Row(row.edition.title, reverse("approve", args=[row.task_state_id]), _submitted(row))
                for row in rows.select_related("edition", "by")[:20]
            ],
        }


class GoingOutToday(Component):
    """What missions get today, by the ministry's clock."""

    name = "today"
    order = 120
    template_name = "variants/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        zone = ZoneInfo(settings.MINISTRY_TIME_ZONE)
        with timezone.override(zone):
            today = timezone.localdate()
            begins = timezone.make_aware(datetime.combine(today, time()))
            rows = (
                Approval.objects.annotate(leaves=Coalesce("to_missions_at", "at"))
                .filter(leaves__gte=begins, leaves__lt=begins + timedelta(days=1))
                .select_related("edition")
                .order_by("leaves", "pk")
            )
            return {
                "heading": _("Going out today"),
                "panel_id": "today",
                "nothing": _("Nothing goes out today."),
                "rows": [
                    Row(row.edition.title, reverse("files", args=[row.edition.translation_key]), _leaving(row))
                    for row in rows[:20]
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
            "nothing": _("Nothing of yours was refused."),
            "rows": [
                Row(edition.title, reverse("files", args=[edition.translation_key]), _refused(len(variants)))
                for edition, variants in found.items()
            ],
        }


def _leaving(row: Approval) -> str:
    when = timezone.localtime(row.leaves).strftime("%H:%M")
    return gettext("to missions at %(time)s, in %(language)s") % {
        "time": when,
        "language": language_name(row.edition.language),
    }


def _submitted(row: Submission) -> str:
    return gettext("submitted by %(who)s, in %(language)s") % {
        "who": row.by,
        "language": language_name(row.edition.language),
    }


def _refused(count: int) -> str:
    return ngettext("%(count)d file was not made", "%(count)d files were not made", count) % {"count": count}
