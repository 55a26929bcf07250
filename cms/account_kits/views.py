"""Where a mission has its account kit made, and headquarters anybody's."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.account_kits.screens import Shown
from cms.missions.models import Mission
from cms.packages.views import PortalView


class AccountKitView(PortalView):
    """A mission's own kit."""

    template_name = "account_kits/account_kit.html"
    here = "account_kit"

    def post(self, request: HttpRequest) -> HttpResponse:
        shown = Shown(self.mission, request.POST)
        return acted(request, shown) or self.render_to_response(self.get_context_data(shown=shown))

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        return super().get_context_data(**{"shown": Shown(self.mission, self.request.GET), **keywords})


class KitScreen(UserPassesTestMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin for people who make kits for others."""

    header_icon = "user"

    def test_func(self) -> bool:
        return bool(self.request.user.has_perm("account_kits.add_accountkit"))


class MissionsView(KitScreen):
    """For whom?"""

    template_name = "account_kits/missions.html"

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        missions = Mission.objects.prefetch_related("names")
        return {**super().get_context_data(**keywords), "missions": missions}

    def get_page_title(self) -> str:
        return gettext("Account kits")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]


class MissionKitView(KitScreen):
    """Any mission's kit."""

    template_name = "account_kits/mission_kit.html"

    @cached_property
    def mission(self) -> Mission:
        return get_object_or_404(Mission, pk=self.kwargs["mission"])

    def post(self, request: HttpRequest, mission: int) -> HttpResponse:
        shown = Shown(self.mission, request.POST)
        return acted(request, shown) or self.render_to_response(self.get_context_data(shown=shown))

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        return super().get_context_data(**{"shown": Shown(self.mission, self.request.GET), **keywords})

    def get_page_title(self) -> str:
        return gettext("Account kit of “%(mission)s”") % {"mission": self.mission.own_name}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        kits = {"url": reverse("account_kits:index"), "label": gettext("Account kits")}
        return [*self.breadcrumbs_items, kits, {"url": "", "label": self.mission.own_name}]


def acted(request: HttpRequest, shown: Shown) -> HttpResponse | None:
    """What was asked for is done, and the page comes again as it was; None where words stand in the way."""
    if not shown.act(request.user):
        return None
    kept = QueryDict(mutable=True)
    kept.update({name: request.POST[name] for name in ("brand", "language") if name in request.POST})
    return redirect(f"{request.path}?{kept.urlencode()}" if kept else request.path)
