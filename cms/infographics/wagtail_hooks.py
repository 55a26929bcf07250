from collections.abc import Iterator

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from cms.accounts.words import WORDS_HOOK
from cms.editions.policy import DesignPolicy
from cms.editions.views import DesignViewSet, tabs
from cms.infographics.inputs import words_of_forms
from cms.infographics.models import Infographic
from cms.infographics.views import focal_points


class InfographicViewSet(DesignViewSet):
    model = Infographic
    icon = "image"
    menu_label = _("Infographics")
    menu_order = 120
    edit_handler = tabs(
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("campaign"), FieldPanel("message")]),
        FieldPanel("body"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("source")]),
        FieldRowPanel([FieldPanel("brand"), FieldPanel("theme"), FieldPanel("qr")]),
        FieldPanel("carousel"),
        also=[FieldPanel("animated")],
        by_placement=[FieldPanel("overrides")],
    )


register_permission_policy(Infographic, DesignPolicy(Infographic))
register_snippet(InfographicViewSet)


@hooks.register(WORDS_HOOK)
def names_of_blocks() -> Iterator[str]:
    return words_of_forms()


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("infographics/focal-points/", focal_points, name="focal_points")]
