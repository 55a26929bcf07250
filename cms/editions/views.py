from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.ui.tables import LocaleColumn, UpdatedAtColumn
from wagtail.models import Locale
from wagtail.snippets.views.snippets import CreateView, EditView, PreviewOnCreateView, SnippetViewSet

from cms.brands.models import Brand
from cms.editions.models import Design
from cms.editions.refusals import Refused, tell


class RefusesInWords:
    """What was typed is saved already when an action is refused, so its writer goes on where they were."""

    request: HttpRequest
    get_edit_url: Any

    def run_action_method(self) -> HttpResponseBase | None:
        try:
            response: HttpResponseBase | None = super().run_action_method()  # type: ignore[misc]
        except Refused as refusal:
            tell(self.request, refusal)
            return redirect(self.get_edit_url())
        return response


class DesignCreateView(RefusesInWords, CreateView):
    def get_initial_form_instance(self) -> Design:
        return begun(self.model, self.locale)

    def get_preview_url(self) -> str:
        return f"{super().get_preview_url()}?locale={self.locale.language_code}"


class DesignPreviewOnCreateView(PreviewOnCreateView):
    """Wagtail previews a new row without saying in which language it is written."""

    def get_object(self) -> Design:
        wanted = Locale.objects.filter(language_code=self.request.GET.get("locale", "")).first()
        return begun(self.model, wanted or Locale.get_default())


class DesignEditView(RefusesInWords, EditView):
    pass


class DesignViewSet(SnippetViewSet):
    """What the screens of infographics and of clips share."""

    add_to_admin_menu = True
    add_view_class = DesignCreateView
    edit_view_class = DesignEditView
    preview_on_add_view_class = DesignPreviewOnCreateView
    list_display = ["title", LocaleColumn(), "campaign", UpdatedAtColumn()]
    list_filter = ["campaign", "locale"]


def tabs(*content: Panel, also: Sequence[Panel] = (), by_placement: Sequence[Panel] = ()) -> TabbedInterface:
    """The editor of a design: its own content, what every design has, and what this kind has besides.

    `also` are the files that it may have beside those of its placements, `by_placement` how single placements differ.
    """
    differences = [ObjectList(by_placement, heading=_("Differences"))] if by_placement else []
    words = [FieldPanel("post_text"), FieldPanel("post_short"), FieldPanel("alt_text")]
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            ObjectList(words, heading=_("Post text and alt text")),
            ObjectList([FieldPanel("placements"), *also], heading=_("Placements")),
            *differences,
            ObjectList([FieldPanel("to_missions_at"), FieldPanel("public_at")], heading=_("Times")),
        ]
    )


def begun(model: type[Design], locale: Locale) -> Design:
    """An empty design; where the ministry has one brand kit, nobody is asked which."""
    kits = list(Brand.objects.all()[:2])
    return model(locale=locale, brand=kits[0]) if len(kits) == 1 else model(locale=locale)
