"""An editor's form for each block of media_tools, made from the block's own fields."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, get_args, get_origin

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel
from pydantic import ValidationError as NotValid
from pydantic.fields import FieldInfo
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.facts.models import Fact
from cms.library.models import Image
from cms.links.models import Link as LinkRow
from media_tools.blocks import Block
from media_tools.errors import InvalidInput
from media_tools.infographic import BLOCKS
from media_tools.open.document import problems
from media_tools.spec.artwork import Artwork
from media_tools.spec.figure import Figure
from media_tools.spec.link import Link
from media_tools.spec.picture import Picture

_KIND = "block"
_BESIDE = (_KIND, "key")
"""The fields that name a block's kind and the block itself: StreamField keeps those beside the value."""


@dataclass
class Reading:
    """A body being read: in which language, and what stood in the way."""

    language: str
    problems: list[InvalidInput] = field(default_factory=list)


class ValueForm(blocks.StructBlock):
    """Asks for the fields of one frozen value, and reads them back as that value's JSON."""

    def __init__(self, model: type[BaseModel], **options: Any) -> None:
        self.model = model
        fields = [(name, input_for(name, spec)) for name, spec in _asked(model)]
        super().__init__(fields, **options)

    def read(self, value: blocks.StructValue, reading: Reading) -> dict[str, Any]:
        """What is filled in, as JSON."""
        read = {name: read_input(child, value.get(name), reading) for name, child in self.child_blocks.items()}
        return {name: entry for name, entry in read.items() if entry not in (None, "", [], {})}

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation:  # drafts and previews may be unfinished
            return cleaned
        errors = dict(self._errors(cleaned))
        if errors:
            raise blocks.StructBlockValidationError(block_errors=errors)
        return cleaned

    def _errors(self, value: blocks.StructValue) -> Iterator[tuple[str, ValidationError]]:
        """What the library says of each field; facts and links are judged at submission, in the design's language."""
        plain = {name for name, child in self.child_blocks.items() if isinstance(child, blocks.FieldBlock)}
        kind = {_KIND: self.model.model_fields[_KIND].default} if _KIND in self.model.model_fields else {}
        try:
            self.model.model_validate({**kind, **self.read(value, Reading("en"))})
        except NotValid as error:
            for problem in problems(error):
                if problem.field in plain and not isinstance(self.child_blocks[problem.field], blocks.ChooserBlock):
                    yield problem.field, ValidationError(f"{problem.why} {problem.remedy}")


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


_OWN: dict[Any, type[blocks.Block]] = {Picture: PictureForm, Figure: FigureForm, Link: LinkInput}
_PLAIN: dict[Any, Callable[[FieldInfo, dict[str, Any]], blocks.Block]] = {
    str: lambda spec, options: blocks.CharBlock(max_length=limit(spec, "max_length"), **options),
    bool: lambda _spec, options: blocks.BooleanBlock(**{**options, "required": False}),
    int: lambda _spec, options: blocks.IntegerBlock(**options),
    Decimal: lambda _spec, options: blocks.DecimalBlock(**options),
}


def input_for(name: str, spec: FieldInfo) -> blocks.Block:
    """The form field of one field of a value."""
    options = {"label": spoken(_readable(name)), "help_text": spoken(spec.description), "required": spec.is_required()}
    return _input(spec.annotation, spec, options)


def read_input(child: blocks.Block, value: Any, reading: Reading) -> Any:
    """A form field's content as JSON; None where nothing is filled in."""
    match child:
        case ValueForm() | PictureForm() | FigureForm() | LinkInput():
            return child.read(value, reading) if value else None
        case blocks.ListBlock():
            return [read_input(child.child_block, entry, reading) for entry in value or ()]
        case blocks.DecimalBlock():
            return None if value is None else str(value)
        case blocks.FieldBlock():
            return value
        case _:
            raise TypeError(f"There is no way to read a {type(child).__name__}.")


def _input(kind: Any, spec: FieldInfo, options: dict[str, Any]) -> blocks.Block:
    if get_origin(kind) is tuple:
        return _rows(get_args(kind)[0], spec, options)
    inner = [part for part in get_args(kind) if part is not type(None)]
    if inner and get_origin(kind) is not Literal:  # optional: int | None
        return _input(inner[0], spec, {**options, "required": False})
    if kind in _OWN:
        return _OWN[kind](**options)
    if kind in _PLAIN:
        return _PLAIN[kind](spec, options)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return blocks.ChoiceBlock(choices=[(member.value, member.value) for member in kind], **options)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return ValueForm(kind, label=options["label"])
    raise TypeError(f"There is no form field for {kind}.")


def _rows(kind: Any, spec: FieldInfo, options: dict[str, Any]) -> blocks.ListBlock:
    row = _OWN[kind]() if kind in _OWN else ValueForm(kind)
    return blocks.ListBlock(
        row, min_num=limit(spec, "min_length"), max_num=limit(spec, "max_length"), label=options["label"],
        help_text=options["help_text"],
    )  # fmt: skip


def _asked(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """The fields that a form has of a value."""
    beside = _BESIDE if issubclass(model, Block) else ()
    return [(name, spec) for name, spec in model.model_fields.items() if name not in beside and not _drawn(spec)]


def _drawn(spec: FieldInfo) -> bool:
    """Whether it asks for a drawing, which the library of the site does not keep."""
    return Artwork in (spec.annotation, *get_args(spec.annotation))


def _offered() -> dict[str, type[Block]]:
    """The blocks that can be filled in here: a map cannot without its drawing."""
    return {
        name: block
        for name, block in BLOCKS.items()
        if not any(_drawn(spec) and spec.is_required() for spec in block.model_fields.values())
    }


def limit(spec: FieldInfo, name: str) -> int | None:
    return next((getattr(rule, name) for rule in spec.metadata if hasattr(rule, name)), None)


def _readable(name: str) -> str:
    return name.replace("_", " ").capitalize().replace("Qr", "QR")


def spoken(words: str | None) -> Any:
    """Words that stand in the library, translated when they are shown."""
    return _(words.strip()) if words else ""


def words_of_forms() -> Iterator[str]:
    """What the forms say that stands in no code of the site: names of blocks and fields, and what the library says."""
    for name, block in _offered().items():
        yield _readable(name)
        yield from filter(None, [(block.__doc__ or "").strip()])
        yield from _words_of_fields(block)


def _words_of_fields(model: type[BaseModel]) -> Iterator[str]:
    for name, spec in _asked(model):
        yield _readable(name)
        yield from filter(None, [(spec.description or "").strip()])
        for part in (spec.annotation, *get_args(spec.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel) and part not in _OWN:
                yield from _words_of_fields(part)


BLOCK_FORMS = [
    (name, ValueForm(block, label=spoken(_readable(name)), help_text=spoken(block.__doc__)))
    for name, block in _offered().items()
]
"""Every block that can be filled in here, by its stored name."""
