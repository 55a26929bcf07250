"""Differences by placement in a form: what a script shows as fields, sent as one text."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from pydantic import ValidationError as NotValid
from wagtail.admin.compare import TextFieldComparison, register_comparison_class

from cms.editions.refusals import in_words as problem_in_words
from cms.infographics import overrides
from cms.infographics.inputs import BLOCK_FORMS
from media_tools.blocks import Part
from media_tools.infographic import BLOCKS
from media_tools.open.document import problems

_WHOLE = (Part.PARTNERS,)
"""Parts whose pictures are never cut."""


class Overrides(models.JSONField):
    """Differences by placement, as a list of `Difference`s."""

    def deconstruct(self) -> Any:
        name, _path, arguments, keywords = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, keywords

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        try:
            overrides.checked(value)
        except NotValid as error:
            raise ValidationError(_sentences(error, value)) from error

    def formfield(self, **keywords: Any) -> forms.Field:
        return OverridesInput(
            required=False, label=capfirst(self.verbose_name), help_text=self.help_text,
            widget=keywords.get("widget") or OverridesPanel(),
        )  # fmt: skip


class OverridesPanel(forms.Textarea):
    """Fields for each placement, made by a script from the blocks as they stand in the form at that moment."""

    template_name = "infographics/overrides.html"

    class Media:
        js = ("infographics/overrides.js",)
        css = {"all": ("infographics/overrides.css",)}

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: object = None) -> SafeString:
        return super().render(name, value, attrs, TemplatesSetting())  # our templates lie in one place

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"kinds": _kinds(), "longest": overrides.LONGEST}
        return context


class OverridesInput(forms.Field):
    """What the script wrote; anything else is refused in a sentence and left where it was."""

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else json.dumps(value or [], ensure_ascii=False)

    def to_python(self, value: str | None) -> list[dict[str, Any]]:
        try:
            raw = json.loads(value or "[]")
        except (ValueError, RecursionError) as error:
            raise ValidationError(_unreadable()) from error
        try:
            kept = overrides.checked(raw)
        except NotValid as error:
            raise ValidationError(_sentences(error, raw)) from error
        return [each.model_dump(mode="json", exclude_defaults=True) for each in kept if not each.empty]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != (initial or []))
        except ValidationError:
            return True


class OverridesComparison(TextFieldComparison):
    """Two versions in words, each with the names that its own blocks have."""

    def __init__(self, field: models.Field, obj_a: models.Model, obj_b: models.Model) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a = overrides.in_words(self.val_a, obj_a.body)
        self.val_b = overrides.in_words(self.val_b, obj_b.body)


register_comparison_class(Overrides, comparison_class=OverridesComparison)


def _kinds() -> dict[str, dict[str, Any]]:
    """What the script has to know of each kind of block."""
    return {
        name: {
            "label": str(form.label),
            "headline": BLOCKS[name].part is Part.HEADLINE,
            "cut": BLOCKS[name].part not in _WHOLE,
        }
        for name, form in BLOCK_FORMS
    }


def _unreadable() -> str:
    return gettext(
        "What was sent is not what this page writes. Load the page again for what was saved, or empty the field."
    )


def _sentences(error: NotValid, raw: Any) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        return [_unreadable()]
    names = (each.get("placement") for each in raw)
    labels = {
        f"overrides[{place}]": overrides.label_of(name) if isinstance(name, str) else str(place + 1)
        for place, name in enumerate(names)
    }
    labels["the file"] = gettext("Differences by placement")
    return [problem_in_words(problem, labels) for problem in problems(error)]
