from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw
from pydantic import ValidationError

from media_tools.alt_text import alt_text
from media_tools.blocks.headline import Headline
from media_tools.blocks.key_figures import KeyFigures
from media_tools.blocks.logos import Logos
from media_tools.blocks.map import Map
from media_tools.blocks.photo import Photo
from media_tools.carousel import lay_out_slides
from media_tools.errors import DoesNotFit, InvalidInput
from media_tools.infographic import BLOCKS, THEMES, Infographic, lay_out
from media_tools.layout.frame import Fill, Frame, Path, Photograph, walk
from media_tools.layout.mirror import mirror
from media_tools.layout.text import Typesetter
from media_tools.platforms import placements
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language
from media_tools.stills import Job, make_stills
from media_tools.studio import Studio

EXAMPLE = Logos.example()


def partner(name: str, path: str) -> dict:
    kind = "artwork" if path.endswith(".svg") else "picture"
    return {"name": name, kind: {"path": path, "licence": "By permission"}}


def groups(frame: Frame, name: str):
    return [found for found in walk(frame) if isinstance(found.item, Frame) and found.item.name == name]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, pictures):
    """Logos as partners send them: with margins, in colours, on white, as lines."""
    folder = tmp_path_factory.mktemp("logos")
    for path in (*pictures.glob("*.svg"), pictures / "bay.jpg"):
        (folder / path.name).write_bytes(path.read_bytes())
    logo = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    ImageDraw.Draw(logo).ellipse((100, 100, 299, 199), fill=(200, 40, 20))
    logo.save(folder / "margins.png")
    Image.new("RGBA", (400, 300), (0, 0, 0, 0)).save(folder / "nothing.png")
    for name, colour in (("white", "#ffffff"), ("dark", "#101820")):
        Image.new("RGB", (400, 300), colour).save(folder / f"{name}.png")
    pale = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    ImageDraw.Draw(pale).rectangle((10, 10, 300, 200), fill=(240, 235, 220))
    pale.save(folder / "pale.png")
    for name, body in {
        "square": '<path d="M20 20h10v10h-10z"/>',
        "wide": '<path fill="#c00" d="M20 20h60v10h-60z"/>',
        "two": '<path d="M1 1h9v9z"/><path fill="#fff" d="M1 1h9v9z"/>',
        "lines": '<path fill="none" stroke="#000" d="M1 1h9v9z"/>',
        "thread": '<path d="M1 1h90v1h-90z"/>',
    }.items():
        text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{body}</svg>'
        (folder / f"{name}.svg").write_text(text)
    return folder


@pytest.fixture(scope="module")
def setting(folder, typesetter):
    studio = Studio(folder)
    studio.fonts = typesetter.fonts
    return Typesetter(studio)


@pytest.fixture
def page(empty_page, setting):
    def page(placement="instagram.feed_portrait", language="en"):
        return replace(empty_page(placement, language), studio=setting.studio, type=setting)

    return page


def laid(block: Logos, page, width=None) -> Frame:
    width = width or page.box.width
    return block.layout(Size(width, block.least(width, page)), page)


# The row


@pytest.mark.parametrize("placement", ["instagram.feed_portrait", "instagram.story", "x.post", "print.a4", "screen.hd"])
def test_logos_have_one_area_and_stand_in_one_row(page, placement):
    paper = page(placement)
    frame = laid(EXAMPLE, paper)
    boxes = [found.box for found in groups(frame, "logo")]

    areas = [box.width * box.height for box in boxes]
    assert len(boxes) == len(EXAMPLE.partners)
    assert max(areas) / min(areas) < 1.12  # sides are whole px
    assert max(areas) == pytest.approx(2 * (0.045 * paper.short) ** 2, rel=0.08)
    assert all(one.right < other.x for one, other in pairwise(boxes))
    assert boxes[0].x == 0
    middles = [box.y + box.height / 2 for box in boxes]
    assert max(middles) - min(middles) < 1


def test_margins_round_a_logo_do_not_count(page):
    block = Logos(partners=(partner("Square", "square.svg"), partner("Margins", "margins.png")))
    square, margins = (found.box for found in groups(laid(block, page()), "logo"))

    assert square.width == square.height
    assert margins.width / margins.height == pytest.approx(2, abs=0.05)


def test_artwork_is_drawn_in_one_colour_and_a_picture_in_its_own(page):
    paper = page()
    block = Logos(partners=(partner("Wide", "wide.svg"), partner("Margins", "margins.png")))
    frame = laid(block, paper)

    (path,) = (found.item for found in walk(frame) if isinstance(found.item, Path))
    (photo,) = (found.item for found in walk(frame) if isinstance(found.item, Photograph))
    assert path.colour == paper.ground.text
    assert photo.crop.x == pytest.approx(0.25)
    assert photo.crop.width == pytest.approx(0.5)


def test_a_long_row_is_smaller_and_a_longer_one_does_not_fit(page):
    paper = page()
    whole = laid(EXAMPLE, paper, 900).size.height

    assert laid(EXAMPLE, paper, 420).size.height < whole
    with pytest.raises(DoesNotFit, match="row of logos"):
        EXAMPLE.least(200, paper)


