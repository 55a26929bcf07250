"""Every way in for a file ends in one of these forms: add, edit, chooser and the uploader of many."""

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry
from wagtailmedia.forms import BaseMediaForm

from cms.accounts.models import User
from cms.jobs.easels import DrawingFailed, Easels
from cms.library.likeness import Likeness, likeness
from cms.library.models import CONSENT, Drawing
from media_tools.clips.salvage import save_good_part
from media_tools.errors import CannotOpen, MediaToolsError
from media_tools.open.image import open_image
from media_tools.open.photo_metadata import PhotoMetadata, photo_metadata
from media_tools.open.video import Incomplete, VideoFacts, looked_over


class ExaminedImageField(WagtailImageField):
    """Looks at an upload through our own door first: Wagtail's field breaks on a truncated file.

    What the picture says of itself is then the upload's `said`.
    """

    def to_python(self, data: UploadedFile | None) -> Any:
        if not data:
            return super().to_python(data)
        said = examine(data, partial(_opened_whole, data.name or ""))
        upload = super().to_python(data)
        upload.said = said
        return upload


def _opened_whole(name: str, path: Path) -> PhotoMetadata:
    open_image(path)
    return photo_metadata(path, name)


class ImageForm(BaseImageForm):
    """Takes a picture that opens whole."""

    file = ExaminedImageField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        of_many = "file" in (self._meta.exclude or ())  # by which Wagtail's uploader of many means no declared field
        if of_many:
            del self.fields["file"]
        if of_many or self.instance.pk is None:
            ask_no_consent(self)

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk is None:
            self._fill_in()
        replaced = commit and self.instance.pk and "file" in self.changed_data
        self.original_file = None  # editions still show the old bytes, so their object stays
        image = super().save(commit=commit)
        if replaced:
            image.renditions.all().delete()
        return image

    def _fill_in(self) -> None:
        """What nobody wrote and the picture says of itself; what is too long for its field is nobody's to cut."""
        upload = self.cleaned_data.get("file")
        if upload is None:  # it came before, and was looked at then
            return
        image, said = self.instance, upload.said
        told = {
            "title": said.title, "description": said.alt or said.caption, "credit": said.credit,
            "licence": said.rights, "place": said.place,
        }  # fmt: skip
        if image.title in (upload.name, PurePosixPath(upload.name).stem):  # which the uploader writes for want of one
            image.title = told["title"] or image.title
        for name, words in told.items():
            if not getattr(image, name) and len(words) <= image._meta.get_field(name).max_length:
                setattr(image, name, words)
        image.taken = image.taken or said.taken
        if not self.cleaned_data.get("tags"):
            self.cleaned_data["tags"] = list(said.keywords)
            image.told_keywords = said.keywords  # the uploader of many saves no tags of the form


class MediaForm(BaseMediaForm):
    """Takes footage or sound that opens and is as long as it says, or of what is not the part that is good."""

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self._good: UploadedFile | None = None
        self._is_incomplete = False
        if self.instance.pk is None:
            ask_no_consent(self)
        if self._takes_good_part:
            self._offer_good_part()

    @cached_property
    def changed_data(self) -> list[str]:
        """Without the file: wagtailmedia deletes the old object where that has changed, and editions still show it."""
        return [name for name in super().changed_data if name != "file"]

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if upload and self["file"]._has_changed():
            examine(upload, partial(self._measure, upload.name or ""))
        return self._good or upload

    def clean(self) -> dict[str, Any] | None:
        if self._is_incomplete:
            self._offer_good_part()
        return super().clean()

    def _measure(self, name: str, path: Path) -> None:
        """It ends no earlier than its header says, and its first frame can be seen. What is seen is not asked for."""
        try:
            facts, self.instance.duration = _looked_over(path)
        except Incomplete as error:
            if not self._takes_good_part:
                self._is_incomplete = True
                remedy = gettext(
                    "Ask for it to be sent again, or choose it once more and tick “Use the part that is good”."
                )
                raise CannotOpen(error.name, error.why, remedy) from error
            good = path.with_name(f"good{PurePosixPath(name).suffix}")
            save_good_part(path, good)
            facts, self.instance.duration = _looked_over(good)
            self._good = _uploaded(good, name)
        if self.instance.type == "audio" and not facts.has_sound:
            remedy = gettext("Upload it as footage, or choose another file.")
            raise CannotOpen(path.name, gettext("has no sound."), remedy)
        self.instance.width, self.instance.height = facts.width or None, facts.height or None

    @property
    def _takes_good_part(self) -> bool:
        return bool(self.data.get(self.add_prefix("good_part")))

    def _offer_good_part(self) -> None:
        help_text = gettext("Without coding it again. What is missing stays missing.")
        label = gettext("Use the part that is good")
        self.fields["good_part"] = forms.BooleanField(required=False, label=label, help_text=help_text)
        names = [name for name in self.fields if name != "good_part"]
        names.insert(names.index("file") + 1, "good_part")
        self.order_fields(names)

    def clean_thumbnail(self) -> Any:
        thumbnail = self.cleaned_data["thumbnail"]  # False: taken away
        if thumbnail and "thumbnail" in self.changed_data:
            examine(thumbnail, open_image)
        return thumbnail


