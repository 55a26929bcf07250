from django.apps import AppConfig
from django.db.models.signals import pre_delete
from wagtail.signals import copy_for_translation_done


class EditionsConfig(AppConfig):
    name = "cms.editions"
    label = "editions"

    def ready(self) -> None:
        from cms.editions.in_use import GUARDED, forget, refuse_if_in_use
        from cms.editions.kinds import kinds
        from cms.editions.translation import begin_as_draft

        copy_for_translation_done.connect(begin_as_draft)
        for model in GUARDED:
            pre_delete.connect(refuse_if_in_use, sender=model)
        for kind in kinds():
            pre_delete.connect(forget, sender=kind)
