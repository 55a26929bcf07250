from dataclasses import replace

import pytest

from media_tools.layout.frame import Fill, Frame, Paragraph, Placed, Run, TextStyle, walk
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language

PAPER = Fill(Size(1080, 1350), "#FFFFFF")
BAR = Fill(Size(500, 60), "#F0C27B")


def words(typesetter, text="Delta and islands", colour="#000000") -> Paragraph:
    style = TextStyle(("IBM Plex Sans",), 40, 400, 1.3, colour)
    return typesetter.set([Run(text, style)], 600, Language("en"), right_to_left=False)


@pytest.fixture
def line(typesetter) -> Paragraph:
    return words(typesetter)


def test_words_on_words_are_found(drawn, say, line):
    assert "lie on one another" in say("overlapping", drawn((0, 0, PAPER), (100, 100, line), (110, 110, line)))[0]


def test_boxes_may_overlap_where_letters_do_not(drawn, say, line):
    assert say("overlapping", drawn((0, 0, PAPER), (100, 100, line), (450, 100, line))) == []


def test_words_that_lie_in_a_bar_are_meant_to(drawn, say, line):
    assert say("overlapping", drawn((0, 0, PAPER), (90, 100, BAR), (100, 104, line))) == []


def test_words_that_lie_half_on_a_bar_are_found(drawn, say, line):
    assert "edge of a shape" in say("overlapping", drawn((0, 0, PAPER), (250, 100, BAR), (100, 104, line)))[0]


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "pdf"])
def test_what_is_drawn_over_words_is_seen_in_the_finished_file(drawn, say, line, typesetter, kind):
    other = words(typesetter, "Northern coast")

    made = drawn(
        (0, 0, PAPER), (100, 100, line), (100, 300, other), (200, 96, Fill(Size(70, 60), "#FFFFFF")), kind=kind
    )

    (finding,) = say("overlapping", made)
    assert "Something lies over" in finding
    assert "Delta and islands" in finding


def test_a_file_that_lacks_the_words_of_its_page_is_found(bench, say):
    made = bench.make()
    bare = tuple(
        Placed(Point(at.box.x, at.box.y), at.item) for at in walk(made.page.frame) if isinstance(at.item, Fill)
    )
    wrong = bench.with_frame(replace(made.page.frame, items=bare))

    assert say("overlapping", replace(made, path=wrong.path))


def test_words_on_a_code_or_a_mark_are_found(bench, say, typesetter):
    made = bench.make("screen.hd_portrait")
    for name in ("qr", "mark"):
        box = next(mark.box for mark in made.marks if mark.found.item.name == name)
        over = Placed(Point(box.x, box.y + box.height / 2 - 26), words(typesetter))
        frame = replace(made.page.frame, items=(*made.page.frame.items, over))

        found = say("overlapping", bench.with_frame(frame, made))

        assert any(("QR code" if name == "qr" else "the mark") in sentence for sentence in found)


def test_letters_in_their_own_colours_are_not_taken_for_hidden(bench, say):
    made = bench.make(story=bench.blocks("headline", text="Open ⭐ harbour 🌞🟡", short=""))

    assert say("overlapping", made) == []


def test_a_frame_without_words_has_nothing_to_overlap(bench, say):
    assert say("overlapping", bench.with_frame(Frame(Size(200, 200), (Placed(Point(0, 0), BAR),), "page"))) == []
