import hashlib
from collections.abc import Iterable
from functools import partial
from math import sqrt
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.log_actions import log
from wagtail.models import CollectionMember
from wagtail.search import index
from wagtailmedia.models import AbstractMedia

from cms.jobs.models import Job
from cms.jobs.queue import enqueue
from cms.library.keys import likeness_key, object_key, original_key, proxy_key
from cms.library.rights import Validity, validity
from media_tools.open.drawing import Drawing as Opened
from media_tools.open.drawing import Kind as Outline
from media_tools.open.drawing import Shape
from media_tools.spec.geometry import Box, Size

REPLACED = "attache.replace_file"
"""In the log: another file took the place of what was there; the rest of an asset stayed."""


class Sourced(models.Model):
    """What must travel beside anything that somebody else made."""

    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="+", verbose_name=_("uploaded by"),
    )  # fmt: skip

    credit = models.CharField(
        _("credit"), max_length=120, blank=True, help_text=_("Who made it, as it must be named: Photo: A. Name.")
    )
    licence = models.CharField(
        _("licence"), max_length=120, blank=True, help_text=_("Under which terms it may be published.")
    )
    rights_until = models.DateTimeField(
        _("rights end"), null=True, blank=True, help_text=_("From then on nothing that shows it leaves.")
    )
    usable_from = models.DateTimeField(
        _("may be used from"), null=True, blank=True,
        help_text=_("Designs can be made and approved before; nothing that shows it leaves earlier."),
    )  # fmt: skip
    seen = models.CharField(
        _("who is seen"), max_length=255, blank=True, help_text=_("People who can be recognised and agreed to it.")
    )
    consent_scope = models.CharField(
        _("what they agreed to"), max_length=255, blank=True, help_text=_("Posts and print on the visit, no adverts.")
    )
    consent_territory = models.CharField(
        _("where it may be shown"), max_length=255, blank=True, help_text=_("Empty: everywhere.")
    )
    consent_until = models.DateTimeField(
        _("consent ends"), null=True, blank=True, help_text=_("From then on nothing that shows it leaves.")
    )
    consent_form = models.CharField(
        _("where the signed form is kept"), max_length=255, blank=True, help_text=_("A file number or a shelf.")
    )
    withheld = models.CharField(
        _("withheld because"), max_length=255, blank=True,
        help_text=_("As soon as something stands here nobody may use it: consent was taken back, rights are disputed."),
    )  # fmt: skip
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    file: FieldFile

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Whichever way a file came in, its bytes are known by their SHA-256 once the row is saved."""
        known = self.sha256
        saves_file = update_fields is None or "file" in update_fields
        if saves_file and self.file and not self._file_is_known():
            self.sha256 = _digest(self.file)
            update_fields = update_fields and {*update_fields, "sha256"}
        super().save(update_fields=update_fields, **options)
        if known and known != self.sha256:  # editions keep the key of the object that they were made from
            log(self, REPLACED, data={"sha256": known})

    @property
    def validity(self) -> Validity:
        """Whether it may be used at this moment."""
        return validity(self, timezone.now())

    @property
    def file_name(self) -> str:
        """What it is called inside stories: its bytes, and an ending for people."""
        return self.sha256 + PurePosixPath(self.file.name).suffix.lower()

    def _file_is_known(self) -> bool:
        """Objects are written once, so a name that the row had before still names the same bytes."""
        same = type(self)._base_manager.filter(pk=self.pk, file=self.file.name)
        return bool(self.sha256) and same.exclude(sha256="").exists()


CONSENT = ("seen", "consent_scope", "consent_territory", "consent_until", "consent_form", "withheld")
"""What is written down once it is here: uploading asks for as little as it can."""


class Image(Sourced, AbstractImage):
    """A photo or drawing as it was uploaded, with credit, licence and what it shows in words."""

    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="images_tagged")
    taken = models.DateField(_("taken on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True, help_text=_("Where it was taken: Hanoi, Vietnam."))

    admin_form_fields = (
        "title", "file", "description", "credit", "licence", "usable_from", "rights_until", "taken", "place",
        "collection", "tags", *CONSENT, "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("credit"),
        index.SearchField("place"),
        index.FilterField("taken"),
        index.FilterField("rights_until"),
        index.SearchField("seen"),
    ]
    told_keywords: tuple[str, ...] = ()
    """What its file is tagged with, until it is saved for the first time."""

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def get_upload_to(self, filename: str) -> str:
        return original_key(self, filename)

    def save(self, **options: Any) -> None:
        super().save(**options)
        if self.told_keywords:
            self.tags.add(*self.told_keywords)
            self.told_keywords = ()

    @property
    def focal(self) -> tuple[float, float]:
        """The subject's centre, as shares of width and height from the top left."""
        if self.focal_point_x is None or self.focal_point_y is None:
            return 0.5, 0.5
        return round(self.focal_point_x / self.width, 4), round(self.focal_point_y / self.height, 4)


