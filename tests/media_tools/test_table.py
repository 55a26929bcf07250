from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.blocks.headline import Headline
from media_tools.blocks.photo import Photo
from media_tools.blocks.table import Table
from media_tools.errors import DoesNotFit
from media_tools.infographic import Infographic, lay_out
from media_tools.layout.frame import Fill, Found, Frame, Paragraph, Path, dump, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.platforms import placements
from media_tools.spec.geometry import Box, Size
from media_tools.spec.language import Language

NAMES = ("Northern coast", "Delta", "Islands", "Capes", "Southern coast", "Lagoon", "Estuary", "Bay", "Straits", "Reef")
HEADS = ("Calls", "Minutes until help", "Ports", "Boats")
FIELDS = ("first", "second", "third", "fourth")
CELLS = st.one_of(
    st.integers(-99_999_999, 99_999_999).map(str),
    st.decimals(-9999, 9999, places=2).map(str),
    st.sampled_from(["", "160+", "~28", "n/a", "1e300", "+500%"]),
)
SHARES = (0.45, 0.75, 1)  # of the width that a page has for text


def least_of(block: Table, width: float, page: Page) -> float | None:
    """None where a word is wider than the room."""
    try:
        return block.least(width, page)
    except DoesNotFit:
        return None


def table(rows: int = 3, columns: int = 2, cell: str = "412", **fields: object) -> Table:
    filled = [{"label": name, **dict.fromkeys(FIELDS[:columns], cell)} for name in NAMES[:rows]]
    return Table.model_validate({"columns": [{"name": head} for head in HEADS[:columns]], "rows": filled, **fields})


def column_of(*cells: str, holds: str = "amounts") -> Table:
    rows = [{"label": name, "first": cell} for name, cell in zip(NAMES, cells, strict=False)]
    return Table.model_validate({"columns": [{"name": "Calls", "holds": holds}], "rows": rows})


def laid(block: Table, page: Page, width: float = 940) -> Frame:
    return block.layout(Size(width, block.most(width, page)), page)


def texts(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Paragraph)]


def amounts(frame: Frame) -> list[Found]:
    return [found for found in texts(frame) if found.item.runs[0].style.weight == 600]


def said(found: Found) -> str:
    return found.item.text.replace("\n", " ")


def ends(frame: Frame, page: Page) -> list[float]:
    """Where the ink of each amount ends at its right, in px."""
    inked = (page.type.inked(found.item)[0][1] for found in amounts(frame))
    return [found.box.x + right for found, right in zip(amounts(frame), inked, strict=True)]


def test_a_table_is_hairlines_under_rows_and_no_more(empty_page):
    block = Table.model_validate(
        {
            "title": "Calls answered",
            "names": "Coast",
            "columns": [{"name": "Calls"}, {"name": "Opened", "holds": "words"}],
            "rows": [
                {"label": "Delta", "first": "1268", "second": "2015"},
                {"label": "Islands", "first": "", "second": ""},
            ],
        }
    )

    assert dump(laid(block, empty_page(), 600)) == "\n".join(
        [
            "0,0 frame 600x291 table",
            "  0,0 frame 600x73 heading",
            "    0,0 fill 600x2 #C4C5C0",
            "    0,15 text 600x38 'Calls answered' 29px 600 #14252D left",
            "  0,73 frame 600x218 grid",
            "    0,0 text 174x32 'Coast' 24px 400 #58676D left",
            "    206,0 text 156x32 'Calls' 24px 400 #58676D right",
            "    437,0 text 163x32 'Opened' 24px 400 #58676D left",
            "    0,60 fill 600x2 #14252D",
            "    0,87 text 174x38 'Delta' 29px 400 #14252D left",
            "    281,87 text 80x38 '1,268' 29px 600 #14252D right",
            "    437,87 text 163x38 '2015' 29px 400 #58676D left",
            "    0,153 fill 600x2 #C4C5C0",
            "    0,180 text 174x38 'Islands' 29px 400 #14252D left",
            "    281,180 text 80x38 '–' 29px 600 #14252D right",
        ]
    )


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("rows", [2, 4, 6])
@pytest.mark.parametrize("placement", ["instagram.feed_portrait", "instagram.story", "x.post"])
def test_nothing_overlaps_and_nothing_leaves_the_frame(empty_page, share, rows, placement):
    page, block = empty_page(placement), table(rows, names="Coast", title="Calls answered, first half of 2026")
    width = share * page.box.width
    least, most = block.least(width, page), block.most(width, page)

    for height in (least, (least + most) / 2, most):
        frame = block.layout(Size(width, height), page)
        boxes = [found.box for found in walk(frame) if isinstance(found.item, Paragraph | Fill)]
        assert max(Box(0, 0, width, height).overhang(box) for box in boxes) <= 0.5
        assert not any(one.overlap(other) for one, other in combinations(boxes, 2))


