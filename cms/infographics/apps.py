from django.apps import AppConfig


class InfographicsConfig(AppConfig):
    name = "cms.infographics"
    label = "infographics"
