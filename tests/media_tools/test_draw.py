from dataclasses import dataclass
from textwrap import dedent

import numpy as np
import pytest
from PIL import Image

from media_tools.draw import Pixels, draw, draw_ground, draw_letters
from media_tools.example.campaign import story
from media_tools.infographic import lay_out
from media_tools.layout.frame import Fill, Frame, Gradient, Paragraph, Path, Photograph, Placed, Run, Stop, TextStyle
from media_tools.layout.mirror import mirror
from media_tools.layout.text import Typesetter
from media_tools.platforms import placements
from media_tools.spec.geometry import Box, Point, Size
from media_tools.studio import Studio

RED, GREEN, BLUE, BLACK = "#FF0000", "#00FF00", "#0000FF", "#000000"
LETTERS = {(255, 0, 0): "R", (0, 255, 0): "G", (0, 0, 255): "B", (0, 0, 0): "K", (255, 255, 255): "W"}


def letters(pixels: Pixels) -> str:
    """A letter a px: _ where nothing is, ? for a colour between ours."""
    return "\n".join(
        "".join("_" if px[3] == 0 else LETTERS.get(tuple(map(int, px[:3])), "?") for px in row) for row in pixels
    )


def picture(text: str) -> str:
    return dedent(text).strip()


def page(width: float, height: float, *items: tuple[float, float, object]) -> Frame:
    return Frame(Size(width, height), tuple(Placed(Point(x, y), item) for x, y, item in items))


@pytest.fixture
def flags(tmp_path) -> Typesetter:
    """A folder with two small pictures: one solid in four colours, one half clear."""
    flag = Image.new("RGB", (4, 2), "red")
    flag.paste((0, 255, 0), (2, 0, 4, 1))
    flag.paste((0, 0, 255), (0, 1, 2, 2))
    flag.paste((255, 255, 255), (2, 1, 4, 2))
    flag.save(tmp_path / "flag.png")
    clear = Image.new("RGBA", (4, 2), (0, 0, 0, 0))
    clear.paste((255, 0, 0, 255), (0, 0, 2, 2))
    clear.save(tmp_path / "clear.png")
    return Typesetter(Studio(tmp_path))


def test_later_items_cover_earlier_ones(typesetter):
    frame = page(6, 3, (0, 0, Fill(Size(4, 2), RED)), (3, 1, Fill(Size(2, 2), BLUE)))

    assert letters(draw(frame, typesetter)) == picture("""
        RRRR__
        RRRBB_
        ___BB_
        """)


def test_items_of_a_group_stand_from_its_corner(typesetter):
    group = page(3, 2, (1, 0, Fill(Size(1, 2), RED)))
    frame = page(6, 3, (2, 1, group), (0, 0, Fill(Size(1, 1), BLUE)))

    assert letters(draw(frame, typesetter)) == picture("""
        B_____
        ___R__
        ___R__
        """)


def test_edges_of_fills_are_on_whole_px_and_a_hairline_never_vanishes(typesetter):
    frame = page(
        6,
        4,
        (0.4, 0.4, Fill(Size(2.2, 0.2), RED)),
        (4.6, 0, Fill(Size(0.1, 2.6), GREEN)),
        (0, 2, Fill(Size(3, 1.4), BLUE)),
    )

    assert letters(draw(frame, typesetter)) == picture("""
        RRR__G
        _____G
        BBB__G
        ______
        """)


def test_what_is_outside_the_page_is_cut(typesetter):
    frame = page(4, 3, (-1, -1, Fill(Size(3, 2), RED)), (3, 2, Fill(Size(9, 9), BLUE)))

    assert letters(draw(frame, typesetter)) == picture("""
        RR__
        ____
        ___B
        """)


def test_a_photograph_lands_at_its_place(flags):
    whole = Photograph(Size(4, 2), "flag.png", Box(0, 0, 1, 1))

    assert letters(draw(page(6, 4, (1, 1, whole)), flags)) == picture("""
        ______
        _RRGG_
        _BBWW_
        ______
        """)


def test_of_a_photograph_only_the_part_is_shown(flags):
    part = Photograph(Size(2, 2), "flag.png", Box(0.5, 0, 0.5, 1))

    assert letters(draw(page(3, 2, (0, 0, part)), flags)) == picture("""
        GG_
        WW_
        """)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [(-2, 0, "GG_ WW_ ___"), (0, -1, "BBW ___ ___"), (1, 2, "___ ___ _RR"), (5, 5, "___ ___ ___")],
)
def test_a_photograph_is_cut_at_the_edge_of_the_page(flags, x, y, expected):
    whole = Photograph(Size(4, 2), "flag.png", Box(0, 0, 1, 1))

    assert letters(draw(page(3, 3, (x, y, whole)), flags)).split("\n") == expected.split(" ")


def test_what_is_clear_in_a_photograph_shows_what_is_under_it(flags):
    frame = page(4, 2, (0, 0, Fill(Size(4, 2), BLUE)), (0, 0, Photograph(Size(4, 2), "clear.png", Box(0, 0, 1, 1))))

    assert letters(draw(frame, flags)) == picture("""
        RRBB
        RRBB
        """)


