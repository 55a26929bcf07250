from django.apps import AppConfig
from django.db.models.signals import pre_delete


class EditionsConfig(AppConfig):
    name = "cms.editions"
    label = "editions"

    def ready(self) -> None:
        from cms.editions.in_use import GUARDED, forget, refuse_if_in_use
        from cms.editions.models import Design

        for model in GUARDED:
            pre_delete.connect(refuse_if_in_use, sender=model)
        for model in self.apps.get_models():
            if issubclass(model, Design):
                pre_delete.connect(forget, sender=model)