@given(st.lists(CELLS, min_size=2, max_size=6), st.lists(CELLS, min_size=2, max_size=6), st.sampled_from(SHARES))
def test_whatever_the_amounts_they_stay_whole_on_one_line_in_their_column(empty_page, first, second, share):
    page = empty_page()
    rows = [{"label": n, "first": a, "second": b} for n, a, b in zip(NAMES, first, second, strict=False)]
    block = Table.model_validate({"columns": [{"name": "Calls"}, {"name": "Change"}], "rows": rows})
    width = share * page.box.width
    least = least_of(block, width, page)
    if least is None:
        return

    frame = block.layout(Size(width, least), page)

    assert len(amounts(frame)) == 2 * len(rows)
    lines = {found.item.size.height for found in amounts(frame)}
    assert len(lines) == 1
    assert all(page.type.widest_line(found.item) <= found.box.width + 0.5 for found in texts(frame))


def test_nothing_stands_between_columns_and_nothing_behind_rows(empty_page):
    frame = laid(table(4, 2), empty_page())

    fills = [found.box for found in walk(frame) if isinstance(found.item, Fill)]

    assert len(fills) == 4
    assert all((box.x, box.width) == (0, 940) and box.height <= 3 for box in fills)
    assert not any(isinstance(found.item, Path) for found in walk(frame))


def test_names_stand_at_the_start_and_amounts_at_the_end(empty_page):
    page = empty_page()
    frame = laid(table(3, 2, names="Coast"), page)

    names = [found for found in texts(frame) if found.box.x == 0]

    assert [said(found) for found in names] == ["Coast", *NAMES[:3]]
    assert max(ends(frame, page)) == pytest.approx(940, abs=5)
    assert len({round(end) for end in ends(frame, page)}) == 2


def test_points_stand_under_one_another(empty_page):
    page = empty_page()
    frame = laid(column_of("8.5", "9", "11.25", "-120"), page)

    digit = page.width_of("0", amounts(frame)[0].item.runs[0].style)
    point = page.width_of(".", amounts(frame)[0].item.runs[0].style)
    at = ends(frame, page)

    assert [said(found) for found in amounts(frame)] == ["8.5", "9", "11.25", "−120"]
    assert at[2] - at[0] == pytest.approx(digit, abs=2)
    assert at[2] - at[1] == pytest.approx(2 * digit + point, abs=3)
    assert at[3] == pytest.approx(at[1], abs=2)


def test_in_arabic_names_stand_at_the_right_and_the_last_digits_under_one_another(empty_page):
    page = empty_page(language="ar")
    block = column_of("412", "1268", "97")
    block = block.model_copy(update={"columns": (block.columns[0].model_copy(update={"name": "نداءات"}),)})
    frame = mirror(laid(block, page))

    names = [found for found in texts(frame) if said(found) in NAMES]
    assert all(found.box.right == pytest.approx(940) for found in names)
    assert [said(found) for found in amounts(frame)] == ["٤١٢", "١٬٢٦٨", "٩٧"]
    assert min(found.box.x for found in amounts(frame)) == pytest.approx(0, abs=0.01)
    assert len({round(found.box.right) for found in amounts(frame)}) == 1
    assert {found.item.align for found in amounts(frame)} == {"right"}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("12400", "12,400"),
        ("2.5", "2.5"),
        ("-3", "−3"),
        ("0", "0"),
        ("28000000", "28\u00a0million"),
        ("160+", "160+"),
        ("12,400", "12,400"),
        ("1e300", "1e300"),
        ("", "–"),
    ],
)
def test_plain_numbers_are_written_in_the_language_and_the_rest_as_typed(empty_page, typed, written):
    frame = laid(column_of(typed, "1"), empty_page())

    assert amounts(frame)[0].item.text == written


