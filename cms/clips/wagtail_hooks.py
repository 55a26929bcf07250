from pathlib import Path

from django.conf import settings
from django.forms import NumberInput
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtailmedia.edit_handlers import MediaChooserPanel

from cms.clips.models import Clip
from cms.clips.panels import CuesPanel, DeskPanel, MusicPanel, StagePanel
from cms.clips.views import (
    ClipCreateView,
    ClipEditView,
    find_faces_view,
    finding_faces_view,
    footage_view,
    music_view,
    read_captions_view,
)
from cms.editions.policy import DesignPolicy
from cms.editions.views import DesignViewSet, tabs
from cms.library import originals
from media_tools.clips.story import MOST_LOWER_THIRDS, MOST_RANGES

_LEVEL = NumberInput(attrs={"dir": "ltr"})  # or its sign stands behind it where people read from the right


class ClipViewSet(DesignViewSet):
    model = Clip
    icon = "media"
    menu_label = _("Clips")
    menu_order = 121
    add_view_class = ClipCreateView
    edit_view_class = ClipEditView
    edit_handler = tabs(
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("campaign"), FieldPanel("message")]),
        MediaChooserPanel("footage", media_type="video"),
        DeskPanel(
            [
                MultiFieldPanel(
                    [
                        StagePanel(),
                        FieldRowPanel([FieldPanel("begins"), FieldPanel("ends")]),
                        InlinePanel(
                            "ranges",
                            [FieldRowPanel([FieldPanel("begins"), FieldPanel("ends")])],
                            heading=_("Further ranges"),
                            label=_("Further range"),
                            help_text=_("Shown after the first, in this order. No moment is shown twice."),
                            max_num=MOST_RANGES - 1,
                        ),
                        FieldPanel("paths"),
                    ]
                ),
                CuesPanel("cues"),
            ],
            heading=_("Cut, framing and captions"),
            classname="at-desk",
        ),
        FieldRowPanel(
            [FieldPanel("caption_style"), FieldPanel("caption_highlight")], heading=_("Look of the captions")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("fit"), FieldPanel("focal_x"), FieldPanel("focal_y")]),
                InlinePanel(
                    "framings",
                    [
                        FieldRowPanel([FieldPanel("aspect"), FieldPanel("fit")]),
                        FieldRowPanel([FieldPanel("focal_x"), FieldPanel("focal_y")]),
                    ],
                    heading=_("Other frames"),
                    label=_("Frame"),
                ),
            ],
            heading=_("Framing in numbers"),
        ),
        InlinePanel(
            "lower_thirds",
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
                FieldRowPanel([FieldPanel("begins"), FieldPanel("ends")]),
            ],
            heading=_("Lower thirds"),
            label=_("Lower third"),
            help_text=_("Who is seen, named at the foot of the picture. Captions stand clear of it."),
            max_num=MOST_LOWER_THIRDS,
        ),
        MultiFieldPanel(
            [
                MediaChooserPanel("music", media_type="audio", heading=_("Sound")),
                MusicPanel(),
                FieldRowPanel([FieldPanel("music_begins"), FieldPanel("music_level", widget=_LEVEL)]),
            ],
            heading=_("Music"),
        ),
        MultiFieldPanel(
            [FieldPanel("titled"), FieldRowPanel([FieldPanel("title_kicker"), FieldPanel("title_seconds")])],
            heading=_("Title card"),
        ),
        MultiFieldPanel(
            [FieldPanel("card_verb"), FieldRowPanel([FieldPanel("card_link"), FieldPanel("card_seconds")])],
            heading=_("End card"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("thumbnail_at"), FieldPanel("thumbnail_title")])],
            heading=_("Thumbnail"),
            help_text=_("What stands for the clip until it plays: a picture of the footage under its title."),
        ),
        FieldRowPanel([FieldPanel("brand"), FieldPanel("qr")]),
    )


register_permission_policy(Clip, DesignPolicy(Clip))
register_snippet(ClipViewSet)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("clips/captions/", read_captions_view, name="read_captions"),
        path("clips/footage/<int:pk>/", footage_view, name="clip_footage"),
        path("clips/music/<int:pk>/", music_view, name="clip_music"),
        path("clips/faces/", find_faces_view, name="find_faces"),
        path("clips/faces/<int:pk>/", finding_faces_view, name="finding_faces"),
    ]


@hooks.register("attache_tick")
def tidy_cards() -> None:
    originals.tidy(Path(settings.CARDS), settings.CARDS_BYTES)
