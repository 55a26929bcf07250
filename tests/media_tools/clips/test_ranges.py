"""Several ranges of one file that join: each picture, sound and word at its place, and nothing in between."""

from fractions import Fraction
from math import floor
from pathlib import Path

import av
import numpy as np
import pytest
from pydantic import ValidationError

from media_tools.clips.captions import heard
from media_tools.clips.film_time import FilmTime, Stretch
from media_tools.clips.follow import follow
from media_tools.clips.graph import Output, command
from media_tools.clips.keyframes import Aim, KeyFrame
from media_tools.clips.process import run
from media_tools.clips.reframe import resting
from media_tools.clips.sidecars import write_sidecars
from media_tools.clips.sound import make_sound
from media_tools.clips.source import Cut, cut
from media_tools.clips.speech import speech_in, speech_of
from media_tools.clips.story import FPS, Clip, Footage, Reframe
from media_tools.clips.watching import watch
from media_tools.errors import InvalidInput
from media_tools.recipe import content_digest
from media_tools.spec.cues import Cue
from media_tools.spec.geometry import Size
from tests.media_tools.clips.conftest import ffmpeg, story
from tests.media_tools.clips.test_reframe_timing import LEFT, NARROW, RIGHT, WIDE, reframed, times, write

BITS = 8
TIME = FilmTime((Stretch(1, 30), Stretch(4, 60), Stretch(2.5, 15)), opening=6)


def footage(*ranges: tuple[float, float | None], path: str = "plain.mp4") -> Footage:
    (start, end), *others = ranges
    then = [{"start": start, "end": end} for start, end in others]
    return Footage.model_validate({"path": path, "start": start, "end": end, "then": then})


def numbered(number: int) -> np.ndarray:
    """A picture that says which one it is: a white or black band for each binary digit."""
    picture = np.full((360, 640), 16, np.uint8)
    for bit in range(BITS):
        if number >> bit & 1:
            picture[:, 80 * bit : 80 * bit + 80] = 235
    return picture


def number_of(frame: np.ndarray) -> int:
    width = frame.shape[1] / BITS
    return sum(1 << bit for bit in range(BITS) if frame[100, int((bit + 0.5) * width)] > 128)


def numbers_of(path: Path) -> list[int]:
    with av.open(str(path)) as container:
        return [number_of(frame.to_ndarray(format="gray")) for frame in container.decode(video=0)]


def filmed(piece: Cut, silence: Path, out: Path) -> list[int]:
    """The numbers of the pictures that a film of it shows."""
    output = Output(out / "film.mp4", WIDE, resting(piece.size, WIDE, Reframe().middle))
    run(command(piece, [output], silence), piece.seconds, lambda _share: None)
    return numbers_of(output.path)


@pytest.mark.parametrize("kind", ["25", "29.97", "varying"])
def test_each_range_begins_and_ends_with_the_very_picture_that_is_meant(kind, silence, tmp_path):
    """Also where they are shown in another order than that of the file."""
    moments = list(times(kind))
    source = write(tmp_path / "source.mp4", moments, (numbered(number) for number in range(len(moments))))
    piece = cut(footage((0.037, 1.1), (2.27, 3.3), (1.15, 2.17), path="source.mp4"), source)

    shown = filmed(piece, silence, tmp_path)

    meant = []
    for stretch in piece.stretches:
        begin = Fraction(round(stretch.start * 10**6), 10**6)
        comes = [floor((moment - begin) * FPS + Fraction(1, 2)) for moment in moments]
        meant += [max(n for n, frame in enumerate(comes) if frame <= number) for number in range(stretch.frames)]
    assert shown == meant
    assert piece.frames == len(meant) == 32 + 31 + 31


def test_what_lies_between_two_ranges_is_never_read(tmp_path, silence):
    moments = list(times("30"))
    source = write(tmp_path / "source.mp4", moments, (numbered(number) for number in range(len(moments))))
    piece = cut(footage((0, 1), (2.2, 3.2), path="source.mp4"), source)
    arguments = command(piece, [Output(tmp_path / "film.mp4", WIDE, None)], silence)

    inputs = [place for place, argument in enumerate(arguments) if argument == f"file:{source}"]

    told = arguments[inputs[0] + 1 : inputs[1]]
    options = dict(zip(told[::2], told[1::2], strict=False))
    assert len(inputs) == 2
    assert 2.2 - 1.1 < float(options["-ss"]) <= 2.2
    assert float(options["-ss"]) + float(options["-t"]) < 3.3


