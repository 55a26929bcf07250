from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from media_tools import blocks as package
from media_tools.errors import DoesNotFit
from media_tools.infographic import BLOCKS
from media_tools.layout.frame import Paragraph, walk
from media_tools.layout.mirror import UNMIRRORED, mirror
from media_tools.platforms import Use
from media_tools.spec.geometry import Box, Size
from tests.media_tools.slots import UNLIKE

STILLS = {placement.name: placement for placement in UNLIKE}
ONE_OF_EACH_USE = tuple({placement.use: name for name, placement in STILLS.items()}.values())
SLACK = 0.5  # px: what blocks themselves allow

every_block = pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
every_still = pytest.mark.parametrize("placement", STILLS)


def test_every_file_is_a_block():
    files = {path.stem for path in Path(package.__file__).parent.glob("*.py")} - {"__init__"}

    assert set(BLOCKS) == files


@every_block
def test_a_block_is_stored_under_the_name_of_its_file(block):
    assert BLOCKS[block.example().block] is block


@every_block
def test_a_block_survives_being_stored(block):
    example = block.example()

    assert block.model_validate_json(example.model_dump_json()) == example


@every_block
def test_a_block_says_what_it_is_for(block):
    assert block.__doc__
    assert block.__doc__.strip().endswith(".")


@every_block
def test_a_block_refuses_a_field_it_does_not_know(block):
    with pytest.raises(ValidationError, match="extra_forbidden"):
        block.model_validate(block.example().model_dump() | {"colour": "#FF0000"})


@every_still
@every_block
def test_example_lies_inside_its_least_height_at_full_width(block, placement, empty_page):
    page, example = empty_page(placement), block.example()
    size = Size(page.box.width, example.least(page.box.width, page))

    frame = example.layout(size, page)

    room = Box(0, 0, size.width, size.height)
    assert max(room.overhang(found.box) for found in walk(frame)) <= SLACK
    assert STILLS[placement].use is Use.COVER or size.height <= page.box.height


@every_still
@every_block
def test_example_lies_inside_any_height_it_is_given(block, placement, empty_page):
    page, example = empty_page(placement), block.example()
    least, most = (measure(page.box.width, page) for measure in (example.least, example.most))
    assert least <= most

    for height in (least, (least + most) / 2, most, most * 1.5):
        size = Size(page.box.width, height)
        room = Box(0, 0, size.width, size.height)
        assert max(room.overhang(found.box) for found in walk(example.layout(size, page))) <= SLACK


@every_block
def test_no_example_is_squeezed_below_its_least_height(block, empty_page):
    for placement in ONE_OF_EACH_USE:
        page, example = empty_page(placement), block.example()
        least = example.least(page.box.width, page)

        with pytest.raises(DoesNotFit) as refusal:
            example.layout(Size(page.box.width, least - 2), page)

        assert refusal.value.needed == pytest.approx(least, abs=SLACK)


@every_still
@every_block
def test_every_line_of_an_example_is_legible_and_inside_its_box(block, placement, empty_page):
    page, example = empty_page(placement), block.example()
    frame = example.layout(Size(page.box.width, example.least(page.box.width, page)), page)

    for found in walk(frame):
        if isinstance(found.item, Paragraph):
            assert min(run.style.size for run in found.item.runs) >= page.legible - 0.01
            assert page.type.widest_line(found.item) <= found.box.width + SLACK
            assert page.type.missing(found.item) == ()


@every_still
@every_block
def test_from_the_right_a_block_is_its_own_mirror_image(block, placement, empty_page):
    page, example = empty_page(placement), block.example()
    size = Size(page.box.width, example.most(page.box.width, page))
    from_left = example.layout(size, page)
    from_right = mirror(example.layout(size, replace(page, right_to_left=True)))

    for here, there in zip(walk(from_left), walk(from_right), strict=True):
        assert type(here.item) is type(there.item)
        if not UNMIRRORED & set(here.names):
            assert there.box.x == pytest.approx(from_left.size.width - here.box.right, abs=1)
            assert there.box.y == pytest.approx(here.box.y, abs=1)
            assert there.box.width == pytest.approx(here.box.width, abs=1)
            assert there.box.height == pytest.approx(here.box.height, abs=1)


@every_block
def test_what_can_be_left_out_ends_and_goes_by_rank(block):
    rungs, last = [], block.example()

    while last is not None and (leaner := last.leaner()) is not None:
        rungs.append(leaner)
        last = leaner.remains

    assert all(rung.what for rung in rungs)
    assert [rung.rank for rung in rungs] == sorted(rung.rank for rung in rungs)


@pytest.mark.parametrize("placement", ONE_OF_EACH_USE)
@pytest.mark.parametrize("scannable", [True, False])
def test_a_call_shows_a_code_only_where_a_second_device_sees_it(placement, scannable, empty_page):
    page = replace(empty_page(placement), scannable=scannable)
    call = BLOCKS["qr_call"].example()

    frame = call.layout(Size(page.box.width, call.most(page.box.width, page)), page)

    names = {name for found in walk(frame) for name in (*found.names, getattr(found.item, "name", ""))}
    texts = [found.item.text for found in walk(frame) if isinstance(found.item, Paragraph)]
    assert ("qr" in names) is scannable
    assert texts == [call.verb, call.link.spoken]


def test_an_address_is_written_from_the_left_in_every_language(empty_page):
    page = empty_page("telegram.post", "ar")
    call = BLOCKS["qr_call"].example()

    frame = call.layout(Size(900, call.least(900, page)), page)

    directions = [found.item.right_to_left for found in walk(frame) if isinstance(found.item, Paragraph)]
    assert directions == [True, False]


def test_an_address_that_misses_its_line_by_a_px_stands_under_its_words(empty_page):
    """A line may be as wide as its room by one measure, and break by another."""
    page = empty_page("linkedin.post")
    call = BLOCKS["qr_call"].example()

    for quarter in range(1600, 2400):
        frame = call.layout(Size(quarter / 4, 400), page)

        assert max(placed.at.y + placed.item.size.height for placed in frame.items) <= frame.size.height + 0.5
