import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple, Self

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, ProtectedError, Q, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.accounts.models import User
from cms.editions.finished import Wanted
from cms.editions.kinds import seen_by
from cms.editions.models import Approval, ApprovedPlacement, Edition, EditionDrawing, EditionFootage, EditionImage
from cms.library.keys import object_key
from cms.library.rights import barred
from cms.missions.models import Mission, MissionName
from media_tools.clips.sidecars import caption_name
from media_tools.platforms import Placement, placements
from media_tools.recipe import Recipe


class Public:
    """Everybody: who asks without a name."""


PUBLIC = Public()
type Audience = Mission | User | Public

_LONGEST = 60  # letters of a title in a file name
_MISSION = 24  # letters of a mission's name there: with all the rest they must stay under the 255 bytes that disks take
_CHUNK = 1024 * 1024


class Watched(File[bytes]):
    """A file of which each piece that is read is a sign of life; what `alive` raises ends the reading."""

    def __init__(self, file: IO[bytes] | File[bytes], alive: Callable[[], None]) -> None:
        super().__init__(file)
        self._alive = alive

    def read(self, size: int = -1) -> bytes:
        self._alive()
        return self.file.read(size)

    def sha256(self) -> str:
        digest = hashlib.sha256()
        for chunk in self.chunks(_CHUNK):
            digest.update(chunk)
        return digest.hexdigest()


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
    def keep(cls, path: Path, folder: str, alive: Callable[[], None]) -> Self:
        """Store a finished file. The row is there first, so that an object is never without one.

        `alive` is called for each piece that is read or written. Raises Damaged and what `alive` raises; the sweep
        takes away what is then left.
        """
        with path.open("rb") as source:
            sha256 = Watched(source, alive).sha256()
        row = cls.objects.create(key=object_key(folder, path.name), sha256=sha256, bytes=path.stat().st_size)
        with path.open("rb") as source:
            default_storage.save(row.key, Watched(source, alive))
        with default_storage.open(row.key) as stored:
            if Watched(stored, alive).sha256() != sha256:
                raise cls.Damaged(f"The private store gave back other bytes than it was given for {row.key}.")
        row.whole = True
        row.save(update_fields=["whole"])
        return row

    @transaction.atomic
    def discard(self) -> None:
        """Take the row and its object away, unless something points at them by now.

        While the row is held nobody can begin to. A crash in the middle leaves the row, so that there is something to
        find.
        """
        held = type(self).objects.select_for_update().filter(pk=self.pk).first()
        if held is None:
            return
        with suppress(ProtectedError):
            held.delete()
            default_storage.delete(held.key)


class VariantQuerySet(models.QuerySet["Variant"]):
    def among(self, wanted: Iterable[Wanted]) -> "VariantQuerySet":
        """Those that are asked for."""
        files = list(wanted)
        still = Q(animated=False, placement__in=[each.placement for each in files if not each.animated])
        return self.filter(still | Q(animated=True, placement__in=[each.placement for each in files if each.animated]))

    def leaving(self, to: Audience) -> "VariantQuerySet":
        """Those that `to` may have at this moment, by the database's clock: the one rule for leaving.

        Staff who may see designs get every finished file. Missions and the public get what is approved, due, neither
        superseded nor withdrawn nor held, and shows nothing that is barred; a mission gets no other mission's files,
        and none of its own under a name that it no longer has.
        """
        ready = self.filter(state=Variant.State.READY)
        match to:
            case User():
                posting = getattr(to, "posting", None)
                seen = Q(edition__design_type__in=seen_by(to))
                if posting is None or not to.is_active:
                    return ready.filter(seen)
                at_post = self.leaving(posting.mission)
                return ready._dated().filter(seen | Q(pk__in=at_post.values("pk"))) if seen_by(to) else at_post
            case Mission():
                shared_or_own = Q(mission=None) | Q(pk__in=ready.own(to).values("pk"))
                return ready._released("to_missions_at").filter(shared_or_own)
            case Public():
                return ready._released("public_at", "to_missions_at").filter(mission=None)

    def preferred(self, mission: Mission) -> "VariantQuerySet":
        """Of those that leave to `mission`, its own in place of the shared ones."""
        own = Variant.objects.own(mission).filter(
            state=Variant.State.READY, edition=OuterRef("edition"), placement=OuterRef("placement"),
            animated=OuterRef("animated"),
        )  # fmt: skip
        return self.filter(Q(mission=mission) | ~Exists(own))

    def own(self, mission: Mission) -> "VariantQuerySet":
        """The mission's own, in whatever state, under the name that it has now in their language."""
        language = ExpressionWrapper(OuterRef("edition__language"), output_field=CharField())
        names = MissionName.objects.filter(mission=OuterRef("mission"), name=OuterRef("named"))
        still = names.alias(shown_in=language).filter(shown_in__startswith=F("language"))
        return self.filter(Exists(still), mission=mission)

    def _dated(self) -> "VariantQuerySet":
        """Each row with its `not_before`, where the edition itself is what the newest approval in force lets out."""
        approvals = Approval.objects.in_force("to_missions_at").filter(edition=OuterRef("edition"))
        return self.annotate(not_before=Subquery(approvals.values("public_at")[:1]))

    def _released(self, *times: str) -> "VariantQuerySet":
        """What the newest approval in force lets out; `times` as in `in_force`. Each row says its `not_before`."""
        approvals = Approval.objects.in_force(*times).filter(
            edition__design_type=OuterRef("edition__design_type"),
            edition__design_id=OuterRef("edition__design_id"),
        )
        judged = ApprovedPlacement.objects.filter(
            approval=OuterRef("approval"), placement=OuterRef("placement"), animated=OuterRef("animated")
        )
        images = EditionImage.objects.filter(barred("image__"), edition=OuterRef("edition"))
        drawings = EditionDrawing.objects.filter(barred("drawing__"), edition=OuterRef("edition"))
        footage = EditionFootage.objects.filter(barred("media__"), edition=OuterRef("edition"))
        newest = {name: Subquery(approvals.values(name)[:1]) for name in ("pk", "edition", "public_at")}
        return (
            self.alias(approval=newest["pk"], newest=newest["edition"])
            .annotate(not_before=newest["public_at"])
            .filter(
                Exists(judged), ~Exists(images), ~Exists(drawings), ~Exists(footage), edition=F("newest"),
                edition__withdrawn_at=None, edition__campaign__held=False,
            )
        )  # fmt: skip


