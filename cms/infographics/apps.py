from django.apps import AppConfig
from wagtail.signals import copy_for_translation_done


class InfographicsConfig(AppConfig):
    name = "cms.infographics"
    label = "infographics"

    def ready(self) -> None:
        from cms.infographics.translation import begin_as_draft

        copy_for_translation_done.connect(begin_as_draft)
