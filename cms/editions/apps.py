from django.apps import AppConfig
from django.db.models.signals import pre_delete


class EditionsConfig(AppConfig):
    name = "cms.editions"
    label = "editions"

    def ready(self) -> None:
        from cms.editions.in_use import GUARDED, refuse_if_in_use

        for model in GUARDED:
            pre_delete.connect(refuse_if_in_use, sender=model)