class Variant(models.Model):
    """One finished file: one edition, for one placement, shared or for one mission.

    Where an edition of a still also moves in a placement, that clip is a row beside the still's.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        MAKING = "making", _("Making")
        READY = "ready", _("Ready")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Failed")
        SAME = "same", _("As the shared file")  # of a mission's own: no name has a place in it

    OPEN = (State.WAITING, State.MAKING)
    LACKING = (*OPEN, State.FAILED)
    """What a run makes: what failed is tried again."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="variants")
    placement = models.CharField(_("placement"), max_length=60)
    animated = models.BooleanField(
        _("as a clip"), default=False, help_text="A clip of something that is a still by itself, and stands beside it."
    )
    mission = models.ForeignKey(Mission, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    named = models.CharField(
        max_length=80, blank=True, help_text="The mission's name as its own file shows it; empty: shared."
    )
    fingerprint = models.CharField(max_length=32, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    problem = models.TextField(_("problem"), blank=True)
    findings = models.JSONField(default=list)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="variants")
    thumbnail = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="thumbnail_of")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(_("seconds"), default=0, help_text="How long it plays; 0 for a still.")
    lufs = models.FloatField(null=True, help_text="How loud it was measured to be; none for silence.")
    peak = models.FloatField(null=True, help_text="dBTP, as it was measured; none for silence.")
    alt = models.TextField(
        blank=True, help_text="What the file, or its first slide, shows; empty: the edition's words."
    )
    made_at = models.DateTimeField(null=True)

    objects = VariantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "placement", "animated"],
                condition=Q(mission=None),
                name="one_shared_file_a_placement",
            ),
            models.UniqueConstraint(
                fields=["edition", "placement", "animated", "mission", "named"],
                name="one_file_a_placement_and_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.wanted}"

    @classmethod
    def order(cls, edition: Edition, wanted: Sequence[Wanted]) -> int:
        """A row for each file that is wanted and has none yet; how many are still to be made."""
        rows = cls.objects.filter(edition=edition, mission=None)
        rows.exclude(pk__in=rows.among(wanted)).exclude(state=cls.State.READY).delete()
        cls.objects.bulk_create(
            (cls(edition=edition, fingerprint=fingerprint(edition, each), **each._asdict()) for each in wanted),
            ignore_conflicts=True,
        )
        return rows.among(wanted).filter(state__in=cls.LACKING).count()

    @classmethod
    def order_own(cls, edition: Edition, wanted: Sequence[Wanted], mission: Mission) -> int:
        """As `order`, under the name that the mission has in the edition's language. It must have one."""
        name = mission.name_in(edition.language)
        rows = cls.objects.filter(edition=edition, mission=mission)
        rows.exclude(named=name).exclude(state=cls.State.READY).delete()
        cls.objects.bulk_create(
            (
                cls(
                    edition=edition, mission=mission, named=name, **each._asdict(),
                    fingerprint=fingerprint(edition, each, f"{mission.pk} {name}"),
                )
                for each in wanted
            ),
            ignore_conflicts=True,
        )  # fmt: skip
        return rows.filter(named=name, state__in=cls.LACKING).count()

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.placement, self.animated)

    @property
    def slot(self) -> Placement:
        return placements()[self.placement]

    @property
    def moving(self) -> bool:
        return self.seconds > 0

    @property
    def poster(self) -> StoredFile | None:
        """What stands where a clip does not play: a picture of it in full size, where there is one."""
        pictures = (sidecar.file for sidecar in self.sidecars.all() if sidecar.kind == "jpg")
        return next(pictures, self.thumbnail)

    @property
    def paged(self) -> bool:
        """Whether it is a document, which browsers do not show among other things."""
        return self.file is not None and self.file.key.endswith(".pdf")

    @property
    def shown_alt(self) -> str:
        return self.alt or str(self.edition.words["alt"])

    @property
    def pages(self) -> "list[PagePicture]":
        """What people see of a still: one picture, the slides of a carousel, or a document's pages."""
        numbered = [
            PagePicture(row.file, row.number, row.alt or self.shown_alt) for row in self.sidecars.all() if row.number
        ]
        first = [] if self.paged or self.file is None else [PagePicture(self.file, 1, self.shown_alt)]
        return [*first, *sorted(numbered, key=lambda page: page.number)]

    @property
    def label(self) -> str:
        return self.wanted.label

    @property
    def blocking(self) -> list[dict[str, Any]]:
        return [finding for finding in self.findings if finding["level"] == "blocking"]

    @property
    def advisory(self) -> list[dict[str, Any]]:
        return [finding for finding in self.findings if finding["level"] == "advisory"]

    @property
    def file_name(self) -> str:
        """What people's computers call it; while an embargo was set, the name says until when."""
        return self.stem + (PurePosixPath(self.file.key).suffix if self.file else "")

    @property
    def stem(self) -> str:
        """Its name without an ending: what travels with it is called the same."""
        public_at: datetime | None = getattr(self, "not_before", None)
        wait = f"_not-before-{public_at.astimezone(UTC):%Y%m%dT%H%MZ}" if public_at else ""
        moving = "_clip" if self.animated else ""
        own = f"_{_spelt(self.named, _MISSION)}" if self.named else ""
        return f"{named(self.edition)}_{self.edition.language}_{self.placement}{moving}{own}{wait}"

    def name_of(self, key: str) -> str:
        """What people's computers call one of its objects: the file, its small picture or a sidecar."""
        number = next((row.number for row in self.sidecars.all() if row.file.key == key), 0)
        return f"{self.stem}{f'_{number}' if number else ''}{PurePosixPath(key).suffix}"


