from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.blocks.steps import Steps
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Found, Frame, Paragraph, Path, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.spec.geometry import Box, Size
from media_tools.spec.language import Language

WIDTHS = (260, 380, 520, 800, 940, 1300, 1900)
SHARES = (0.35, 0.5, 0.75, 1)  # of the width that a page has for text
TITLES = st.text("abcdefgh ", min_size=1, max_size=50).filter(str.strip)


def least_of(block: Steps, width: float, page: Page) -> float | None:
    """None where a word is wider than the room."""
    try:
        return block.least(width, page)
    except DoesNotFit:
        return None


def steps(count: int = 3, words: str = "It is printed on every graphic that we publish.") -> Steps:
    return Steps.model_validate({"steps": [{"title": f"Check {n}", "words": words} for n in range(1, count + 1)]})


def laid(block: Steps, page: Page, width: float = 940) -> Frame:
    return block.layout(Size(width, block.most(width, page)), page)


def texts(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Paragraph)]


def rings(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Path)]


def numerals(frame: Frame) -> list[str]:
    return [found.item.text for found in texts(frame) if "numeral" in found.names]


@pytest.mark.parametrize("count", range(2, 6))
def test_steps_stand_under_one_another_in_a_narrow_room_at_even_distances(empty_page, count):
    frame = laid(steps(count), empty_page())

    boxes = [ring.box for ring in rings(frame)]
    gaps = [round(after.y - before.y) for before, after in pairwise(boxes)]
    assert {box.x for box in boxes} == {0}
    assert max(gaps) - min(gaps) <= 1


@pytest.mark.parametrize("count", range(2, 6))
def test_steps_stand_beside_one_another_in_a_wide_and_low_room(empty_page, count):
    page = empty_page("print.a4")
    width = page.box.width
    block = steps(count)

    boxes = [ring.box for ring in rings(block.layout(Size(width, block.least(width, page)), page))]

    assert len({box.y for box in boxes}) == 1
    assert boxes[0].x == 0
    assert len({round(after.x - before.x) for before, after in pairwise(boxes)}) <= 2


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("placement", ["instagram.feed_portrait", "x.post", "print.a4"])
@pytest.mark.parametrize("words", ["", "It is printed on every graphic that we publish."])
def test_nothing_overlaps_and_nothing_leaves_the_frame(empty_page, share, placement, words):
    page, block = empty_page(placement), steps(4, words)
    width = share * page.box.width
    least, most = block.least(width, page), block.most(width, page)

    for height in (least, (least + most) / 2, most):
        frame = block.layout(Size(width, height), page)
        words_and_rings = [found.box for found in texts(frame) if "numeral" not in found.names]
        words_and_rings += [ring.box for ring in rings(frame)]
        assert max(Box(0, 0, width, height).overhang(box) for box in words_and_rings) <= 0.5
        assert not any(one.overlap(other) for one, other in combinations(words_and_rings, 2))


@pytest.mark.parametrize(
    ("language", "expected"), [("en", ["1", "2", "3"]), ("vi", ["1", "2", "3"]), ("ar", ["١", "٢", "٣"])]
)
def test_numerals_are_in_the_digits_of_the_story(empty_page, language, expected):
    page = empty_page(language=language)

    assert numerals(laid(steps(3), page)) == expected
    assert [said[0] for said in steps(3, "").described(Language(language), page.digits)] == expected


def test_a_numeral_stands_in_the_middle_of_its_ring(empty_page):
    frame = laid(steps(2), empty_page())

    for ring, numeral in zip(rings(frame), (text for text in texts(frame) if "numeral" in text.names), strict=True):
        assert numeral.item.align == "centre"
        assert numeral.box.x == ring.box.x
        assert numeral.box.width == ring.box.width
        assert numeral.box.y + numeral.box.height / 2 == pytest.approx(ring.box.y + ring.box.height / 2)
        assert ring.box.width == pytest.approx(2.1 * numeral.item.runs[0].style.size, abs=1)


def test_a_title_without_words_stands_beside_the_middle_of_its_ring(empty_page):
    frame = laid(steps(2, ""), empty_page())

    titles = [found.box for found in texts(frame) if "numeral" not in found.names]

    for ring, title in zip(rings(frame), titles, strict=True):
        assert title.y + title.height / 2 == pytest.approx(ring.box.y + ring.box.height / 2, abs=1)


def test_in_arabic_the_rings_stand_at_the_right(empty_page):
    frame = mirror(laid(steps(3), empty_page(language="ar")))

    words = [found.box for found in texts(frame) if "numeral" not in found.names]

    assert all(ring.box.right == pytest.approx(frame.size.width) for ring in rings(frame))
    assert max(box.right for box in words) < min(ring.box.x for ring in rings(frame))


def test_the_words_may_go_and_no_step_of_several():
    block, gone = steps(4), []

    while block is not None:
        assert len(block.steps) == 4
        leaner = block.leaner()
        gone.append(leaner.what)
        block = leaner.remains

    assert gone == ["text under the steps", "list of steps"]


@given(st.lists(TITLES, min_size=2, max_size=5), st.sampled_from(WIDTHS))
def test_the_least_height_is_enough_for_any_words(empty_page, titles, width):
    page = empty_page()
    block = Steps.model_validate({"steps": [{"title": title, "words": title} for title in titles]})
    least = least_of(block, width, page)
    if least is None:
        return

    frame = block.layout(Size(width, least), page)

    assert frame.size.height <= least + 0.5
    assert all(page.type.widest_line(found.item) <= found.box.width + 0.5 for found in texts(frame))


@pytest.mark.parametrize("count", [0, 1, 6])
def test_there_are_two_to_five_steps(count):
    with pytest.raises(ValidationError, match=r"too_short|too_long"):
        steps(count)
