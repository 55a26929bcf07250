"""Nothing looks other than it did when somebody last looked."""

import pytest
from PIL import Image, ImageChops

from media_tools.example import campaign
from media_tools.infographic import BLOCKS, THEMES
from media_tools.layout.text import Typesetter
from media_tools.studio import Studio
from tests.gallery.__main__ import WIDTH
from tests.gallery.exhibits import DECLARATION, exhibits
from tests.gallery.signature import seen_before, signature

EXHIBITS = list(exhibits())
SECTIONS = sorted({exhibit.section for exhibit in EXHIBITS})


@pytest.fixture(scope="module")
def by_example(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    folder = tmp_path_factory.mktemp("gallery")
    campaign.draw_pictures(folder, width=WIDTH)
    campaign.copy_artwork(folder)
    return Typesetter(Studio(folder))


@pytest.mark.parametrize("section", SECTIONS)
def test_pictures_are_as_they_were_seen(section, by_example):
    seen = seen_before()
    shown = [exhibit for exhibit in EXHIBITS if exhibit.section == section]

    changed = [each.title for each in shown if not signature(each.picture(by_example)).like(seen.get(each.title))]

    assert changed == [], "Run `make gallery`, look at what is marked as changed, and accept it with ARGS=--accept."


def test_the_gallery_shows_everything():
    names = " ".join(exhibit.name for exhibit in EXHIBITS)

    assert len(DECLARATION) == 26
    assert all(name in names for name in (*BLOCKS, *THEMES))
    assert set(seen_before()) == {exhibit.title for exhibit in EXHIBITS}


def test_a_picture_that_moved_or_changed_its_colour_is_noticed(by_example):
    picture = EXHIBITS[0].picture(by_example)
    moved = ImageChops.offset(picture, 0, picture.height // 12)
    tinted = Image.blend(picture, Image.new("RGB", picture.size, "#ff0000"), 0.05)

    assert signature(picture).like(signature(picture.copy()))
    assert not signature(picture).like(signature(moved))
    assert not signature(picture).like(signature(tinted))