def test_a_frame_jumps_with_the_first_picture_of_the_next_range(silence, tmp_path):
    moments = list(times("30"))
    source = write(tmp_path / "source.mp4", moments, (numbered(0b10101010) for _moment in moments))
    piece = cut(footage((1.034, 2.1), (2.2, 3.3), path="source.mp4"), source)
    path = [KeyFrame(at=1034, x=LEFT, y=0.5), KeyFrame(at=2200, x=RIGHT, y=0.5, cut=True)]

    (frames,) = reframed(piece, path, [NARROW], silence, tmp_path)

    looks = [frame[100].astype(int).tolist() for frame in frames]
    first, second = (stretch.frames for stretch in piece.stretches)
    assert looks[first - 1] != looks[first]
    assert all(np.abs(np.subtract(one, looks[0])).max() < 60 for one in looks[:first])
    assert all(np.abs(np.subtract(one, looks[-1])).max() < 60 for one in looks[first : first + second])


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        ((1, 2), [range(6, 36)]),
        ((0, 1), []),
        ((2, 2.5), []),
        ((1.5, 4.5), [range(21, 51), range(96, 111)]),
        ((1.5, 2.6), [range(21, 36), range(96, 99)]),
        ((5, 9), [range(66, 96)]),
    ],
)
def test_a_moment_of_the_file_has_its_frames_in_the_film(seconds, expected):
    assert list(TIME.shown(*seconds)) == expected


def test_each_frame_knows_its_second():
    assert [round(TIME.second_at(frame), 3) for frame in (0, 6, 35, 36, 96)] == [1, 1, 1.967, 4, 2.5]


def test_a_caption_over_a_joint_stands_through_it_and_words_that_are_cut_out_come_with_the_next():
    words = [{"start": 500, "text": "One"}, {"start": 2000, "text": "two"}, {"start": 4500, "text": "three"}]
    cue = Cue.model_validate({"start": 500, "end": 5000, "text": "One two three", "words": words})

    (said,) = heard([cue], FilmTime((Stretch(0, 30), Stretch(4, 60))))

    assert said.when == range(15, 60)
    assert said.spoken == ((15, "One"), (30, "two"), (45, "three"))


def test_captions_are_told_in_the_order_of_the_film(footage_file, tmp_path):
    cues = [{"start": 1000 * each, "end": 1000 * each + 900, "text": word} for each, word in enumerate(("A", "B", "C"))]
    told = {"start": 2, "end": 3, "then": [{"start": 0, "end": 1}]}
    clip = story(footage_file, captions={"cues": cues}, footage=told)

    paths = list(write_sidecars(clip, cut(clip.footage, footage_file), tmp_path / "clip"))

    assert paths[2].read_text() == "C\nA\n"
    assert "00:00:01,000 --> 00:00:01,900\nA" in paths[0].read_text()


def test_a_caption_that_is_cut_out_is_told_and_one_that_is_cut_short_is_read_as_it_stands(footage_file, films):
    cues = [
        {"start": 200, "end": 900, "text": "Seen"},
        {"start": 1100, "end": 1900, "text": "Gone"},
        {"start": 1950, "end": 2900, "text": "Seen again"},
    ]
    cut_in_two = {"end": 1, "then": [{"start": 2, "end": 3}]}

    (film,) = films(footage_file, "x.post", footage=cut_in_two, captions={"cues": cues})

    assert film.seconds == 2
    assert [(each.code, each.message[:9]) for each in film.findings if "outside" in each.code] == [
        ("caption-outside", "Caption 2")
    ]


def test_the_sum_of_all_ranges_is_what_platforms_take(footage_file, films):
    """X takes half a second and more, Facebook's reels three."""
    ranges = {"end": 1, "then": [{"start": 1.5, "end": 2.5}]}

    (film,) = films(footage_file, "facebook.reel", footage=ranges)

    assert "too-short" in [finding.code for finding in film.findings]
    assert "2.0 s" in next(finding.message for finding in film.findings if finding.code == "too-short")


@pytest.fixture(scope="session")
def footage_file(tmp_path_factory) -> Path:
    """Three seconds, 640 x 360, with a tone of 331 Hz: its waves are cut anywhere by ranges of whole frames."""
    path = tmp_path_factory.mktemp("ranges") / "plain.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=640x360:r=30:d=3", "-f", "lavfi", "-i", "sine=f=331:r=48000:d=3",
           "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "256k",
           path)  # fmt: skip
    return path


def samples(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)[0]


