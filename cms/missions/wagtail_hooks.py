from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.accounts.words import WORDS_HOOK
from cms.missions.choices import names_of_placements
from cms.missions.models import Mission


class MissionViewSet(SnippetViewSet):
    model = Mission
    icon = "globe"
    menu_label = _("Missions")
    menu_order = 180
    add_to_admin_menu = True
    list_display = ["name", "city", "time_zone"]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("city"), FieldPanel("country"), FieldPanel("time_zone")]),
        InlinePanel("names", heading=_("Its name, as its lock-up has it"), label=_("Language")),
        FieldPanel("languages"),
        FieldPanel("platforms"),
        InlinePanel("postings", heading=_("People"), label=_("Person")),
    ]


register_snippet(MissionViewSet)


@hooks.register(WORDS_HOOK)
def words_of_the_sheet() -> Iterator[str]:
    return names_of_placements()
