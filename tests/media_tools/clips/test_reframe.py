"""Whom a frame of other proportions follows, and how: on footage told as numbers, and on some that was filmed."""

import json
import random
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from media_tools.clips.faces import Face
from media_tools.clips.follow import follow, framings
from media_tools.clips.keyframes import Aim, Course, KeyFrame
from media_tools.clips.shots import with_cuts
from media_tools.clips.source import cut
from media_tools.clips.steady import Wish, steady
from media_tools.clips.story import Footage, Reframe
from media_tools.clips.watching import Shot, Sight, watch
from media_tools.command_line import run
from media_tools.errors import InvalidInput
from media_tools.spec.geometry import Box, Size
from tests.absent import absent
from tests.media_tools.clips.conftest import REAL

HD, UHD, REEL, SQUARE = Size(1920, 1080), Size(3840, 2160), Size(1080, 1920), Size(1080, 1080)
MIDDLE = Aim(0.5, 0.5)
ROOM = 9 / 16 * 9 / 16  # of an HD picture's width: what a reel shows of it


def face(x: float, y: float = 0.4, height: float = 0.2, score: float = 0.8) -> Face:
    width = height * 0.75 * 9 / 16
    return Face(Box(x - width / 2, y - height / 2, width, height), score)


def shot(seen: Callable[[float], Sequence[Face]], start: float = 0, end: float = 6) -> Shot:
    moments = np.arange(start, end, 0.3)
    return Shot(start, end, tuple(Sight(float(moment), tuple(seen(float(moment)))) for moment in moments))


def path(*shots: Shot, source: Size = HD, target: Size = REEL, focal: Aim = MIDDLE) -> tuple[KeyFrame, ...]:
    return follow(shots, source, target, focal)


def test_where_nobody_is_the_frame_stands_on_the_focal_point():
    assert path(shot(lambda _second: ()), focal=Aim(0.3, 0.5)) == (KeyFrame(at=0, x=0.3, y=0.5),)


def test_a_speaker_who_nods_and_sways_needs_one_key_frame():
    sway = random.Random(7)  # noqa: S311 - nobody guesses it

    keys = path(shot(lambda second: [face(0.62 + 0.02 * np.sin(3 * second) + sway.uniform(-0.01, 0.01))]))

    assert len(keys) == 1
    assert keys[0].x == pytest.approx(0.62, abs=0.02)


def test_what_is_seen_once_is_noise():
    keys = path(shot(lambda second: [face(0.3)] if second != 1.5 else [face(0.3), face(0.9, height=0.5)]))

    assert [key.x for key in keys] == [0.3]


def test_faces_turned_away_for_a_while_are_waited_for():
    keys = path(shot(lambda second: [] if 2 < second < 3.2 else [face(0.7)]))

    assert [key.x for key in keys] == [0.7]


def test_two_people_are_kept_together_when_they_fit():
    pair = shot(lambda _second: [face(0.55), face(0.69, height=0.18)])

    (key,) = path(pair)

    assert key.x == pytest.approx(0.62, abs=0.01)


def test_of_two_who_do_not_fit_the_larger_is_shown_and_both_where_there_is_room():
    apart = shot(lambda _second: [face(0.33, height=0.2), face(0.67, height=0.26)])

    assert [key.x for key in path(apart)] == [0.67]
    assert path(apart, target=SQUARE)[0].x == pytest.approx(0.5, abs=0.01)


def test_a_crowd_in_the_background_moves_nothing():
    crowd = [face(x, y=0.2, height=0.07) for x in (0.1, 0.2, 0.9)]

    assert [key.x for key in path(shot(lambda _second: [face(0.5, height=0.3), *crowd]))] == [0.5]


def test_the_frame_jumps_at_the_cut_and_nowhere_else():
    keys = path(
        shot(lambda _second: [face(0.3)], 0, 3), shot(lambda _second: [face(0.7)], 3, 6),
        shot(lambda _second: [face(0.703)], 6, 9),
    )  # fmt: skip

    assert [(key.at, key.x, key.cut) for key in keys] == [(0, 0.3, False), (3000, 0.7, True)]


def walker(second: float) -> float:
    return 0.25 + 0.5 * min(1, max(0, (second - 2) / 4))


def test_who_walks_is_followed_without_haste_and_stays_in_the_frame():
    walk = shot(lambda second: [face(walker(second))], end=8)

    keys = path(walk)
    course = Course.through(keys)

    moments = range(0, 8000, 33)
    centres = [course.at(moment).x for moment in moments]
    speeds = [(after - before) / 0.033 / ROOM for before, after in pairwise(centres)]
    assert len(keys) <= 8
    assert max(map(abs, speeds)) <= 0.65
    assert min(speeds) >= 0
    assert max(abs(after - before) for before, after in pairwise(speeds)) / 0.033 < 2.5
    assert all(abs(course.at(moment).x - walker(moment / 1000)) < ROOM / 2 for moment in moments)
    assert centres[0] == pytest.approx(0.25, abs=0.06)
    assert centres[-1] == pytest.approx(0.75, abs=0.06)


def test_small_faces_are_brought_nearer_as_far_as_the_footage_has_pixels():
    far = shot(lambda _second: [face(0.4, height=0.06)])

    assert path(far)[0].scale == 1
    assert path(far, source=UHD)[0].scale == 1.5
    assert path(shot(lambda _second: [face(0.4, height=0.2)]), source=UHD)[0].scale == 1


