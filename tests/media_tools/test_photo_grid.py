from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.blocks.photo import Photo
from media_tools.blocks.photo_grid import PhotoGrid
from media_tools.errors import DoesNotFit
from media_tools.infographic import BLOCKS, Infographic, lay_out
from media_tools.layout.frame import Found, Frame, Paragraph, Photograph, walk
from media_tools.layout.page import Page
from media_tools.platforms import Use, choose, placements
from media_tools.spec.geometry import Box, Size
from media_tools.spec.picture import Picture

SCENES = {"bay": (0.6, 0.605), "crowd": (0.526, 0.5), "pavilion": (0.535, 0.47)}
COUNTS = (2, 3, 4)
COVERS = sorted(placement.name for placement in choose("all") if placement.use is Use.COVER)


def photos(count: int) -> tuple[Picture, ...]:
    names = [*SCENES, "bay"][:count]
    return tuple(
        Picture(path=f"{name}.jpg", focal=SCENES[name], alt=f"The {name}.", credit=f"Photo: A. {name.title()}")
        for name in names
    )


def photo_grid(count: int) -> PhotoGrid:
    return PhotoGrid(photos=photos(count))


def shown(frame: Frame) -> list[Found]:
    return [found for found in walk(frame) if isinstance(found.item, Photograph)]


def story(*blocks: object, theme: str = "") -> Infographic:
    fields = {"version": 1, "language": "en", "theme": theme, "source": "Harbour Office"}
    return Infographic.model_validate({**fields, "blocks": [BLOCKS["headline"].example(), *blocks]})


def laid(block: PhotoGrid, page: Page, width: float, height: float) -> Frame:
    return block.layout(Size(width, height), page)


@given(st.sampled_from(COUNTS), st.integers(200, 1900), st.floats(0, 1.6))
def test_photos_fill_the_grid_side_by_side_with_one_small_gap(empty_page, count, width, share):
    page, block = empty_page(), photo_grid(count)
    height = block.least(width, page) + share * width
    frame = laid(block, page, width, height)

    boxes = [found.box for found in shown(frame)]

    assert [found.item.picture for found in shown(frame)] == [photo.path for photo in block.photos]
    assert not any(one.overlap(other) for one, other in combinations(boxes, 2))
    assert all(value == round(value) for box in boxes for value in (box.x, box.y, box.width, box.height))
    whole = Box.of(frame.size)
    assert all(whole.overhang(box) == 0 for box in boxes)
    assert max(box.right for box in boxes) == whole.right
    assert max(box.bottom for box in boxes) == whole.bottom
    assert sum(box.width * box.height for box in boxes) >= 0.9 * whole.width * whole.height


@given(st.sampled_from(COUNTS), st.integers(200, 1900), st.floats(0, 1.6))
def test_each_photo_is_cropped_about_its_subject_and_never_stretched(empty_page, count, width, share):
    page, block = empty_page(), photo_grid(count)
    frame = laid(block, page, width, block.least(width, page) + share * width)

    for found, photo in zip(shown(frame), block.photos, strict=True):
        facts, part = page.studio.facts(photo.path), found.item.crop
        ratio = part.width * facts.width / (part.height * facts.height)
        assert ratio == pytest.approx(found.box.width / found.box.height, rel=0.01)
        assert Box(0, 0, 1, 1).overhang(part) < 1e-9
        assert part.x <= photo.focal[0] <= part.right
        assert part.y <= photo.focal[1] <= part.bottom


@given(st.sampled_from(COUNTS), st.integers(120, 1900))
def test_no_photo_is_smaller_than_can_be_seen(empty_page, count, width):
    page, block = empty_page(), photo_grid(count)

    boxes = [found.box for found in shown(laid(block, page, width, block.least(width, page)))]

    assert min(box.size.short for box in boxes) >= 3.4 * page.base


@pytest.mark.parametrize(
    ("count", "size", "expected"),
    [
        (2, (900, 400), [(0, 447), (453, 447)]),
        (2, (400, 700), [(0, 400), (0, 400)]),
        (3, (900, 560), [(0, 598), (604, 296), (604, 296)]),
        (3, (900, 260), [(0, 296), (302, 296), (604, 296)]),
        (4, (900, 680), [(0, 447), (453, 447), (0, 447), (453, 447)]),
        (4, (1600, 280), [(0, 396), (402, 395), (803, 395), (1204, 396)]),
    ],
)
def test_the_pattern_is_the_one_that_keeps_most_of_the_photos(empty_page, count, size, expected):
    boxes = [found.box for found in shown(laid(photo_grid(count), empty_page(), *size))]

    assert [(box.x, box.width) for box in boxes] == expected


def test_photos_go_from_the_last_and_two_at_least_stay_together():
    block, gone = photo_grid(4), []

    while block is not None:
        leaner = block.leaner()
        gone.append(leaner.what)
        block = leaner.remains

    assert gone == ["photo 4 of the photo grid", "photo 3 of the photo grid", "photo grid"]


def test_every_photo_is_credited_and_described(kit, typesetter):
    grid = photo_grid(3)

    frame = lay_out(story(grid), placements()["instagram.feed_portrait"], kit, typesetter).frame

    source = " ".join(found.item.text for found in walk(frame) if isinstance(found.item, Paragraph))
    assert all(photo.credit in source.replace("\n", " ") for photo in grid.photos)
    assert grid.described(None, "latn") == ("The bay.", "The crowd.", "The pavilion.")


@pytest.mark.parametrize("placement", COVERS)
@pytest.mark.parametrize("count", COUNTS)
def test_a_cover_shows_all_of_a_grid_or_says_that_it_has_no_room_for_it(kit, typesetter, placement, count):
    page = lay_out(story(photo_grid(count)), placements()[placement], kit, typesetter)

    whole = len(shown(page.frame)) == count
    assert whole or (page.left_out and not set(map(len, page.left_out)) & {0})


def test_a_grid_alone_cannot_fill_the_frame(kit, typesetter):
    page = lay_out(story(photo_grid(2), theme="frame"), placements()["instagram.feed_portrait"], kit, typesetter)

    assert page.theme == "bulletin"
    assert page.unsuited.why == "needs a photo to fill the frame"
    assert len(shown(page.frame)) == 2


def test_a_photo_beside_a_grid_fills_the_frame_and_the_grid_is_said_to_be_left_out(kit, typesetter):
    photo = Photo(picture=photos(1)[0])

    page = lay_out(story(photo_grid(2), photo, theme="frame"), placements()["instagram.feed_portrait"], kit, typesetter)

    assert page.theme == "frame"
    assert page.not_in_theme == ("photo grid",)
    assert [found.item.picture for found in shown(page.frame)] == ["bay.jpg"]


def test_a_room_too_narrow_for_one_photo_is_refused(empty_page):
    page = empty_page()

    with pytest.raises(DoesNotFit) as refusal:
        photo_grid(2).least(2 * page.base, page)

    assert refusal.value.needed > 2 * page.base


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_grid_has_two_to_four_photos(count):
    with pytest.raises(ValidationError, match=r"too_short|too_long"):
        PhotoGrid(photos=photos(1) * count)
