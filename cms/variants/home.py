"""What needs somebody, on the first page of the admin."""

from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState

from cms.accounts.languages import language_name
from cms.accounts.models import User
from cms.editions.kinds import seen_by
from cms.editions.models import Approval, Edition, Submission
from cms.variants.models import Variant

_SHOWN = 20  # rows of a panel; it says how many more there are


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
        rows = rows.filter(edition__design_type__in=seen_by(user))
        return {
            "heading": _("Waiting for you"),
            "panel_id": "waiting",
            "nothing": _("Nothing waits for you."),
            "rows": [
                Row(row.edition.title, reverse("approve", args=[row.task_state_id]), _submitted(row))
                for row in rows.select_related("edition", "by")[:_SHOWN]
            ],
            "more": _left_out(rows),
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
            rows = _going_out(begins, begins + timedelta(days=1), seen_by(parent_context["request"].user))
            return {
                "heading": _("Going out today"),
                "panel_id": "today",
                "nothing": _("Nothing goes out today."),
                "rows": [
                    Row(row.edition.title, reverse("files", args=[row.edition.translation_key]), _leaving(row))
                    for row in rows[:_SHOWN]
                ],
                "more": _left_out(rows),
            }


class MustBeFixed(Component):
    """Refused and failed files of what this person submitted."""

    name = "fix"
    order = 110
    template_name = "variants/home_panel.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user: User = parent_context["request"].user
        mine = Submission.objects.filter(by=user, task_state__status=TaskState.STATUS_IN_PROGRESS)
        bad = Q(variants__mission=None, variants__state__in=(Variant.State.REFUSED, Variant.State.FAILED))
        counted = Edition.objects.filter(pk__in=mine.values("edition")).annotate(refused=Count("variants", filter=bad))
        rows = counted.filter(refused__gt=0).order_by("-pk").defer("spec", "brand")
        return {
            "heading": _("Must be fixed"),
            "panel_id": "fix",
            "nothing": _("Nothing of yours was refused."),
            "rows": [
                Row(edition.title, reverse("files", args=[edition.translation_key]), _refused(edition.refused))
                for edition in rows[:_SHOWN]
            ],
            "more": _left_out(rows),
        }


def _going_out(begins: datetime, ends: datetime, kinds: list[ContentType]) -> QuerySet[Approval]:
    """What missions get between two moments: postponed, withdrawn and held things stay in."""
    rows = Approval.objects.standing("to_missions_at").annotate(leaves=Coalesce("to_missions_at", "at"))
    let_out = rows.filter(
        edition__design_type__in=kinds, edition__withdrawn_at=None, edition__campaign__held=False,
        leaves__gte=begins, leaves__lt=ends,
    )  # fmt: skip
    return let_out.select_related("edition").order_by("leaves", "pk")


def _left_out(rows: QuerySet[Any]) -> int:
    return max(0, rows.count() - _SHOWN)


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
