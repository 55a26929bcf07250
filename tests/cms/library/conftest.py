from pathlib import Path

import pytest

from cms.demo import load


@pytest.fixture(scope="session")
def artwork(tmp_path_factory) -> Path:
    """A folder with a map of an invented island and logos, of our own drawing."""
    folder = tmp_path_factory.mktemp("artwork")
    load.example.copy_artwork(folder)
    return folder
