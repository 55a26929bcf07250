"""Pages of paper: blocks in rows on twelve columns, read from the start of a row to its end, then the next row."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, islice, pairwise

import pytest

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit
from media_tools.infographic import BLOCKS, Infographic, LaidOut, lay_out
from media_tools.layout.frame import Fill, Found, Frame, Paragraph, Photograph, walk
from media_tools.layout.grid import COLUMNS, Grid
from media_tools.layout.mirror import UNMIRRORED, mirror
from media_tools.layout.page import Page
from media_tools.platforms import placements
from media_tools.spec.colour import WHITE
from media_tools.spec.geometry import Box, Size

PHOTO = ("headline", "photo", "key_figures", "bar_chart", "qr_call")
WORDS = ("headline", "pictogram", "key_figures", "timeline", "line_chart", "table", "qr_call")
LONG = ("headline", "photo", "key_figures", "column_chart", "timeline", "quote", "steps", "qr_call")
FULL = (
    "headline", "photo", "key_figures", "column_chart", "timeline", "quote", "steps", "facts_list", "table",
    "comparison", "line_chart", "qr_call",
)  # fmt: skip
STORIES = [(PHOTO, "print.a4"), (WORDS, "print.a4"), (LONG, "print.a4"), (FULL, "print.a4"), (FULL, "print.a3")]
EVIDENCE = sorted(name for name, block in BLOCKS.items() if block.part not in (Part.HEADLINE, Part.CALL, Part.PARTNERS))
STRETCHED = {"photo", "photo_grid", "line_chart", "column_chart", "map"}
"""Blocks that take any height between their least and their most."""
EDGE = 1.0  # px
POINT = 300 / 72  # px of the sheets' 300 dpi
MM = 300 / 25.4

every_story = pytest.mark.parametrize(("names", "placement"), STORIES, ids=lambda value: str(value)[:30])
every_language = pytest.mark.parametrize("language", ["en", "vi", "ar"])


@pytest.fixture(scope="module")
def print_out(kit, typesetter):
    @cache
    def laid(names: tuple[str, ...], placement: str = "print.a4", language: str = "en", theme: str = "") -> LaidOut:
        blocks = [BLOCKS[name].example() for name in names]
        told = {"version": 1, "language": language, "theme": theme, "source": "Harbour Office, 2026"}
        return lay_out(Infographic.model_validate({**told, "blocks": blocks}), placements()[placement], kit, typesetter)

    return laid


def shown(laid: LaidOut) -> list[tuple[str, Box]]:
    """Each block with its place, as for languages that run from the left."""
    frame = mirror(laid.frame) if laid.page.right_to_left else laid.frame
    blocks = BLOCKS.keys() - {"headline"}
    return [
        (found.item.name, found.box)
        for found in walk(frame)
        if isinstance(found.item, Frame) and found.item.name in blocks and not blocks & set(found.names)
    ]


def found(laid: LaidOut, kind: type) -> list[Found]:
    return [each for each in walk(laid.frame) if isinstance(each.item, kind)]


def overlap(one: Box, other: Box) -> float:
    shared = one.overlap(other)
    return min(shared.width, shared.height) if shared else 0


@every_language
@every_story
def test_blocks_are_read_in_their_order_row_by_row(print_out, names, placement, language):
    blocks = shown(print_out(names, placement, language))

    assert [name for name, _ in blocks] == list(names[1:])
    for (_, one), (_, other) in pairwise(blocks):
        assert other.y >= one.bottom - EDGE or other.x >= one.right - EDGE


@every_language
@every_story
def test_no_block_and_no_text_lies_over_another(print_out, names, placement, language):
    laid = print_out(names, placement, language)
    texts = [(each.item.text, seen(each, laid)) for each in found(laid, Paragraph)]

    for boxes in (shown(laid), texts):
        assert [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if overlap(one, other) > EDGE] == []


def seen(found: Found, laid: LaidOut) -> Box:
    """The part of a paragraph's box that its lines take."""
    paragraph, box = found.item, found.box
    width = laid.page.type.widest_line(paragraph)
    left = {"left": box.x, "right": box.right - width, "centre": box.x + (box.width - width) / 2}[paragraph.align]
    return Box(left, box.y, width, box.height)


