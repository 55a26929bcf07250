from itertools import combinations, product

import pytest
from pydantic import ValidationError

from media_tools.blocks.truth_first import TruthFirst
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Found, Frame, Paragraph, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.spec.colour import READABLE, contrast
from media_tools.spec.geometry import Box, Size

EXAMPLE = TruthFirst.example()
LONG = EXAMPLE.model_copy(
    update={
        "truth": "Every port on the coast kept its listening watch through the whole night, and every one of the calls "
        "that came in was answered by someone who could send a boat out at once.",
        "claim": "“Someone told them to switch the whole coastal network off, so that nobody would hear who called.”",
    }
)
PLACEMENTS = ("instagram.feed_portrait", "instagram.story", "x.post", "print.a4")
SHARES = (0.45, 0.56, 1)
SLACK = 0.5  # px: what blocks themselves allow


def laid(block: TruthFirst, page: Page, width: float, share: float = 0) -> Frame:
    least, most = block.least(width, page), block.most(width, page)
    return block.layout(Size(width, least + share * (most - least)), page)


def lines_of(frame: Frame) -> dict[str, Found]:
    """Every text, by its words on one line."""
    found = [found for found in walk(frame) if isinstance(found.item, Paragraph)]
    return {each.item.text.replace("\n", " "): each for each in found}


def meet(one: Box, other: Box) -> bool:
    shared = one.overlap(other)
    return shared is not None and min(shared.width, shared.height) > SLACK


def size_of(found: Found) -> float:
    return found.item.runs[0].style.size


every_page = pytest.mark.parametrize(("placement", "share"), list(product(PLACEMENTS, SHARES)))
both_lengths = pytest.mark.parametrize("block", [EXAMPLE, LONG], ids=["short", "long"])


@both_lengths
@every_page
def test_what_is_so_stands_first_and_dominates_what_was_said(empty_page, placement, share, block):
    page = empty_page(placement)

    for height in (0, 0.5, 1):
        lines = lines_of(laid(block, page, share * page.box.width, height))
        truth, source, claim = (lines[words] for words in (block.truth, block.source, block.claim))
        assert truth.box.bottom <= source.box.y
        assert source.box.bottom <= claim.box.y
        assert size_of(truth) >= 1.4 * size_of(claim)
        assert truth.item.runs[0].style.weight > claim.item.runs[0].style.weight


@both_lengths
@every_page
def test_nothing_overlaps_or_leaves_the_block(empty_page, placement, share, block):
    page = empty_page(placement)

    for height in (0, 0.5, 1):
        frame = laid(block, page, share * page.box.width, height)
        boxes = [found.box for found in lines_of(frame).values()]
        assert not any(meet(one, other) for one, other in combinations(boxes, 2))
        assert all(Box.of(frame.size).overhang(box) <= SLACK for box in boxes)


@pytest.mark.parametrize("share", [0, 1])
def test_the_claim_is_set_once_muted_and_after_its_label(empty_page, share):
    page = empty_page()
    frame = laid(EXAMPLE, page, page.box.width, share)

    lines = lines_of(frame)
    claims = [found for found in walk(frame) if isinstance(found.item, Paragraph) and "network" in found.item.text]

    assert len(claims) == 1
    for words in (EXAMPLE.claim_label, EXAMPLE.claim, EXAMPLE.said_where):
        assert lines[words].item.runs[0].style.colour == page.ground.quiet
        assert size_of(lines[words]) == page.small.size
    assert contrast(page.ground.quiet, page.ground.colour) >= READABLE
    label, claim = lines[EXAMPLE.claim_label], lines[EXAMPLE.claim]
    assert label.box.y == claim.box.y
    assert label.box.right < claim.box.x


def test_in_a_narrow_column_the_label_stands_over_the_claim(empty_page):
    lines = lines_of(laid(EXAMPLE, empty_page(), 400))

    label, claim = lines[EXAMPLE.claim_label], lines[EXAMPLE.claim]
    assert label.box.x == claim.box.x == 0
    assert label.box.bottom <= claim.box.y + SLACK


def test_more_height_never_makes_the_truth_smaller(empty_page):
    page = empty_page()

    sizes = [size_of(lines_of(laid(EXAMPLE, page, page.box.width, share / 10))[EXAMPLE.truth]) for share in range(11)]

    assert sizes == sorted(sizes)


def test_in_arabic_the_label_stands_at_the_right_of_the_claim(empty_page):
    page = empty_page(language="ar")
    block = EXAMPLE.model_copy(update={"claim_label": "ما قيل", "claim": "أُطفئت الشبكة تلك الليلة."})

    lines = lines_of(mirror(laid(block, page, page.box.width)))

    assert lines[block.claim_label].box.x > lines[block.claim].box.right


def test_without_its_claim_the_truth_stands_alone_under_its_rule(empty_page):
    page = empty_page()
    alone = EXAMPLE.leaner().remains.leaner().remains

    lines = lines_of(laid(alone, page, page.box.width, 1))

    assert list(lines) == [EXAMPLE.truth_label, EXAMPLE.truth, EXAMPLE.source]


def test_the_claim_goes_before_the_truth_does():
    block, gone = EXAMPLE, []

    while block is not None:
        leaner = block.leaner()
        gone.append(leaner.what)
        block = leaner.remains

    assert gone == ["place of the claim", "claim", "truth first"]


def test_the_claim_is_told_as_a_claim(empty_page):
    assert EXAMPLE.described(empty_page().language, "latn") == (
        "All nine ports kept answering distress calls through the storm of 14 June",
        "What was said: “The coastal network was switched off that night.” (In posts shared on 15 June)",
    )


def test_what_is_so_asks_who_can_show_it():
    assert EXAMPLE.needs_source()
    assert EXAMPLE.sources() == ("Harbour Office, call log of 14 June 2026",)
    assert not EXAMPLE.model_copy(update={"source": ""}).fully_sourced()


@pytest.mark.parametrize("field", ["truth", "claim", "claim_label"])
def test_truth_claim_and_the_words_that_mark_the_claim_must_be_given(field):
    with pytest.raises(ValidationError, match=field):
        TruthFirst.model_validate(EXAMPLE.model_dump() | {field: ""})


def test_a_word_wider_than_the_block_says_how_many_px_it_needs(empty_page):
    block = EXAMPLE.model_copy(update={"truth": "Seenotrettungsleitstellenbereitschaftsdienste"})

    with pytest.raises(DoesNotFit) as refusal:
        block.layout(Size(300, 2000), empty_page())

    assert 300 < refusal.value.needed < 1500
