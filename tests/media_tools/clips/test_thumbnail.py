"""What stands for a clip until it plays."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from media_tools.clips.codes import Code
from media_tools.clips.look import Viewer
from media_tools.layout.text import Typesetter
from media_tools.platforms import placements
from media_tools.studio import Studio
from tests.media_tools.clips.conftest import CUES, story

REEL = "instagram.reel"


def seen(content: object) -> np.ndarray:
    """As grey of 90 x 160 px."""
    return np.asarray(Image.open(content).convert("L").resize((90, 160)), np.int16)


def apart(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one - other).mean())


@pytest.fixture
def thumbnail(films, footage):
    def thumbnail(thumbnail: dict[str, object], **changes: object) -> np.ndarray:
        (film,) = films(footage, REEL, thumbnail=thumbnail, **changes)
        return seen(film.poster)

    return thumbnail


def test_it_shows_its_own_moment_under_its_own_words(thumbnail):
    usual, later = thumbnail({}), thumbnail({"at": 2.5})

    assert apart(usual, later) > 1
    assert apart(later, thumbnail({"at": 2.5, "title": "Come and see it"})) > 0.5
    assert apart(later, thumbnail({"at": 2.5, "title": "A test"})) == 0


def test_captions_and_names_do_not_stand_on_it(thumbnail):
    named = [{"name": "Amina Haddad", "start": 0.5, "end": 2.5}]

    bare, told = thumbnail({"at": 1.0}), thumbnail({"at": 1.0}, captions=CUES, lower_thirds=named)

    assert apart(bare, told) == 0


def test_words_without_room_leave_the_picture_and_are_told_of(films, footage):
    (film,) = films(footage, REEL, thumbnail={"title": "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"})

    assert Image.open(film.poster).size == (film.width, film.height)
    (finding,) = [finding for finding in film.findings if finding.code == Code.LEFT_OUT]
    assert finding.message.startswith("The thumbnail has no room for its words")


def test_the_preview_is_the_thumbnail(thumbnail, footage, kit):
    told = {"at": 2.0, "title": "Come and see"}
    viewer = Viewer(footage.parent, Typesetter(Studio(footage.parent)))

    preview = viewer.thumbnail(story(footage, thumbnail=told), kit, placements()[REEL].film, 360)

    assert apart(seen(BytesIO(preview.content)), thumbnail(told)) < 3
