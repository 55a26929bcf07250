"""Form fields for what a design shows by reference: pictures, maps and logos, facts and links."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.facts.models import Fact
from cms.library.choosers import DrawingChooserBlock
from cms.library.models import Drawing, Image
from cms.links.models import Link as LinkRow
from media_tools.errors import InvalidInput

_NAMED = 4  # names of a map in the sentence about one that it lacks


@dataclass
class Reading:
    """A body being read: in which language, and what stood in the way."""

    language: str
    problems: list[InvalidInput] = field(default_factory=list)


class PictureForm(blocks.StructBlock):
    """A picture of the library, and what it shows here in the design's language."""

    def __init__(self, *, required: bool = True, **options: Any) -> None:
        alt = blocks.CharBlock(
            label=_("Alt text"), required=False, max_length=1000,
            help_text=_("What the picture shows, for people who cannot see it. Empty: the image's own description."),
        )  # fmt: skip
        image = ImageChooserBlock(label=_("Image"), required=required)
        super().__init__([("image", image), ("alt", alt)], **options)

    def read(self, value: blocks.StructValue, reading: Reading) -> dict[str, Any]:
        image: Image | None = value.get("image")
        if image is None:
            return {}
        return {
            "path": image.file_name,
            "focal": list(image.focal),
            "alt": value.get("alt") or image.description,
            "credit": image.credit,
            "licence": image.licence,
        }


class FigureForm(blocks.StructBlock):
    """A sourced fact, or a figure typed by hand where there is no fact yet."""

    fact = SnippetChooserBlock(
        "facts.fact", label=_("Fact"), required=False, help_text=_("Always its latest value, until you submit.")
    )
    label = blocks.CharBlock(
        label=_("Words under the figure"), required=False, max_length=120, help_text=_("Empty: the fact's own words.")
    )
    unit = blocks.CharBlock(
        label=_("Unit"), required=False, max_length=24, help_text=_("Beside the amount: a day, of 98.")
    )
    value = blocks.DecimalBlock(label=_("Amount, typed"), required=False, help_text=_("Only where no fact is chosen."))
    notation = blocks.ChoiceBlock(label=_("Written as"), choices=Fact.Notation.choices, required=False)
    bound = blocks.ChoiceBlock(label=_("How exact"), choices=Fact.Bound.choices, required=False)
    as_of = blocks.CharBlock(label=_("As of"), required=False, max_length=40)
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=160)

    class Meta:
        form_layout = blocks.BlockGroup(
            children=["fact", "label", "unit"], settings=["value", "notation", "bound", "as_of", "source"]
        )
        label_format = "{fact} {label}"

    def read(self, value: blocks.StructValue, reading: Reading) -> dict[str, Any]:
        fact: Fact | None = value.get("fact")
        if fact is None:
            typed = {name: value.get(name) for name in self.child_blocks if name != "fact"}
            return {name: entry for name, entry in typed.items() if entry not in (None, "")}
        if not fact.live:
            why = gettext("is a draft that nobody has published.")
            reading.problems.append(InvalidInput(f"fact {fact.key}", why, gettext("Publish the fact, then submit.")))
        try:
            figure = fact.to_spec(reading.language).model_dump(mode="json")
        except InvalidInput as problem:
            reading.problems.append(problem)
            return {}
        return {**figure, **{name: value[name] for name in ("label", "unit") if value.get(name)}}


class LinkInput(SnippetChooserBlock):
    """One of the ministry's short links."""

    def __init__(self, **options: Any) -> None:
        super().__init__("links.link", **options)

    def read(self, value: LinkRow | None, reading: Reading) -> dict[str, Any]:
        return {"url": value.address} if value else {}


class ArtworkInput(DrawingChooserBlock):
    """A map or a logo of the library."""

    def read(self, value: Drawing | None, reading: Reading) -> dict[str, Any]:
        if value is None:
            return {}
        told = {name: getattr(value, name) for name in ("credit", "licence", "approved_by", "as_of")}
        return {"path": value.file_name, **told}


class PlaceInput(forms.TextInput):
    """Offers the names of the map that is chosen beside it, by a script."""

    class Media:
        js = ("infographics/places.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        names = reverse("parts_of_drawing", args=[0])
        return super().get_context(name, value, {**(attrs or {}), "data-places": names, "autocomplete": "off"})


def not_on(drawing: Drawing, name: str) -> tuple[str, str]:
    """What is wrong, and what to do."""
    why = gettext("“%(place)s” is no name in “%(drawing)s”.") % {"place": name, "drawing": drawing}
    parts = {part.casefold(): part for part in drawing.parts}
    near = [parts[part] for part in get_close_matches(name.casefold(), parts, n=_NAMED)] or drawing.parts[:_NAMED]
    if not near:
        return why, gettext("Nothing in it has one. Give its shapes names in the drawing program, and upload it again.")
    return why, gettext("Choose one of those that are offered, such as %(names)s.") % {"names": ", ".join(near)}
