from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.facts.models import Fact


class Amount(forms.NumberInput):
    """A number without the zeros that only the database's column has."""

    def format_value(self, value: Any) -> str | None:
        written = super().format_value(value)
        return written.rstrip("0").rstrip(".") if written and "." in written else written


class FactViewSet(SnippetViewSet):
    model = Fact
    icon = "list-ul"
    menu_label = _("Facts")
    menu_order = 130
    add_to_admin_menu = True
    list_display = ["__str__", "as_of", "source", UpdatedAtColumn()]
    list_filter = ["owner"]
    panels = [
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("value", widget=Amount), FieldPanel("notation"), FieldPanel("bound")]),
        InlinePanel(
            "words",
            [
                FieldPanel("language", required_on_save=True),  # a row without these two says nothing, so
                FieldPanel("label", required_on_save=True),  # drafts have them too
                FieldPanel("unit"),
                FieldPanel("as_of"),
                FieldPanel("source"),
            ],
            heading=_("Words"),
            label=_("Language"),
            min_num=1,
        ),
        MultiFieldPanel(
            [FieldPanel("as_of"), FieldPanel("source"), FieldPanel("source_address")], heading=_("Who says so")
        ),
        FieldRowPanel([FieldPanel("owner"), FieldPanel("look_again")]),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        return Fact.objects.prefetch_related("words")


register_snippet(FactViewSet)
