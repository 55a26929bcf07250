"""Where each frame of other proportions looks, and when: key frames in rows, and in forms as people correct them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import nan
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.renderers import TemplatesSetting
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from pydantic import Field
from pydantic import ValidationError as NotValid

from cms.clips.moments import read_moment, written
from cms.missions.choices import film_aspects
from media_tools.clips.keyframes import CLOSEST, MOST_KEY_FRAMES, KeyFrame
from media_tools.clips.story import Aspect
from media_tools.open.document import problems
from media_tools.spec import Spec

SPARE = 2
"""Empty rows under the key frames: enough to go on without a script."""
_PARTS = ("aspect", "at", "x", "y", "way")
_CUT = "cut"


class FramePath(Spec):
    """The key frames of one frame, and what they were made for."""

    keys: tuple[KeyFrame, ...] = Field(min_length=1, max_length=MOST_KEY_FRAMES)
    found: str = Field(default="", max_length=64)
    """The search that found them, in case one did: corrected ones remember it too."""
    footage: str = Field(default="", max_length=64)
    """The SHA-256 of the footage that they were made for."""


class _Kept(Spec):
    paths: dict[Aspect, FramePath] = Field(max_length=20)


def read_paths(raw: Any) -> dict[str, FramePath]:
    """What a row keeps. Raises pydantic's ValidationError for anything else."""
    return _Kept.model_validate({"paths": raw}).paths


class Paths(models.JSONField):
    """A `FramePath` for some proportions."""

    def deconstruct(self) -> Any:
        name, _path, arguments, keywords = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, keywords

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        try:
            read_paths(value)
        except NotValid as error:
            raise ValidationError(_reason(error)) from error

    def formfield(self, **keywords: Any) -> forms.Field:
        return PathsInput(
            required=False, label=capfirst(self.verbose_name), help_text=self.help_text,
            widget=keywords.get("widget") or PathTable(),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PathRow:
    """A line of the table as somebody left it."""

    aspect: str = ""
    at: str = ""
    x: str = ""
    y: str = ""
    way: str = ""
    scale: str = "1"

    @property
    def empty(self) -> bool:
        return not (self.at or self.x or self.y)


@dataclass(frozen=True, slots=True)
class TypedPaths:
    """The table as somebody left it, and what its key frames were made for."""

    rows: tuple[PathRow, ...]
    made_for: str = "{}"


class PathTable(forms.Widget):
    """A row of inputs for each key frame; empty rows are none. A script puts them under the video."""

    template_name = "clips/paths.html"

    class Media:
        js = ("clips/moments.js", "clips/ranges.js", "clips/framing.js")
        css = {"all": ("clips/framing.css",)}

    def value_from_datadict(self, data: MultiValueDict, files: MultiValueDict, name: str) -> TypedPaths:
        columns = [data.getlist(f"{name}-{part}") for part in (*_PARTS, "scale")]
        rows = (PathRow(*(cell.strip() for cell in cells)) for cells in zip(*columns, strict=False))
        return TypedPaths(tuple(row for row in rows if not row.empty), data.get(f"{name}-made-for", "{}"))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return f"{name}-at" not in data

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: object = None) -> SafeString:
        return super().render(name, value, attrs, TemplatesSetting())  # our templates lie in one place

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = value if isinstance(value, TypedPaths) else typed_paths(value)
        aspects = [aspect for aspect, _label in film_aspects()]
        context["widget"] |= {
            "rows": typed.rows, "made_for": typed.made_for, "spare": [PathRow()] * SPARE, "aspects": aspects,
        }  # fmt: skip
        return context


