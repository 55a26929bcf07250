"""Files made to cost time, memory or a secret: refused in words, quickly, from what stands first in them."""

import json
import struct
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
import pytest

from media_tools.clips.source import guarded
from media_tools.errors import CannotOpen
from media_tools.open.container import MOST_STREAMS
from media_tools.open.moving_pictures import pictures
from media_tools.open.video import Incomplete, measured, probe_video
from tests.media_tools.clips.conftest import ffmpeg

SECONDS, MEMORY = 5.0, 400  # of processor time, and MB, that any one file may cost
LOOKED = """
import json, resource, sys
from pathlib import Path
from media_tools.errors import CannotOpen
from media_tools.open.moving_pictures import pictures
from media_tools.open.video import measured, probe_video
said = ""
try:
    probe_video(Path(sys.argv[1]))
    measured(Path(sys.argv[1]))
    for picture in pictures(Path(sys.argv[1]), 0, 2):
        picture.rgb(64)
except CannotOpen as refused:
    said = str(refused)
used = resource.getrusage(resource.RUSAGE_SELF)
own = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
most = int(own["VmHWM"].split()[0]) / 1024  # ru_maxrss would count what the tests held when they began this process
print(json.dumps([said, used.ru_utime + used.ru_stime, most]))
"""
FAST = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
HUGE = ("-f", "lavfi", "-i", "color=black:s=8000x6000:r=10:d=0.2")


def look(path: Path) -> tuple[str, float, float]:
    """What is said of a file by a process of its own, and the seconds and MB that it took."""
    command = [sys.executable, "-W", "ignore", "-c", LOOKED, str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=60, cwd=Path(__file__).parents[3]
    )
    said, seconds, memory = json.loads(done.stdout)
    return said, seconds, memory


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "small.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=128x72:r=30:d=1", "-f", "lavfi", "-i", "sine=d=1", *FAST, "-c:a", "aac",
           "-movflags", "+faststart", path)  # fmt: skip
    return path


def small_header_on_huge_pictures(small: Path, path: Path) -> None:
    ffmpeg(*HUGE, *FAST, "-movflags", "+faststart", path)
    content = bytearray(path.read_bytes())
    entry = content.index(b"avc1", content.index(b"stsd"))
    content[entry + 28 : entry + 32] = struct.pack(">HH", 128, 72)
    path.write_bytes(content)


def pictures_that_grow_on_the_way(small: Path, path: Path) -> None:
    begin, end = path.with_suffix(".a.ts"), path.with_suffix(".b.ts")
    ffmpeg("-i", small, "-an", "-c", "copy", begin)
    ffmpeg(*HUGE, *FAST, "-output_ts_offset", "1", end)
    path.write_bytes(begin.read_bytes() + end.read_bytes())


def hundreds_of_streams(small: Path, path: Path) -> None:
    ffmpeg("-i", small, *300 * ("-map", "0:a"), "-c", "copy", "-f", "matroska", path)


def ten_hours_by_its_header(small: Path, path: Path) -> None:
    ffmpeg("-i", small, "-c", "copy", "-f", "matroska", path)
    content = bytearray(path.read_bytes())
    place = content.index(b"\x44\x89\x88") + 3  # Matroska's Duration, in ms
    content[place : place + 8] = struct.pack(">d", 36_000_000)
    path.write_bytes(content)


def a_million_pictures_a_second(small: Path, path: Path) -> None:
    content = bytearray(small.read_bytes())
    clock = content.index(b"mdhd") + 16
    content[clock : clock + 4] = struct.pack(">I", 500_000_000)
    path.write_bytes(content)


def an_index_without_end(small: Path, path: Path) -> None:
    content = bytearray(small.read_bytes())
    count = content.index(b"stsz") + 12
    content[count : count + 4] = struct.pack(">I", 2**31 - 1)
    path.write_bytes(content)


BOMBS = {
    small_header_on_huge_pictures: "8000 x 6000 px, and we open up to 36 megapixels. Export it at 4K",
    pictures_that_grow_on_the_way: "incomplete or damaged",
    hundreds_of_streams: f"300 streams, and we open up to {MOST_STREAMS}. Export it with one picture",
    ten_hours_by_its_header: "lasts 10.0 hours, and we open up to 4. Cut it first",
    a_million_pictures_a_second: "pictures a second, and we open up to 120. Export it at 60",
    an_index_without_end: "incomplete or damaged. Ask for it to be sent again",
}


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_is_refused_in_words_and_costs_little(bomb, small, tmp_path):
    path = tmp_path / "film.mp4"
    bomb(small, path)

    said, seconds, memory = look(path)

    assert BOMBS[bomb] in said
    assert seconds < SECONDS
    assert memory < MEMORY


def test_a_header_that_promises_more_than_there_is_counts_for_nothing(small, tmp_path):
    path = tmp_path / "film.mkv"
    ten_hours_by_its_header(small, path)
    content = bytearray(path.read_bytes())
    place = content.index(b"\x44\x89\x88") + 3
    content[place : place + 8] = struct.pack(">d", 3_600_000)
    path.write_bytes(content)

    with pytest.raises(Incomplete, match=r"1\.0 of its 3600\.0 seconds") as caught:
        measured(path)

    assert caught.value.good == pytest.approx(1.0, abs=0.05)


LISTS = {
    "hls": "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:3,\nsecret.mp4\n#EXT-X-ENDLIST\n",
    "ffconcat": "ffconcat version 1.0\nfile secret.mp4\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
    "dash": '<?xml version="1.0"?><MPD><Period><BaseURL>secret.mp4</BaseURL></Period></MPD>',
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="secret.mp4"/></svg>',
    "script": "#!/bin/sh\ncat secret.mp4\n",
    "html": "<html><video src=secret.mp4></html>",
}
FRONTS = {"none": b"", "music": b"ID3\x04\0\0\0\0\0\0", "film": b"\0\0\0\x08free", "wave": b"RIFF\0\0\0\0WAVE"}
"""What makes the first bytes pass for footage."""


@pytest.mark.parametrize("front", FRONTS)
@pytest.mark.parametrize("kind", LISTS)
def test_a_list_in_disguise_leads_to_no_other_file(kind, front, small, tmp_path):
    """Neither by our door, nor past it by ffmpeg as we call it."""
    (tmp_path / "secret.mp4").write_bytes(small.read_bytes())
    path = tmp_path / "film.mp4"
    path.write_bytes(FRONTS[front] + LISTS[kind].encode())

    for door in (probe_video, measured, lambda path: list(pictures(path, 0, 1))):
        with pytest.raises(CannotOpen, match=r"film\.mp4"):
            door(path)
    made = tmp_path / "made.mkv"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "quiet", *guarded(), "-i", f"file:{path}", "-c", "copy", made]
    assert subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
    assert not made.exists()
