from hypothesis import given
from hypothesis import strategies as st

from media_tools.layout.frame import (
    Align,
    Fill,
    Frame,
    Gradient,
    Paragraph,
    Path,
    Photograph,
    Placed,
    Run,
    Stop,
    TextStyle,
    dump,
    walk,
)
from media_tools.layout.mirror import UNMIRRORED, mirror
from media_tools.spec.geometry import Box, Point, Size

STYLE = TextStyle(("IBM Plex Sans",), 20, 400, 1.3, "#14252D")
SIZES = st.builds(Size, st.integers(1, 200), st.integers(1, 200))
QUARTERS = st.sampled_from([0, 0.25, 0.5, 0.75, 1])  # whole in binary, so that turning twice is exact
POINTS = st.builds(Point, QUARTERS, QUARTERS)
GRADIENTS = st.builds(lambda start, end: Gradient("#08232D", start, end, (Stop(0, 0), Stop(1, 1))), POINTS, POINTS)
LEAVES = st.one_of(
    st.builds(Fill, SIZES, st.one_of(st.just("#C43A1D"), GRADIENTS)),
    st.builds(lambda size, flipped: Path(size, "M0 0H1V1Z", "#14252D", flipped=flipped), SIZES, st.booleans()),
    st.builds(lambda size: Photograph(size, "bay.jpg", Box(0, 0, 1, 1)), SIZES),
    st.builds(
        lambda size, align, rtl: Paragraph(size, (Run("words", STYLE),), "ar", rtl, align),
        SIZES,
        st.sampled_from(Align),
        st.booleans(),
    ),
)


def group(items, places, name: str) -> Frame:
    """The items at their places in a frame that just holds them."""
    placed = tuple(Placed(at, item) for at, item in zip(places, items, strict=False))
    width = max((each.at.x + each.item.size.width for each in placed), default=1)
    height = max((each.at.y + each.item.size.height for each in placed), default=1)
    return Frame(Size(width, height), placed, name)


FRAMES = st.recursive(
    LEAVES,
    lambda items: st.builds(
        group,
        st.lists(items, max_size=4),
        st.lists(st.builds(Point, st.integers(0, 100), st.integers(0, 100)), min_size=4, max_size=4),
        st.sampled_from(["", "words", *sorted(UNMIRRORED)]),
    ),
    max_leaves=12,
).map(lambda item: group([item], [Point(7, 3)], "page"))


@given(FRAMES)
def test_a_page_mirrored_twice_is_itself(frame):
    assert mirror(mirror(frame)) == frame


@given(FRAMES)
def test_everything_stays_inside_the_page(frame):
    page = Box.of(frame.size)

    assert all(page.overhang(found.box) == 0 for found in walk(mirror(frame)))


@given(FRAMES)
def test_every_box_is_as_far_from_the_right_as_it_was_from_the_left(frame):
    before, after = list(walk(frame)), list(walk(mirror(frame)))

    for here, there in zip(before, after, strict=True):
        if not UNMIRRORED & set(here.names):
            assert there.box == Box(frame.size.width - here.box.right, here.box.y, here.box.width, here.box.height)


@given(FRAMES)
def test_marks_and_codes_move_with_the_page_and_keep_their_inside(frame):
    def kept(page: Frame) -> list[Frame]:
        found = (found for found in walk(page) if not UNMIRRORED & set(found.names))
        return [each.item for each in found if isinstance(each.item, Frame) and each.item.name in UNMIRRORED]

    assert kept(mirror(frame)) == kept(frame)


@given(FRAMES)
def test_lines_change_sides_and_words_keep_their_direction(frame):
    other = {Align.LEFT: Align.RIGHT, Align.RIGHT: Align.LEFT, Align.CENTRE: Align.CENTRE}
    pairs = zip(walk(frame), walk(mirror(frame)), strict=True)

    for here, there in pairs:
        if isinstance(here.item, Paragraph):
            turned = not UNMIRRORED & set(here.names)
            assert there.item.align == (other[here.item.align] if turned else here.item.align)
            assert there.item.right_to_left == here.item.right_to_left


@given(FRAMES)
def test_photographs_are_never_turned(frame):
    before = [found.item for found in walk(frame) if isinstance(found.item, Photograph)]
    after = [found.item for found in walk(mirror(frame)) if isinstance(found.item, Photograph)]

    assert after == before


def test_a_mirrored_page_reads_from_the_right():
    words = Paragraph(Size(60, 20), (Run("words", STYLE),), "ar", right_to_left=True)
    mark = Frame(Size(10, 10), (Placed(Point(0, 0), Fill(Size(4, 10), "#0F4C5C")),), "mark")
    page = Frame(Size(100, 50), (Placed(Point(5, 5), mark), Placed(Point(20, 5), words)), "page")

    assert dump(mirror(page)) == "\n".join(
        [
            "0,0 frame 100x50 page",
            "  85,5 frame 10x10 mark",
            "    0,0 fill 4x10 #0F4C5C",
            "  20,5 text 60x20 'words' 20px 400 #14252D right",
        ]
    )
