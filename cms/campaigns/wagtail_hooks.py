from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.campaigns.models import Campaign, CoreMessage


class CampaignViewSet(SnippetViewSet):
    model = Campaign
    icon = "calendar-alt"
    menu_label = _("Campaigns")
    list_display = ["name", "starts", "ends", "held", UpdatedAtColumn()]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        InlinePanel("words", heading=_("Title and purpose"), label=_("Language"), min_num=1),
        InlinePanel("keywords", heading=_("Keywords"), label=_("Keyword")),
        FieldPanel("held"),
    ]


class CoreMessageViewSet(SnippetViewSet):
    model = CoreMessage
    icon = "openquote"
    menu_label = _("Core messages")
    list_display = ["__str__", "campaign", UpdatedAtColumn()]
    list_filter = ["campaign"]
    panels = [
        FieldPanel("campaign"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
        InlinePanel("words", heading=_("The sentence"), label=_("Language"), min_num=1),
    ]


class CampaignsGroup(SnippetViewSetGroup):
    menu_label = _("Campaigns")
    menu_icon = "calendar-alt"
    menu_order = 110
    items = (CampaignViewSet, CoreMessageViewSet)


register_snippet(CampaignsGroup)
