from django.apps import AppConfig
from django.db.models.signals import pre_delete


class LinksConfig(AppConfig):
    name = "cms.links"
    label = "links"

    def ready(self) -> None:
        from cms.links.models import Host, keep_while_links_lead_there

        pre_delete.connect(keep_while_links_lead_there, sender=Host)
