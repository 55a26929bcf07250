"""Staff's screens about files: how far they are, and whether they may go out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import TaskState

from cms.editions.judging import obstacles
from cms.editions.kinds import seen_by
from cms.editions.models import Submission
from cms.editions.refusals import NotReady, Refused, tell
from cms.jobs.queue import cancel, enqueue, last_seen
from cms.variants.models import Variant
from cms.variants.screens import Files, Judged, key_of
from cms.variants.work import STEPS


class AdminScreen(UserPassesTestMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin for people who may see designs."""

    header_icon = "image"

    def test_func(self) -> bool:
        return bool(seen_by(self.request.user))


class FilesView(AdminScreen):
    """Every file of a design, and what to do about those that are missing."""

    template_name = "variants/files.html"

    @cached_property
    def files(self) -> Files:
        files = Files(self.kwargs["translation_key"])
        if not files.kinds <= {kind.pk for kind in seen_by(self.request.user)}:
            raise Http404
        return files

    @property
    def title(self) -> str:
        editions = self.files.editions
        first = editions.get(get_language() or "") or next(iter(editions.values()), None)
        return first.title if first else gettext("Files")

    def get(self, request: HttpRequest, *arguments: Any, **keywords: Any) -> HttpResponse:
        if "rows" not in request.GET:
            return super().get(request, *arguments, **keywords)
        if request.headers.get("If-None-Match") == self.files.tag:
            return HttpResponse(status=304)
        return TemplateResponse(
            request, "variants/rows.html", self.get_context_data(), headers={"ETag": self.files.tag}
        )

    def post(self, request: HttpRequest, translation_key: UUID) -> HttpResponse:
        if not request.user.has_perm("jobs.change_job"):
            raise PermissionDenied
        if "cancel" in request.POST:
            for job in self.files.jobs.values():
                cancel(job)
        else:
            for submission in self.files.submissions.values():
                edition, wanted = submission.edition, submission.wanted
                if Variant.order(edition, wanted):
                    total = STEPS * len(wanted)
                    enqueue("variants.make", key=key_of(edition), owner=request.user, total=total, edition=edition.pk)
        return redirect(request.path)

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**keywords),
            "files": self.files,
            "silent": self.files.silent,
            "last_seen": last_seen() if self.files.silent else None,
        }

    def get_page_title(self) -> str:
        return gettext("Files of “%(title)s”") % {"title": self.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": gettext("Files"), "sublabel": self.title}]


class ApproveView(AdminScreen):
    """The very files that will leave, and one decision."""

    template_name = "variants/approve.html"
    header_icon = "check"

    @cached_property
    def submission(self) -> Submission:
        rows = Submission.objects.select_related(
            "edition", "by", "task_state__revision__user", "task_state__task", "task_state__workflow_state"
        )
        seen = rows.filter(edition__design_type__in=seen_by(self.request.user))
        return get_object_or_404(seen, task_state=self.kwargs["task_state"])

    def post(self, request: HttpRequest, task_state: int) -> HttpResponse:
        task = self.submission.task_state.task.specific
        if not any(task.get_actions(self.submission.edition.design, request.user)):
            raise Http404
        try:
            return self._approve(request) if "approve" in request.POST else self._send_back(request)
        except Refused as refusal:
            tell(request, refusal)
            return redirect(request.path)

    def _approve(self, request: HttpRequest) -> HttpResponse:
        state = self.submission.task_state
        if request.POST.get("digest") != self.submission.edition.digest:
            raise NotReady([gettext("These are not the files you looked at. Nothing was approved. Look again.")])
        state.task.specific.on_action(state, request.user, "approve")
        count = len(self.submission.wanted)
        approved = ngettext("%(count)d file is approved.", "%(count)d files are approved.", count)
        messages.success(request, approved % {"count": count})
        return redirect("wagtailadmin_home")

    def _send_back(self, request: HttpRequest) -> HttpResponse:
        comment = request.POST.get("comment", "").strip()
        if not comment:
            raise NotReady([gettext("Say what should change, so that the editor knows.")])
        state = self.submission.task_state
        state.task.specific.on_action(state, request.user, "reject", comment=comment)
        messages.success(request, gettext("The editor is asked for changes."))
        return redirect("wagtailadmin_home")

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        submission = self.submission
        task = submission.task_state.task.specific
        design = submission.edition.design
        latest = design.latest_revision
        later = latest if latest and latest.pk != submission.task_state.revision_id else None
        return {
            **super().get_context_data(**keywords),
            "submission": submission,
            "judged": Judged(submission),
            "facts": submission.edition.facts.select_related("fact__owner"),
            "messages_carried": submission.edition.messages.select_related("message"),
            "obstacles": obstacles(submission, self.request.user),
            "judges": any(task.get_actions(design, self.request.user)),
            "open": submission.task_state.status == TaskState.STATUS_IN_PROGRESS,
            "later": later,
            "zone": timezone.get_current_timezone_name(),
            "files_url": reverse("files", args=[submission.edition.translation_key]),
        }

    def get_page_title(self) -> str:
        return gettext("Approve: %(title)s") % {"title": self.submission.edition.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]
