from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.links.models import Host, Link, Scan


class LinkViewSet(SnippetViewSet):
    model = Link
    icon = "link"
    menu_label = _("Links and QR")
    list_display = ["title", "address", "destination", "scans"]
    panels = [
        FieldPanel("title"),
        FieldPanel("destination"),
        FieldRowPanel([FieldPanel("opens_at"), FieldPanel("withdrawn_at")]),
    ]


class HostViewSet(SnippetViewSet):
    model = Host
    icon = "site"
    menu_label = _("Allowed hosts")
    panels = [FieldPanel("name")]


class LinksGroup(SnippetViewSetGroup):
    menu_label = _("Links and QR")
    menu_icon = "link"
    menu_order = 170
    items = (LinkViewSet, HostViewSet)


register_snippet(LinksGroup)


@hooks.register("attache_tick")
def count_scans() -> None:
    Scan.add_up()
