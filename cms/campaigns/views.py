from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import ModelLogEntry

from cms.campaigns.models import HELD, LIFTED, Campaign


class HoldView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """Holds everything of a campaign back, or lets it go on. It works at once, drafts or not."""

    permission_required = "campaigns.publish_campaign"
    template_name = "campaigns/hold.html"
    header_icon = "lock"

    @cached_property
    def campaign(self) -> Campaign:
        return get_object_or_404(Campaign, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        match "hold" in request.POST, "lift" in request.POST:
            case True, False:
                self.campaign.hold(request.user)
                messages.success(request, gettext("It is on hold: nothing of it leaves."))
            case False, True:
                self.campaign.lift_hold(request.user)
                messages.success(request, gettext("The hold is lifted."))
            case _:
                messages.error(request, gettext("Nothing was changed. Press one of the two buttons."))
                return redirect(request.path)
        return redirect(self.campaign.snippet_viewset.get_url_name("edit"), pk)

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        entries = ModelLogEntry.objects.for_instance(self.campaign).filter(action__in=(HELD, LIFTED))
        last = entries.select_related("user").order_by("-timestamp", "-pk").first()
        return {**super().get_context_data(**keywords), "campaign": self.campaign, "last": last}

    def get_page_title(self) -> str:
        return gettext("Hold “%(campaign)s”") % {"campaign": self.campaign.name}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]
