from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.brands.models import Brand


class BrandViewSet(SnippetViewSet):
    model = Brand
    icon = "view"
    menu_label = _("Brand kits")
    menu_order = 160
    add_to_admin_menu = True
    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("primary"), FieldPanel("ink"), FieldPanel("paper"), FieldPanel("accent")]),
                FieldRowPanel(
                    [FieldPanel("primary_deep"), FieldPanel("accent_on_dark"), FieldPanel("muted"), FieldPanel("scrim")]
                ),
            ],
            heading=_("Colours by role"),
        ),
        MultiFieldPanel([FieldPanel("mark"), FieldPanel("mark_side")], heading=_("Mark")),
        InlinePanel("names", heading=_("Names of the ministry"), label=_("Language"), min_num=1),
        FieldRowPanel([FieldPanel("theme"), FieldPanel("meridians")]),
    ]


register_snippet(BrandViewSet)
