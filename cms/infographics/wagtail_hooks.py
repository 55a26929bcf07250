from collections.abc import Iterator

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import LocaleColumn, UpdatedAtColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.accounts.words import WORDS_HOOK
from cms.editions.policy import DesignPolicy
from cms.editions.views import DesignCreateView, DesignEditView, DesignPreviewOnCreateView
from cms.infographics.inputs import words_of_forms
from cms.infographics.models import Infographic
from cms.infographics.previews import draft_picture, forget_drafts


class InfographicViewSet(SnippetViewSet):
    model = Infographic
    icon = "image"
    menu_label = _("Infographics")
    menu_order = 120
    add_to_admin_menu = True
    add_view_class = DesignCreateView
    edit_view_class = DesignEditView
    preview_on_add_view_class = DesignPreviewOnCreateView
    list_display = ["title", LocaleColumn(), "campaign", UpdatedAtColumn()]
    list_filter = ["campaign", "locale"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldRowPanel([FieldPanel("campaign"), FieldPanel("message")]),
                    FieldPanel("body"),
                    FieldRowPanel([FieldPanel("date"), FieldPanel("source")]),
                    FieldRowPanel([FieldPanel("brand"), FieldPanel("theme"), FieldPanel("qr")]),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [FieldPanel("post_text"), FieldPanel("post_short"), FieldPanel("alt_text")],
                heading=_("Post text and alt text"),
            ),
            ObjectList([FieldPanel("placements")], heading=_("Placements")),
            ObjectList([FieldPanel("to_missions_at"), FieldPanel("public_at")], heading=_("Times")),
        ]
    )


register_permission_policy(Infographic, DesignPolicy(Infographic))
register_snippet(InfographicViewSet)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("drafts/<str:token>/<str:placement>.webp", draft_picture, name="draft_picture")]


@hooks.register("attache_tick")
def drop_old_drafts() -> None:
    forget_drafts()


@hooks.register(WORDS_HOOK)
def names_of_blocks() -> Iterator[str]:
    return words_of_forms()
