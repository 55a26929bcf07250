from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.accounts.languages import interface_languages


class User(AbstractUser):
    """Somebody with a password: a member of the ministry's staff, or a person at a mission."""

    language = models.CharField(
        _("language of the screens"),
        max_length=12,
        choices=interface_languages,
        blank=True,
        help_text=_("Empty: as the browser asks."),
    )

    def __str__(self) -> str:
        return self.get_full_name() or self.username
