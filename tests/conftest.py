"""What tests share: the example story, its pictures drawn once, and one set of fonts a process."""

from pathlib import Path

import pytest

from media_tools.example.campaign import brand, copy_artwork, draw_pictures, story
from media_tools.infographic import Infographic
from media_tools.layout.text import Typesetter
from media_tools.spec.brand import Brand
from media_tools.studio import Studio


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example's pictures, small, and its drawings."""
    folder = tmp_path_factory.mktemp("pictures")
    draw_pictures(folder, width=2400)
    copy_artwork(folder)
    return folder


@pytest.fixture(scope="session")
def typesetter(pictures: Path) -> Typesetter:
    return Typesetter(Studio(pictures))


@pytest.fixture(scope="session")
def kit() -> Brand:
    return brand()


@pytest.fixture(scope="session")
def missions() -> Infographic:
    return story("missions", "en")
