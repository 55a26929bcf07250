"""Which rows a body of blocks shows: facts, images, drawings and links."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.blocks import StreamValue

from cms.facts.models import Fact
from cms.library.models import Drawing, Image
from cms.links.models import Link


class Referenced(NamedTuple):
    """The rows that are there, each once, in order of appearance."""

    facts: list[Fact]
    images: list[Image]
    drawings: list[Drawing]
    links: list[Link]


def referenced(body: StreamValue) -> Referenced:
    rows = dict.fromkeys(row for child in body for row in _rows(child.block, child.value))
    kinds = ([row for row in rows if isinstance(row, kind)] for kind in (Fact, Image, Drawing, Link))
    return Referenced(*kinds)


def images_of(child: StreamValue.StreamChild) -> list[Image]:
    """The image of each picture of a block, in the library's order of its pictures."""
    return [row for row in _rows(child.block, child.value) if isinstance(row, Image)]


def vanished(body: StreamValue) -> list[str]:
    """A sentence for each stored reference whose row is gone: it would show nothing where something was."""
    gone = []
    for entry in body.raw_data:
        block = body.stream_block.child_blocks[entry["type"]]
        for model, key in _keys(block, entry["value"]):
            if not model.objects.filter(pk=key).exists():
                gone.append(
                    gettext("%(block)s shows a %(kind)s that no longer exists. Choose another.")
                    % {"block": block.label, "kind": model._meta.verbose_name}
                )
    return gone


def _rows(block: blocks.Block, value: Any) -> Iterator[Model]:
    match block:
        case blocks.ChooserBlock():
            if value is not None:
                yield value
        case blocks.StructBlock():
            for name, child in block.child_blocks.items():
                yield from _rows(child, value.get(name))
        case blocks.ListBlock():
            for entry in value:
                yield from _rows(block.child_block, entry)


def _keys(block: blocks.Block, raw: Any) -> Iterator[tuple[type[Model], Any]]:
    """References as they are stored, before Wagtail turns those without a row into nothing."""
    match block:
        case blocks.ChooserBlock():
            if raw is not None:
                yield block.model_class, raw
        case blocks.StructBlock():
            for name, child in block.child_blocks.items():
                yield from _keys(child, (raw or {}).get(name))
        case blocks.ListBlock():
            for entry in raw or ():
                yield from _keys(block.child_block, entry["value"] if block._item_is_in_block_format(entry) else entry)
