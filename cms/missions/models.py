from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.missions.choices import Several, content_languages, platforms
from media_tools.spec.language import Language


def _known_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone we know. Write it as Continent/City, such as Africa/Casablanca."),
            params={"name": name},
        )


class Mission(ClusterableModel):
    """An embassy, consulate or delegation: what it is called, its clock, and what it can use."""

    name = models.CharField(_("name"), max_length=80, unique=True, help_text=_("As headquarters calls it."))
    city = models.CharField(_("city"), max_length=60)
    country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, ISO 3166: MA, JP."))
    time_zone = models.CharField(_("time zone"), max_length=40, validators=[_known_zone])
    languages = Several(_("languages"), options=content_languages, help_text=_("What it can post in."))
    platforms = Several(_("platforms"), options=platforms, blank=True, help_text=_("None: all of them."))

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def own_name(self) -> str:
        """Its name in the reader's language, where it has one."""
        named = self._named()
        return named.name if named else self.name

    @property
    def own_city(self) -> str:
        """Its city in the reader's language, where that was written down."""
        named = self._named()
        return (named and named.city) or self.city

    def name_in(self, language: str) -> str:
        """As its lock-up has it, in a language or in the language without its region; empty where it has none."""
        names = {row.language: row.name for row in self.names.all()}
        return names.get(language) or names.get(Language.parse(language).base, "")

    def _named(self) -> "MissionName | None":
        return {row.language: row for row in self.names.all()}.get(get_language() or "en")


class MissionName(models.Model):
    """A mission's name in one language, as its lock-up has it."""

    mission = ParentalKey(Mission, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=12, choices=content_languages)
    name = models.CharField(_("name"), max_length=80)
    city = models.CharField(_("city"), max_length=60, blank=True, help_text=_("Empty: as above."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mission", "language"], name="one_mission_name_a_language")]


class Posting(models.Model):
    """A person's post at a mission."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="posting", verbose_name=_("person")
    )
    mission = ParentalKey(Mission, on_delete=models.PROTECT, related_name="postings", verbose_name=_("mission"))

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return str(self.person)
