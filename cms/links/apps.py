from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "cms.links"
    label = "links"