def test_years_in_a_column_of_words_stay_as_typed(empty_page):
    frame = laid(column_of("2015", "2026", holds="words"), empty_page())

    assert [said(found) for found in texts(frame)] == ["Calls", "Northern coast", "2015", "Delta", "2026"]
    assert not column_of("2015", "2026", holds="words").needs_source()
    assert column_of("2015", "2026").needs_source()


def test_heads_stand_on_one_foot(empty_page):
    page = empty_page()
    frame = laid(table(2, 2, names="Coast", cell="412"), page, 420)

    heads = [found for found in texts(frame) if said(found) in ("Coast", *HEADS)]

    assert len({found.box.height for found in heads}) > 1
    assert len({round(found.box.bottom, 2) for found in heads}) == 1


@pytest.mark.parametrize(("rows", "columns"), [(7, 2), (3, 3), (10, 4)])
def test_screens_show_six_rows_of_three_columns_and_paper_ten_of_five(empty_page, rows, columns):
    screen, paper = empty_page(), empty_page("print.a4")

    with pytest.raises(DoesNotFit):
        table(rows, columns).least(screen.box.width, screen)

    frame = laid(table(rows, columns), paper, paper.box.width)
    assert len(amounts(frame)) == rows * columns


def test_middle_columns_go_first_then_rows_from_the_end_and_each_is_named():
    block, gone = table(4, 4), []

    while block is not None:
        leaner = block.leaner()
        gone.append(leaner.what)
        block = leaner.remains

    assert gone == [
        "table column “Minutes until help”",
        "table column “Ports”",
        "table row “Capes”",
        "table row “Islands”",
        "table column “Calls”",
        "table",
    ]


def test_the_cells_of_a_column_go_with_it():
    rows = [{"label": name, **{field: f"{field} {name}" for field in FIELDS}} for name in NAMES[:2]]
    block = Table.model_validate({"columns": [{"name": head} for head in HEADS], "rows": rows})

    fewer = block.leaner().remains

    assert [column.name for column in fewer.columns] == ["Calls", "Ports", "Boats"]
    assert fewer.rows[0].cells == ("first Northern coast", "third Northern coast", "fourth Northern coast", "")
    assert Table.model_validate(fewer.model_dump()) == fewer


def test_the_alt_text_reads_row_by_row():
    block = Table.model_validate(
        {
            "title": "Calls",
            "columns": [{"name": "Answered"}, {"name": "Since", "holds": "words"}],
            "rows": [{"label": "Delta", "first": "1268", "second": "2015"}, {"label": "Islands"}],
        }
    )

    assert block.described(Language("en"), "latn") == ("Calls", "Delta: Answered 1,268; Since 2015", "Islands")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [{"label": "a", "second": "1"}, {"label": "b"}],
            r"rows\[0\].second is filled in, but has no column. Name",
        ),
        (
            [{"label": "a"}, {"label": "b", "first": "9" * 16}],
            r"rows\[1\].first has more digits than a page can say. ",
        ),
        ([{"label": "a"}], "too_short"),
        ([{"label": "a"}] * 11, "too_long"),
    ],
)
def test_what_cannot_be_shown_is_refused(rows, message):
    with pytest.raises(ValidationError, match=message):
        Table.model_validate({"columns": [{"name": "Calls"}], "rows": rows})


def test_a_table_too_wide_for_half_a_page_stands_under_the_photo_that_it_would_stand_beside(kit, typesetter):
    columns = [{"name": "Distress calls answered"}, {"name": "Ausrückebereitschaftszeiten"}]
    wide = table(3, 2).model_dump() | {"columns": columns}
    blocks = [Headline.example(), Photo.example(), wide]
    story = Infographic.model_validate({"version": 1, "language": "en", "source": "Harbour Office", "blocks": blocks})

    page = lay_out(story, placements()["instagram.feed_portrait"], kit, typesetter)

    names = {found.item.name for found in walk(page.frame) if isinstance(found.item, Frame)}
    assert {"photo", "table"} <= names
    assert "pair" not in names
    assert page.left_out == ()
