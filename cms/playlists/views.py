"""Where headquarters has a playlist's film made, and where missions take it."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.packages.views import PortalView
from cms.playlists.models import Playlist
from cms.playlists.screens import Shown, on_screens


class ScreensView(PortalView):
    """Films for a mission's screens."""

    template_name = "playlists/screens.html"
    here = "packages"

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        films = [(film, film.not_before(self.mission)) for film in on_screens(self.mission)]
        return {**super().get_context_data(**keywords), "films": films}


class FilmView(UserPassesTestMixin, WagtailAdminTemplateMixin, TemplateView):
    """A playlist's film: what it lacks, how far it is, and where to take it."""

    template_name = "playlists/film.html"
    header_icon = "desktop"

    def test_func(self) -> bool:
        return bool(self.request.user.has_perm("playlists.view_playlist"))

    @cached_property
    def playlist(self) -> Playlist:
        return get_object_or_404(Playlist, pk=self.kwargs["pk"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("playlists.change_playlist"):
            raise PermissionDenied
        Shown(self.playlist, request.user).act("cancel" if "cancel" in request.POST else "make")
        return redirect(request.path)

    def get_context_data(self, **keywords: Any) -> dict[str, Any]:
        edit = reverse(Playlist.snippet_viewset.get_url_name("edit"), args=[self.playlist.pk])
        may_change = self.request.user.has_perm("playlists.change_playlist")
        shown = Shown(self.playlist, self.request.user)
        return {**super().get_context_data(**keywords), "shown": shown, "may_change": may_change, "edit_url": edit}

    def get_page_title(self) -> str:
        return gettext("Film of “%(playlist)s”") % {"playlist": self.playlist.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        playlists = {"url": reverse(Playlist.snippet_viewset.get_url_name("list")), "label": gettext("Playlists")}
        return [*self.breadcrumbs_items, playlists, {"url": "", "label": self.playlist.title}]
