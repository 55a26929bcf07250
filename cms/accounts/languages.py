"""Which languages there are, what they call themselves, and which of them a person's screens can be in."""

from typing import Any

from babel import Locale
from django.apps import apps as installed
from django.apps.registry import Apps
from django.conf import settings
from django.db import router
from django.utils.text import capfirst


def interface_languages() -> list[tuple[str, str]]:
    return list(settings.INTERFACE_LANGUAGES)


def language_name(code: str) -> str:
    """A language in its own words, by CLDR: Django's own table lacks some of ours."""
    own = Locale.parse(code, sep="-")
    return str(capfirst(own.get_display_name(own) or code))


def make_locales(using: str, apps: Apps = installed, **_signal: Any) -> None:
    """A row of Wagtail's for each language that content can be in. Connected to post_migrate; twice changes nothing."""
    try:
        rows = apps.get_model("wagtailcore", "Locale")
    except LookupError:  # migrated up to a state that has none yet
        return
    if router.allow_migrate_model(using, rows):
        for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
            rows.objects.using(using).get_or_create(language_code=code)
