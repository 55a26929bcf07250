from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "cms.facts"
    label = "facts"
