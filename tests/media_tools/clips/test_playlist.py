"""Films and pictures of a screen as one that goes round: each picture in its place, each sound beside its picture."""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from media_tools.clips.graph import BT709, ENCODED
from media_tools.clips.loop import PlaylistJob, make_playlist
from media_tools.clips.loop_sound import Stretch, loop_sound
from media_tools.clips.passage import FADE
from media_tools.clips.playlist import Hearing, Playlist
from media_tools.clips.story import FPS
from media_tools.command_line import BAD_INPUT, DONE, run
from media_tools.errors import CannotOpen, InvalidInput
from media_tools.platforms import placements
from tests.media_tools.clips.conftest import ffmpeg

RATE = 48_000
A_PICTURE = RATE // FPS  # samples
WIDTH, HEIGHT = 1920, 1080
BETWEEN = 2 * FADE - 1
"""Pictures between two parts: into the dark, and out of it."""


def filmed(path: Path, colour: str, frames: int, pitch: int = 440, **coded: object) -> Path:
    """A film as our clips are coded: one colour that grows lighter from picture to picture, over a tone."""
    picture = f"color={colour}:s={WIDTH}x{HEIGHT}:r={FPS},drawbox=w=8*t*{FPS}:h=64:c=white:t=fill"
    told = {**ENCODED, **BT709, "c:a": "aac", "b:a": "160k", "frames:v": frames, **coded}
    options = [part for name, value in told.items() for part in (f"-{name}", value)]
    tone = f"sine=f={pitch}:r={RATE}:d={frames / FPS}"
    ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone, "-map", "0:v", "-map", "1:a",
           "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", *map(str, options), path)  # fmt: skip
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A red film, a blue one, and a green picture."""
    folder = tmp_path_factory.mktemp("parts")
    filmed(folder / "red.mp4", "red", 32)
    filmed(folder / "blue.mp4", "blue", 41, pitch=330)
    Image.new("RGB", (WIDTH, HEIGHT), (0, 128, 0)).save(folder / "green.png")
    return folder


PARTS = ({"path": "red.mp4"}, {"path": "green.png", "seconds": 2}, {"path": "blue.mp4"})
BEGINS = (FADE, FADE + 32 + BETWEEN, FADE + 32 + 60 + 2 * BETWEEN)
WHOLE = 32 + 60 + 41 + 2 * FADE + 2 * BETWEEN


def playlist(*parts: dict[str, object], **changes: object) -> Playlist:
    told = {"version": 1, "language": "en", "title": "In the hall", "placement": "screen.hd", **changes}
    return Playlist.model_validate({**told, "parts": parts})


@pytest.fixture(scope="module")
def loop(folder, tmp_path_factory) -> dict[str, Path]:
    """What is made of the three, with sound and without."""
    out = tmp_path_factory.mktemp("loop")
    heard, silent = make_playlist(PlaylistJob(playlist(*PARTS), folder, "hall", out), lambda _share: None)
    return {"heard": heard.path, "silent": silent.path}


def pictures(path: Path) -> list[np.ndarray]:
    """As they were coded: (1.5 height, width) uint8, luma over chroma."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


def samples(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)[0]


