import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media_tools.layout.text import Typesetter
from tests.gallery.readme import FOLDER, PICTURES, picture, typesetter_with_pictures

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def full_size(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    return typesetter_with_pictures(tmp_path_factory.mktemp("full"))


@pytest.mark.parametrize("name", PICTURES)
def test_the_readme_shows_what_the_code_makes(name, full_size):
    now = np.asarray(picture(name, full_size), np.int16)

    with Image.open(FOLDER / f"{name}.jpg") as shown:
        then = np.asarray(shown.convert("RGB"), np.int16)

    assert then.shape == now.shape
    assert np.abs(then - now).mean() < 3, "Run `python -m tests.gallery.readme` and look at the pictures."


def test_every_file_that_the_readme_names_is_there():
    links = re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", README.read_text(encoding="utf-8"))

    paths = [one or other for one, other in links if "://" not in (one or other)]

    assert [path for path in paths if not (README.parent / path).exists()] == []
    assert len(paths) >= len(PICTURES)
