from django.apps import AppConfig


class VariantsConfig(AppConfig):
    name = "cms.variants"
    label = "variants"
