"""Every way in for a file ends in one of these forms: add, edit, chooser and the uploader of many."""

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from media_tools.errors import MediaToolsError
from media_tools.open.image import open_image


class ExaminedImageField(WagtailImageField):
    """Looks at an upload through our own door first: Wagtail's field breaks on a truncated file."""

    def to_python(self, data: UploadedFile | None) -> Any:
        if data:
            examine(data, open_image)
        return super().to_python(data)


class ImageForm(BaseImageForm):
    """Takes a picture that opens whole, and remembers its bytes by their SHA-256."""

    file = ExaminedImageField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if "file" in self.changed_data:
            self.instance.sha256 = digest(upload)
        return upload

    def save(self, commit: bool = True) -> Any:
        replaced = commit and self.instance.pk and "file" in self.changed_data
        self.original_file = None  # editions still show the old bytes, so their object stays
        image = super().save(commit=commit)
        if replaced:
            image.renditions.all().delete()
        return image


class MediaForm(BaseMediaForm):
    """Remembers the bytes of footage and sound by their SHA-256."""

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if "file" in self.changed_data:
            self.instance.sha256 = digest(upload)
        return upload


def examine(upload: UploadedFile, door: Callable[[Path], object]) -> None:
    """Pass an upload through one of media_tools' doors. Raises ValidationError with the door's own words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        upload.seek(0)
        try:
            door(path)
        except MediaToolsError as error:
            raise ValidationError(str(error).replace(path.name, upload.name or path.name, 1)) from error


def digest(upload: UploadedFile) -> str:
    total = hashlib.sha256()
    for chunk in upload.chunks():
        total.update(chunk)
    upload.seek(0)
    return total.hexdigest()
