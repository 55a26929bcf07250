from django.apps import AppConfig


class PlaylistsConfig(AppConfig):
    name = "cms.playlists"
    label = "playlists"
