"""How a drawing is chosen in a form: by its picture, from those that the person may use."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form, Media
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import ChooserBlock
from wagtail.images.widgets import AdminImageChooser, ImageChooserAdapter
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from cms.library.models import Drawing
from cms.library.rights import over

_CHOOSE = "choose"


class LikenessTitleColumn(TitleColumn):
    """The picture before the title."""

    cell_template_name = "library/likeness_cell.html"


class Chosen:
    """What the form shows of the one that was chosen."""

    def get_chosen_response_data(self, item: Drawing) -> dict[str, Any]:
        return {**super().get_chosen_response_data(item), **shown(item)}  # type: ignore[misc]


class ForTheChooser(chooser.BaseChooseView):
    """Only what the person may choose, by collection where they have several."""

    per_page = 12

    def get_object_list(self) -> QuerySet[Drawing]:
        policy = policy_registry.get_by_type(Drawing)
        drawings: QuerySet[Drawing] = policy.instances_user_has_any_permission_for(self.request.user, [_CHOOSE])
        theirs = policy.instances_user_has_any_permission_for(self.request.user, ["change"])
        hidden = Drawing.objects.filter(over()).exclude(pk__in=theirs.values("pk"))
        return drawings.exclude(pk__in=list(hidden.values_list("pk", flat=True))).select_related("collection")

    def get_filter_form(self) -> Form:
        policy = policy_registry.get_by_type(Drawing)
        collections = policy.collections_user_has_permission_for(self.request.user, _CHOOSE)
        several: QuerySet[Collection] | None = collections if len(collections) > 1 else None
        form: Form = self.get_filter_form_class()(self.request.GET, collections=several)
        return form

    def chosen_url(self, drawing: Drawing) -> str:
        return self.append_preserved_url_parameters(reverse(self.chosen_url_name, args=[drawing.pk]))

    @property
    def columns(self) -> list[Column]:
        link = {"data-chooser-modal-choice": True}
        return [
            LikenessTitleColumn("title", label=_("Title"), get_url=self.chosen_url, link_attrs=link),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("as_of", label=_("Valid as of"), accessor="as_of"),
            Column("approved_by", label=_("Approved by"), accessor="approved_by"),
        ]


class ChooseView(chooser.ChooseViewMixin, chooser.CreationFormMixin, ForTheChooser):
    pass


class ChooseResultsView(chooser.ChooseResultsViewMixin, chooser.CreationFormMixin, ForTheChooser):
    pass


class ChosenView(Chosen, chooser.ChosenView):
    def get_object(self, pk: str) -> Drawing:
        drawing: Drawing = super().get_object(pk)
        policy = policy_registry.get_by_type(Drawing)
        if not policy.user_has_permission_for_instance(self.request.user, _CHOOSE, drawing):
            raise PermissionDenied
        return drawing


class ChosenMultipleView(Chosen, chooser.ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> QuerySet[Drawing]:
        policy = policy_registry.get_by_type(Drawing)
        drawings: QuerySet[Drawing] = policy.instances_user_has_any_permission_for(self.request.user, [_CHOOSE])
        return drawings.filter(pk__in=pks)


class DrawingChooserViewSet(ChooserViewSet):
    model = Drawing
    icon = "globe"
    choose_one_text = _("Choose a map or logo")
    choose_another_text = _("Choose another map or logo")
    edit_item_text = _("Edit this map or logo")
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    register_widget = False


choosers = DrawingChooserViewSet("drawing_chooser", url_prefix="drawings/chooser")


class DrawingChooser(AdminImageChooser):
    """Wagtail's chooser of images, for drawings: it shows the picture of what was chosen."""

    choose_one_text = choosers.choose_one_text
    choose_another_text = choosers.choose_another_text
    link_to_chosen_text = choosers.edit_item_text
    chooser_modal_url_name = choosers.get_url_name("choose")
    icon = choosers.icon

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.model = Drawing

    def get_value_data_from_instance(self, instance: Drawing) -> dict[str, Any]:
        data = super(AdminImageChooser, self).get_value_data_from_instance(instance)
        return {**data, **shown(instance)}


class DrawingChooserAdapter(ImageChooserAdapter):
    @cached_property
    def media(self) -> Media:
        return super().media + Media(css={"all": (versioned_static("library/likeness.css"),)})


register(DrawingChooserAdapter(), DrawingChooser)


class DrawingChooserBlock(ChooserBlock):
    target_model = Drawing

    @cached_property
    def widget(self) -> DrawingChooser:
        return DrawingChooser()

    class Meta:
        icon = choosers.icon


def shown(drawing: Drawing) -> dict[str, Any]:
    preview = {"url": drawing.likeness.url, "width": drawing.width, "height": drawing.height}
    return {"preview": preview, "default_alt_text": drawing.description}
