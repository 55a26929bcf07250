from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from cms.jobs.views import cancel_job, jobs, retry_job


class JobsViewSet(ViewSet):
    """The list of jobs, for whoever may see it."""

    name = "jobs"
    icon = "cogs"
    menu_label = _("Jobs")
    menu_order = 900
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", jobs, name="index"),
            path("<int:pk>/cancel/", cancel_job, name="cancel"),
            path("<int:pk>/retry/", retry_job, name="retry"),
        ]

    def get_menu_item(self, order: int | None = None) -> Any:
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm("jobs.view_job")
        return item


@hooks.register("register_admin_viewset")
def viewset() -> JobsViewSet:
    return JobsViewSet("jobs", url_prefix="jobs")
