"""What account kits hang on the gate and on the admin."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from cms.account_kits.models import AccountKit
from cms.account_kits.views import MissionKitView, MissionsView
from cms.variants.gate import GATE_HOOK, audience


@hooks.register(GATE_HOOK)
def kit_file(request: HttpRequest, key: str) -> str | None:
    """A kit and its pictures are for their own mission, and for whoever makes kits."""
    named = Q(file__key=key) | Q(pictures__file__key=key) | Q(pictures__thumbnail__key=key)
    kit = AccountKit.objects.leaving(audience(request.user)).filter(named).select_related("file").first()
    return kit.name_of(key) if kit else None


class AccountKitsViewSet(ViewSet):
    """The missions and their kits, for whoever may make them."""

    name = "account_kits"
    icon = "user"
    menu_label = _("Account kits")
    menu_order = 165
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", MissionsView.as_view(), name="index"),
            path("<int:mission>/", MissionKitView.as_view(), name="mission"),
        ]

    def get_menu_item(self, order: int | None = None) -> Any:
        item = super().get_menu_item(order)
        item.is_shown = lambda request: request.user.has_perm("account_kits.add_accountkit")
        return item


@hooks.register("register_admin_viewset")
def viewset() -> AccountKitsViewSet:
    return AccountKitsViewSet("account_kits", url_prefix="account-kits")


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("account_kits/admin.css"))
