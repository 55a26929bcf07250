"""Captions in a form: a table of times and words, and a file that fills it."""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.forms.renderers import TemplatesSetting
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as NotValid

from cms.clips.moments import read_moment, written
from cms.clips.reading import Reading, Timed, for_the_script, readings
from media_tools.errors import CannotOpen
from media_tools.open.captions import Read, read_captions
from media_tools.open.document import problems
from media_tools.spec.cues import Cue, CueList

SPARE = 3
"""Empty rows under the captions: enough to go on writing without a script."""
_PARTS = ("start", "end", "text")
_KEPT = ("edge", "words")
"""What a file says of a caption that no column shows."""


def no_cues() -> dict[str, Any]:
    return CueList().model_dump(mode="json")


class Cues(models.JSONField):
    """A `CueList` as JSON, in ms of the footage's file."""

    def deconstruct(self) -> Any:
        name, _path, arguments, keywords = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, keywords

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        try:
            CueList.model_validate(value)
        except NotValid as error:
            raise ValidationError(_reason(error)) from error

    def formfield(self, **keywords: Any) -> forms.Field:
        return CuesInput(
            required=False, label=capfirst(self.verbose_name), help_text=self.help_text,
            widget=keywords.get("widget") or CueTable(),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table as somebody left it."""

    start: str = ""
    end: str = ""
    text: str = ""
    more: str = ""
    """What no column shows, as JSON; the times of words are from the caption's beginning, so they move with it."""
    notes: tuple[str, ...] = ()
    """What there is to say of where it came from."""
    reading: Reading | None = None

    @property
    def empty(self) -> bool:
        return not (self.start or self.end or self.text)


@dataclass(frozen=True, slots=True)
class Typed:
    """The table as somebody left it, and the file that is to take its place."""

    rows: tuple[Row, ...]
    file: UploadedFile | None = None


class CueTable(forms.Widget):
    """Three columns of inputs; empty rows are no captions.

    Where `language` and `length` (ms of the footage) are known, each row says how it reads, while it is typed too.
    """

    template_name = "clips/cues.html"
    needs_multipart_form = True
    language = ""
    length: int | None = None

    class Media:
        js = ("clips/moments.js", "clips/keys.js", "clips/reading.js", "clips/cues.js")
        css = {"all": ("clips/cues.css",)}

    def value_from_datadict(self, data: MultiValueDict, files: MultiValueDict, name: str) -> Typed:
        columns = [data.getlist(f"{name}-{part}") for part in _PARTS]
        more = chain(data.getlist(f"{name}-more"), repeat(""))
        rows = (Row(*(_in_one_line(cell) for cell in cells)) for cells in zip(*columns, more, strict=False))
        return Typed(tuple(row for row in rows if not row.empty), files.get(f"{name}-file"))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return f"{name}-text" not in data

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: object = None) -> SafeString:
        return super().render(name, value, attrs, TemplatesSetting())  # our templates lie in one place

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = value.rows if isinstance(value, Typed) else rows_of(value)
        told = _read_over(rows, self.language, self.length) if self.language else rows
        reading = for_the_script(self.language, self.length) if self.language else None
        context["widget"] |= {"rows": told, "spare": [Row()] * SPARE, "language": self.language, "reading": reading}
        return context


class CuesInput(forms.Field):
    """The table as a CueList's JSON; what is wrong is told with the number of its row, and nothing typed is lost."""

    def prepare_value(self, value: Any) -> Any:
        return value

    def to_python(self, value: Typed) -> dict[str, Any]:
        if value.file is None:
            return CueList(cues=tuple(sorted(_cues(value.rows), key=lambda cue: cue.start))).model_dump(mode="json")
        found = imported(value.file)
        if found.assumed:  # nobody would see its words before they are saved
            raise ValidationError(f"{assumption(found.assumed)} {gettext('Save the file as UTF-8.')}")
        return found.captions.model_dump(mode="json")

    def clean(self, value: Typed) -> dict[str, Any]:
        try:
            return self.to_python(value)
        except NotValid as error:
            raise ValidationError(_reason(error)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        if not isinstance(data, Typed):
            return bool(data != initial)
        return bool(data.file) or data.rows != tuple(rows_of(initial))


def _in_one_line(cell: str) -> str:
    """Where lines break is layout's business."""
    return " ".join(filter(None, (line.strip() for line in cell.splitlines())))


def rows_of(cues: Mapping[str, Any] | None) -> list[Row]:
    """A CueList's JSON as people read it."""
    told = (cues or no_cues())["cues"]
    return [Row(written(cue["start"]), written(cue["end"]), cue["text"], _more_of(cue)) for cue in told]


def _more_of(cue: Mapping[str, Any]) -> str:
    kept = {name: cue[name] for name in _KEPT if name in cue}
    if "words" in kept:
        kept["words"] = [{**word, "start": word["start"] - cue["start"]} for word in kept["words"]]
    return json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else ""


def _read_over(rows: Sequence[Row], language: str, length: int | None) -> list[Row]:
    """The rows with how each reads; nothing of those that are no captions yet."""
    cues = []
    for index, row in enumerate(rows):
        try:
            cues.append((index, Timed(read_moment(row.start), read_moment(row.end), row.text)))
        except ValidationError:
            continue
    found = readings([cue for _index, cue in cues], language, length)
    told = {index: reading for (index, _cue), reading in zip(cues, found, strict=True)}
    return [replace(row, reading=told.get(index)) for index, row in enumerate(rows)]


def assumption(encoding: str) -> str:
    """What somebody must know who takes words from an old file."""
    return gettext("The file is not in UTF-8, and was read as %(encoding)s. Look at its words.") % {
        "encoding": encoding
    }


def imported(upload: UploadedFile, language: str = "") -> Read:
    """An uploaded SRT or VTT file. Raises ValidationError with the line that stands in the way."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"captions{Path(upload.name or '').suffix.lower()[:5]}"
        with path.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        try:
            return read_captions(path, language)
        except CannotOpen as error:
            raise ValidationError(str(error).replace(path.name, upload.name or path.name, 1)) from error


def _cues(rows: tuple[Row, ...]) -> Iterator[Cue]:
    wrong = []
    for number, row in enumerate(rows, start=1):
        try:
            if not row.text:
                raise ValidationError(_("has no words. Write them, or empty its times."))
            yield _cue(row)
        except (ValidationError, NotValid) as error:
            why = _reason(error) if isinstance(error, NotValid) else error.messages[0]
            wrong.append(gettext("Caption %(number)d: %(why)s") % {"number": number, "why": why})
    if wrong:
        raise ValidationError(wrong)


def _cue(row: Row) -> Cue:
    """With the times of its words where they still fit: where the text was changed, they are of words that are gone."""
    told = {"start": read_moment(row.start), "end": read_moment(row.end), "text": row.text}
    more = _more(row, told["start"])
    try:
        return Cue.model_validate({**told, **more})
    except NotValid:
        return Cue.model_validate({**told, **{name: value for name, value in more.items() if name != "words"}})


def _more(row: Row, start: int) -> dict[str, Any]:
    try:
        kept = json.loads(row.more or "{}")
        more = {name: kept[name] for name in _KEPT if name in kept}
        if "words" in more:
            more["words"] = [{"text": word["text"], "start": start + word["start"]} for word in more["words"]]
    except (ValueError, TypeError, KeyError) as error:
        raise ValidationError(_("was sent damaged. Load the page again.")) from error
    return more


def _reason(error: NotValid) -> str:
    """In the library's words."""
    first = problems(error)[0]
    return f"{first.why} {first.remedy}"
