"""Lists that people tick boxes in."""

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from media_tools.platforms import placements, spelt

type Options = Callable[[], list[tuple[str, str]]]


def content_languages() -> list[tuple[str, str]]:
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


def platforms() -> list[tuple[str, str]]:
    names = dict.fromkeys(placement.platform for placement in placements().values())
    return [(name, _(spelt(name))) for name in names]


def still_placements() -> list[tuple[str, str]]:
    return [(name, _(placement.label)) for name, placement in placements().items() if placement.still]


def film_placements() -> list[tuple[str, str]]:
    return [(name, _(placement.label)) for name, placement in placements().items() if placement.moving]


def film_aspects() -> list[tuple[str, str]]:
    """The proportions of the frames that clips are cut to, tall ones first."""
    sizes = [placement.film.size for placement in placements().values() if placement.moving]
    shapes = {size.aspect: size.width / size.height for size in sizes}
    return [(aspect, aspect) for aspect in sorted(shapes, key=shapes.__getitem__)]


def names_of_placements() -> Iterator[str]:
    """What the sheet calls platforms and placements, for the catalogues of words."""
    for placement in placements().values():
        yield placement.label
        yield spelt(placement.platform)


class TickBoxes(forms.CheckboxSelectMultiple):
    """In as many columns as the page has room for: there are dozens of placements."""

    class Media:
        css = {"all": ("missions/several.css",)}

    def __init__(self, attrs: dict[str, Any] | None = None, **options: Any) -> None:
        super().__init__({"class": "at-several", **(attrs or {})}, **options)


class Several(models.JSONField):
    """Some of a set of options, kept as a list of their names in the options' order."""

    def __init__(self, *arguments: Any, options: Options, **keywords: Any) -> None:
        self.options = options
        keywords.setdefault("default", list)
        super().__init__(*arguments, **keywords)

    def deconstruct(self) -> Any:
        name, _path, arguments, keywords = super().deconstruct()
        return name, "django.db.models.JSONField", arguments, keywords

    def clone(self) -> "Several":
        _name, _path, arguments, keywords = super().deconstruct()
        return type(self)(*arguments, options=self.options, **keywords)

    def formfield(self, **keywords: Any) -> forms.Field:
        keywords = {"widget": TickBoxes, **keywords}
        return forms.MultipleChoiceField(
            choices=self.options,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=keywords["widget"],
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        known = {name for name, _label in self.options()}
        unknown = [name for name in value if name not in known]
        if unknown:
            raise ValidationError(_("“%(name)s” is not in the list."), params={"name": unknown[0]})
