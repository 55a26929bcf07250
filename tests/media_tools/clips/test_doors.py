"""What comes in: footage and captions, whole or not at all."""

from pathlib import Path

import pytest

from media_tools.errors import CannotOpen
from media_tools.open.captions import read_captions
from media_tools.open.video import measured, probe_video
from tests.media_tools.clips.conftest import ffmpeg

PLAYLISTS = {
    "hls": "#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:3,\nsecret.mp4\n#EXT-X-ENDLIST\n",
    "ffconcat": "ffconcat version 1.0\nfile secret.mp4\n",
    "concat without a head": "file secret.mp4\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="secret.mp4"/></svg>',
    "html": "<html><script>alert(1)</script></html>",
    "words": "This is no film.",
}


@pytest.mark.parametrize("kind", PLAYLISTS)
def test_nothing_disguised_as_footage_is_opened_or_leads_to_another_file(kind, footage, tmp_path):
    (tmp_path / "secret.mp4").write_bytes(footage.read_bytes())
    path = tmp_path / "film.mp4"
    path.write_text(PLAYLISTS[kind], encoding="utf-8")

    for look in (probe_video, measured):
        with pytest.raises(CannotOpen, match=r"film\.mp4"):
            look(path)


def test_a_bomb_is_refused_from_its_header(tmp_path):
    path = tmp_path / "bomb.webm"
    ffmpeg("-f", "lavfi", "-i", "color=s=12000x8000:d=0.1:r=10", "-c:v", "libvpx", "-cpu-used", "8", path)

    with pytest.raises(CannotOpen, match="12000 x 8000"):
        probe_video(path)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_truncated_file_says_how_much_is_good(share, footage, tmp_path):
    whole = tmp_path / "whole.mp4"
    ffmpeg("-i", footage, "-c", "copy", "-movflags", "+faststart", whole)
    path = tmp_path / "cut.mp4"
    content = whole.read_bytes()
    path.write_bytes(content[: int(share * len(content))])

    with pytest.raises(CannotOpen, match=r"of its 3\.0 seconds are there"):
        measured(path)


def test_a_file_without_its_index_is_refused(footage, tmp_path):
    path = tmp_path / "cut.mp4"
    path.write_bytes(footage.read_bytes()[:20_000])

    with pytest.raises(CannotOpen, match="incomplete or damaged"):
        probe_video(path)


def test_a_turned_phone_gives_an_upright_size(footage, tmp_path):
    path = tmp_path / "phone.mp4"
    ffmpeg("-display_rotation:v:0", "90", "-i", footage, "-c", "copy", path)

    facts = probe_video(path)

    assert (facts.width, facts.height, facts.rotation) == (720, 1280, 90)


SRT = "1\n00:00:01,000 --> 00:00:02,000\nOne <i>day</i>\n\n2\n00:00:02,500 --> 00:00:03,000\nten\nthousand\n"
VTT = "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:02.000 align:start\n<v Ann>One day &amp; more\n"


def captions(folder: Path, content: str | bytes, name: str = "words.srt"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_captions(path).cues


@pytest.mark.parametrize("change", [
    lambda text: text, lambda text: text.replace("\n", "\r\n"), lambda text: text.replace("\n", "\r"),
    lambda text: "\ufeff" + text, lambda text: text.encode("utf-16"), lambda text: text.strip(),
])  # fmt: skip
def test_captions_are_read_whatever_saved_them(change, tmp_path):
    cues = captions(tmp_path, change(SRT))

    assert [(cue.start, cue.end, cue.text) for cue in cues] == [
        (1000, 2000, "One day"), (2500, 3000, "ten thousand"),
    ]  # fmt: skip


def test_web_captions_lose_their_marks_and_keep_their_words(tmp_path):
    (cue,) = captions(tmp_path, VTT, "words.vtt")

    assert (cue.start, cue.end, cue.text) == (1000, 2000, "One day & more")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SRT.replace("00:00:02,500 -->", "00:00:xx,500 -->"), "line 6 has no two times"),
        (SRT.replace("--> 00:00:02,000", "--> 00:00:00,500"), "line 2 ends at 00:00:00.500"),
        (SRT.replace("00:00:02,500", "00:00:01,500"), "line 6 begins at 00:00:01.500, before"),
        (SRT.replace("One <i>day</i>", ""), "line 2 is followed by no words"),
        (SRT.replace("day", "d\xe4y").encode("latin-1"), "line 3 is not in UTF-8"),
        ("no captions at all", "holds no captions"),
        ("", "holds no captions"),
    ],
    ids=["broken line", "reversed", "overlapping", "empty", "other letters", "words", "nothing"],
)
def test_what_stands_in_the_way_is_named_with_its_line(content, said, tmp_path):
    with pytest.raises(CannotOpen) as caught:
        captions(tmp_path, content)

    assert said in str(caught.value)