def test_photographs_are_not_turned_in_a_mirror(flags):
    whole = Photograph(Size(4, 2), "flag.png", Box(0, 0, 1, 1))

    assert letters(draw(mirror(page(6, 2, (0, 0, whole))), flags)) == picture("""
        __RRGG
        __BBWW
        """)


def test_a_path_is_filled_from_its_corner_in_units_of_its_scale(typesetter):
    ell = Path(Size(4, 4), "M0 0h1v1h1v1h-2z", RED, scale=2)

    assert letters(draw(page(6, 5, (1, 1, ell)), typesetter)) == picture("""
        ______
        _RR___
        _RR___
        _RRRR_
        _RRRR_
        """)


def test_a_flipped_path_is_its_own_mirror_image(typesetter):
    ell = Path(Size(4, 3), "M0 0h1v2h2v1h-3z", RED)
    flipped = Path(Size(4, 3), "M0 0h1v2h2v1h-3z", RED, flipped=True)

    pictures = [letters(draw(page(5, 3, (1, 0, path)), typesetter)) for path in (ell, flipped)]

    assert pictures == [
        picture("""
            _R___
            _R___
            _RRR_
            """),
        picture("""
            ____R
            ____R
            __RRR
            """),
    ]


def test_a_page_of_shapes_mirrored_is_its_picture_turned(typesetter):
    frame = page(
        7,
        4,
        (0, 0, Fill(Size(7, 4), BLUE)),
        (1, 0, Path(Size(3, 3), "M0 0h1v2h2v1h-3z", RED)),
        (5, 1, Fill(Size(2, 1), GREEN)),
    )

    assert np.array_equal(draw(mirror(frame), typesetter), draw(frame, typesetter)[:, ::-1])


def test_a_stroke_is_as_wide_as_it_says_whatever_the_scale(typesetter):
    line = Path(Size(6, 4), "M0 1H3", RED, stroke=2, scale=2)

    assert letters(draw(page(6, 4, (0, 0, line)), typesetter)) == picture("""
        ______
        RRRRRR
        RRRRRR
        ______
        """)


def test_a_gradient_rises_steadily_from_clear_to_solid(typesetter):
    down = Gradient(BLACK, Point(0, 0), Point(0, 1), (Stop(0, 0), Stop(1, 1)))

    pixels = draw(page(40, 32, (0, 0, Fill(Size(40, 32), down))), typesetter)

    opacity = pixels[..., 3].mean(axis=1)
    assert opacity[0] < 8
    assert opacity[-1] > 247
    assert (np.diff(opacity) > 0).all()
    assert pixels[..., 3].std(axis=1).max() < 1


def test_a_gradient_fades_into_what_is_under_it(typesetter):
    across = Gradient(BLUE, Point(0, 0), Point(1, 0), (Stop(0, 1), Stop(0.5, 1), Stop(1, 0)))
    frame = page(40, 8, (0, 0, Fill(Size(40, 8), RED)), (0, 0, Fill(Size(40, 8), across)))

    row = draw(frame, typesetter).mean(axis=0)

    assert (row[:20, 2] > 254).all()
    assert (np.diff(row[20:, 0]) > 0).all()
    assert (row[:, 3] == 255).all()


def test_ground_and_letters_are_the_page_in_two_layers(typesetter):
    style = TextStyle(("IBM Plex Sans",), 24, 600, 1.3, BLUE)
    words = Paragraph(Size(80, 32), (Run("nine", style),), "en", right_to_left=False)
    frame = page(100, 40, (0, 0, Fill(Size(100, 40), RED)), (10, 4, words))

    ground, ink, whole = (kind(frame, typesetter) for kind in (draw_ground, draw_letters, draw))

    assert (ground == [255, 0, 0, 255]).all()
    assert 0 < (ink[..., 3] > 0).mean() < 0.5
    assert np.array_equal(whole[ink[..., 3] == 0], ground[ink[..., 3] == 0])
    assert np.array_equal(whole[ink[..., 3] == 255], ink[ink[..., 3] == 255])


def test_an_item_that_cannot_be_drawn_is_an_error(typesetter):
    @dataclass(frozen=True)
    class Balloon:
        size: Size

    with pytest.raises(TypeError, match="no drawing for Balloon"):
        draw(page(2, 2, (0, 0, Balloon(Size(1, 1)))), typesetter)


@pytest.mark.parametrize(("placement", "language"), [("zalo.post", "en"), ("zalo.article_cover", "ar")])
def test_a_page_drawn_anew_is_the_same_to_the_byte(pictures, kit, typesetter, placement, language):
    def drawn(by: Typesetter) -> Pixels:
        return draw(lay_out(story("missions", language), placements()[placement], kit, by).frame, by)

    assert drawn(typesetter).tobytes() == drawn(Typesetter(Studio(pictures))).tobytes()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_finished_page_has_no_clear_px(typesetter, laid_story, language):
    pixels = draw(laid_story("zalo.post", language).frame, typesetter)

    assert pixels.shape == (1080, 1080, 4)
    assert (pixels[..., 3] == 255).all()