def colour(picture: np.ndarray) -> str:
    """Of the lower half, by the nearest of those that parts have."""
    luma, u, v = (int(np.median(plane)) for plane in
                  (picture[HEIGHT // 2 : HEIGHT], *np.split(picture[HEIGHT:].reshape(2, -1), 2)))  # fmt: skip
    known = {"red": (63, 102, 240), "green": (78, 90, 82), "blue": (32, 240, 118), "dark": (16, 128, 128)}
    return min(known, key=lambda name: sum(abs(a - b) for a, b in zip(known[name], (luma, u, v), strict=True)))


def test_each_part_stands_in_its_order_for_as_long_as_it_lasts(loop):
    shown = pictures(loop["heard"])

    assert len(shown) == WHOLE
    for name, begin, frames in zip(("red", "green", "blue"), BEGINS, (32, 60, 41), strict=True):
        assert {colour(picture) for picture in shown[begin : begin + frames]} == {name}


def test_pictures_of_films_are_copied_bit_for_bit(loop, folder):
    shown = pictures(loop["heard"])

    for name, begin, frames in (("red.mp4", BEGINS[0], 32), ("blue.mp4", BEGINS[2], 41)):
        assert np.array_equal(shown[begin : begin + frames], pictures(folder / name))


def test_it_begins_and_ends_in_the_dark_so_that_it_goes_round_without_a_flash(loop):
    first, *_rest, last = pictures(loop["heard"])

    assert np.abs(first.astype(int) - last).max() <= 1
    assert first[:HEIGHT].max() <= 17


def test_each_joint_goes_into_the_dark_and_comes_out_of_it_evenly(loop):
    shown = [picture[HEIGHT // 2 : HEIGHT].mean() for picture in pictures(loop["heard"])]
    end = BEGINS[0] + 32

    out, come = shown[end - 1 : end + FADE], shown[end + FADE - 1 : BEGINS[1] + 1]
    assert out == sorted(out, reverse=True)
    assert come == sorted(come)
    assert out[-1] == pytest.approx(16, abs=0.5)
    assert max(abs(after - before) for before, after in pairwise(out)) < 10


def test_pictures_come_one_by_one_without_a_step_at_any_joint(loop):
    for path in loop.values():
        with av.open(str(path)) as container:
            packets = [(each.pts, each.dts, each.duration) for each in container.demux(video=0) if each.size]
        step = packets[0][2]
        assert sorted(pts for pts, *_rest in packets) == [number * step for number in range(WHOLE)]
        assert [dts - packets[0][1] for _pts, dts, _step in packets] == [number * step for number in range(WHOLE)]


def heard_between(sound: np.ndarray, begin: int, end: int) -> float:
    """The loudest sample from one picture to another."""
    return float(np.abs(sound[begin * A_PICTURE : end * A_PICTURE]).max(initial=0))


def test_sound_lies_beside_its_pictures_and_silence_between_them(loop):
    sound = samples(loop["heard"])

    assert len(sound) == pytest.approx(WHOLE * A_PICTURE, abs=1024)
    for begin, frames in ((BEGINS[0], 32), (BEGINS[2], 41)):
        assert heard_between(sound, begin + 2, begin + frames - 2) > 0.05
    for begin, end in ((0, BEGINS[0] - 1), (BEGINS[0] + 33, BEGINS[2] - 1), (BEGINS[2] + 42, WHOLE)):
        assert heard_between(sound, begin, end) < 0.002


def test_nothing_clicks_at_joints_and_where_it_goes_round(loop):
    sound = samples(loop["heard"])
    steps = np.abs(np.diff(np.concatenate([sound, sound])))

    tone = steps[(BEGINS[0] + 5) * A_PICTURE : (BEGINS[0] + 25) * A_PICTURE].max()
    assert steps.max() <= 1.1 * tone


def test_the_twin_for_quiet_halls_has_the_same_pictures_and_no_sound_at_all(loop):
    with av.open(str(loop["silent"])) as container:
        assert [stream.type for stream in container.streams] == ["video"]
    assert loop["silent"].name == "hall_en_screen.hd_silent.mp4"

    def coded(path: Path) -> list[bytes]:
        with av.open(str(path)) as container:
            return [bytes(each) for each in container.demux(video=0) if each.size]

    assert coded(loop["silent"]) == coded(loop["heard"])


def test_over_twenty_parts_sound_drifts_by_less_than_a_picture(folder, tmp_path):
    """Each film's tone must begin and end with its pictures, the last as exactly as the first."""
    stretches, begin = [], FADE
    for number in range(20):
        frames, name = ((32, "red.mp4"), (41, "blue.mp4"))[number % 2]
        stretches.append(Stretch(begin, frames, folder / name))
        begin += frames + BETWEEN

    track, _levels = loop_sound(stretches, begin, tmp_path, lambda _share: None)

    sound, edges = np.abs(samples(track)), []
    for each in stretches:
        loud = np.flatnonzero(sound[(each.begin - 4) * A_PICTURE : (each.begin + each.frames + 4) * A_PICTURE] > 0.02)
        edges.append((loud[0] - 4 * A_PICTURE, loud[-1] - (4 + each.frames) * A_PICTURE))
    assert len(sound) == pytest.approx(begin * A_PICTURE, abs=1024)
    assert np.abs(edges).max() < A_PICTURE
    assert np.ptp(np.array(edges[::2]), axis=0).max() <= RATE // 1000  # a millisecond, whatever is added up


@pytest.mark.parametrize(
    "coded", [{"r": 25, "frames:v": 30}, {"crf": 30, "bf": 0, "profile:v": "main"}], ids=["25 a second", "otherwise"]
)
def test_a_film_that_was_coded_otherwise_is_coded_anew_and_lasts_as_long(coded, folder, tmp_path):
    filmed(folder / "other.mp4", "blue", 36, **coded)
    told = playlist({"path": "red.mp4"}, {"path": "other.mp4"}, hearing="silent")

    (film,) = make_playlist(PlaylistJob(told, folder, "hall", tmp_path), lambda _share: None)

    shown = pictures(film.path)
    assert len(shown) == 2 * FADE + BETWEEN + 32 + 36
    begin = FADE + 32 + BETWEEN
    assert {colour(picture) for picture in shown[begin : begin + 36]} == {"blue"}


def test_a_picture_has_the_colours_that_it_has_as_a_file(loop):
    with av.open(str(loop["heard"])) as container:
        shown = next(frame.to_ndarray(format="rgb24") for number, frame in enumerate(container.decode(video=0))
                     if number == BEGINS[1] + 30)  # fmt: skip

    assert np.abs(shown[540, 960].astype(int) - (0, 128, 0)).max() <= 3


def captions(folder: Path, name: str, *lines: str) -> str:
    (folder / name).write_text("\n".join(("WEBVTT", "", *lines)), encoding="utf-8")
    return name


def test_captions_have_times_of_the_whole_and_words_stand_in_the_transcript(folder, tmp_path):
    first = captions(folder, "red.vtt", "00:00:00.500 --> 00:00:01.000 line:0", "Ten <00:00:00.700>thousand", "",
                     "00:00:05.000 --> 00:00:06.000", "after its end")  # fmt: skip
    last = captions(folder, "blue.vtt", "00:00:00.000 --> 00:00:09.000", "Merci & adieu")
    (folder / "green.txt").write_text("A green picture.\n", encoding="utf-8")
    told = playlist(
        {"path": "red.mp4", "captions": first, "title": "Red"},
        {"path": "green.png", "seconds": 2, "transcript": "green.txt"},
        {"path": "blue.mp4", "captions": last},
        hearing=Hearing.SILENT,
    )

    (film,) = make_playlist(PlaylistJob(told, folder, "hall", tmp_path), lambda _share: None)

    texts = {path.suffix: path.read_text(encoding="utf-8") for path in film.sidecars}
    assert [path.name for path in film.sidecars] == [
        f"hall_en_screen.hd.en_US.{kind}" for kind in ("srt", "vtt", "txt")
    ]
    assert "00:00:00,833 --> 00:00:01,333\nTen thousand\n" in texts[".srt"]
    assert "00:00:00.833 --> 00:00:01.333 line:0\nTen <00:00:01.033>thousand\n" in texts[".vtt"]
    assert "after its end" not in texts[".srt"]
    begin = BEGINS[2] / FPS
    assert f"00:00:0{begin:.3f} --> 00:00:0{begin + 41 / FPS:.3f}\nMerci &amp; adieu" in texts[".vtt"]
    assert texts[".txt"] == "Red\nTen thousand\n\nA green picture.\n\nMerci & adieu\n"


def test_the_same_parts_make_the_same_bytes_and_others_another_name(loop, folder, tmp_path):
    again = list(make_playlist(PlaylistJob(playlist(*PARTS), folder, "hall", tmp_path), lambda _share: None))

    assert [film.path.read_bytes() for film in again] == [path.read_bytes() for path in loop.values()]
    assert len({film.fingerprint for film in again}) == 2


@pytest.mark.parametrize(
    ("parts", "field", "why"),
    [
        ([{"path": "small.png"}], r"parts\[0\].path", "800 x 600 px, and screen.hd has 1920 x 1080"),
        ([{"path": "red.mp4"}, {"path": "small.mp4"}], r"parts\[1\].path", "Make it for screen.hd"),
        ([{"path": "sound.mp4"}], r"parts\[0\].path", "sound alone"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_before_anything_is_made(parts, field, why, folder, tmp_path):
    Image.new("RGB", (800, 600)).save(folder / "small.png")
    ffmpeg("-f", "lavfi", "-i", "color=red:s=640x360:d=1:r=30", folder / "small.mp4")
    ffmpeg("-f", "lavfi", "-i", "sine=d=1", folder / "sound.mp4")

    with pytest.raises(InvalidInput, match=rf"{field}.*{why}"):
        list(make_playlist(PlaylistJob(playlist(*parts), folder, "hall", tmp_path), lambda _share: None))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["none.mp4", "../red.mp4", "/etc/passwd", "text.mp4"])
def test_no_file_but_those_beside_it_is_opened(path, folder, tmp_path):
    (folder / "text.mp4").write_text("ffconcat version 1.0\nfile red.mp4\n")

    with pytest.raises(CannotOpen):
        list(make_playlist(PlaylistJob(playlist({"path": path}), folder, "hall", tmp_path), lambda _share: None))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"placement": "x.post"}, "no screen. Use one of screen.hd"),
        ({"parts": [{"path": "red.mp4", "seconds": 5}]}, "lasts as long as it does"),
        ({"parts": []}, "too_short"),
    ],
)
def test_a_playlist_says_what_is_wrong_with_it(wrong, why):
    told = {"version": 1, "language": "en", "title": "Hall", "placement": "screen.hd", "parts": [{"path": "red.mp4"}]}

    with pytest.raises(ValueError, match=why):
        Playlist.model_validate({**told, **wrong})


class Cancelled(Exception):
    pass


@pytest.mark.parametrize("call", [1, 12, 60])
def test_cancelled_no_film_is_left(call, folder, tmp_path):
    calls = iter(range(call))

    def cancel(_share: float) -> None:
        if next(calls, None) is None:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(make_playlist(PlaylistJob(playlist(*PARTS), folder, "hall", tmp_path), cancel))

    assert not [path for path in tmp_path.iterdir() if path.suffix not in (".srt", ".vtt", ".txt")]


def command(folder: Path, told: Playlist) -> Callable[[Path], int]:
    path = folder / "hall.json"
    path.write_text(told.model_dump_json(), encoding="utf-8")
    return lambda out: run(["playlist", str(path), "--out", str(out)])


def test_the_command_line_makes_it_and_tells_both_films(folder, tmp_path, capsys):
    assert command(folder, playlist(PARTS[0]))(tmp_path) == DONE

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(row["path"]).name for row in rows] == ["hall_en_screen.hd.mp4", "hall_en_screen.hd_silent.mp4"]
    assert [row["sound"] is None for row in rows] == [False, True]
    assert [row["seconds"] for row in rows] == pytest.approx([(32 + 2 * FADE) / FPS] * 2)
    assert {row["width"] for row in rows} == {placements()["screen.hd"].width}


def test_the_command_line_says_what_is_missing(folder, tmp_path, capsys):
    assert command(folder, playlist({"path": "gone.mp4"}))(tmp_path) == BAD_INPUT

    assert "gone.mp4" in capsys.readouterr().err


def test_a_playlist_in_which_nothing_is_heard_says_so(folder, tmp_path):
    told = playlist({"path": "green.png", "seconds": 2}, hearing="sound")

    (film,) = make_playlist(PlaylistJob(told, folder, "hall", tmp_path), lambda _share: None)

    assert [finding.code for finding in film.findings] == ["silent"]
    assert film.sound is None
