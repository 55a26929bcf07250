"""Staff's look at the queue."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_required

from cms.jobs.models import Job
from cms.jobs.queue import cancel, last_seen, retry, worker_is_silent

_A_PAGE = 50


@require_safe
@permission_required("jobs.view_job")
def jobs(request: HttpRequest) -> HttpResponse:
    """What waits, what runs and what went wrong, the newest first."""
    rows = Paginator(Job.objects.select_related("owner"), _A_PAGE).get_page(request.GET.get("p"))
    silent = worker_is_silent()
    context = {
        "header_title": gettext("Jobs"),
        "page_title": gettext("Jobs"),
        "header_icon": "cogs",
        "rows": rows,
        "silent": silent,
        "last_seen": last_seen() if silent else None,
    }
    return TemplateResponse(request, "jobs/index.html", context)


@require_POST
@permission_required("jobs.change_job")
def cancel_job(request: HttpRequest, pk: int) -> HttpResponse:
    cancel(get_object_or_404(Job, pk=pk))
    return redirect("jobs:index")


@require_POST
@permission_required("jobs.change_job")
def retry_job(request: HttpRequest, pk: int) -> HttpResponse:
    """Only what has ended is begun again."""
    retry(get_object_or_404(Job, pk=pk, state__in=(Job.State.FAILED, Job.State.CANCELLED)))
    return redirect("jobs:index")
