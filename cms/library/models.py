import hashlib
from collections.abc import Iterable
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import CollectionMember
from wagtail.search import index
from wagtailmedia.models import AbstractMedia

from cms.library.keys import likeness_key, object_key, original_key
from media_tools.open.drawing import Drawing as Opened
from media_tools.open.drawing import Kind as Outline
from media_tools.open.drawing import Shape
from media_tools.spec.geometry import Box, Size


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
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    file: FieldFile

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Whichever way a file came in, its bytes are known by their SHA-256 once the row is saved."""
        saves_file = update_fields is None or "file" in update_fields
        if saves_file and self.file and not self._file_is_known():
            self.sha256 = _digest(self.file)
            update_fields = update_fields and {*update_fields, "sha256"}
        super().save(update_fields=update_fields, **options)

    @property
    def file_name(self) -> str:
        """What it is called inside stories: its bytes, and an ending for people."""
        return self.sha256 + PurePosixPath(self.file.name).suffix.lower()

    def _file_is_known(self) -> bool:
        """Objects are written once, so a name that the row had before still names the same bytes."""
        same = type(self)._base_manager.filter(pk=self.pk, file=self.file.name)
        return bool(self.sha256) and same.exclude(sha256="").exists()


class Image(Sourced, AbstractImage):
    """A photo or drawing as it was uploaded, with credit, licence and what it shows in words."""

    tags = TaggableManager(blank=True, verbose_name=_("tags"), related_name="images_tagged")

    admin_form_fields = (
        "title", "file", "description", "credit", "licence", "rights_until", "collection", "tags",
        "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
    )  # fmt: skip
    search_fields = [*AbstractImage.search_fields, index.SearchField("credit"), index.FilterField("rights_until")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def get_upload_to(self, filename: str) -> str:
        return original_key(self, filename)

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
        "title", "file", "description", "credit", "licence", "rights_until", "collection", "thumbnail", "tags",
    )  # fmt: skip

    file = models.FileField(_("file"), upload_to=original_key)
    thumbnail = models.FileField(_("thumbnail"), upload_to=original_key, blank=True)

    class Meta:
        verbose_name = _("footage or sound")
        verbose_name_plural = _("footage and sound")


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


def take_objects_away(sender: type[Drawing], instance: Drawing, **_: Any) -> None:
    """Of a drawing that was deleted nothing stays in the store. Wagtail does so for images and footage."""
    for file in (instance.file, instance.likeness):
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