@every_language
@every_story
def test_everything_but_the_ground_stays_inside_the_margins(print_out, names, placement, language):
    laid = print_out(names, placement, language)
    ground, *rest = laid.frame.items
    inside = Frame(laid.frame.size, tuple(rest), "page")

    outside = [each for each in walk(inside) if each.item is not inside and laid.page.box.overhang(each.box) > EDGE]

    assert outside == []
    assert ground.item == Fill(laid.page.bled.size, WHITE)


@pytest.mark.parametrize(
    "names", [("headline", "photo", "column_chart"), ("headline", "line_chart", "column_chart"), LONG, FULL]
)
def test_feet_of_what_can_be_any_height_are_level_in_a_row(print_out, names):
    laid = print_out(names)
    rows = [each for each in found(laid, Frame) if each.item.name == "row" and len(each.item.items) > 1]
    blocks = shown(laid)

    for row in rows:
        inside = [(name, box) for name, box in blocks if row.box.overhang(box) <= EDGE]
        for name, box in inside:
            under = [
                other for _, other in inside if other.y >= box.bottom and other.x < box.right and other.right > box.x
            ]
            if name in STRETCHED and not under:
                assert box.bottom == pytest.approx(row.box.bottom, abs=EDGE) or at_its_highest(name, box, laid)


def at_its_highest(name: str, box: Box, laid: LaidOut) -> bool:
    """Whether a block has all the height it can use, beside one that needs more."""
    page = replace(laid.page.on(WHITE), ruled=True)
    highest = BLOCKS[name].example().most(box.width, page)
    return box.height >= min(highest, 0.35 * page.size.height) - EDGE


@pytest.mark.parametrize(("names", "placement"), [(FULL, "print.a3"), (FULL, "print.a4")])
def test_twelve_blocks_fit_a_sheet(print_out, names, placement):
    laid = print_out(names, placement)

    assert not laid.left_out
    assert not laid.not_in_theme


def test_most_stories_of_six_to_eight_blocks_fit_a4_whole(print_out):
    picked = [islice(combinations(EVIDENCE, count), 11, None, 977) for count in (4, 5, 6)]
    stories = [("headline", *names, "qr_call") for names in chain.from_iterable(picked)]

    left_out = {names: print_out(names).left_out for names in stories}

    assert sum(not gone for gone in left_out.values()) >= 0.8 * len(stories), left_out


@every_story
def test_a_picture_is_between_a_tenth_and_a_third_of_the_page_high(print_out, names, placement):
    laid = print_out(names, placement)

    heights = [box.height / laid.page.size.height for name, box in shown(laid) if name == "photo"]
    assert all(0.1 < height < 0.36 for height in heights)


@every_story
def test_type_and_rules_have_the_sizes_of_paper(print_out, names, placement):
    laid = print_out(names, placement)
    sizes = {run.style.size / POINT for each in found(laid, Paragraph) for run in each.item.runs}
    page, scale = laid.page, laid.page.size.short / 2480  # A3 is A4 from farther away

    assert min(sizes) >= 7.5 - 0.01
    assert page.hairline / POINT == pytest.approx(0.5 * scale, abs=0.1)
    assert page.heavy / POINT == pytest.approx(1.5 * scale, abs=0.1)


@pytest.mark.parametrize("names", [WORDS, PHOTO])
def test_what_is_read_is_larger_than_who_says_so(print_out, names):
    laid = print_out(names)

    assert 9 <= laid.page.label.size / POINT <= 10.5
    assert 7.5 <= laid.page.small.size / POINT < laid.page.label.size / POINT


@every_story
def test_a_code_on_paper_can_be_scanned_and_is_small(print_out, names, placement):
    laid = print_out(names, placement)
    (code,) = [each.box for each in found(laid, Frame) if each.item.name == "qr"]
    link = BLOCKS["qr_call"].example().link.url

    assert 20 <= code.width / MM <= 42
    assert code.width / laid.page.studio.matrix(link).side / MM >= 0.4