class Rendition(AbstractRendition):
    """A small copy of an image for the screens of staff."""

    image = models.ForeignKey(Image, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        return object_key("renditions", filename)


class Media(Sourced, AbstractMedia):
    """Footage or sound as it was uploaded, with credit and licence."""

    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="media_tagged")
    description = models.CharField(
        _("description"), max_length=255, blank=True, help_text=_("What it shows, for people who cannot see it.")
    )

    admin_form_fields = (
        "title", "file", "description", "credit", "licence", "usable_from", "rights_until", "collection", "thumbnail",
        "tags", *CONSENT,
    )  # fmt: skip

    file = models.FileField(_("file"), upload_to=original_key)
    thumbnail = models.FileField(_("thumbnail"), upload_to=original_key, blank=True)

    class Meta:
        verbose_name = _("footage or sound")
        verbose_name_plural = _("footage and sound")

    def clean(self) -> None:
        """wagtailmedia looks at the ending of a file that was refused, too, and finds none."""
        if self.file:
            super().clean()

    def save(self, **options: Any) -> None:
        """Of bytes that are new here the worker makes small copies."""
        known = self.sha256
        super().save(**options)
        if self.sha256 != known:
            self.make_proxy()

    @property
    def proxy(self) -> "Proxy | None":
        """Its small copies, once they are made of the very bytes that it has now."""
        return Proxy.objects.filter(media=self, sha256=self.sha256).first()

    @property
    def proxy_url(self) -> str:
        """Where a player finds it: the small copy, or the original while there is none."""
        proxy = self.proxy
        return (proxy.film if proxy else self.file).url

    @property
    def proxy_job(self) -> Job | None:
        """The newest work on its small copies."""
        return Job.objects.filter(key=proxy_job_key(self.pk)).order_by("-pk").first()

    def make_proxy(self) -> Job:
        """A job that makes its small copies; while there is one, that one."""
        owner = self.uploaded_by_user
        return enqueue(PROXY_KIND, proxy_job_key(self.pk), owner=owner, total=100, media=self.pk)


PROXY_KIND = "library.make_proxy"


def proxy_job_key(media: int) -> str:
    return f"proxy {media}"


class Proxy(models.Model):
    """What a browser is given in the place of footage or sound: small copies, whole or not there."""

    media = models.OneToOneField(Media, on_delete=models.CASCADE, related_name="made_proxy")
    sha256 = models.CharField(
        max_length=64, help_text="Of the file from which they were made; empty until all are there."
    )
    film = models.FileField(upload_to=proxy_key)
    poster = models.FileField(upload_to=proxy_key, blank=True)
    strip = models.FileField(upload_to=proxy_key, blank=True)
    width = models.PositiveSmallIntegerField(default=0, help_text="px of film and poster; 0 for sound alone.")
    height = models.PositiveSmallIntegerField(default=0, help_text="px of film and poster; 0 for sound alone.")
    seconds = models.FloatField()
    cells = models.PositiveSmallIntegerField(default=0, help_text="Pictures in its strip, of equally long stretches.")
    peaks = models.JSONField(default=list, help_text="Of equally long stretches, in per cent of full scale.")
    made_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True  # they are no use of their footage

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.film.name

    @property
    def files(self) -> tuple[FieldFile, ...]:
        return tuple(file for file in (self.film, self.poster, self.strip) if file)

    @property
    def waveform(self) -> str:
        """An SVG path around its peaks: a unit wide for each, and 200 high. Its root shows speech beside applause."""
        heights = [max(1, round(10 * sqrt(peak))) for peak in self.peaks]
        above = [f"L{number} {100 - height}" for number, height in enumerate(heights)]
        below = [f"L{number} {100 + height}" for number, height in reversed([*enumerate(heights)])]
        return f"M0 100{''.join(above)}{''.join(below)}Z" if heights else ""


