from django.apps import AppConfig


class PackagesConfig(AppConfig):
    name = "cms.packages"
    label = "packages"
