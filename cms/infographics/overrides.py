"""What single placements show in another way, kept by ids of blocks and images: they may move."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Model
from django.utils.text import Truncator
from django.utils.translation import gettext
from pydantic import Field, model_validator
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue

from cms.infographics.inputs import limit
from cms.infographics.references import images_of
from cms.library.models import Image
from media_tools.platforms import placements
from media_tools.spec import Spec, Words
from media_tools.spec.override import Crop, Override
from media_tools.spec.picture import Share

LONGEST = limit(Override.model_fields["headline"], "max_length")
"""Letters of another headline."""
_NAMED = 40  # letters of a block's own words, to know it by

type Raw = Mapping[str, Any]


class Reframed(Spec):
    """Another part of an image in a block; rows of the block may be moved."""

    block: str = Field(min_length=1, max_length=64)
    image: int
    focal: tuple[Share, Share]


class Difference(Spec):
    """What one placement shows in another way than the rest."""

    placement: str
    headline: Words = Field(default="", max_length=LONGEST)
    hidden: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    crops: tuple[Reframed, ...] = ()

    @property
    def empty(self) -> bool:
        return self == Difference(placement=self.placement)


class Differences(Spec):
    """What a row is to keep."""

    overrides: tuple[Difference, ...]

    @model_validator(mode="after")
    def _each_placement_once(self) -> "Differences":
        names = [each.placement for each in self.overrides]
        for name in names:
            if name not in placements():
                raise ValueError(gettext("name “%(name)s”, which is no placement. Take it out.") % {"name": name})
            if names.count(name) > 1:
                raise ValueError(gettext("name %(placement)s twice. Keep one.") % {"placement": label_of(name)})
        return self


def as_overrides(kept: Sequence[Raw], body: StreamValue, ticked: Collection[str]) -> list[dict[str, Any]]:
    """As the story's file says it, without what names placements, blocks and images that are not there."""
    images = {child.id: images_of(child) for child in body if child.id}
    there = (_as_there(each, images) for each in _read(kept) if each.placement in ticked)
    return [
        override.model_dump(mode="json") for override in there if override != Override(placement=override.placement)
    ]


def named(overrides: Sequence[Raw]) -> frozenset[str]:
    """The keys of the blocks that are spoken of."""
    keys = ([*each["hidden"], *each["order"], *(crop["block"] for crop in each["crops"])] for each in overrides)
    return frozenset(key for several in keys for key in several)


def in_words(kept: Sequence[Raw], body: StreamValue) -> str:
    """A line for each difference, for people who compare two versions."""
    blocks = {child.id: name_of(child) for child in body}
    images = {image.pk: image.title for child in body for image in images_of(child)}
    return "\n".join(line for each in _read(kept) for line in _lines(each, blocks, images))


def checked(raw: Any) -> tuple[Difference, ...]:
    """What somebody sent. Raises pydantic's ValidationError."""
    return Differences.model_validate({"overrides": raw}).overrides


def label_of(placement: str) -> str:
    slot = placements().get(placement)
    return gettext(slot.label) if slot else placement


def name_of(child: StreamValue.StreamChild) -> str:
    """A block by its kind and its first words."""
    words = next(_words(child.value), "")
    return f"{child.block.label}: {Truncator(words).chars(_NAMED)}" if words else str(child.block.label)


def _read(kept: Sequence[Raw]) -> Iterator[Difference]:
    """What a row keeps: placements among it may have left the sheet since."""
    return (Difference.model_validate(each) for each in kept)


def _as_there(difference: Difference, images: Mapping[str, Sequence[Image]]) -> Override:
    return Override(
        placement=difference.placement,
        headline=difference.headline,
        hidden=tuple(key for key in difference.hidden if key in images),
        order=tuple(key for key in difference.order if key in images),
        crops=tuple(crop for each in difference.crops for crop in _crops(each, images.get(each.block, ()))),
    )


def _crops(reframed: Reframed, images: Sequence[Image]) -> Iterator[Crop]:
    for place, image in enumerate(images):
        if image.pk == reframed.image:
            yield Crop(block=reframed.block, picture=place, focal=reframed.focal)


def _lines(difference: Difference, blocks: Mapping[str, str], images: Mapping[int, str]) -> Iterator[str]:
    gone = gettext("a block that is gone")
    told = []
    if difference.headline:
        told.append(gettext("another headline: “%(words)s”") % {"words": difference.headline})
    told += [gettext("not shown: %(block)s") % {"block": blocks.get(key, gone)} for key in difference.hidden]
    if difference.order:
        first = "; ".join(blocks.get(key, gone) for key in difference.order)
        told.append(gettext("first come: %(blocks)s") % {"blocks": first})
    for crop in difference.crops:
        x, y = (round(100 * share) for share in crop.focal)
        image = images.get(crop.image, gettext("a picture that is gone"))
        told.append(
            gettext("%(image)s around %(x)s %% from the left, %(y)s %% from the top") % {"image": image, "x": x, "y": y}
        )
    yield from (f"{label_of(difference.placement)}: {line}" for line in told)


def _words(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield from filter(None, [value.strip()])
        case Model():
            yield str(value)
        case StructValue():
            for each in value.values():
                yield from _words(each)
        case ListValue():
            for each in value:
                yield from _words(each)