def test_a_page_of_little_says_it_large_and_a_page_of_much_says_it_small(print_out):
    little, much = print_out(("headline", "photo", "qr_call"), "print.a3"), print_out(FULL, "print.a3")

    assert largest(much) < largest(little)
    assert labels(much) < labels(little)


def largest(laid: LaidOut) -> float:
    return max(run.style.size for each in found(laid, Paragraph) for run in each.item.runs)


def labels(laid: LaidOut) -> float:
    """The size of the address beside the code, which is that of labels."""
    (size,) = {
        run.style.size
        for each in found(laid, Paragraph)
        for run in each.item.runs
        if run.text == BLOCKS["qr_call"].example().link.spoken
    }
    return size


def test_in_the_ledger_blocks_stand_in_the_same_rows(print_out):
    laid = print_out(("headline", "key_figures", "bar_chart", "table", "qr_call"), theme="ledger")

    assert not laid.left_out
    assert any(each.item.name == "row" for each in found(laid, Frame))


def test_a_page_without_blocks_is_a_headline_and_who_speaks(print_out):
    laid = print_out(("headline",))

    names = {each.item.name for each in found(laid, Frame)}
    assert {"headline", "footer"} <= names
    assert not found(laid, Photograph)


@pytest.fixture(scope="module")
def ruled(empty_page) -> Page:
    return replace(empty_page("print.a4"), ruled=True)


def at_every_span(block: Block, page: Page) -> Iterator[tuple[Size, Frame]]:
    """The block at least, at most and between, in every number of columns it is set across."""
    grid = Grid(page.box.width, page.gutter)
    fewest, widest = block.spans()
    assert 3 <= fewest <= widest <= COLUMNS
    for columns in range(fewest, widest + 1):
        width = grid.span(columns)
        try:
            least, most = block.least(width, page), block.most(width, page)
        except DoesNotFit:
            continue
        for height in (least, (least + most) / 2, most):
            yield Size(width, height), block.layout(Size(width, height), page)


every_block = pytest.mark.parametrize(
    "block", [BLOCKS[name] for name in (*EVIDENCE, "qr_call")], ids=lambda b: b.__name__
)


@every_block
def test_a_block_under_its_rule_stays_inside_its_columns(block, ruled):
    frames = list(at_every_span(block.example(), ruled))

    assert frames
    for size, frame in frames:
        room = Box(0, 0, size.width, size.height)
        assert max(room.overhang(each.box) for each in walk(frame)) <= EDGE


@every_block
def test_a_block_under_its_rule_is_its_own_mirror_image(block, ruled):
    other = replace(ruled, right_to_left=True)

    for size, frame in list(at_every_span(block.example(), ruled))[:6:3]:
        turned = mirror(block.example().layout(size, other))
        for here, there in zip(walk(frame), walk(turned), strict=True):
            if not UNMIRRORED & set(here.names):
                assert there.box.x == pytest.approx(frame.size.width - here.box.right, abs=0.1 * ruled.base)


@every_block
def test_every_block_but_a_picture_stands_under_a_heavy_rule(block, ruled):
    heavy = ruled.heavy

    for _, frame in at_every_span(block.example(), ruled):
        over = [each for each in walk(frame) if each.box.y == 0 and isinstance(each.item, Fill)]
        assert any(each.box.height == heavy for each in over) == (block.part is not Part.PICTURE)


def test_the_rule_over_a_block_runs_across_all_its_columns(print_out):
    laid = print_out(("headline", "photo", "qr_call"))
    (call,) = [box for name, box in shown(laid) if name == "qr_call"]

    heavy = replace(laid.page, ruled=True).heavy
    rules = [each.box for each in found(laid, Fill) if (each.box.y, each.box.height) == (call.y, heavy)]
    assert min(rule.x for rule in rules) == pytest.approx(laid.page.box.x, abs=EDGE)
    assert max(rule.right for rule in rules) == pytest.approx(laid.page.box.right, abs=EDGE)
