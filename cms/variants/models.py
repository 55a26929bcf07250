import hashlib
from pathlib import Path
from typing import Any, Self

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.editions.models import Approval, Edition, EditionImage
from cms.library.keys import object_key
from cms.missions.models import Mission
from media_tools.made import FORMATS
from media_tools.platforms import Placement, placements
from media_tools.recipe import Recipe


class Public:
    """Everybody: who asks without a name."""


PUBLIC = Public()
type Audience = Mission | User | Public

FORMAT = "jpeg"


class StoredFile(models.Model):
    """An object of the private store: written once under a key that nobody can guess. Rows count objects."""

    key = models.CharField(max_length=120, unique=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.PositiveBigIntegerField()
    whole = models.BooleanField(default=False, help_text="Written and read back. Until then a crash may have cut it.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Damaged(Exception):
        """What the store gave back is not what it was given."""

    def __str__(self) -> str:
        return self.key

    @classmethod
    def keep(cls, path: Path, folder: str) -> Self:
        """Store a finished file. The row is there first, so that an object is never without one. Raises Damaged."""
        with path.open("rb") as source:
            sha256 = hashlib.file_digest(source, "sha256").hexdigest()
        row = cls.objects.create(key=object_key(folder, path.name), sha256=sha256, bytes=path.stat().st_size)
        with path.open("rb") as source:
            default_storage.save(row.key, File(source))
        with default_storage.open(row.key) as stored:
            if hashlib.file_digest(stored, "sha256").hexdigest() != sha256:
                raise cls.Damaged(f"The private store gave back other bytes than it was given for {row.key}.")
        row.whole = True
        row.save(update_fields=["whole"])
        return row

    def discard(self) -> None:
        """Take the object and its row away; the row goes last, so that a crash leaves something to find."""
        default_storage.delete(self.key)
        self.delete()


class VariantQuerySet(models.QuerySet["Variant"]):
    def leaving(self, to: Audience) -> "VariantQuerySet":
        """Those that `to` may have at this moment, by the database's clock: the one rule for leaving.

        Staff who may see designs get every finished file. Missions and the public get what is approved, due, neither
        superseded nor withdrawn nor held, and whose rights have not ended; a mission gets no other mission's files.
        """
        ready = self.filter(state=Variant.State.READY)
        match to:
            case User():
                posting = getattr(to, "posting", None)
                if to.is_active and to.has_perm("infographics.view_infographic"):
                    return ready
                return self.leaving(posting.mission) if to.is_active and posting else self.none()
            case Mission():
                return ready._released(_due("to_missions_at")).filter(Q(mission=None) | Q(mission=to))
            case Public():
                return ready._released(_due("public_at", "to_missions_at")).filter(mission=None)

    def _released(self, due: Q) -> "VariantQuerySet":
        approvals = Approval.objects.filter(
            due,
            edition__design_type=OuterRef("edition__design_type"),
            edition__design_id=OuterRef("edition__design_id"),
        ).order_by("-at", "-pk")
        expired = EditionImage.objects.filter(edition=OuterRef("edition"), image__rights_until__lte=Now())
        return self.alias(newest=Subquery(approvals.values("edition")[:1])).filter(
            ~Exists(expired), edition=F("newest"), edition__withdrawn_at=None, edition__campaign__held=False
        )


def _due(*times: str) -> Q:
    """The first of `times` that is set has come; where none is set, at once."""
    unset = Q(**dict.fromkeys(times))
    first = Coalesce(*times) if len(times) > 1 else F(times[0])
    return unset | Q(LessThanOrEqual(first, Now()))


class Variant(models.Model):
    """One finished file: one edition, for one placement, shared or for one mission."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        MAKING = "making", _("Making")
        READY = "ready", _("Ready")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Failed")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="variants")
    placement = models.CharField(_("placement"), max_length=60)
    mission = models.ForeignKey(Mission, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=32, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    problem = models.TextField(_("problem"), blank=True)
    findings = models.JSONField(default=list)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="variants")
    thumbnail = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="thumbnail_of")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(null=True)

    objects = VariantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "placement"], condition=Q(mission=None), name="one_shared_file_a_placement"
            ),
            models.UniqueConstraint(
                fields=["edition", "placement", "mission"], name="one_file_a_placement_and_mission"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.placement}"

    @classmethod
    def order(cls, edition: Edition) -> int:
        """A row for each placement that the edition asks for and has none yet; how many are still to be made."""
        open_states = (cls.State.WAITING, cls.State.MAKING)
        rows = cls.objects.filter(edition=edition, mission=None)
        rows.exclude(placement__in=edition.placements).exclude(state=cls.State.READY).delete()
        cls.objects.bulk_create(
            (
                cls(edition=edition, placement=name, fingerprint=fingerprint(edition, placements()[name]))
                for name in edition.placements
            ),
            ignore_conflicts=True,
        )
        return rows.filter(state__in=open_states).count()

    @property
    def slot(self) -> Placement:
        return placements()[self.placement]

    @property
    def label(self) -> str:
        return gettext(self.slot.label)

    @property
    def blocking(self) -> list[dict[str, Any]]:
        return [finding for finding in self.findings if finding["level"] == "blocking"]

    @property
    def advisory(self) -> list[dict[str, Any]]:
        return [finding for finding in self.findings if finding["level"] == "advisory"]

    @property
    def file_name(self) -> str:
        """What people's computers call it."""
        words = "".join(letter if letter.isalnum() else "-" for letter in self.edition.title.casefold()).strip("-")
        return f"{words[:60]}_{self.edition.language}_{self.placement}{FORMATS[FORMAT].suffix}"


def may_leave(variant: Variant, to: Audience) -> bool:
    return Variant.objects.leaving(to).filter(pk=variant.pk).exists()


def fingerprint(edition: Edition, placement: Placement) -> str:
    return Recipe(edition.content, placement, FORMAT).fingerprint
