"""Blocks filled to the limits of their fields, as the schema allows an editor to fill them."""

from dataclasses import replace
from itertools import combinations, cycle, islice, product

import pytest
from annotated_types import MaxLen

from media_tools.blocks.map import MapPlace
from media_tools.errors import DoesNotFit
from media_tools.infographic import BLOCKS
from media_tools.layout.frame import Frame, Paragraph, walk
from media_tools.layout.page import Page
from media_tools.spec import Spec
from media_tools.spec.geometry import Box, Size

WORDS = "harbour offices answer nine thousand calls about lost boats and late ferries every year "
PLACEMENTS = ("instagram.feed_portrait", "instagram.story", "x.post", "print.a4", "screen.hd")
SHARES = (1, 0.45)  # of the box's width: alone, and beside another block
SLACK = 0.5
ISLAND = ("Northern coast", "Eastern cape", "Delta", "Southern hills", "Western shore", "Highlands", "Islands", "lake")


def fullest(value: object, most: int | None = None) -> object:
    """`value` with every text and list as long as its field takes."""
    match value:
        case Spec():
            fields = type(value).model_fields
            filled = {name: fullest(getattr(value, name), _most(field.metadata)) for name, field in fields.items()}
            return type(value).model_validate(filled)
        case str() if most and "://" in value:
            return (value + "/" + "pier-" * most)[:most]
        case str() if most:
            return (WORDS * most)[:most].strip().ljust(most, "s")
        case tuple() if most and isinstance(value[0], MapPlace):  # each once
            return tuple(fullest(value[0].model_copy(update={"place": name})) for name in ISLAND)
        case tuple() if most:
            return tuple(fullest(item) for item in islice(cycle(value), most))
        case _:
            return value


def _most(metadata: list[object]) -> int | None:
    return next((each.max_length for each in metadata if isinstance(each, MaxLen)), None)


def at_least(block: Spec, width: float, page: Page) -> Frame | None:
    """The block at its least height; None where it says that it does not fit this width."""
    try:
        return block.layout(Size(width, block.least(width, page)), page)
    except DoesNotFit:
        return None


every_block = pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
for_readers_and_passers_by = pytest.mark.parametrize("scannable", [False, True], ids=["reader", "passer-by"])


@for_readers_and_passers_by
@every_block
def test_a_block_filled_to_the_limits_stays_inside_or_says_that_it_does_not_fit(block, scannable, empty_page):
    outside = []

    for placement, share in product(PLACEMENTS, SHARES):
        page = replace(empty_page(placement), scannable=scannable)
        width = share * page.box.width
        if (frame := at_least(fullest(block.example()), width, page)) is not None:
            room = Box(0, 0, width, frame.size.height)
            outside += [
                (placement, share, text_of(found.item)) for found in walk(frame) if room.overhang(found.box) > SLACK
            ]

    assert outside == []


@for_readers_and_passers_by
@every_block
def test_no_two_texts_of_a_full_block_overlap(block, scannable, empty_page):
    over = []

    for placement, share in product(PLACEMENTS, SHARES):
        page = replace(empty_page(placement), scannable=scannable)
        if (frame := at_least(fullest(block.example()), share * page.box.width, page)) is not None:
            texts = [found for found in walk(frame) if isinstance(found.item, Paragraph)]
            pairs = ((one, other) for one, other in combinations(texts, 2) if _meet(one.box, other.box))
            over += [(placement, share, one.item.text, other.item.text) for one, other in pairs]

    assert over == []


@for_readers_and_passers_by
@every_block
def test_no_line_of_a_full_block_is_wider_than_its_box(block, scannable, empty_page):
    tight = []

    for placement, share in product(PLACEMENTS, SHARES):
        page = replace(empty_page(placement), scannable=scannable)
        if (frame := at_least(fullest(block.example()), share * page.box.width, page)) is not None:
            texts = [found for found in walk(frame) if isinstance(found.item, Paragraph)]
            wide = (found for found in texts if page.type.widest_line(found.item) > found.box.width + SLACK)
            tight += [(placement, share, found.item.text) for found in wide]

    assert tight == []


def text_of(item: object) -> str:
    return item.text if isinstance(item, Paragraph) else type(item).__name__


def _meet(one: Box, other: Box) -> bool:
    shared = one.overlap(other)
    return shared is not None and min(shared.width, shared.height) > SLACK
