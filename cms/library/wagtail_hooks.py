from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.forms.collections import collection_member_permission_formset_factory
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from cms.library import originals
from cms.library.choosers import choosers
from cms.library.models import REPLACED, Drawing
from cms.library.proxies import make_missing_proxies
from cms.library.views import DrawingViewSet, parts, proxy

register_permission_policy(Drawing, CollectionOwnershipPermissionPolicy(Drawing, owner_field_name="uploaded_by_user"))

GroupDrawingPermissions = collection_member_permission_formset_factory(
    Drawing,
    [
        ("add_drawing", _("Add"), _("Add/edit maps and logos you own")),
        ("change_drawing", _("Edit"), _("Edit any map or logo")),
        ("choose_drawing", _("Choose"), _("Select maps and logos in choosers")),
    ],
    "library/drawing_permissions.html",
)


@hooks.register("attache_tick")
def tidy_originals() -> None:
    originals.tidy(Path(settings.ORIGINALS), settings.ORIGINALS_BYTES)


hooks.register("attache_tick", make_missing_proxies)


@hooks.register("register_log_actions")
def words_of_the_log(actions: LogActionRegistry) -> None:
    actions.register_action(REPLACED, _("Replace the file"), _("The file was replaced"))


@hooks.register("register_admin_viewset")
def screens_of_drawings() -> list[ViewSet]:
    return [DrawingViewSet(), choosers]


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("drawings/<int:pk>/parts/", parts, name="parts_of_drawing"),
        path("footage/<int:pk>/proxy/", proxy, name="footage_proxy"),
    ]


@hooks.register("register_group_permission_panel")
def permissions_of_groups() -> type:
    return GroupDrawingPermissions


@hooks.register("describe_collection_contents")
def drawings_in(collection: Collection) -> dict[str, Any] | None:
    count = Drawing.objects.filter(collection=collection).count()
    if not count:
        return None
    words = ngettext("%(count)s map or logo", "%(count)s maps and logos", count) % {"count": count}
    return {"count": count, "count_text": words, "url": f"{reverse('drawings:index')}?collection={collection.pk}"}


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("library/likeness.css"))
