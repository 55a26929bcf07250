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
    letter_keys = models.BooleanField(
        _("keys of a single character"),
        default=True,
        help_text=_(
            "In the clip editor letters and signs alone play, split and find. Switch them off if you dictate, "
            "or press keys by accident: keys with Ctrl or Alt, arrows, Enter and Space go on working."
        ),
    )

    def __str__(self) -> str:
        return self.get_full_name() or self.username
