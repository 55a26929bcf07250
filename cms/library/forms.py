"""Every way in for a file ends in one of these forms: add, edit, chooser and the uploader of many."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from media_tools.errors import MediaToolsError
from media_tools.open.image import open_image
from media_tools.open.video import measured, probe_video


class ExaminedImageField(WagtailImageField):
    """Looks at an upload through our own door first: Wagtail's field breaks on a truncated file."""

    def to_python(self, data: UploadedFile | None) -> Any:
        if data:
            examine(data, open_image)
        return super().to_python(data)


class ImageForm(BaseImageForm):
    """Takes a picture that opens whole."""

    file = ExaminedImageField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        if "file" in (self._meta.exclude or ()):  # by which Wagtail's uploader of many means no declared field
            del self.fields["file"]

    def save(self, commit: bool = True) -> Any:
        replaced = commit and self.instance.pk and "file" in self.changed_data
        self.original_file = None  # editions still show the old bytes, so their object stays
        image = super().save(commit=commit)
        if replaced:
            image.renditions.all().delete()
        return image


class MediaForm(BaseMediaForm):
    """Takes footage or sound that opens and is as long as it says."""

    @cached_property
    def changed_data(self) -> list[str]:
        """Without the file: wagtailmedia deletes the old object where that has changed, and editions still show it."""
        return [name for name in super().changed_data if name != "file"]

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if upload and self["file"]._has_changed():
            examine(upload, self._measure)
        return upload

    def _measure(self, path: Path) -> None:
        """It ends no earlier than its header says, and its first frame can be seen. What is seen is not asked for."""
        facts = probe_video(path)
        self.instance.duration = measured(path)
        self.instance.width, self.instance.height = facts.width or None, facts.height or None

    def clean_thumbnail(self) -> Any:
        thumbnail = self.cleaned_data["thumbnail"]  # False: taken away
        if thumbnail and "thumbnail" in self.changed_data:
            examine(thumbnail, open_image)
        return thumbnail


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
