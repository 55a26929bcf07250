import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_tools.blocks import Block, Part
from media_tools.blocks.bar_chart import BarChart
from media_tools.blocks.headline import Headline
from media_tools.blocks.key_figures import KeyFigures
from media_tools.blocks.photo import Photo
from media_tools.blocks.qr_call import QRCall
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Frame
from media_tools.pages import Content, richest
from media_tools.spec.geometry import Size

NOTHING: frozenset[Part] = frozenset()
EVIDENCE = (KeyFigures.example(), Photo.example(), BarChart.example(), QRCall.example())
COSTS = st.fixed_dictionaries({part: st.integers(1, 40) for part in Part} | {"detail": st.integers(1, 15)})
ORDERS = st.permutations(EVIDENCE).flatmap(lambda blocks: st.integers(0, 4).map(lambda count: tuple(blocks[:count])))


def content_of(blocks: tuple[Block, ...]) -> Content:
    return Content(Headline.example(), blocks, "Harbour Office, 2026", "Source:", "2026")


def details(content: Content) -> int:
    """Parts within blocks that can go alone: standfirst, long headline, kicker, figures after the first."""
    headline = content.headline
    figures = sum(len(block.figures) - 1 for block in content.blocks if isinstance(block, KeyFigures))
    return bool(headline.standfirst) + bool(headline.short) + bool(headline.kicker) + figures


class Shelf:
    """A page on which every part takes up a number of px, and there are `height` of them."""

    def __init__(self, costs: dict[object, int], height: int) -> None:
        self.costs, self.height = costs, height

    def needed(self, content: Content) -> int:
        blocks = sum(self.costs[block.part] for block in (content.headline, *content.blocks))
        return blocks + self.costs["detail"] * details(content)

    def compose(self, content: Content) -> Frame:
        if self.needed(content) > self.height:
            raise DoesNotFit("The page", self.needed(content), self.height)
        shown = (*(block.block for block in content.blocks), f"{details(content)} details")
        return Frame(Size(1, self.needed(content)), (), " ".join(shown))

    def barest(self) -> int:
        return self.costs[Part.HEADLINE]


@given(ORDERS, COSTS, st.integers(0, 300))
def test_what_fits_whole_is_shown_whole(blocks, costs, spare):
    content = content_of(blocks)
    shelf = Shelf(costs, Shelf(costs, 0).needed(content) + spare)

    frame, _, gone = richest(content, NOTHING, shelf.compose)

    assert gone == ()
    assert frame == shelf.compose(content)


@given(ORDERS, COSTS, st.integers(0, 200))
def test_a_page_that_is_too_short_still_has_its_headline_and_fits(blocks, costs, spare):
    seen = []
    shelf = Shelf(costs, Shelf(costs, 0).barest() + spare)

    def compose(content: Content) -> Frame:
        seen.append(content.headline.text)
        return shelf.compose(content)

    frame, _, gone = richest(content_of(blocks), NOTHING, compose)

    assert frame.size.height <= shelf.height
    assert all(seen)
    assert "headline" not in gone


@given(ORDERS, COSTS, st.integers(0, 200))
def test_a_block_is_left_out_only_where_it_has_no_room_beside_what_matters_more(blocks, costs, spare):
    shelf = Shelf(costs, Shelf(costs, 0).barest() + spare)

    frame, _, gone = richest(content_of(blocks), NOTHING, shelf.compose)

    shown = frame.name.split(" ")
    for block in blocks:
        if block.block not in shown:
            above = [other for other in blocks if other.rank > block.rank and other.block in shown]
            # the long headline and the kicker outrank every block and are kept first where they fit
            least = shelf.barest() + sum(costs[other.part] for other in (*above, block))
            assert least + costs["detail"] * (2 + len(above)) > shelf.height
            assert block.block.replace("_", " ") in gone


@given(ORDERS, COSTS, st.integers(0, 200))
def test_what_is_left_out_is_told_once_and_the_least_important_first(blocks, costs, spare):
    shelf = Shelf(costs, Shelf(costs, 0).barest() + spare)
    ranks = {"standfirst": 10, "long form of the headline": 95, "kicker": 98}
    ranks |= {block.block.replace("_", " "): block.rank for block in EVIDENCE}

    _, _, gone = richest(content_of(blocks), NOTHING, shelf.compose)

    order = [ranks.get(what, 30) for what in gone]
    assert order == sorted(order)
    assert len(set(gone)) == len(gone)


@given(ORDERS, COSTS, st.integers(0, 200))
def test_shown_blocks_stay_in_reading_order(blocks, costs, spare):
    shelf = Shelf(costs, Shelf(costs, 0).barest() + spare)

    frame, _, _ = richest(content_of(blocks), NOTHING, shelf.compose)

    *shown, _, _ = frame.name.split(" ")
    assert shown == [block.block for block in blocks if block.block in shown]


@given(COSTS, st.integers(0, 100))
def test_what_must_stay_stays(costs, spare):
    shelf = Shelf(costs, costs[Part.HEADLINE] + costs[Part.PICTURE] + spare)

    frame, _, gone = richest(content_of(EVIDENCE), frozenset({Part.PICTURE}), shelf.compose)

    assert "photo" in frame.name.split(" ")
    assert "photo" not in gone


@pytest.mark.parametrize("stays", [NOTHING, frozenset({Part.PICTURE})])
def test_a_page_too_small_for_what_must_stay_is_refused(stays):
    shelf = Shelf(dict.fromkeys([*Part, "detail"], 10), 9)

    with pytest.raises(DoesNotFit):
        richest(content_of(EVIDENCE), stays, shelf.compose)


def test_the_source_line_names_who_says_so_and_who_made_the_pictures_each_once():
    content = content_of((KeyFigures.example(), BarChart.example(), Photo.example(), Photo.example()))

    assert content.source_line == "Source: Harbour Office, 2026. Illustration: Attaché"


def test_the_story_s_source_stands_where_no_block_names_one():
    assert content_of((QRCall.example(),)).source_line == "Source: Harbour Office, 2026"
