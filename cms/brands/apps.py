from django.apps import AppConfig


class BrandsConfig(AppConfig):
    name = "cms.brands"
    label = "brands"
