from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.blocks.timeline import Timeline
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Fill, Found, Frame, Paragraph, Path, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Meaning, Page
from media_tools.spec.geometry import Box, Size

YEARS = ("2015", "2018", "2019", "2021", "2024", "2025", "2026")
DATES = ("2015", "March 2018", "Summer of 2019", "2 September 2021")
WIDTHS = (260, 380, 520, 800, 940, 1300, 1900)
SHARES = (0.35, 0.5, 0.75, 1)  # of the width that a page has for text
TITLES = st.text("abcdefgh ", min_size=1, max_size=50).filter(str.strip)


def least_of(block: Timeline, width: float, page: Page) -> float | None:
    """None where a word is wider than the room."""
    try:
        return block.least(width, page)
    except DoesNotFit:
        return None


def timeline(count: int = 4, words: str = "The whole coast shares one emergency number.", **fields: object) -> Timeline:
    stops = [{"when": year, "title": f"Stop {year}", "words": words} for year in YEARS[:count]]
    return Timeline.model_validate({"stops": stops, **fields})


def laid(block: Timeline, page: Page, width: float = 940, height: float | None = None) -> Frame:
    return block.layout(Size(width, block.most(width, page) if height is None else height), page)


def texts(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Paragraph)]


def dots(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Path) and found.item.stroke is None]


def pieces(frame: Frame) -> list[Found]:
    """The line between the dots: plain pieces and dashed ones."""
    return [
        found
        for found in walk(frame)
        if isinstance(found.item, Fill) or (isinstance(found.item, Path) and found.item.stroke)
    ]


def is_under_one_another(frame: Frame) -> bool:
    return len({round(dot.box.x) for dot in dots(frame)}) == 1


@pytest.mark.parametrize("count", range(2, 8))
def test_stops_stand_under_one_another_in_a_narrow_room(empty_page, count):
    page = empty_page()

    assert is_under_one_another(laid(timeline(count), page))


@pytest.mark.parametrize("count", [3, 4, 5])
def test_three_to_five_stops_stand_beside_one_another_in_a_wide_and_low_room(empty_page, count):
    page = empty_page("print.a4")
    width = page.box.width

    frame = laid(timeline(count), page, width, timeline(count).least(width, page))

    assert len({round(dot.box.y) for dot in dots(frame)}) == 1
    starts = [dot.box.x for dot in dots(frame)]
    steps = {round(after - before) for before, after in pairwise(starts)}
    assert max(steps) - min(steps) <= 1


