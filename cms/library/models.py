import hashlib
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index
from wagtailmedia.models import AbstractMedia

from cms.library.keys import object_key, original_key


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
