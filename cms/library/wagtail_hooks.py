from pathlib import Path

from django.conf import settings
from wagtail import hooks

from cms.library import originals


@hooks.register("attache_tick")
def tidy_originals() -> None:
    originals.tidy(Path(settings.ORIGINALS), settings.ORIGINALS_BYTES)
