from django.apps import AppConfig
from django.db.models.signals import post_delete


class LibraryConfig(AppConfig):
    name = "cms.library"
    label = "library"

    def ready(self) -> None:
        from cms.library.models import Drawing, Proxy, take_objects_away

        for model in (Drawing, Proxy):
            post_delete.connect(take_objects_away, sender=model)
