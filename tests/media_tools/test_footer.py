from dataclasses import replace
from itertools import combinations

import pytest

from media_tools.layout.folio import folio
from media_tools.layout.footer import foot, footer, lock_up, mark_of, signature
from media_tools.layout.frame import Align, Frame, Paragraph, Path, walk
from media_tools.spec.geometry import Box

SOURCE = "Source: Harbour Office, annual report 2026; Coastal Network, 2025. Illustration: Attaché"
WIDTHS = range(300, 2001, 100)
LANGUAGES = ("en", "fr", "vi", "ar")
FEET = (footer, foot, signature)


def boxes(frame: Frame, name: str) -> list[Box]:
    return [found.box for found in walk(frame) if isinstance(found.item, Frame) and found.item.name == name]


def words(frame: Frame, group: str) -> str:
    found = (found for found in walk(frame) if isinstance(found.item, Paragraph) and group in found.names)
    return " ".join(each.item.text for each in found).replace("\n", " ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", FEET)
def test_every_foot_says_who_speaks_and_who_says_so(empty_page, kind, width, language):
    page = empty_page(language=language)

    frame = kind(page, SOURCE, width)

    assert words(frame, "source") == SOURCE
    assert page.names.ministry in words(frame, "lockup")
    assert len(boxes(frame, "mark")) == 1


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", FEET)
def test_names_and_source_stand_inside_the_width_and_apart(empty_page, kind, width):
    page = empty_page()

    frame = kind(page, SOURCE, width)

    groups = [*boxes(frame, "lockup"), *boxes(frame, "source")]
    assert len(groups) == 2
    assert all(Box.of(frame.size).overhang(box) < 0.5 for box in groups)
    assert not any(one.overlap(other) for one, other in combinations(groups, 2))


def test_source_stands_beside_the_names_where_there_is_room_and_under_them_where_there_is_none(empty_page):
    page = empty_page()
    (names,), (source,) = (boxes(foot(page, SOURCE, 1000), name) for name in ("lockup", "source"))
    (high,), (low,) = (boxes(foot(page, SOURCE, 380), name) for name in ("lockup", "source"))

    assert source.x > names.right
    assert source.bottom == pytest.approx(names.bottom)
    assert low.x == high.x == 0
    assert low.y >= high.bottom


def test_a_source_beside_the_names_ends_at_the_edge(empty_page):
    page = empty_page()

    frame = foot(page, SOURCE, 1000)

    (lines,) = [found for found in walk(frame) if isinstance(found.item, Paragraph) and "source" in found.names]
    assert lines.item.align is Align.RIGHT
    assert lines.box.right == pytest.approx(1000)


def test_a_mission_without_a_name_leaves_no_empty_line(empty_page, kit):
    page = empty_page()
    alone = page.brand.model_copy(update={"names": {"en": page.names.model_copy(update={"mission": ""})}})
    bare = replace(page, brand=alone)

    texts = [found.item.text for found in walk(lock_up(bare, 600)) if isinstance(found.item, Paragraph)]

    assert texts == [page.names.ministry]


@pytest.mark.parametrize("side", [20, 64.5, 300])
def test_the_mark_is_drawn_whole_in_its_square(empty_page, side):
    page = empty_page()

    frame = mark_of(page, side)

    paths = [found.item for found in walk(frame) if isinstance(found.item, Path)]
    assert [path.data for path in paths] == list(page.brand.mark.paths)
    assert {path.scale * page.brand.mark.view_box for path in paths} == {side}
    assert len({path.colour for path in paths}) == 1


@pytest.mark.parametrize("date", ["", "Early 2026"])
@pytest.mark.parametrize("kicker", ["", "DIGITAL DIPLOMACY"])
def test_the_head_of_a_page_has_its_words_under_a_rule_and_apart(empty_page, kicker, date):
    page = empty_page()

    frame = folio(page, kicker, date, 900)

    lines = [found for found in walk(frame) if isinstance(found.item, Paragraph)]
    assert [line.item.text for line in lines] == [text for text in (kicker, date) if text]
    assert all(Box.of(frame.size).overhang(line.box) < 0.5 for line in lines)
    assert not any(one.box.overlap(other.box) for one, other in combinations(lines, 2))


def test_a_long_kicker_and_a_long_date_stand_one_under_the_other(empty_page):
    page = empty_page()

    frame = folio(page, "FOREIGN AFFAIRS AND COOPERATION ABROAD", "Twenty-sixth of February 2026", 600)

    kicker, date = (found.box for found in walk(frame) if isinstance(found.item, Paragraph))
    assert kicker.overlap(date) is None
    assert date.y >= kicker.bottom


def test_names_are_whole_where_the_source_can_stand_under_them_at_little_cost(empty_page):
    page = empty_page()
    whole = lock_up(page, 2000).size

    (names,) = boxes(foot(page, "Source: Harbour Office, 2026. Illustration: Attaché", 520), "lockup")

    assert names.height == pytest.approx(whole.height)
