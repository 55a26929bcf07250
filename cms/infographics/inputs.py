"""An editor's form for each block of media_tools, made from the block's own fields."""

from collections.abc import Callable, Iterator
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
from wagtail.blocks.list_block import ListBlockValidationError

from cms.infographics.chosen import ArtworkInput, FigureForm, LinkInput, PictureForm, PlaceInput, Reading, not_on
from cms.library.models import Drawing
from media_tools.blocks import Block
from media_tools.blocks.map import Map, MapPlace
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
_WHOLE = "the file"
"""What a problem calls its place where it concerns a value as a whole."""


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
        errors = dict(self.errors(cleaned))
        whole = errors.pop(_WHOLE, None)
        if errors or whole:
            raise blocks.StructBlockValidationError(block_errors=errors, non_block_errors=whole and [whole])
        return cleaned

    def errors(self, value: blocks.StructValue) -> Iterator[tuple[str, ValidationError]]:
        """What the library says of each field; facts and links are judged at submission, in the design's language."""
        plain = {name for name, child in self.child_blocks.items() if isinstance(child, blocks.FieldBlock)}
        kind = {_KIND: self.model.model_fields[_KIND].default} if _KIND in self.model.model_fields else {}
        reading = Reading("en")
        try:
            self.model.model_validate({**kind, **self.read(value, reading)})
        except NotValid as error:
            for problem in problems(error):
                chosen = isinstance(self.child_blocks.get(problem.field), blocks.ChooserBlock)
                if (problem.field in plain and not chosen) or (problem.field == _WHOLE and not reading.problems):
                    yield problem.field, ValidationError(f"{problem.why} {problem.remedy}")


class PlaceForm(ValueForm):
    """A place by a name that it has in the map."""

    def __init__(self, model: type[BaseModel], **options: Any) -> None:
        super().__init__(model, **options)
        self.child_blocks["place"].field.widget = PlaceInput()


class MapForm(ValueForm):
    """A map that somebody approved, and places that are on it."""

    def read(self, value: blocks.StructValue, reading: Reading) -> dict[str, Any]:
        reading.problems += self._nowhere(value).values()
        return super().read(value, reading)

    def errors(self, value: blocks.StructValue) -> Iterator[tuple[str, ValidationError]]:
        yield from super().errors(value)
        drawing: Drawing | None = value.get("artwork")
        if drawing and not drawing.approved_by:
            lacking = gettext("Nobody has approved “%(drawing)s” as a map. Say who did, in the library.")
            yield "artwork", ValidationError(lacking % {"drawing": drawing})
        nowhere = {
            row: blocks.StructBlockValidationError({"place": ValidationError(f"{problem.why} {problem.remedy}")})
            for row, problem in self._nowhere(value).items()
        }
        if nowhere:
            yield "places", ListBlockValidationError(nowhere)

    def _nowhere(self, value: blocks.StructValue) -> dict[int, InvalidInput]:
        """What is wrong with the rows whose place is not on the map."""
        drawing: Drawing | None = value.get("artwork")
        if drawing is None:
            return {}
        named = {row: place.get("place") for row, place in enumerate(value.get("places") or ())}
        return {
            row: InvalidInput(str(self.label), *not_on(drawing, name))
            for row, name in named.items()
            if name and not drawing.has_part(name)
        }


_OWN: dict[Any, type[blocks.Block]] = {
    Picture: PictureForm, Figure: FigureForm, Link: LinkInput, Artwork: ArtworkInput,
}  # fmt: skip
_FORMS: dict[type[BaseModel], type[ValueForm]] = {Map: MapForm, MapPlace: PlaceForm}
"""Values whose fields are asked for as those of any other, but know of each other."""
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
        case ValueForm() | PictureForm() | FigureForm() | LinkInput() | ArtworkInput():
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
        return form_of(kind, label=options["label"])
    raise TypeError(f"There is no form field for {kind}.")


def _rows(kind: Any, spec: FieldInfo, options: dict[str, Any]) -> blocks.ListBlock:
    row = _OWN[kind]() if kind in _OWN else form_of(kind)
    return blocks.ListBlock(
        row, min_num=limit(spec, "min_length"), max_num=limit(spec, "max_length"), label=options["label"],
        help_text=options["help_text"],
    )  # fmt: skip


def _asked(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """The fields that a form has of a value."""
    beside = _BESIDE if issubclass(model, Block) else ()
    return [(name, spec) for name, spec in model.model_fields.items() if name not in beside]


def form_of(model: type[BaseModel], **options: Any) -> ValueForm:
    return _FORMS.get(model, ValueForm)(model, **options)


def limit(spec: FieldInfo, name: str) -> int | None:
    return next((getattr(rule, name) for rule in spec.metadata if hasattr(rule, name)), None)


def _readable(name: str) -> str:
    return name.replace("_", " ").capitalize().replace("Qr", "QR")


def spoken(words: str | None) -> Any:
    """Words that stand in the library, translated when they are shown."""
    return _(words.strip()) if words else ""


def words_of_forms() -> Iterator[str]:
    """What the forms say that stands in no code of the site: names of blocks and fields, and what the library says."""
    for name, block in BLOCKS.items():
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
    (name, form_of(block, label=spoken(_readable(name)), help_text=spoken(block.__doc__)))
    for name, block in BLOCKS.items()
]
"""Every block, by its stored name."""
