"""Frames cut out of moving footage, decoded again: each picture in its own window, each window where it is meant."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from io import BytesIO
from math import floor
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from media_tools.clips.graph import Output, command
from media_tools.clips.keyframes import Aim, Course, KeyFrame
from media_tools.clips.look import Viewer
from media_tools.clips.moves import windows, write_moves
from media_tools.clips.process import run
from media_tools.clips.reframe import gliding
from media_tools.clips.source import Cut, cut
from media_tools.clips.story import FPS, Footage
from media_tools.platforms import placements
from media_tools.spec.geometry import Size
from tests.media_tools.clips.conftest import ffmpeg, story

WIDE = Size(640, 360)
NARROW, PORTRAIT = Size(216, 384), Size(216, 270)
LEFT, RIGHT = 0.2, 0.8
SHOTS = (7, 19, 31, 32, 50, 61)  # the source's pictures at which a shot begins


def times(kind: str) -> Iterator[Fraction]:
    """When a source's pictures come, in seconds."""
    rate = {"25": Fraction(25), "29.97": Fraction(30000, 1001), "30": Fraction(30), "59.94": Fraction(60000, 1001)}
    if kind in rate:
        yield from (number / rate[kind] for number in range(100))
    else:  # as a phone in bad light: now 30, now 15, now in between
        second = Fraction(0)
        for number in range(100):
            yield second
            second += Fraction(1 + number % 3 % 2, 30) + Fraction(number % 5, 1000)


def write(path: Path, moments: Sequence[Fraction], pictures: Iterator[np.ndarray]) -> Path:
    with av.open(str(path), "w") as container:
        video = container.add_stream(
            "libx264", rate=30, options={"preset": "ultrafast", "qp": "6", "bf": "0", "g": "12"}
        )
        video.width, video.height, video.pix_fmt = int(WIDE.width), int(WIDE.height), "yuv420p"
        video.time_base = video.codec_context.time_base = Fraction(1, 30000)
        for moment, picture in zip(moments, pictures, strict=True):
            frame = av.VideoFrame.from_ndarray(picture, format="gray").reformat(format="yuv420p")
            frame.pts, frame.time_base = round(moment * 30000), Fraction(1, 30000)
            container.mux(video.encode(frame))
        container.mux(video.encode())
    return path


def shots(count: int) -> Iterator[np.ndarray]:
    """Pictures whose left half is black and whose right half is grey; a band above is white every other shot."""
    for number in range(count):
        picture = np.zeros((360, 640), np.uint8)
        picture[:, 320:] = 120
        picture[:90] = 250 if sum(number >= begin for begin in SHOTS) % 2 else 10
        yield picture


def reframed(
    piece: Cut, path: Sequence[KeyFrame], sizes: Sequence[Size], silence: Path, out: Path
) -> list[list[np.ndarray]]:
    """Each output's frames, (height, width) grey."""
    outputs = []
    for number, size in enumerate(sizes):
        shown = windows(path, piece, size)
        moves = write_moves(shown, f"zh-Hant.an_output.{number}", out / f"{number}.txt")
        outputs.append(Output(out / f"{number}.mp4", size, shown[0], moves))
    run(command(piece, outputs, silence), piece.seconds, lambda _share: None)
    decoded = []
    for output in outputs:
        with av.open(str(output.path)) as container:
            decoded.append([frame.to_ndarray(format="gray") for frame in container.decode(video=0)])
    return decoded


