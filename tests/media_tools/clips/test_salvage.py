"""A file whose end is missing: what is there of it can be used."""

from pathlib import Path

import av
import pytest

from media_tools.clips.salvage import save_good_part
from media_tools.errors import CannotOpen
from media_tools.open.video import Incomplete, measured, probe_video
from tests.media_tools.clips.conftest import ffmpeg


def cut_short(footage: Path, path: Path, share: float) -> Path:
    whole = path.with_stem("whole")
    ffmpeg("-i", footage, "-c", "copy", *(["-movflags", "+faststart"] if path.suffix == ".mp4" else []), whole)
    content = whole.read_bytes()
    path.write_bytes(content[: int(share * len(content))])
    return path


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv"])
def test_the_part_that_is_good_becomes_a_whole_file(suffix, footage, tmp_path):
    path = cut_short(footage, tmp_path / f"cut{'.mp4' if suffix == '.mov' else suffix}", 0.6)
    with pytest.raises(Incomplete) as caught:
        measured(path)

    good = tmp_path / f"good{suffix}"
    save_good_part(path, good)

    assert measured(good) == pytest.approx(caught.value.good, abs=0.1)
    assert probe_video(good).has_sound
    with av.open(str(good)) as container:
        assert sum(1 for _frame in container.decode(video=0)) == pytest.approx(30 * caught.value.good, abs=2)


def test_where_nothing_is_good_it_says_so(footage, tmp_path):
    whole, path = tmp_path / "whole.mp4", tmp_path / "cut.mp4"
    ffmpeg("-i", footage, "-c", "copy", "-movflags", "+faststart", whole)
    content = whole.read_bytes()
    path.write_bytes(content[: content.index(b"mdat") + 8])

    with pytest.raises(CannotOpen, match=r"cut\.mp4.*sent again"):
        save_good_part(path, tmp_path / "good.mp4")


def test_who_ends_a_clip_within_the_good_part_needs_no_other_file(footage, films, tmp_path):
    path = cut_short(footage, tmp_path / "cut.mp4", 0.7)

    (film,) = films(path, textless=True, footage={"end": 1.5})

    assert film.seconds == 1.5
    with pytest.raises(Incomplete, match=r"or use what is there: end at \d\.\d s or earlier"):
        films(path, textless=True)
