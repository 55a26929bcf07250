"""How footage fills frames of other proportions, as rows."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from cms.missions.choices import film_aspects
from media_tools.clips.story import Fit

_FITS = (
    (Fit.CROP.value, _("cut to fill the frame")),
    (Fit.FACES.value, _("cut to fill the frame, following faces")),
    (Fit.PAD.value, _("whole, before its own blur")),
)


class Framed(models.Model):
    """How footage fills a frame of other proportions."""

    fit = models.CharField(_("fit"), max_length=8, choices=_FITS, default=Fit.CROP.value)
    focal_x = models.PositiveSmallIntegerField(
        _("subject, from the left"), default=50, validators=[MaxValueValidator(100)], help_text=_("In per cent.")
    )
    focal_y = models.PositiveSmallIntegerField(
        _("subject, from the top"), default=50, validators=[MaxValueValidator(100)], help_text=_("In per cent.")
    )

    class Meta:
        abstract = True

    @property
    def focal(self) -> tuple[float, float]:
        return self.focal_x / 100, self.focal_y / 100

    @property
    def reframe(self) -> dict[str, Any]:
        return {"fit": self.fit, "focal": list(self.focal)}


class Framing(Framed):
    """Another framing for frames of some proportions."""

    clip = ParentalKey("clips.Clip", on_delete=models.CASCADE, related_name="framings")
    aspect = models.CharField(_("frame"), max_length=5, choices=film_aspects)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clip", "aspect"], name="one_framing_an_aspect")]

    def __str__(self) -> str:
        return self.aspect
