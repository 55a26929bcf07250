from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media_tools import render as package
from media_tools.draw import Pixels, draw
from media_tools.made import FORMATS
from media_tools.render import Raster

every_format = pytest.mark.parametrize("kind", FORMATS.values(), ids=FORMATS)
RASTERS = {name: kind for name, kind in FORMATS.items() if isinstance(kind, Raster)}
every_raster = pytest.mark.parametrize("kind", RASTERS.values(), ids=RASTERS)


@pytest.fixture(scope="module")
def drawn(laid_story, typesetter) -> Pixels:
    """A finished page with a photo, type and flat colour."""
    return draw(laid_story("zalo.article_cover").frame, typesetter)


@pytest.fixture(scope="module", params=["page", "flat", "dusk", "noise"])
def pixels(request, drawn) -> Pixels:
    """Pictures that encoders treat differently: all have to come out smaller and smaller."""
    height, width = 120, 160
    opaque = np.full((height, width, 4), 255, np.uint8)
    match request.param:
        case "page":
            return drawn
        case "dusk":
            opaque[..., :3] = np.linspace(0, 255, width).astype(np.uint8)[None, :, None]
        case "noise":
            opaque[..., :3] = np.random.default_rng(7).integers(0, 256, (height, width, 3))
    return opaque


def decoded(content: bytes) -> np.ndarray:
    with Image.open(BytesIO(content)) as image:
        return np.asarray(image.convert("RGB"))


def in_grey(pixels: np.ndarray) -> np.ndarray:
    """Lightness alone: WebP keeps colours at half the resolution."""
    return np.asarray(Image.fromarray(pixels).convert("L")).astype(int)


def test_every_file_is_a_format():
    files = {path.stem for path in Path(package.__file__).parent.glob("*.py")} - {"__init__"}

    assert set(FORMATS) == files


@every_format
def test_a_format_has_a_suffix_of_its_own(kind):
    assert kind.suffix.startswith(".")
    assert [other.suffix for other in FORMATS.values()].count(kind.suffix) == 1


@every_raster
def test_the_same_pixels_make_the_same_bytes(kind, pixels):
    assert kind.encode(pixels, None) == kind.encode(pixels.copy(), None)


@every_raster
def test_a_file_shows_the_pixels_it_was_made_from(kind, pixels):
    shown = decoded(kind.encode(pixels, None).content)

    assert shown.shape == pixels[..., :3].shape
    assert np.abs(in_grey(shown) - in_grey(pixels[..., :3])).mean() < 4
    assert np.abs(shown.mean((0, 1)) - pixels[..., :3].mean((0, 1))).max() < 4


@every_raster
def test_without_a_limit_the_first_and_best_is_taken(kind, pixels):
    best = next(iter(kind.attempts(Image.fromarray(pixels[..., :3]))))

    assert kind.encode(pixels, None) == best


@every_raster
def test_the_best_that_keeps_the_limit_is_taken(kind, pixels):
    attempts = list(kind.attempts(Image.fromarray(pixels[..., :3])))

    for attempt in attempts:
        limit = len(attempt.content)
        chosen = kind.encode(pixels, limit)
        assert len(chosen.content) <= limit
        assert chosen == next(each for each in attempts if len(each.content) <= limit)


@every_raster
def test_where_nothing_keeps_the_limit_the_smallest_is_taken(kind, pixels):
    smallest = min(len(attempt.content) for attempt in kind.attempts(Image.fromarray(pixels[..., :3])))

    assert len(kind.encode(pixels, 1).content) == smallest


@every_raster
def test_every_step_down_is_smaller_on_a_finished_page(kind, drawn):
    sizes = [len(attempt.content) for attempt in kind.attempts(Image.fromarray(drawn[..., :3]))]

    assert all(before > after for before, after in pairwise(sizes))


@every_raster
def test_every_file_says_how_it_was_made(kind, pixels):
    settings = [attempt.settings for attempt in kind.attempts(Image.fromarray(pixels[..., :3]))]

    assert all(settings)
    assert len(set(settings)) == len(settings)


def test_a_png_without_a_limit_loses_nothing(pixels):
    assert np.array_equal(decoded(RASTERS["png"].encode(pixels, None).content), pixels[..., :3])


def test_a_jpeg_carries_no_notes():
    content = RASTERS["jpeg"].encode(np.full((8, 8, 4), 255, np.uint8), None).content

    with Image.open(BytesIO(content)) as image:
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
