"""A platform's limits of time are known before anything is filmed, and its limit of bytes is kept."""

import av
import pytest

from media_tools.clips.codes import Code
from media_tools.clips.film import FilmJob, make_films
from media_tools.clips.fitting import rate_within
from media_tools.platforms import placements
from media_tools.spec.geometry import Size
from tests.media_tools.clips.conftest import CARD, ffmpeg, story


@pytest.fixture(scope="module")
def rain(tmp_path_factory):
    """Four seconds of noise, which no coder makes small."""
    path = tmp_path_factory.mktemp("rain") / "rain.mp4"
    picture = "testsrc2=s=640x360:r=30:d=4,noise=alls=60:allf=t"
    ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=d=4", "-c:v", "libx264", "-preset", "ultrafast",
           "-crf", "24", "-pix_fmt", "yuv420p", "-c:a", "aac", path)  # fmt: skip
    return path


@pytest.fixture
def filmed(rain, kit, tmp_path):
    """The clip on a placement with other limits, and how far the work was reported to be."""

    def filmed(shares: list[float], **limits: object):
        slot = placements()["x.post"]
        changed = slot.model_copy(update={"limits": {**slot.limits, **limits}})
        job = FilmJob(story(rain, end_card=CARD), kit, rain.parent, (changed,), "clip", tmp_path, tmp_path / "cards")
        (film,) = make_films(job, shares.append)
        return film

    return filmed


def codes(film) -> set[str]:
    return {finding.code for finding in film.findings}


def test_a_file_too_large_is_filmed_again_within_the_limit(filmed):
    natural = filmed([])
    limit = round(0.6 * natural.bytes)

    held = filmed([], max_file_bytes_video=limit)

    assert 0.75 * limit < held.bytes <= limit
    assert Code.CODED_SMALLER in codes(held)
    assert Code.CODED_SMALLER not in codes(natural)
    with av.open(str(held.path)) as container:
        assert sum(1 for _frame in container.decode(video=0)) == round(held.seconds * 30)


def test_where_that_would_be_mud_the_limit_is_said_and_nothing_is_left(filmed, tmp_path):
    film = filmed([], max_file_bytes_video=100_000)

    assert film.path is None
    assert Code.FILE_TOO_LARGE in codes(film)
    assert list(tmp_path.glob("*.mp4*")) == []


@pytest.mark.parametrize(
    ("limits", "code"), [({"max_duration_s": 5}, Code.TOO_LONG), ({"min_duration_s": 60}, Code.TOO_SHORT)]
)
def test_what_is_too_long_or_too_short_is_refused_before_it_is_filmed(filmed, limits, code):
    shares: list[float] = []

    film = filmed(shares, **limits)

    assert (film.path, codes(film)) == (None, {code})
    assert all(share <= 0.2 or share == 1 for share in shares)


def test_what_is_left_for_pictures():
    assert rate_within(16_000_000, Size(1080, 1920), 30, 480_000) == 3925
    assert rate_within(16_000_000, Size(1080, 1920), 120, 1_920_000) is None