class PathsInput(forms.Field):
    """The table as JSON; what is wrong is told with the number of its row, and nothing typed is lost."""

    def prepare_value(self, value: Any) -> Any:
        return value

    def clean(self, value: TypedPaths) -> dict[str, Any]:
        keys: dict[str, list[KeyFrame]] = {}
        wrong = []
        for number, row in enumerate(value.rows, start=1):
            try:
                keys.setdefault(row.aspect, []).append(_key(row))
            except (ValidationError, NotValid) as error:
                why = _reason(error) if isinstance(error, NotValid) else error.messages[0]
                wrong.append(gettext("Key frame %(number)d: %(why)s") % {"number": number, "why": why})
        paths = {aspect: sorted(found, key=lambda key: key.at) for aspect, found in keys.items()}
        if wrong := [*wrong, *_twice(paths)]:
            raise ValidationError(wrong)
        made_for = _made_for(value.made_for)
        try:
            kept = {aspect: FramePath(keys=tuple(path), **made_for.get(aspect, {})) for aspect, path in paths.items()}
        except (NotValid, TypeError) as error:
            raise ValidationError(_damaged()) from error
        return {aspect: path.model_dump(mode="json") for aspect, path in kept.items()}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data != (initial if isinstance(initial, TypedPaths) else typed_paths(initial)))


def typed_paths(raw: Mapping[str, Any] | None) -> TypedPaths:
    """What a row keeps as people read it."""
    paths = read_paths(raw or {})
    rows = tuple(_row(aspect, key) for aspect, path in paths.items() for key in path.keys)
    made_for = {aspect: {"found": path.found, "footage": path.footage} for aspect, path in paths.items()}
    return TypedPaths(rows, json.dumps(made_for))


def _row(aspect: str, key: KeyFrame) -> PathRow:
    way = _CUT if key.cut else ""
    return PathRow(aspect, written(key.at), _per_cent(key.x), _per_cent(key.y), way, f"{key.scale:g}")


def _per_cent(share: float) -> str:
    return f"{100 * share:.2f}".rstrip("0").rstrip(".")


def _key(row: PathRow) -> KeyFrame:
    if row.aspect not in dict(film_aspects()):
        raise ValidationError(gettext("belongs to no frame. Choose one."))
    where = {axis: _share(getattr(row, axis)) for axis in ("x", "y")}
    return KeyFrame.model_validate({
        "at": read_moment(row.at), **where, "cut": row.way == _CUT, "scale": _closer(row.scale or "1"),
    })  # fmt: skip


def _closer(text: str) -> float:
    times = _number(text)
    if not 1 <= times <= CLOSEST:
        why = gettext("“%(text)s” times closer cannot be shown. Write a number from 1 to %(most)g.")
        raise ValidationError(why % {"text": text[:20], "most": CLOSEST})
    return times


def _number(text: str) -> float:
    """NaN, which is in no range, for what is none."""
    try:
        return float(text.replace(",", ".").replace("٫", "."))
    except ValueError:
        return nan


def _share(text: str) -> float:
    per_cent = _number(text)
    if not 0 <= per_cent <= 100:
        raise ValidationError(gettext("“%(text)s” is no place. Write per cent, from 0 to 100.") % {"text": text[:20]})
    return round(per_cent / 100, 4)


def _twice(paths: Mapping[str, list[KeyFrame]]) -> Iterator[str]:
    for aspect, keys in paths.items():
        for before, after in pairwise(keys):
            if before.at == after.at:
                told = {"aspect": aspect, "at": written(after.at)}
                yield gettext("%(aspect)s has two key frames at %(at)s. Keep one.") % told


def _made_for(text: str) -> dict[str, dict[str, Any]]:
    try:
        told = json.loads(text or "{}")
    except (ValueError, RecursionError) as error:
        raise ValidationError(_damaged()) from error
    if not isinstance(told, dict) or not all(isinstance(each, dict) for each in told.values()):
        raise ValidationError(_damaged())
    return told


def _damaged() -> str:
    return gettext("The key frames were sent damaged. Load the page again.")


def _reason(error: NotValid) -> str:
    """In the library's words."""
    first = problems(error)[0]
    return f"{first.why} {first.remedy}"