class PagePicture(NamedTuple):
    """One picture of a still that has several, or its only one."""

    file: StoredFile
    number: int
    alt: str


_SPOKEN = frozenset({"srt", "vtt", "txt"})  # what platforms want to be told the language of
_KINDS = {
    "srt": _("Captions (SRT)"), "vtt": _("Captions (VTT)"), "txt": _("Transcript"), "jpg": _("Picture for the cover"),
}  # fmt: skip


class Sidecar(models.Model):
    """What travels with a variant under its name: captions, a transcript, a poster, the slides after the first."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="sidecars")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="sidecar_of")
    number = models.PositiveSmallIntegerField(default=0, help_text="Which slide or page it is, from 1; 0: none.")
    alt = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "file"], name="each_sidecar_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        if self.kind in _SPOKEN:
            return f"{caption_name(self.variant.stem, self.variant.edition.language)}.{self.kind}"
        number = f"_{self.number}" if self.number else ""
        return f"{self.variant.stem}{number}{PurePosixPath(self.file.key).suffix}"

    @property
    def kind(self) -> str:
        """Its ending: srt, vtt, txt or jpg."""
        return PurePosixPath(self.file.key).suffix[1:]

    @property
    def kind_name(self) -> str:
        if self.number:
            return gettext("Slide %(number)s") % {"number": self.number}
        return str(_KINDS.get(self.kind, self.kind.upper()))


def named(edition: Edition) -> str:
    """A file name's beginning: the title's letters, digits and marks, and the edition's number."""
    return f"{_spelt(edition.title, _LONGEST)}-{edition.pk}"


def _spelt(words: str, longest: int) -> str:
    kept = (letter if unicodedata.category(letter)[0] in "LMN" else "-" for letter in words.casefold())
    return "-".join(filter(None, "".join(kept).split("-")))[:longest]


def may_leave(variant: Variant, to: Audience) -> bool:
    return Variant.objects.leaving(to).filter(pk=variant.pk).exists()


def fingerprint(edition: Edition, wanted: Wanted, own: str = "") -> str:
    """`own` says whose file it is, and under which name; empty: everybody's."""
    slot, kind = placements()[wanted.placement], edition.kind.format_of(wanted)
    return Recipe(edition.content, slot, kind, own).fingerprint