def test_a_tall_film_in_a_wide_frame_keeps_the_face_above_the_middle():
    (key,) = path(shot(lambda _second: [face(0.5, y=0.3, height=0.1)]), source=REEL, target=HD)

    assert key.y == pytest.approx(0.3 + 0.08 * ROOM, abs=0.01)


def test_footage_of_the_frames_own_proportions_is_shown_whole():
    assert path(shot(lambda _second: [face(0.2)]), target=HD) == (KeyFrame(at=0, x=0.5, y=0.5),)


@given(st.lists(st.floats(0.2, 0.8), min_size=1, max_size=40))
def test_whatever_the_subject_does_the_frame_keeps_its_pace(centres):
    wishes = [Wish(number * 0.3, centre - 0.05, centre, centre + 0.05) for number, centre in enumerate(centres)]

    stops = steady(wishes, 0.3)

    assert all(after.second > before.second for before, after in pairwise(stops))
    for before, after in pairwise(stops):
        assert abs(after.centre - before.centre) <= 0.3 * 0.6 / 1.5 * (after.second - before.second) + 1e-9
    assert all(0.15 <= stop.centre <= 0.85 for stop in stops)


@given(
    st.lists(st.tuples(st.integers(1, 3000), st.floats(0, 1), st.booleans()), min_size=1, max_size=9),
    st.integers(-100, 30000),
)
def test_a_course_never_passes_its_key_frames(steps, moment):
    keys, at = [], 0
    for wait, x, jumps in steps:
        at += wait
        keys.append(KeyFrame(at=at, x=x, y=0.5, cut=jumps))

    aim = Course.through(keys).at(moment)

    before = next((key for key in reversed(keys) if key.at <= moment), keys[0])
    after = next((key for key in keys if key.at > moment), keys[-1])
    near = [before.x] if after.cut else [before.x, after.x]
    assert min(near) - 1e-9 <= aim.x <= max(near) + 1e-9
    assert aim.y == 0.5


def test_one_framing_is_a_path_of_one_key_frame():
    reframe = Reframe.model_validate({"fit": "crop", "focal": [0.8, 0.4]})

    assert reframe.keys == (KeyFrame(at=0, x=0.8, y=0.4),)
    assert not reframe.sought
    assert Reframe(fit="faces").sought
    assert not Reframe(fit="faces", path=reframe.keys).sought


def test_key_frames_out_of_order_are_refused_with_their_times():
    with pytest.raises(ValidationError, match=r"00:00:02\.000 to 00:00:01\.000"):
        Reframe(path=(KeyFrame(at=2000, x=0, y=0), KeyFrame(at=1000, x=0, y=0)))


def test_proportions_that_are_none_are_named():
    with pytest.raises(InvalidInput, match="9x16"):
        framings((), HD, ["9x16"])


def test_the_command_prints_what_a_story_takes(footage, capsys):
    code = run(["reframe", str(footage), "--aspects", "9:16,1:1", "--start", "1"])

    by_aspect = json.loads(capsys.readouterr().out)
    told = Footage(path="plain.mp4", start=1, by_aspect=by_aspect)
    assert code == 0
    assert told.framed("9:16").path == (KeyFrame(at=1000, x=0.5, y=0.5),)
    assert not told.framed("1:1").sought


def film(*parts: tuple[int, int], flash: int | None = None) -> list[np.ndarray]:
    """Grey pictures with some grain: for each part, how many, and which scene."""
    grain = np.random.default_rng(3)
    pictures = []
    for count, scene in parts:
        ground = np.random.default_rng(scene).integers(30, 150, (36, 64))
        pictures += [ground + grain.integers(0, 6, ground.shape) for _each in range(count)]
    if flash is not None:
        pictures[flash] = pictures[flash] + 100
    return [picture.clip(0, 255).astype(np.uint8) for picture in pictures]


def cuts(pictures: list[np.ndarray]) -> list[int]:
    return [number for number, (_picture, begins) in enumerate(with_cuts(pictures, lambda each: each)) if begins]


@pytest.mark.parametrize("count", [1, 2, 3, 40])
def test_every_picture_comes_out_once_and_in_order(count):
    pictures = film((count, 1))

    assert [id(picture) for picture, _begins in with_cuts(pictures, lambda each: each)] == list(map(id, pictures))


def test_cuts_are_found_at_their_very_picture_and_flashes_are_none():
    assert cuts(film((10, 1), (7, 2), (20, 3))) == [10, 17]
    assert cuts(film((20, 1), flash=9)) == []
    assert cuts(film((20, 1))) == []


def test_filmed_faces_are_kept_through_four_shots():
    """By the very looks that made the path: what is tested is the way, not the finder."""
    file = REAL / "press_event.mp4"
    if not file.exists():
        absent("The real footage lies beside the checkout, in shared/data/real.")
    piece = cut(Footage(path=file.name), file)

    shots = watch(piece)

    assert [round(each.start, 2) for each in shots] == [0, 1.51, 3.58, 7.88]
    singer = shots[2]
    assert all(len(sight.faces) == 1 for sight in singer.sights)
    course = Course.through(follow(shots, piece.size, REEL, MIDDLE))
    for sight in singer.sights:
        box, at = sight.faces[0].box, course.at(1000 * sight.second).x
        assert abs(box.x + box.width / 2 - at) < ROOM / 2


def test_a_parrot_has_no_face():
    file = REAL / "cockatoo.mp4"
    if not file.exists():
        absent("The real footage lies beside the checkout, in shared/data/real.")

    shots = watch(cut(Footage(path=file.name, end=3), file))

    assert not any(sight.faces for each in shots for sight in each.sights)
