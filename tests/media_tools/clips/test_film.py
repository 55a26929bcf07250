"""Finished clips, looked at as files: frames, colours, sound, names."""

import subprocess
import time
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from media_tools.clips.captions import Captioner, heard
from media_tools.clips.film import FilmJob, make_films
from media_tools.clips.loudness import measured as _measured
from media_tools.clips.process import RenderFailed
from media_tools.clips.story import FPS
from media_tools.errors import CannotOpen, InvalidInput
from media_tools.layout.blank import Told, blank_page
from media_tools.open.moving_pictures import frame_at
from media_tools.platforms import placements
from media_tools.spec.cues import Cue
from media_tools.spec.finding import Level
from media_tools.spec.link import QRPolicy
from tests.absent import absent
from tests.media_tools.clips.conftest import CARD, CUES, FOUR, REAL, ffmpeg, story, whole


def frames(path: Path) -> list[np.ndarray]:
    """Every frame as (height, width, 3) uint8."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def test_one_source_becomes_four_aspects_with_captions_card_and_sidecars(footage, films, tmp_path):
    made = films(footage, *FOUR, captions=CUES, end_card=CARD)

    assert [film.path.name for film in made] == [f"clip_en_{name}.mp4" for name in FOUR]
    assert {film.seconds for film in made} == {6.0}
    for film in made:
        with av.open(str(film.path)) as container:
            (video, sound) = container.streams
            assert (video.width, video.height) == (film.width, film.height)
            assert (video.codec_context.pix_fmt, int(video.codec_context.color_trc)) == ("yuv420p", 1)
            assert sum(1 for packet in container.demux(video) if packet.size) == 6 * FPS
            assert (sound.codec_context.name, sound.rate, sound.channels) == ("aac", 48_000, 2)
        assert film.poster.exists()
        assert not film.refused
    assert [path.name for path in made[0].sidecars] == ["clip.en_US.srt", "clip.en_US.vtt", "clip.en_US.txt"]
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("language", ["en", "vi", "ar"])
def test_burned_words_are_the_very_drawing(language, footage, films, kit, typesetter):
    """At three moments; the coder and half of the colour are lost, so a px may differ by what they cost."""
    words = {"en": "people came on one day", "vi": "mười nghìn người đã đến", "ar": "جاء عشرة آلاف شخص"}[language]
    cue = {"start": 500, "end": 2500, "text": words}
    (film,) = films(footage, "youtube.video", language=language, captions={"cues": [cue]})
    with_words = frames(film.path)
    (bare,) = films(footage, "youtube.video", language=language)
    slot = placements()["youtube.video"].film
    page = blank_page(Told(language, QRPolicy.SECOND_DEVICE), slot, kit, typesetter, kit.colours.deep)
    captioner = Captioner(page)
    drawn = captioner.picture(words).astype(float)
    box = captioner.box
    part = np.s_[int(box.y) : int(box.bottom), int(box.x) : int(box.right)]

    without = frames(bare.path)

    solid = drawn[..., 3] > 0
    for moment in (15, 45, 74):
        expected = without[moment][part] * (1 - drawn[..., 3:] / 255) + drawn[..., :3]
        difference = np.abs(expected - with_words[moment][part])
        assert solid.sum() > 5000
        assert difference[solid].mean() < 6
        assert np.abs(without[moment][part][solid].astype(float) - with_words[moment][part][solid]).mean() > 60


def test_captions_come_and_go_to_the_frame(footage, films, kit, typesetter):
    """Looked at where the words' box stands: the coder's own noise is everywhere else too, and a tenth as strong."""
    slot = placements()["youtube.video"].film
    page = blank_page(Told("en", QRPolicy.SECOND_DEVICE), slot, kit, typesetter, kit.colours.deep)
    box = Captioner(page).box
    middle = int(box.x + box.width / 2)
    part = np.s_[int(box.bottom) - 90 : int(box.bottom) - 20, middle - 120 : middle + 120]
    captioned = frames(films(footage, "youtube.video", captions=CUES)[0].path)
    bare = frames(films(footage, "youtube.video")[0].path)

    changed = [
        np.abs(one[part].astype(int) - other[part]).mean() > 20 for one, other in zip(captioned, bare, strict=True)
    ]

    standing = {number for number, differs in enumerate(changed) if differs}
    assert standing == {*range(15, 42), *range(45, 74)}


@pytest.mark.parametrize(
    ("start", "cue", "expected"),
    [
        (0, (0, 1000), range(30)),
        (1, (500, 1500), range(15)),
        (0, (2900, 5000), range(87, 90)),
        (0, (4000, 5000), range(0)),
    ],
)
def test_cues_are_cut_to_the_clip(start, cue, expected):
    said = heard([Cue(start=cue[0], end=cue[1], text="x")], whole(90, start))

    assert [frame for each in said for frame in each.when] == list(expected)


def test_the_focal_point_chooses_what_a_narrow_frame_shows(films, tmp_path):
    path = tmp_path / "halves.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=640x720:d=3:r=30", "-f", "lavfi", "-i", "color=blue:s=640x720:d=3:r=30",
           "-filter_complex", "[0][1]hstack", "-c:v", "libx264", "-pix_fmt", "yuv420p", path)  # fmt: skip
    side = {"by_aspect": {"9:16": {"focal": [0.9, 0.5]}}}

    (film,) = films(path, "instagram.reel", footage=side)

    middle = frames(film.path)[10][960, 540]
    assert middle[2] > 200 > 60 > middle[0]


def test_padding_keeps_all_of_the_footage(films, tmp_path):
    path = tmp_path / "halves.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=640x720:d=3:r=30", "-f", "lavfi", "-i", "color=blue:s=640x720:d=3:r=30",
           "-filter_complex", "[0][1]hstack", "-c:v", "libx264", "-pix_fmt", "yuv420p", path)  # fmt: skip

    (film,) = films(path, "instagram.feed_square", footage={"by_aspect": {"1:1": {"fit": "pad"}}})

    row = frames(film.path)[10][540]
    assert row[40, 0] > 200 > 60 > row[40, 2]
    assert row[1040, 2] > 200 > 60 > row[1040, 0]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("rotated", ["-c", "copy", "-display_rotation:v:0", "90"]),
        ("variable", ["-vf", "select='not(mod(n,3))+gt(n,45)'", "-fps_mode", "vfr", "-c:v", "libx264", "-c:a", "copy"]),
        ("mono", ["-c:v", "copy", "-ac", "1", "-ar", "22050"]),
        ("silent", ["-c:v", "copy", "-an"]),
        ("five.one", ["-c:v", "copy", "-ac", "6", "-c:a", "ac3"]),
        ("interlaced", ["-vf", "tinterlace=interleave_top,fieldorder=tff", "-flags", "+ilme+ildct", "-c:v", "libx264"]),
        ("wide.pixels", ["-vf", "scale=720:576,setsar=64/45", "-c:v", "libx264"]),
    ],
)
def test_whatever_a_camera_leaves_becomes_thirty_pictures_a_second(kind, options, footage, films, tmp_path):
    path = tmp_path / f"{kind}.mkv"
    before = ["-display_rotation:v:0", "90"] if kind == "rotated" else []
    after = ["-c", "copy"] if kind == "rotated" else options
    ffmpeg(*before, "-i", footage, *after, path.with_suffix(".mp4") if kind == "rotated" else path)
    path = path.with_suffix(".mp4") if kind == "rotated" else path

    made = films(path, "telegram.post", "youtube.video", footage={"end": 2.5})

    assert {film.seconds for film in made} == {2.5}
    assert [len(frames(film.path)) for film in made] == [75, 75]


def test_footage_without_a_duration_is_counted(footage, films, tmp_path):
    path = tmp_path / "live.webm"
    ffmpeg(
        "-i",
        footage,
        "-c:v",
        "libvpx",
        "-deadline",
        "realtime",
        "-cpu-used",
        "8",
        "-an",
        "-f",
        "webm",
        "-live",
        "1",
        path,
    )

    (film,) = films(path, "youtube.video")

    assert film.seconds == pytest.approx(3.0, abs=0.1)


def test_a_tone_is_as_loud_as_the_sheet_asks_after_it_was_coded(footage, films):
    (film,) = films(footage, "youtube.video", end_card=CARD)

    level = _measured(film.path, film.seconds, lambda _share: None)
    assert level.lufs == pytest.approx(-14, abs=0.5)
    assert level.peak <= -1


def test_so_is_real_speech(films):
    path = REAL / "press_event.mp4"
    if not path.exists():
        absent("The real footage lies beside the checkout, in shared/data/real.")

    (film,) = films(path, "youtube.video", footage={"start": 1, "end": 8}, end_card=CARD)

    level = _measured(film.path, film.seconds, lambda _share: None)
    assert level.lufs == pytest.approx(-14, abs=0.5)
    assert level.peak <= -1


def test_the_same_input_makes_the_same_bytes(footage, films):
    first = [film.sha256 for film in films(footage, *FOUR[:2], captions=CUES, end_card=CARD)]

    assert [film.sha256 for film in films(footage, *FOUR[:2], captions=CUES, end_card=CARD)] == first


def test_the_textless_master_has_no_word_in_it(footage, films):
    film = films(footage, textless=True, captions=CUES, end_card=CARD)[-1]

    assert film.path.name == "clip_en_textless.mp4"
    assert (film.width, film.height, film.seconds) == (1280, 720, 3.0)


def test_what_lacks_its_credit_is_refused_and_leaves_no_file(footage, films, tmp_path):
    (film,) = films(footage, "youtube.video", footage={"credit": ""}, captions=CUES)

    blocking = [finding.code for finding in film.findings if finding.level is Level.BLOCKING]
    assert (film.path, blocking) == (None, ["credit-missing"])
    assert not list(tmp_path.glob("*.mp4*"))


def test_captions_past_the_end_are_told(footage, films):
    late = {"cues": [*CUES["cues"], {"start": 9000, "end": 10_000, "text": "too late"}]}

    (film,) = films(footage, "youtube.video", captions=late)

    assert "caption-outside" in [finding.code for finding in film.findings]


class Cancelled(Exception):
    pass


def test_cancelled_within_three_seconds_nothing_is_left(footage, films, tmp_path):
    begun: list[float] = []

    def cancel(share: float) -> None:
        begun.append(time.monotonic())
        raise Cancelled

    with pytest.raises(Cancelled):
        films(footage, *FOUR, captions=CUES, report=cancel)

    assert time.monotonic() - begun[0] < 3
    assert not list(tmp_path.glob("*.mp4*"))
    assert (
        "clip_en_" not in subprocess.run(["ps", "ax", "-o", "args"], capture_output=True, text=True, check=True).stdout
    )


def test_a_killed_ffmpeg_is_told_and_leaves_nothing(footage, films, tmp_path):
    def kill(share: float) -> None:
        subprocess.run(["pkill", "-KILL", "-f", f"{tmp_path}/clip_en_youtube"], check=False)

    with pytest.raises(RenderFailed, match="ended from outside"):
        films(footage, "youtube.video", report=kill)

    assert not list(tmp_path.glob("*.mp4*"))


def test_a_full_disk_is_told_in_words(footage, kit, tmp_path):
    mount = tmp_path / "full"
    mount.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40k", "none", mount], check=False, capture_output=True
    ).returncode:
        absent("A small disk can be made by root alone.")
    job = FilmJob(
        story(footage), kit, footage.parent, (placements()["youtube.video"],), "clip", mount, tmp_path / "cards"
    )
    try:
        with pytest.raises(RenderFailed, match="disk is full"):
            list(make_films(job, lambda _share: None))
        assert list(mount.iterdir()) == []
    finally:
        subprocess.run(["umount", mount], check=True)


@pytest.mark.parametrize(
    ("footage_", "field"),
    [({"start": 5}, "footage.start"), ({"end": 9}, "footage.end")],
)
def test_times_that_the_footage_does_not_have_are_named(footage_, field, footage, films):
    with pytest.raises(InvalidInput, match=field):
        films(footage, "youtube.video", footage=footage_)


def test_an_out_point_before_the_in_point_is_refused(footage, films):
    with pytest.raises(ValueError, match="exchange the two"):
        films(footage, "youtube.video", footage={"start": 2, "end": 1})


def test_footage_that_vanished_is_named(footage, films, tmp_path):
    with pytest.raises(CannotOpen, match=r"gone\.mp4"):
        films(tmp_path / "gone.mp4", "youtube.video")


@pytest.mark.parametrize(("size", "matrix"), [("1280x720", "bt709"), ("640x480", "bt601")])
def test_footage_that_does_not_say_its_colours_keeps_them(size, matrix, films, tmp_path):
    path, still = tmp_path / "untagged.mp4", tmp_path / "green.png"
    Image.new("RGB", tuple(map(int, size.split("x"))), (31, 138, 77)).save(still)
    ffmpeg("-loop", "1", "-framerate", "30", "-t", "2", "-i", still, "-vf",
           f"scale=out_color_matrix={matrix}:out_range=tv,format=yuv420p,setparams=colorspace=unknown",
           "-c:v", "libx264", "-preset", "ultrafast", "-crf", "4", path)  # fmt: skip

    (film,) = films(path, "instagram.feed_square")

    near = pytest.approx([31, 138, 77], abs=5)  # eight bits twice; by the other matrix green is 14 away
    assert frame_at(path, 1)[9, 9].tolist() == near
    assert frame_at(film.path, 1)[400, 400].tolist() == near


def test_speech_that_nobody_can_read_is_told(footage, films):
    (film,) = films(footage, "x.post")

    assert [finding.code for finding in film.findings] == ["captions-missing"]
