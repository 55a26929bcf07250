"""What playlists hang on the gate and on the admin."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.admin.widgets import Button
from wagtail.snippets.action_menu import ActionMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.accounts.models import User
from cms.playlists.models import Film, Playlist, holding
from cms.playlists.views import FilmView
from cms.variants.gate import GATE_HOOK, TAKEN_HOOK, audience, takes
from cms.variants.models import Variant


class PlaylistViewSet(SnippetViewSet):
    model = Playlist
    icon = "desktop"
    menu_label = _("Playlists")
    menu_order = 135
    add_to_admin_menu = True
    list_display = [
        "title",
        Column("get_placement_display", label=_("Screen")),
        Column("get_language_display", label=_("Language")),
        UpdatedAtColumn(),
    ]
    list_filter = ["placement", "language"]
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("placement"), FieldPanel("language"), FieldPanel("hearing")]),
        InlinePanel(
            "entries", heading=_("What it shows, in order"), label=_("Part"), min_num=1, max_num=100,
            help_text=_(
                "Each part as it was approved in the playlist’s language, in whichever language it is chosen here. "
                "Of an infographic that moves the clip is shown, and of any other its picture."
            ),
            panels=[FieldRowPanel([FieldPanel("clip"), FieldPanel("infographic")]), FieldPanel("seconds")],
        ),
    ]  # fmt: skip


register_snippet(PlaylistViewSet)


@hooks.register(GATE_HOOK)
def playlist_file(request: HttpRequest, key: str) -> str | None:
    """A film is for missions, and for staff who see playlists, while all its parts may leave to them."""
    who = audience(request.user)
    film = Film.objects.leaving(who).filter(holding(key)).select_related("playlist", "sound", "silent").first()
    if film is None:
        return None
    if "download" in request.GET and takes(request):
        parts = Variant.objects.filter(pk__in=film.parts.values("variant"))
        for note in hooks.get_hooks(TAKEN_HOOK):
            note(request, parts)
    return film.name_of(key, who)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("playlists/<int:pk>/film/", FilmView.as_view(), name="playlist_film")]


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def to_the_film(request: HttpRequest, instance: Model) -> HttpResponse | None:
    """Who has saved a playlist wants to see what its film lacks, and to have it made."""
    return redirect("playlist_film", instance.pk) if isinstance(instance, Playlist) else None


@hooks.register("register_snippet_listing_buttons")
def way_from_the_list(snippet: Model, user: User, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Playlist):
        address = reverse("playlist_film", args=[snippet.pk])
        yield Button(_("Film"), url=address, icon_name="media", priority=5)


class FilmItem(ActionMenuItem):
    """From the editor of a playlist to its film."""

    name = "film"
    label = _("Film")
    icon_name = "media"

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("playlist_film", args=[context["instance"].pk])


@hooks.register("construct_snippet_action_menu")
def way_to_the_film(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    if context["model"] is Playlist and context.get("instance") is not None:
        items.append(FilmItem(order=50))


@hooks.register("insert_global_admin_css")
def styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("playlists/admin.css"))
