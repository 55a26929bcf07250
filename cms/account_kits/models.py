from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.brands.models import Brand
from cms.missions.models import Mission
from cms.variants.models import Audience, StoredFile
from media_tools.account_kit import Account
from media_tools.errors import InvalidInput
from media_tools.open.document import parsed
from media_tools.platforms import Placement, placements
from media_tools.spec.finding import Level


class AccountKitQuerySet(models.QuerySet["AccountKit"]):
    def leaving(self, to: Audience) -> "AccountKitQuerySet":
        """Kits of which `to` may have what is made: a mission its own, and every kit whoever may see kits.

        Nobody approves a kit, for it says nothing but the ministry's own brand and names.
        """
        match to:
            case User() if to.has_perm("account_kits.view_accountkit"):
                return self.all()
            case User():
                posting = getattr(to, "posting", None)
                return self.leaving(posting.mission) if to.is_active and posting else self.none()
            case Mission():
                return self.filter(mission=to)
            case _:
                return self.none()


class AccountKit(models.Model):
    """The pictures of a mission's accounts on its platforms, as one ZIP: a brand kit under the mission's names."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="account_kits")
    brand_kit = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="account_kits")
    digest = models.CharField(max_length=64, editable=False)
    wanted = models.JSONField(help_text="Brand, accounts and placements by value, as they were when it was ordered.")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="account_kits")
    file_name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccountKitQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # it can be made again, so it keeps no brand kit and no mission in being

    class Meta:
        verbose_name = _("account kit")
        verbose_name_plural = _("account kits")
        ordering = ["-created_at"]
        default_permissions = ("add", "view")
        constraints = [models.UniqueConstraint(fields=["mission", "digest"], name="each_account_kit_once")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def job_key(self) -> str:
        return f"account kit {self.pk}"

    @property
    def total(self) -> int:
        return len(self.wanted["accounts"]) * len(self.wanted["placements"])

    def name_of(self, key: str) -> str | None:
        """What people's computers call one of its objects; None for one that is none of its."""
        if self.file and self.file.key == key:
            return self.file_name
        named = Q(file__key=key) | Q(thumbnail__key=key)
        picture = self.pictures.filter(named).select_related("file").first()
        return PurePosixPath(picture.file_name).stem + PurePosixPath(key).suffix if picture else None


class AccountWords(models.Model):
    """What a mission's pictures say besides its names, in one language, whichever brand kit they are made from."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="account_words")
    language = models.CharField(max_length=12)
    place = models.CharField(
        _("place"),
        max_length=20,
        blank=True,
        help_text=_("Country or city in a few letters, in a band on the avatars."),
    )
    message = models.CharField(_("message"), max_length=100, blank=True, help_text=_("One line on the headers."))
    wagtail_reference_index_ignore = True  # it keeps no mission in being

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["mission", "language"], name="account_words_once_a_language")]

    def __str__(self) -> str:
        return f"{self.mission} {self.language}"

    def clean(self) -> None:
        """What the form's limits let through and the library would not draw."""
        try:
            parsed({"language": self.language, "place": self.place, "message": self.message}, Account)
        except InvalidInput as problem:
            raise ValidationError({problem.field: f"{problem.why} {problem.remedy}"}) from problem


class AccountPicture(models.Model):
    """One picture of a kit, for one placement in one language, or the findings that refuse it."""

    kit = models.ForeignKey(AccountKit, on_delete=models.CASCADE, related_name="pictures")
    language = models.CharField(max_length=12)
    placement = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="account_pictures")
    thumbnail = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="account_thumbnails")
    file_name = models.CharField(max_length=160, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.TextField(blank=True)
    findings = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kit", "language", "placement"], name="each_account_picture_once")
        ]

    def __str__(self) -> str:
        return f"{self.kit} {self.language} {self.placement}"

    @property
    def slot(self) -> Placement:
        return placements()[self.placement]

    @property
    def label(self) -> str:
        return gettext(self.slot.label)

    @property
    def arc_name(self) -> str:
        """Where it stands in the ZIP: by language and platform."""
        return f"{self.language}/{self.slot.platform}/{self.file_name}"

    @property
    def refusals(self) -> list[dict[str, Any]]:
        return [finding for finding in self.findings if finding["level"] == Level.BLOCKING]