@pytest.mark.parametrize(
    ("kind", "start"),
    [("25", 0), ("25", 0.337), ("29.97", 0.76), ("30", 0.337), ("59.94", 0.41), ("varying", 0), ("varying", 0.76)],
)
def test_the_frame_jumps_with_the_very_picture_at_which_the_footage_cuts(kind, start, silence, tmp_path):
    moments = list(times(kind))
    source = write(tmp_path / "source.mp4", moments, shots(len(moments)))
    piece = cut(Footage(path="source.mp4", start=start), source)
    keys = [KeyFrame(at=0, x=LEFT, y=0.5)]
    for number, begin in enumerate(SHOTS, start=1):
        keys.append(KeyFrame(at=round(1000 * moments[begin]), x=RIGHT if number % 2 else LEFT, y=0.5, cut=True))

    made = reframed(piece, keys, [NARROW, PORTRAIT, Size(216, 216), NARROW], silence, tmp_path)

    for frames in made:
        assert len(frames) == piece.frames
        second_shot = [frame[:60].mean() > 128 for frame in frames]
        looks_right = [frame[frame.shape[0] // 2 :].mean() > 60 for frame in frames]
        assert looks_right == second_shot
        assert len(set(second_shot)) == 2


@pytest.mark.parametrize("kind", ["25", "30", "varying"])
def test_pictures_come_when_the_files_clock_says_so(kind, silence, tmp_path):
    """Wherever the clip begins, and where the picture begins after the sound: captions and speech go by that clock."""
    moments = list(times(kind))
    write(tmp_path / "early.mp4", moments, shots(len(moments)))
    ffmpeg("-itsoffset", "0.5", "-i", tmp_path / "early.mp4", "-i", silence, "-c", "copy", "-shortest",
           tmp_path / "late.mp4")  # fmt: skip
    for name, start, late in (("early.mp4", 0.337, 0), ("late.mp4", 0, 0.5), ("late.mp4", 0.75, 0.5)):
        piece = cut(Footage(path=name, start=start, end=2.5), tmp_path / name)

        (frames,) = reframed(piece, [KeyFrame(at=0, x=0.5, y=0.5)], [NARROW], silence, tmp_path)

        bright = [frame[:60].mean() > 128 for frame in frames]
        flips = [number for number in range(1, len(frames)) if bright[number] != bright[number - 1]]
        meant = [floor((moments[begin] + Fraction(late) - Fraction(start)) * FPS + Fraction(1, 2)) for begin in SHOTS]
        assert flips == [frame for frame in meant if 0 < frame < piece.frames]


def bar(x: int) -> np.ndarray:
    picture = np.full((360, 640), 20, np.uint8)
    picture[:, x : x + 8] = 235
    return picture


def centre(row: np.ndarray) -> float:
    light = np.clip(row.astype(float) - 60, 0, None)
    return float((light * np.arange(len(row))).sum() / light.sum())


@pytest.mark.parametrize("scale", [1, 1.7])
def test_a_gliding_frame_is_true_to_a_pixel(scale, silence, tmp_path):
    """At three times the footage's size, where two px of the source would be six."""
    moments = [Fraction(number, 30) for number in range(60)]
    piece = cut(Footage(path="still.mp4"), write(tmp_path / "still.mp4", moments, (bar(300) for _each in moments)))
    target = Size(608, 1080)
    keys = [KeyFrame(at=200, x=0.45, y=0.5, scale=1), KeyFrame(at=1600, x=0.49, y=0.5, scale=scale)]

    (frames,) = reframed(piece, keys, [target], silence, tmp_path)

    course = Course.through(keys)
    for number, frame in enumerate(frames):
        aim = course.at(1000 * number / FPS)
        enlarged = target.height / WIDE.height * aim.scale
        meant = target.width / 2 + (304 - aim.x * WIDE.width) * enlarged - 0.5
        assert centre(frame[500]) == pytest.approx(meant, abs=1.0 if scale == 1 else 1.5)


def test_a_window_never_leaves_the_footage_and_lies_within_a_pixel():
    for source in (Size(640, 360), Size(1920, 1080), Size(1080, 1920), Size(3840, 2160), Size(642, 360)):
        for target in (Size(1080, 1920), Size(1080, 1080), Size(1920, 1080)):
            for step in range(0, 1001, 13):
                aim = Aim(step / 1000, 1 - step / 1000, 1 + step % 3 / 2)
                window = gliding(source, target, aim)
                part, brought, at = window.part, window.brought, window.at
                assert part.x >= 0 <= part.y
                assert part.right <= source.width
                assert part.bottom <= source.height
                assert at.x >= 0 <= at.y
                assert at.x + target.width <= brought.width
                assert at.y + target.height <= brought.height
                assert all(side % 2 == 0 for side in (part.x, part.y, part.width, part.height))
                ratio = target.width / target.height
                width = min(source.width, source.height * ratio) / aim.scale
                left = min(max(0, aim.x * source.width - width / 2), source.width - width)
                enlarged = brought.width / part.width
                assert (part.x + at.x / enlarged - left) * enlarged == pytest.approx(0, abs=1.01)


def test_what_stands_needs_no_script(tmp_path):
    moments = [Fraction(number, 30) for number in range(40)]
    piece = cut(Footage(path="still.mp4"), write(tmp_path / "still.mp4", moments, (bar(300) for _each in moments)))

    shown = windows([KeyFrame(at=0, x=0.3, y=0.5), KeyFrame(at=500, x=0.3, y=0.5, cut=True)], piece, NARROW)

    assert write_moves(shown, "x", tmp_path / "moves.txt") is None
    assert not (tmp_path / "moves.txt").exists()


KEYS = [{"at": 0, "x": 0.2, "y": 0.5}, {"at": 1500, "x": 0.8, "y": 0.5, "cut": True}]


@pytest.fixture(scope="session")
def halves(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("halves") / "halves.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=black:s=640x720:d=3:r=30", "-f", "lavfi", "-i", "color=white:s=640x720:d=3:r=30",
           "-filter_complex", "[0][1]hstack", "-c:v", "libx264", "-pix_fmt", "yuv420p", path)  # fmt: skip
    return path


def test_a_storys_own_key_frames_are_filmed(halves, films):
    (film,) = films(halves, "telegram.post", footage={"end": 2, "reframe": {"path": KEYS}})

    with av.open(str(film.path)) as container:
        lights = [frame.to_ndarray(format="gray")[40:80, 40:80].mean() > 128 for frame in container.decode(video=0)]
    assert lights == [False] * 45 + [True] * 15


@pytest.mark.parametrize(("begin", "light"), [(400, 0), (1600, 255)])
def test_a_preview_looks_where_the_key_frames_look(begin, light, halves, kit, typesetter):
    cue = {"start": begin, "end": begin + 900, "text": "Here"}
    clip = story(halves, captions={"cues": [cue]}, footage={"reframe": {"path": KEYS}})

    preview = Viewer(halves.parent, typesetter).frame(clip, kit, placements()["telegram.post"].film, 216)

    picture = np.asarray(Image.open(BytesIO(preview.content)).convert("L"))
    assert picture[8:20, 8:20].mean() == pytest.approx(light, abs=6)
