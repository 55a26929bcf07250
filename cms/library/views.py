"""The library's screens of maps and logos, and of the small copies of footage."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from cms.library.choosers import LikenessTitleColumn
from cms.library.forms import DrawingForm
from cms.library.models import Drawing, Media


class InItsCollection:
    """What somebody may do in one collection they may not in another."""

    request: HttpRequest

    def get_object(self, *arguments: Any, **keywords: Any) -> Drawing:
        drawing: Drawing = super().get_object(*arguments, **keywords)  # type: ignore[misc]
        policy = policy_registry.get_by_type(Drawing)
        if not policy.user_has_permission_for_instance(self.request.user, "change", drawing):  # to delete is to change
            raise PermissionDenied
        return drawing


class DrawingIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Drawing]:
        policy = policy_registry.get_by_type(Drawing)
        drawings: QuerySet[Drawing] = policy.instances_user_has_any_permission_for(self.request.user, ["change"])
        return drawings

    def _get_title_column(
        self, field_name: str, column_class: type[TitleColumn] = LikenessTitleColumn, **options: Any
    ) -> TitleColumn:
        return super()._get_title_column(field_name, column_class, **options)


class DrawingEditView(InItsCollection, generic.EditView):
    pass


class DrawingDeleteView(InItsCollection, generic.DeleteView):
    pass


class DrawingUsageView(InItsCollection, generic.UsageView):
    pass


class DrawingHistoryView(InItsCollection, generic.HistoryView):
    pass


class LikenessPanel(HelpPanel):
    """What it looks like, what can be marked in it and where it is used, once it is there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"template": "library/likeness_panel.html", **options})

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return self.instance.pk is not None and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            uses = ReferenceIndex.get_grouped_references_to(self.instance).count()
            return {**context, "drawing": self.instance, "uses": uses}


class DrawingViewSet(ModelViewSet):
    model = Drawing
    name = "drawings"
    icon = "globe"
    menu_label = _("Maps and logos")
    menu_order = 301  # after Wagtail's images
    add_to_admin_menu = True
    index_view_class = DrawingIndexView
    edit_view_class = DrawingEditView
    delete_view_class = DrawingDeleteView
    usage_view_class = DrawingUsageView
    history_view_class = DrawingHistoryView
    copy_view_enabled = False
    list_display = ["title", "kind", "as_of", "approved_by"]
    list_filter = ["kind", "collection"]
    edit_handler = ObjectList(
        [
            LikenessPanel(),
            FieldPanel("title"),
            FieldPanel("file"),
            FieldPanel("description"),
            FieldRowPanel([FieldPanel("credit"), FieldPanel("licence")]),
            FieldRowPanel([FieldPanel("usable_from"), FieldPanel("rights_until"), FieldPanel("withheld")]),
            MultiFieldPanel([FieldPanel("approved_by"), FieldPanel("as_of")], heading=_("For maps")),
            FieldPanel("collection"),
        ],
        base_form_class=DrawingForm,
    )

    def get_permissions_to_register(self) -> QuerySet[Any]:
        """None of its own: they are given for collections."""
        return super().get_permissions_to_register().none()


@require_safe
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """What can be marked in a drawing, by name."""
    drawing = get_object_or_404(Drawing, pk=pk)
    policy = policy_registry.get_by_type(Drawing)
    if not policy.user_has_any_permission_for_instance(request.user, ["choose", "change"], drawing):
        raise PermissionDenied
    return JsonResponse({"names": drawing.parts})


@require_http_methods(["GET", "HEAD", "POST"])
def proxy(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the small copies of some footage are, as its page shows them; posted to, they are asked for."""
    media = get_object_or_404(Media, pk=pk)
    policy = policy_registry.get_by_type(Media)
    if not policy.user_has_permission_for_instance(request.user, "change", media):
        raise PermissionDenied
    if request.method == "POST":
        if media.proxy is None:
            media.make_proxy()
        return redirect("wagtailmedia:edit", pk)
    return TemplateResponse(request, "library/proxy_panel.html", {"media": media})
