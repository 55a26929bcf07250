"""Sources that cameras, phones and broken lines leave behind, made by ffmpeg itself."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import pytest

from media_tools.clips.film import Film, FilmJob, make_films
from media_tools.clips.film_time import FilmTime, Stretch
from media_tools.clips.story import Clip
from media_tools.platforms import placements

REAL = Path(__file__).parents[4] / "shared/data/real"
FOUR = ("instagram.reel", "instagram.feed_portrait", "instagram.feed_square", "youtube.video")
_COUNT = "testsrc2=s={size}:r={fps}:d={seconds}"
_TONE = "sine=f=330:r=48000:d={seconds}"


def ffmpeg(*arguments: str | Path) -> None:
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def footage(tmp_path_factory) -> Path:
    """Three seconds of a moving pattern with a tone, 1280 x 720 at 30."""
    path = tmp_path_factory.mktemp("footage") / "plain.mp4"
    picture, tone = _COUNT.format(size="1280x720", fps=30, seconds=3), _TONE.format(seconds=3)
    ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone, "-c:v", "libx264", "-preset", "ultrafast",
           "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", path)  # fmt: skip
    return path


@pytest.fixture(scope="session")
def silence(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("silence") / "silence.m4a"
    ffmpeg("-f", "lavfi", "-i", "anullsrc=d=8", "-c:a", "aac", path)
    return path


def whole(frames: int, start: float = 0) -> FilmTime:
    """A film of one stretch of its footage."""
    return FilmTime((Stretch(start, frames),))


def story(path: Path, **changes: object) -> Clip:
    told = {"path": path.name, "alt": "A pattern", "credit": "Made by a test", "licence": "Apache-2.0"}
    footage = {**told, **changes.pop("footage", {})}
    return Clip.model_validate({"version": 1, "language": "en", "title": "A test", **changes, "footage": footage})


CUES = {
    "cues": [
        {"start": 500, "end": 1400, "text": "Ten thousand"},
        {"start": 1500, "end": 2467, "text": "people came on one day"},
    ]
}
CARD = {"verb": "See the pavilion", "link": {"url": "https://go.mfa.example/expo"}, "seconds": 3}


@pytest.fixture
def films(kit, tmp_path, tmp_path_factory) -> Callable[..., list[Film]]:
    """Make a clip; its files lie in `tmp_path`, its cards where other tests find them."""
    cache = tmp_path_factory.getbasetemp() / "cards"

    def films(
        path: Path, *names: str, textless: bool = False, report=lambda _share: None, others=(), **changes
    ) -> list[Film]:
        slots = tuple(placements()[name] for name in names)
        clip = story(path, **changes)
        job = FilmJob(clip, kit, path.parent, slots, "clip", tmp_path, cache, textless, tuple(others))
        return list(make_films(job, report))

    return films
