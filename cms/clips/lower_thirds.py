"""Who is named on the picture, as rows."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from cms.clips.moments import Moment


class LowerThird(models.Model):
    """Who is seen, named at the foot of the picture for a while."""

    clip = ParentalKey("clips.Clip", on_delete=models.CASCADE, related_name="lower_thirds")
    name = models.CharField(_("name"), max_length=60, help_text=_("As they are to be named: Amina Haddad."))
    role = models.CharField(
        _("role"), max_length=100, blank=True, help_text=_("What they are: Head of the consular section.")
    )
    begins = Moment(_("comes"), help_text=_("At which moment of the footage: 0:09.4."))
    ends = Moment(_("goes"), help_text=_("3.5 seconds later, or more: so people read it."))

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if None not in (self.begins, self.ends) and self.ends <= self.begins:
            raise ValidationError({"ends": _("Give it a later moment than the one at which it comes.")})

    @property
    def raw(self) -> dict[str, Any]:
        return {"name": self.name, "role": self.role, "start": self.begins / 1000, "end": self.ends / 1000}