class RightsWarning(models.Model):
    """That people were told of a coming end of rights, so many days before; it is told once."""

    asset_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    asset_id = models.PositiveBigIntegerField()
    asset = GenericForeignKey("asset_type", "asset_id")
    ends = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    told = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True  # it is no use of the asset

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["asset_type", "asset_id", "ends", "days"], name="each_warning_once")
        ]

    def __str__(self) -> str:
        return f"{self.asset_type} {self.asset_id}, {self.days} days before {self.ends}"


class Drawing(Sourced, CollectionMember, index.Indexed, models.Model):
    """A map or a logo as it was drawn: outlines, shown in colours of our own."""

    class Kind(models.TextChoices):
        SVG = "svg", _("SVG")
        GEOJSON = "geojson", _("GeoJSON")

    title = models.CharField(_("title"), max_length=255)
    file = models.FileField(
        _("file"), upload_to=original_key,
        help_text=_("A map as SVG or GeoJSON, or a logo in one colour as SVG, of at most 5 MB."),
    )  # fmt: skip
    description = models.CharField(
        _("description"), max_length=255, blank=True, help_text=_("What it shows, for people who cannot see it.")
    )
    approved_by = models.CharField(
        _("approved by"), max_length=120, blank=True,
        help_text=_("Who approved its borders and names to be published. No map is shown without."),
    )  # fmt: skip
    as_of = models.CharField(
        _("valid as of"), max_length=40, blank=True, help_text=_("The day or period that it shows the state of.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, editable=False)
    names = models.JSONField(_("names"), default=list, editable=False)
    likeness = models.FileField(upload_to=likeness_key, editable=False)
    width = models.PositiveSmallIntegerField(editable=False, default=0, help_text="px of the likeness")
    height = models.PositiveSmallIntegerField(editable=False, default=0, help_text="px of the likeness")
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    search_fields = [
        *CollectionMember.search_fields,
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("credit"),
        index.FilterField("id"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("map or logo")
        verbose_name_plural = _("maps and logos")
        ordering = ["title", "pk"]
        permissions = [("choose_drawing", "Can choose drawing")]

    def __str__(self) -> str:
        return self.title

    @property
    def filename(self) -> str:
        """What its likeness is called on a person's computer."""
        return f"{self.title}.png"

    @property
    def parts(self) -> list[str]:
        """What can be marked in it: of names that differ in nothing but hyphens, as ids do, the first."""
        found: dict[str, str] = {}
        for name in self.names:
            found.setdefault(" ".join(name.casefold().replace("-", " ").replace("_", " ").split()), name)
        return list(found.values())

    def has_part(self, name: str) -> bool:
        """Whether something in it goes by `name`, as the library that draws compares names."""
        nowhere = Box(0, 0, 0, 0)
        return bool(Opened(Size(0, 0), (Shape(Outline.AREA, "", nowhere, tuple(self.names)),)).named(name))


def take_objects_away(sender: type[models.Model], instance: Drawing | Proxy, **_: Any) -> None:
    """Of what was deleted nothing stays in the store. Wagtail does so for images and footage themselves."""
    for file in (instance.file, instance.likeness) if isinstance(instance, Drawing) else instance.files:
        transaction.on_commit(partial(file.storage.delete, file.name))


def _digest(file: FieldFile) -> str:
    """Of an upload that is not stored yet as of a stored file; it is left as it was found."""
    was_closed = file.closed
    file.open()
    found = hashlib.file_digest(file, "sha256").hexdigest()
    if was_closed:
        file.close()
    else:
        file.seek(0)
    return found
