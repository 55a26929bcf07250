from django.apps import AppConfig


class ClipsConfig(AppConfig):
    name = "cms.clips"
    label = "clips"
