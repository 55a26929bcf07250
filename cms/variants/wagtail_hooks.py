"""What variants hang on the apps below: files are made when something is submitted, and judged before approval."""

import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import time
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.snippets.action_menu import ActionMenuItem

from cms.editions.judging import FORGOTTEN_HOOK, FROZEN_HOOK, OBSTACLES_HOOK, submission_of
from cms.editions.models import Design, Edition, Submission
from cms.jobs.models import Job
from cms.jobs.queue import cancel, enqueue
from cms.library.work import COPYING
from cms.variants.ending import RightsThatEnd, warn_of_ending_rights
from cms.variants.home import GoingOutToday, MustBeFixed, WaitingForYou
from cms.variants.models import StoredFile, Variant
from cms.variants.screens import key_of
from cms.variants.views import ApproveView, FilesView
from cms.variants.work import BENCH, STEPS
from media_tools.clips.film import FILMING

_A_DAY = 24 * 3600  # seconds
_SWEPT = 500  # objects a run: a store may need a second for each


@hooks.register(FROZEN_HOOK)
def order_files(submission: Submission) -> None:
    """Nothing is queued when every file is there: submitting again unchanged makes nothing."""
    edition, wanted = submission.edition, submission.wanted
    if Variant.order(edition, wanted):
        enqueue("variants.make", key=key_of(edition), total=STEPS * len(wanted), edition=edition.pk)


@hooks.register(FORGOTTEN_HOOK)
def forget_files(editions: QuerySet[Edition]) -> None:
    """The sweep takes their objects away; who makes files of them stops."""
    for job in Job.objects.filter(key__in=[key_of(edition) for edition in editions], state__in=Job.OPEN):
        cancel(job)
    Variant.objects.filter(edition__in=editions).delete()


@hooks.register(OBSTACLES_HOOK)
def files_stand_in_the_way(submission: Submission) -> list[str]:
    shared = Variant.objects.filter(edition=submission.edition, mission=None).among(submission.wanted)
    states = list(shared.values_list("state", flat=True))
    ready, refused = states.count(Variant.State.READY), states.count(Variant.State.REFUSED)
    obstacles = []
    if refused:
        obstacles.append(
            ngettext(
                "%(count)d file is refused; the list says why. Ask for changes.",
                "%(count)d files are refused; the list says why. Ask for changes.",
                refused,
            )
            % {"count": refused}
        )
    if ready + refused < len(submission.wanted):
        obstacles.append(
            ngettext(
                "%(ready)d of %(all)d file is made; you can approve when it is here.",
                "%(ready)d of %(all)d files are made; you can approve when all are here.",
                len(submission.wanted),
            )
            % {"ready": ready, "all": len(submission.wanted)}
        )
    return obstacles


@hooks.register("attache_tick")
def sweep_objects() -> None:
    """Take away what a killed worker left: objects that were never finished, or that no row points at."""
    old = StoredFile.objects.filter(created_at__lt=Now() - timedelta(seconds=settings.ORPHANS_AFTER))
    unused = Q(**{points.name: None for points in StoredFile._meta.related_objects})
    for stored in old.filter(unused)[:_SWEPT]:
        stored.discard()


@hooks.register("attache_tick")
def sweep_folders() -> None:
    """Take away the temporary folders of workers that were killed; no work takes a day."""
    for name in (BENCH, FILMING, COPYING):
        for folder in Path(tempfile.gettempdir()).glob(f"{name}*"):
            with suppress(FileNotFoundError, PermissionError):  # gone already, or somebody else's
                if folder.stat().st_mtime < time() - _A_DAY:
                    shutil.rmtree(folder)


hooks.register("attache_tick", warn_of_ending_rights)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("files/<uuid:translation_key>/", FilesView.as_view(), name="files"),
        path("approve/<int:task_state>/", ApproveView.as_view(), name="approve"),
    ]


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("variants/admin.css"))


@hooks.register("construct_homepage_panels")
def first_page(request: HttpRequest, panels: list[Component]) -> None:
    """Ours in place of Wagtail's own list of what waits, which would approve without showing the files."""
    panels[:] = [panel for panel in panels if panel.name != "workflow_objects_to_moderate"]
    panels += [WaitingForYou(), MustBeFixed(), RightsThatEnd(), GoingOutToday()]


@hooks.register("construct_homepage_summary_items")
def no_page_counts(request: HttpRequest, items: list[Component]) -> None:
    items.clear()


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def to_the_files(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Who has submitted something wants to see it being made."""
    if isinstance(instance, Design) and "action-submit" in request.POST:
        return redirect("files", instance.translation_key)
    return None


class FilesItem(ActionMenuItem):
    """From the editor to the files of the design."""

    name = "files"
    label = _("Files")
    icon_name = "image"

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("files", args=[context["instance"].translation_key])


class JudgeItem(ActionMenuItem):
    """From the editor to the page where the files are judged."""

    name = "judge"
    label = _("Look at the files and approve")
    icon_name = "check"

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("approve", args=[context["instance"].current_workflow_task_state.pk])


@hooks.register("construct_snippet_action_menu")
def ways_to_the_files(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    design = context.get("instance")
    if not isinstance(design, Design):
        return
    items.append(FilesItem(order=50))
    submission = submission_of(design)
    if submission and submission.task_state.task.specific.get_actions(design, request.user):
        items.insert(0, JudgeItem(order=0))