def _looked_over(path: Path) -> tuple[VideoFacts, float]:
    """In a process of its own: a file that breaks the decoder breaks no more than that."""
    easels: Easels = apps.get_app_config("jobs").easels
    try:
        return easels.looked_at(looked_over, path)
    except DrawingFailed as error:
        why = gettext("is too much to look through.")
        raise CannotOpen(path.name, why, gettext("Export it as MP4 (H.264), and upload that.")) from error


def _uploaded(path: Path, name: str) -> UploadedFile:
    """A file of ours as if it had been sent."""
    upload = TemporaryUploadedFile(name, "", path.stat().st_size, None)
    with path.open("rb") as stream:
        shutil.copyfileobj(stream, upload.file)
    upload.seek(0)
    return upload


class DrawingForm(BaseCollectionMemberForm, WagtailAdminModelForm):
    """Takes a drawing that opens; its likeness and the names in it are kept beside it."""

    class Meta:
        model = Drawing
        fields = (
            "title", "file", "description", "credit", "licence", "usable_from", "rights_until", "withheld",
            "approved_by", "as_of", "collection",
        )  # fmt: skip
        widgets = {"file": forms.FileInput(attrs={"accept": ".svg,.geojson,.json"})}

    def __init__(self, *arguments: Any, for_user: User | None = None, **keywords: Any) -> None:
        super().__init__(*arguments, for_user=for_user, user=for_user, **keywords)
        self._seen: Likeness | None = None

    @property
    def permission_policy(self) -> BasePermissionPolicy:
        return policy_registry.get_by_type(Drawing)

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if upload and "file" in self.changed_data:
            examine(upload, self._look)
        return upload

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self._kind == Drawing.Kind.GEOJSON:
            for name in ("approved_by", "as_of"):
                if name in self.fields and not self.cleaned_data.get(name):
                    self.add_error(name, gettext("A map is not shown without. Fill it in."))
        return cleaned

    def save(self, commit: bool = True) -> Drawing:
        drawing: Drawing = self.instance
        if drawing.pk is None:
            drawing.uploaded_by_user = self.for_user
        if self._seen is not None:
            if drawing.likeness:  # editions show the file, and nothing shows the old likeness
                transaction.on_commit(partial(drawing.likeness.storage.delete, drawing.likeness.name))
            drawing.kind, drawing.names = self._kind, list(self._seen.names)
            drawing.width, drawing.height = self._seen.width, self._seen.height
            drawing.likeness.save("likeness.png", ContentFile(self._seen.picture), save=False)
        saved: Drawing = super().save(commit=commit)
        return saved

    @property
    def _kind(self) -> str:
        if self._seen is None:
            return self.instance.kind
        return Drawing.Kind.SVG if self._seen.is_svg else Drawing.Kind.GEOJSON

    def _look(self, path: Path) -> None:
        easels: Easels = apps.get_app_config("jobs").easels
        try:
            self._seen = easels.looked_at(likeness, path)
        except DrawingFailed as error:
            why = gettext("is too much to draw.")
            raise CannotOpen(path.name, why, gettext("Simplify its outlines, and export it again.")) from error


def ask_no_consent(form: forms.BaseForm) -> None:
    for name in CONSENT:
        form.fields.pop(name, None)


def examine[Seen](upload: UploadedFile, door: Callable[[Path], Seen]) -> Seen:
    """What one of media_tools' doors says of an upload. Raises ValidationError with the door's own words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        upload.seek(0)
        try:
            return door(path)
        except MediaToolsError as error:
            raise ValidationError(str(error).replace(path.name, upload.name or path.name, 1)) from error
