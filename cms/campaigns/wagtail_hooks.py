from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.campaigns.models import HELD, LIFTED, Campaign, CoreMessage
from cms.campaigns.views import HoldView


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

    def get_queryset(self, request: HttpRequest) -> QuerySet[CoreMessage]:
        return CoreMessage.objects.select_related("campaign").prefetch_related("words")


class CampaignsGroup(SnippetViewSetGroup):
    menu_label = _("Campaigns")
    menu_icon = "calendar-alt"
    menu_order = 110
    items = (CampaignViewSet, CoreMessageViewSet)


register_snippet(CampaignsGroup)


@hooks.register("register_log_actions")
def in_its_history(actions: LogActionRegistry) -> None:
    actions.register_action(HELD, _("Hold"), _("Put on hold: nothing of it leaves"))
    actions.register_action(LIFTED, _("Lift the hold"), _("The hold was lifted"))


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("campaigns/<int:pk>/hold/", HoldView.as_view(), name="hold")]


class HoldItem(ActionMenuItem):
    """From the editor of a campaign to the page that holds everything of it back."""

    name = "hold"
    label = _("Hold, or lift the hold")
    icon_name = "lock"

    def is_shown(self, context: dict[str, Any]) -> bool:
        return context.get("instance") is not None and context["request"].user.has_perm("campaigns.publish_campaign")

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("hold", args=[context["instance"].pk])


@hooks.register("construct_snippet_action_menu")
def way_to_the_hold(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    item = HoldItem(order=60)
    if context["model"] is Campaign and item.is_shown({**context, "request": request}):
        items.append(item)