def test_sound_joins_without_a_click_or_a_pause(footage_file, tmp_path):
    piece = cut(footage((0.3, 1.31), (1.777, 2.8)), footage_file)

    make_sound(piece, piece.seconds, -14, tmp_path, lambda _share: None)

    plain = np.frombuffer((tmp_path / "sound.wav").read_bytes()[-8 * round(48_000 * piece.seconds) :], "<f4")[::2]
    joint = 1600 * piece.stretches[0].frames
    jumps = np.abs(np.diff(plain))
    assert jumps[joint - 480 : joint + 480].max() <= 1.05 * jumps[4800:9600].max()
    loud = np.abs(plain[joint - 4800 : joint + 4800]) > 0.02
    assert np.diff(np.flatnonzero(loud)).max() < 480  # 10 ms


def test_sound_stays_with_its_picture(tmp_path):
    """A tone in one second of three: in another order, it is heard at that second's place."""
    path = tmp_path / "tone.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=4", "-f", "lavfi", "-i", "sine=f=440:r=48000:d=4", "-af",
           "volume=enable='not(between(t,1,2))':volume=0", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac",
           path)  # fmt: skip
    piece = cut(footage((2.2, 3.2), (0.5, 1.5), path=path.name), path)

    made = make_sound(piece, piece.seconds, -14, tmp_path, lambda _share: None)

    heard_at = np.abs(samples(made.path)).reshape(-1)[: 2 * 48_000].reshape(20, -1).max(axis=1) > 0.05
    assert heard_at.tolist() == [False] * 15 + [True] * 5


def test_speech_is_found_in_the_ranges_alone_by_both_clocks(tmp_path):
    path = tmp_path / "voice.mp4"
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=320x180:r=30:d=6", "-f", "lavfi", "-i", "sine=f=440:r=48000:d=6", "-af",
           "volume=enable='not(between(t,1,2)+between(t,4,5))':volume=0.001", "-c:v", "libx264", "-preset",
           "ultrafast", "-c:a", "aac", path)  # fmt: skip
    piece = cut(footage((3.5, 5.5), (0.5, 1.5), path=path.name), path)

    near = [
        [(round(span.begin, -2), round(span.end, -2)) for span in spans]
        for spans in (speech_in(piece, tmp_path), speech_of(piece, tmp_path))
    ]

    assert near == [[(1000, 1500), (4000, 5000)], [(500, 1500), (2500, 3000)]]


def test_each_range_has_shots_of_its_own_in_the_order_of_the_file(footage_file):
    shots = watch(cut(footage((2, 3), (0, 1)), footage_file))

    assert [(round(shot.start, 2), round(shot.end, 2)) for shot in shots] == [(0, 1), (2, 3)]
    assert [key.cut for key in follow(shots, Size(640, 360), NARROW, Aim(0.5, 0.5))] == [False]


@pytest.mark.parametrize(
    ("ranges", "why"),
    [
        ([(0, 2), (1, 3)], "shows what comes at 1 s twice"),
        ([(5, 7), (1, 3), (2, 4)], "shows what comes at 2 s twice"),
        ([(0, None), (4, 5)], "from 0 s to the end"),
        ([(0, 1), (3, 2)], "exchange the two"),
    ],
)
def test_ranges_that_show_a_moment_twice_or_run_backwards_are_refused_in_words(ranges, why):
    with pytest.raises(ValidationError, match=why):
        footage(*ranges)


def test_ranges_may_touch_and_the_last_may_go_on_to_the_end(footage_file):
    piece = cut(footage((0, 1), (1, None)), footage_file)

    assert [stretch.frames for stretch in piece.stretches] == [30, 60]


def test_a_range_that_the_file_does_not_have_is_named(footage_file):
    with pytest.raises(InvalidInput, match=r"footage\.then\[1\]\.end"):
        cut(footage((0, 1), (1, 2), (2, 9)), footage_file)


def test_what_was_approved_before_there_were_ranges_keeps_its_digest(kit):
    """As it was written then: without a word of ranges or of a title card."""
    told = {
        "version": 1, "language": "en", "title": "A test", "captions": {"cues": []},
        "footage": {"path": "a.mp4", "start": 1.0, "end": 4.0, "alt": "A", "credit": "B", "licence": "C"},
    }  # fmt: skip
    clip = Clip.model_validate(told)
    again = Clip.model_validate(clip.model_dump(mode="json"))
    longer = Clip.model_validate({**told, "footage": {**told["footage"], "then": [{"start": 5, "end": 6}]}})

    digests = [content_digest(each, kit, lambda _name: "0" * 64) for each in (clip, again, longer)]

    assert digests[0] == digests[1] != digests[2]
