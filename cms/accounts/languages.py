"""Which language a person's screens are in."""

from django.conf import settings


def interface_languages() -> list[tuple[str, str]]:
    return list(settings.INTERFACE_LANGUAGES)