@pytest.mark.parametrize("count", [2, 6, 7])
def test_other_numbers_of_stops_stand_under_one_another_however_wide_the_room(empty_page, count):
    page = empty_page("print.a4")
    width = page.box.width

    assert is_under_one_another(laid(timeline(count), page, width, timeline(count).least(width, page)))


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("placement", ["instagram.feed_portrait", "x.post", "print.a4"])
@pytest.mark.parametrize("dates", [YEARS, DATES], ids=["years", "dates"])
def test_nothing_overlaps_and_nothing_leaves_the_frame(empty_page, share, placement, dates):
    page = empty_page(placement)
    width = share * page.box.width
    stops = [{"when": date, "title": f"Since {date}", "words": "Two ports answer by radio."} for date in dates[:4]]
    stops[2]["leap"] = "Eight years"
    block = Timeline.model_validate({"title": "How it came about", "stops": stops})
    least, most = block.least(width, page), block.most(width, page)

    for height in (least, (least + most) / 2, most):
        frame = block.layout(Size(width, height), page)
        boxes = [found.box for found in (*texts(frame), *dots(frame), *pieces(frame))]
        assert max(Box(0, 0, width, height).overhang(box) for box in boxes) <= 0.5
        assert not any(_meet(one, other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize("height", [1000, 1200])
def test_the_line_keeps_clear_of_every_dot(empty_page, height):
    page = empty_page()
    frame = laid(timeline(4), page, height=height)

    rings = [Box(dot.box.x - 6, dot.box.y - 6, dot.box.width + 12, dot.box.height + 12) for dot in dots(frame)]

    assert len(pieces(frame)) == 3
    assert not any(ring.overlap(piece.box) for ring in rings for piece in pieces(frame))


def test_dots_are_evenly_spaced_where_there_is_room(empty_page):
    page = empty_page()
    block = Timeline.model_validate(
        {
            "stops": [
                {"when": "2015", "title": "One", "words": "Short."},
                {"when": "2020", "title": "Two", "words": "Much longer than the others, so that it takes lines. " * 2},
                {"when": "2020", "title": "Three", "words": ""},
                {"when": "2026", "title": "Four", "words": "Short."},
            ]
        }
    )

    frame = laid(block, page)

    gaps = [after.box.y - before.box.y for before, after in pairwise(dots(frame))]
    assert max(gaps) - min(gaps) <= 1


@pytest.mark.parametrize("unmarked", [False, True])
def test_the_last_stop_alone_wears_the_accent_unless_it_is_not_now(empty_page, unmarked):
    page = empty_page()
    block = timeline(4, unmarked=unmarked)
    frame = laid(block, page)

    red = [dot.item.colour == page.ground.accent for dot in dots(frame)]
    dates = [found.item.text for found in texts(frame) if found.item.runs[0].style.colour == page.ground.accent]

    assert red == [False, False, False, not unmarked]
    assert dates == ([] if unmarked else ["2021"])
    assert block.accent_means() == (None if unmarked else Meaning.NOW)


def test_a_date_is_not_said_twice_running(empty_page):
    stops = [{"when": when, "title": f"Port {index}"} for index, when in enumerate(("2015", "2025", "2025", "2026"))]

    frame = laid(Timeline.model_validate({"stops": stops}), empty_page())

    assert [found.item.text for found in texts(frame)] == [
        "2015", "Port 0", "2025", "Port 1", "Port 2", "2026", "Port 3"
    ]  # fmt: skip


def test_a_leap_is_dashed_and_says_its_length(empty_page):
    page = empty_page()
    plain, leaping = timeline(2), timeline(2)
    last = leaping.stops[1].model_copy(update={"leap": "Three years"})
    leaping = leaping.model_copy(update={"stops": (leaping.stops[0], last)})

    dashed = [found for found in pieces(laid(leaping, page)) if isinstance(found.item, Path)]

    assert not [found for found in pieces(laid(plain, page)) if isinstance(found.item, Path)]
    assert len(dashed) == 1
    words = next(found for found in texts(laid(leaping, page)) if found.item.text == "Three years")
    assert dashed[0].box.y <= words.box.y
    assert words.box.bottom <= dashed[0].box.bottom


def test_dates_end_at_the_line_and_stand_on_the_baseline_of_their_titles(empty_page):
    page = empty_page()
    frame = laid(timeline(3), page)

    when, title, _words = texts(frame)[:3]

    assert when.item.align == "right"
    assert when.box.right < dots(frame)[0].box.x
    assert when.box.y + page.type.baseline(when.item) == pytest.approx(title.box.y + page.type.baseline(title.item))


def test_in_arabic_the_line_stands_at_the_right(empty_page):
    page = empty_page(language="ar")
    stops = [{"when": "٢٠١٥", "title": "الخطوات الأولى"}, {"when": "٢٠٢٦", "title": "العالم يقترب"}]
    frame = mirror(laid(Timeline.model_validate({"stops": stops}), page))

    when, title = texts(frame)[:2]

    assert when.box.x > dots(frame)[0].box.right > dots(frame)[0].box.x > title.box.right - 1


def test_more_height_never_makes_a_date_smaller(empty_page):
    page, block = empty_page(), timeline(5)
    least, most = block.least(940, page), block.most(940, page)
    heights = [least + share * (most - least) for share in (0, 0.25, 0.5, 0.75, 1)]

    sizes = [texts(block.layout(Size(940, height), page))[0].item.runs[0].style.size for height in heights]

    assert sizes == sorted(sizes)


def test_stops_go_from_the_middle_then_the_words_and_never_the_first_or_the_last():
    block, gone = timeline(7), []

    while block is not None:
        assert (block.stops[0].when, block.stops[-1].when) == ("2015", "2026")
        leaner = block.leaner()
        gone.append(leaner.what)
        block = leaner.remains

    assert gone == [
        "timeline stop “Stop 2021”",
        "timeline stop “Stop 2024”",
        "timeline stop “Stop 2019”",
        "text of the timeline",
        "timeline stop “Stop 2025”",
        "timeline stop “Stop 2018”",
        "timeline",
    ]


def test_a_leap_over_a_stop_that_went_is_not_said_of_a_longer_time():
    stops = [{"when": year, "title": year, "leap": "Ten years"} for year in YEARS[:5]]

    fewer = Timeline.model_validate({"stops": stops}).leaner().remains

    assert [(stop.when, stop.leap) for stop in fewer.stops] == [
        ("2015", "Ten years"),
        ("2018", "Ten years"),
        ("2021", ""),
        ("2024", "Ten years"),
    ]


def test_the_alt_text_says_when_and_what():
    block = timeline(2, title="How it came about")

    assert block.described(None, "latn") == (
        "How it came about",
        "2015: Stop 2015",
        "The whole coast shares one emergency number.",
        "2018: Stop 2018",
        "The whole coast shares one emergency number.",
    )


@given(st.lists(TITLES, min_size=2, max_size=7), st.sampled_from(WIDTHS))
def test_the_least_height_is_enough_for_any_words(empty_page, titles, width):
    page = empty_page()
    block = Timeline.model_validate({"stops": [{"when": "2026", "title": title, "words": title} for title in titles]})
    least = least_of(block, width, page)
    if least is None:
        return

    frame = block.layout(Size(width, least), page)

    assert frame.size.height <= least + 0.5
    assert all(page.type.widest_line(found.item) <= found.box.width + 0.5 for found in texts(frame))


def test_a_word_wider_than_the_room_is_refused_with_the_width_that_it_needs(empty_page):
    stops = [{"when": "2015", "title": "Seenotrettungsleitstellenbereitschaftsdienste"}, {"when": "2026", "title": "b"}]

    with pytest.raises(DoesNotFit) as refusal:
        Timeline.model_validate({"stops": stops}).least(300, empty_page())

    assert refusal.value.needed > 300


@pytest.mark.parametrize("count", [0, 1, 8])
def test_a_timeline_has_two_to_seven_stops(count):
    with pytest.raises(ValidationError, match=r"too_short|too_long"):
        Timeline.model_validate({"stops": [{"when": "2015", "title": "One"}] * count})


def test_titles_beside_one_another_stand_on_one_line(empty_page):
    page = empty_page("print.a4")
    block = timeline(4, words="")
    width = page.box.width

    frame = laid(block, page, width, block.least(width, page))

    titles = [found for found in texts(frame) if found.item.text.startswith("Stop")]
    assert len({round(title.box.y, 2) for title in titles}) == 1
    assert all(title.item.lines == 1 for title in titles)


def _meet(one: Box, other: Box) -> bool:
    shared = one.overlap(other)
    return shared is not None and min(shared.width, shared.height) > 0.5
