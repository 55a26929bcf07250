from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "cms.missions"
    label = "missions"
