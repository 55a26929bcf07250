"""Moments of footage: whole ms in rows, and in forms as people type them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

_WRITTEN = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})(?:[.,٫](\d{1,3}))?")


def read_moment(text: str) -> int:
    """Ms of 83.5, 1:23.5 or 00:01:23,500. Raises ValidationError."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise ValidationError(_("“%(text)s” is no time. Write it as 1:23.5 or 83.5."), params={"text": text[:20]})
    hours, minutes, seconds, rest = match.groups()
    whole = 3600 * int(hours or 0) + 60 * int(minutes or 0) + int(seconds)
    return 1000 * whole + int((rest or "").ljust(3, "0"))


def written(ms: int) -> str:
    """1:23.5, without a nought that says nothing."""
    seconds, rest = divmod(ms, 1000)
    hours, minutes = seconds // 3600, seconds // 60 % 60
    front = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{front}:{seconds % 60:02}.{rest:03}".rstrip("0").rstrip(".")


class MomentInput(forms.CharField):
    def to_python(self, value: Any) -> int | None:
        text = super().to_python(value)
        return read_moment(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class Moment(models.PositiveIntegerField):
    """Ms from the beginning of the footage."""

    def deconstruct(self) -> Any:
        name, _path, arguments, keywords = super().deconstruct()
        return name, "django.db.models.PositiveIntegerField", arguments, keywords

    def formfield(self, **keywords: Any) -> forms.Field:
        return MomentInput(
            required=not self.blank, label=capfirst(self.verbose_name), help_text=self.help_text,
            initial=self.get_default(), empty_value=None,
        )  # fmt: skip
