from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from pydantic import ValidationError as NotValid

from cms.missions.choices import content_languages
from media_tools.errors import InvalidInput
from media_tools.infographic import THEMES
from media_tools.open.document import problems
from media_tools.spec.brand import Brand as BrandSpec
from media_tools.spec.brand import LockUp

_COLOUR = {"max_length": 7, "help_text": _("As #0F4C5C.")}
_DERIVED = {"max_length": 7, "blank": True, "help_text": _("As #0F4C5C; empty: derived from the four.")}


def _themes() -> list[tuple[str, str]]:
    return [(name, name.capitalize()) for name in THEMES]


class Brand(ClusterableModel):
    """A brand kit: the ministry's colours by role, mark and names."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    primary = models.CharField(_("primary colour"), **_COLOUR)
    ink = models.CharField(_("ink"), **_COLOUR)
    paper = models.CharField(_("paper"), **_COLOUR)
    accent = models.CharField(_("accent"), **_COLOUR)
    primary_deep = models.CharField(_("deep primary"), **_DERIVED)
    accent_on_dark = models.CharField(_("accent on dark grounds"), **_DERIVED)
    muted = models.CharField(_("muted ink"), **_DERIVED)
    scrim = models.CharField(_("scrim over photos"), **_DERIVED)
    mark = models.TextField(_("mark"), help_text=_("SVG path data, one path a line, drawn in one colour."))
    mark_side = models.FloatField(_("side of the mark's view box"), default=100)
    theme = models.CharField(_("theme"), max_length=40, choices=_themes, default="bulletin")
    meridians = models.BooleanField(_("rising meridians on dark grounds"), default=True)

    class Meta:
        verbose_name = _("brand kit")
        verbose_name_plural = _("brand kits")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The library judges colours and mark, names aside: those are rows of their own."""
        try:
            BrandSpec.model_validate({**self._fields(), "names": {"en": {"ministry": "…"}}})
        except NotValid as error:
            raise ValidationError([str(problem) for problem in problems(error)]) from error

    def to_spec(self) -> BrandSpec:
        """The kit by value, as editions keep it. Raises InvalidInput with the first thing that is wrong."""
        rows = list(self.names.all())
        names = {row.language: {"ministry": row.ministry} for row in rows}
        digits = {row.language: row.digits for row in rows if row.digits != "latn"}
        try:
            return BrandSpec.model_validate({**self._fields(), "names": names, "digits": digits})
        except NotValid as error:
            wrong = problems(error)[0]
            raise InvalidInput(f"{gettext('Brand kit')}: {wrong.field}", wrong.why, wrong.remedy) from error

    def _fields(self) -> dict[str, object]:
        roles = ("primary", "ink", "paper", "accent", "primary_deep", "accent_on_dark", "muted", "scrim")
        return {
            "name": self.name,
            "colours": {role: getattr(self, role) for role in roles if getattr(self, role)},
            "mark": {"view_box": self.mark_side, "paths": [line for line in self.mark.splitlines() if line.strip()]},
            "theme": self.theme,
            "meridians": self.meridians,
        }


class BrandName(models.Model):
    """The ministry's name in one language, and the digits that are written there."""

    class Digits(models.TextChoices):
        LATIN = "latn", "0123456789"
        ARABIC = "arab", "٠١٢٣٤٥٦٧٨٩"
        PERSIAN = "arabext", "۰۱۲۳۴۵۶۷۸۹"
        DEVANAGARI = "deva", "०१२३४५६७८९"
        BENGALI = "beng", "০১২৩৪৫৬৭৮৯"

    brand = ParentalKey(Brand, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=12, choices=content_languages)
    ministry = models.CharField(_("ministry"), max_length=80)
    digits = models.CharField(_("digits"), max_length=8, choices=Digits, default=Digits.LATIN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "language"], name="one_brand_name_a_language")]

    def clean(self) -> None:
        try:
            LockUp.model_validate({"ministry": self.ministry})
        except NotValid as error:
            told = [f"{problem.why} {problem.remedy}" for problem in problems(error)]
            raise ValidationError({"ministry": told}) from error