def test_from_the_right_the_first_partner_is_at_the_right_and_no_logo_is_turned(page):
    paper = page(language="ar")
    frame = laid(EXAMPLE, paper)
    turned = mirror(frame)

    before, after = groups(frame, "logo"), groups(turned, "logo")
    assert [found.item for found in before] == [found.item for found in after]
    assert [found.box.x for found in after] == sorted((found.box.x for found in after), reverse=True)
    assert after[0].box.right == pytest.approx(frame.size.width)


# What is refused


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("two.svg", "several colours"),
        ("lines.svg", "drawn with strokes"),
        ("thread.svg", "times as long"),
        ("white.png", "stand in a box"),
        ("nothing.png", "stand in a box"),
        ("bay.jpg", "stand in a box"),
    ],
)
def test_a_logo_that_would_not_look_like_itself_is_refused(page, path, words):
    block = Logos(partners=(partner("Square", "square.svg"), partner("Other", path)))

    with pytest.raises(InvalidInput, match=words) as refusal:
        block.least(900, page())

    assert refusal.value.field.startswith("logos.partners[1].")


@pytest.mark.parametrize("fields", [{}, {"artwork": {"path": "a.svg"}, "picture": {"path": "a.png"}}])
def test_a_partner_has_one_logo(fields):
    with pytest.raises(ValidationError, match="no logo, or two"):
        Logos.model_validate({"partners": [{"name": "Reef Institute", **fields}]})


def test_five_partners_are_the_most():
    with pytest.raises(ValidationError, match="at most 5"):
        Logos(partners=tuple(partner(f"Partner {number}", "square.svg") for number in range(6)))


# On a page


def told(theme: str, *partners, language="en") -> Infographic:
    block = Logos(partners=partners) if partners else EXAMPLE
    blocks = (Headline.example(), KeyFigures.example(), Photo.example(), Map.example(), block)
    return Infographic(version=1, language=language, theme=theme, blocks=blocks)


@pytest.mark.parametrize("placement", ["instagram.feed_portrait", "instagram.story", "x.post"])
@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_sets_the_logos_over_the_ministrys_own(theme, placement, kit, setting):
    frame = lay_out(told(theme), placements()[placement], kit, setting).frame

    (row,), (own,) = groups(frame, "logos"), groups(frame, "footer")
    assert 0 < own.box.y - row.box.bottom < 0.05 * frame.size.height
    others = [found.box for name in ("map", "key_figures", "headline") for found in groups(frame, name)]
    assert not any(row.box.overlap(box) for box in others)


@pytest.mark.parametrize("theme", ["bulletin", "signal"])
def test_the_logos_stand_under_the_rule_of_the_foot(theme, kit, setting):
    frame = lay_out(told(theme), placements()["instagram.feed_square"], kit, setting).frame

    (row,) = groups(frame, "logos")
    rules = [found.box for found in walk(frame) if isinstance(found.item, Fill) and found.box.height < 5]
    assert any(0 < row.box.y - rule.bottom < 0.03 * frame.size.height for rule in rules)


def test_of_a_carousel_the_last_slide_has_the_logos(kit, typesetter):
    names = ("headline", "photo", "key_figures", "column_chart", "timeline", "quote", "logos", "steps", "qr_call")
    blocks = tuple(BLOCKS[name].example() for name in names)
    story = Infographic(version=1, language="en", blocks=blocks)

    slides = lay_out_slides(story, placements()["instagram.feed_portrait"], kit, typesetter)

    assert [len(groups(slide.frame, "logos")) for slide in slides] == [0] * (len(slides) - 1) + [1]
    assert not any(slide.left_out for slide in slides)


def test_logos_are_named_in_the_alt_text_and_not_in_the_source_line(kit, setting):
    story = told("bulletin")

    assert EXAMPLE.described(Language("en"), "latn")[0].startswith("Partners: Harbour Office, Lantern Fund")
    assert EXAMPLE.described(Language("ar"), "arab")[0].startswith("الشركاء: ")
    assert "Partners: Harbour Office" in alt_text(story, kit)
    assert EXAMPLE.credits() == ()
    assert [artwork.credit for artwork in story.artworks[1:]] == ["Drawing: Attaché"] * 4


def test_a_partner_is_credit_and_alt_text_of_its_own_logo():
    block = Logos(partners=(partner("Reef Institute", "pale.png"), partner("Lantern Fund", "square.svg")))

    (picture,), (artwork,) = block.pictures(), block.artworks()
    assert (picture.alt, picture.credit, artwork.credit) == ("Reef Institute", "Reef Institute", "Lantern Fund")


def test_a_logo_that_can_hardly_be_seen_is_found(kit, folder, tmp_path):
    story = told("bulletin", partner("Pale", "pale.png"), partner("Margins", "margins.png"))

    still = next(make_stills(Job(story, kit, folder, (placements()["x.post"],), "png", "a", tmp_path)))

    faint = [finding.message for finding in still.findings if finding.code == "logo-faint"]
    assert len(faint) == 1
    assert "pale.png" in faint[0]
