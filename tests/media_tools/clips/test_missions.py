"""Missions' own clips: the shared one, bit for bit, up to a card of their own."""

import json
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
import zxingcpp

from media_tools.clips.film import Film, FilmJob
from media_tools.clips.join import exchange_end
from media_tools.clips.missions import Mission, Missions, make_mission_films, own_film
from media_tools.clips.process import RenderFailed
from media_tools.clips.story import FPS
from media_tools.command_line import BAD_INPUT, DONE, run
from media_tools.errors import InvalidInput
from media_tools.example.campaign import brand_text
from media_tools.platforms import placements
from tests.absent import absent
from tests.media_tools.clips.conftest import CARD, CUES, ffmpeg, story

BODY, CARD_FRAMES = 2 * FPS, 3 * FPS
PLACEMENTS = ("instagram.feed_square", "youtube.video")
MUSIC = {"path": "tone.wav", "credit": "Made by a test", "licence": "Apache-2.0"}


def mission(name: str, **changes: object) -> Mission:
    names = {"en": {"ministry": "Ministry of Foreign Affairs", "mission": f"Embassy in {name.title()}"}}
    link = {"url": f"https://go.mfa.example/{name}"}
    return Mission.model_validate({"name": name, "names": names, "link": link, **changes})


HANOI, PARIS = mission("hanoi"), mission("paris", verbs={"en": "Come and see us"})


@pytest.fixture(scope="module")
def job(footage, tmp_path_factory, kit) -> FilmJob:
    """Two seconds of footage over a tone that goes on under the card."""
    ffmpeg("-f", "lavfi", "-i", "sine=f=220:r=48000:d=6", "-y", footage.with_name("tone.wav"))
    out, cache = tmp_path_factory.mktemp("missions"), tmp_path_factory.getbasetemp() / "cards"
    clip = story(footage, footage={"end": 2}, captions=CUES, end_card=CARD, music=MUSIC)
    return FilmJob(clip, kit, footage.parent, tuple(placements()[name] for name in PLACEMENTS), "clip", out, cache)


@pytest.fixture(scope="module")
def made(job) -> dict[tuple[str, str], Film]:
    films = list(make_mission_films(job, (HANOI, PARIS), lambda _share: None))
    return {(film.placement, film.mission): film for film in films}


def packets(path: Path, kind: str) -> list[tuple[int, int, int, bytes]]:
    with av.open(str(path)) as container:
        return [(each.pts, each.dts, each.duration, bytes(each)) for each in container.demux(**{kind: 0}) if each.size]


def pictures(path: Path) -> list[np.ndarray]:
    """As they were coded: (1.5 height, width) uint8, luma over chroma."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


def samples(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def test_every_mission_has_a_film_of_its_own_on_every_placement(made):
    assert [film.path.name for film in made.values()] == [
        *[f"clip_en_{placement}.mp4" for placement in PLACEMENTS],
        *[f"clip_en_{placement}_{name}.mp4" for placement in PLACEMENTS for name in ("hanoi", "paris")],
    ]
    assert len({film.fingerprint for film in made.values()}) == len({film.sha256 for film in made.values()}) == 6
    assert len({film.content for film in made.values()}) == 1
    assert {film.seconds for film in made.values()} == {5.0}
    assert not [film for film in made.values() if film.refused or film.bytes != film.path.stat().st_size]
    assert not list(made[PLACEMENTS[0], "hanoi"].path.parent.glob("*.part"))


@pytest.mark.parametrize("placement", PLACEMENTS)
def test_up_to_the_card_its_pictures_are_the_shared_ones_and_its_sound_is_throughout(placement, made):
    shared, own = made[placement, ""].path, made[placement, "hanoi"].path

    assert packets(own, "video")[:BODY] == packets(shared, "video")[:BODY]
    assert packets(own, "audio") == packets(shared, "audio")


def test_up_to_the_card_a_player_shows_the_shared_pictures(made):
    own, shared = (pictures(made["instagram.feed_square", name].path)[:BODY] for name in ("hanoi", ""))

    assert len(own) == BODY
    assert np.array_equal(own, shared)


def test_its_pictures_come_one_by_one_without_a_step_at_the_joint(made):
    video = packets(made["youtube.video", "hanoi"].path, "video")

    step = video[0][2]
    assert len(video) == BODY + CARD_FRAMES
    assert sorted(pts for pts, *_rest in video) == [number * step for number in range(len(video))]
    assert {after[1] - before[1] for before, after in pairwise(video)} == {step}


def test_its_sound_goes_on_over_the_joint_without_gap_or_click(made):
    own, shared = (samples(made["youtube.video", name].path) for name in ("hanoi", ""))

    joint = BODY * 48_000 // FPS
    jumps = np.abs(np.diff(own[0]))
    assert np.array_equal(own, shared)
    assert own.shape[1] == pytest.approx(5 * 48_000, abs=1024)
    assert jumps[joint - 2400 : joint + 2400].max() <= 1.1 * jumps[joint - 24_000 : joint - 4800].max()
    assert np.abs(own[0, joint : joint + 4800]).max() > 0.05


def test_its_card_is_that_of_the_same_clip_filmed_whole_for_it(made, job, tmp_path):
    """But for what the coder loses: the card alone is coded without what came before it."""
    placement = "instagram.feed_square"
    clip = job.clip.model_copy(update={"end_card": PARIS.card(job.clip.end_card, "en")})
    alone = replace(job, clip=clip, brand=PARIS.kit(job.brand), out=tmp_path, placements=(placements()[placement],))
    whole = next(make_mission_films(alone, (), lambda _share: None))

    expected, own, shared = (pictures(path) for path in (whole.path, made[placement, "paris"].path,
                                                         made[placement, ""].path))  # fmt: skip
    assert len(own) == len(expected) == BODY + CARD_FRAMES
    for moment in (BODY, BODY + 8, BODY + 20, BODY + CARD_FRAMES - 1):
        assert np.abs(own[moment].astype(int) - expected[moment]).mean() < 0.4
    assert np.abs(own[-1].astype(int) - shared[-1]).mean() > 1.5  # its names and its code


def test_the_code_on_its_card_leads_where_the_mission_says(made):
    with av.open(str(made["youtube.video", "hanoi"].path)) as container:
        last = list(container.decode(video=0))[-1].to_ndarray(format="rgb24")

    assert [code.text for code in zxingcpp.read_barcodes(last)] == ["https://go.mfa.example/hanoi"]


def test_players_may_begin_before_they_have_all_of_it(made):
    content = made["youtube.video", "hanoi"].path.read_bytes()

    assert 0 < content.find(b"moov") < content.find(b"mdat")
    assert content.count(b"elst") == made["youtube.video", ""].path.read_bytes().count(b"elst") == 2


def test_the_same_input_makes_the_same_bytes(made, job, typesetter, tmp_path):
    elsewhere = replace(job, out=tmp_path)

    again = own_film(elsewhere, made["youtube.video", ""], HANOI, typesetter, lambda _share: None)

    own = made["youtube.video", "hanoi"]
    assert (again.sha256, again.fingerprint) == (own.sha256, own.fingerprint)


@pytest.mark.parametrize(
    "changed",
    [
        mission("hanoi", verbs={"en": "Visit"}),
        mission("hanoi", link=None),
        mission("hanoi", names={"en": {"ministry": "M"}}),
        mission("hue", names=HANOI.names, link=HANOI.link),
    ],
)
def test_names_verb_and_link_are_part_of_its_fingerprint(changed, made, job, typesetter, tmp_path):
    refused = replace(made["youtube.video", ""], path=None)

    film = own_film(replace(job, out=tmp_path), refused, changed, typesetter, lambda _share: None)

    assert film.fingerprint not in {each.fingerprint for each in made.values()}
    assert film.refused


def test_words_that_have_no_room_refuse_its_film_and_say_whose(made, job, typesetter, tmp_path):
    wide = mission("hanoi", verbs={"en": "Internationalisierungsbeauftragtenversammlungsankündigungen"})
    earlier = tmp_path / "clip_en_youtube.video_hanoi.mp4"
    earlier.write_bytes(b"of yesterday")

    film = own_film(replace(job, out=tmp_path), made["youtube.video", ""], wide, typesetter, lambda _share: None)

    assert film.refused
    assert [finding.code for finding in film.findings if finding.level == "blocking"] == ["left-out"]
    assert "hanoi" in film.findings[0].message
    assert list(tmp_path.iterdir()) == []


class Cancelled(Exception):
    pass


@pytest.mark.parametrize("call", [1, 30, 200])
def test_cancelled_nothing_of_it_is_left(call, made, job, typesetter, tmp_path):
    calls = iter(range(call))

    def cancel(_share: float) -> None:
        if next(calls, None) is None:
            raise Cancelled

    with pytest.raises(Cancelled):
        own_film(replace(job, out=tmp_path), made["youtube.video", ""], HANOI, typesetter, cancel)

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_in_words(made, job, typesetter, tmp_path):
    mount = tmp_path / "full"
    mount.mkdir()
    small = ["mount", "-t", "tmpfs", "-o", "size=40k", "none", mount]
    if subprocess.run(small, check=False, capture_output=True).returncode:
        absent("A small disk can be made by root alone.")
    try:
        with pytest.raises(RenderFailed, match="the disk has room"):
            own_film(replace(job, out=mount), made["youtube.video", ""], HANOI, typesetter, lambda _share: None)
        assert list(mount.iterdir()) == []
    finally:
        subprocess.run(["umount", mount], check=True)


def test_a_shared_clip_that_is_broken_is_told_in_words(made, tmp_path):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film")

    with pytest.raises(RenderFailed, match="the shared clip is whole"):
        exchange_end(broken, BODY, made["youtube.video", "hanoi"].path, tmp_path / "joined.mp4", lambda: None)

    assert list(tmp_path.iterdir()) == [broken]


def test_a_clip_that_cannot_be_parted_there_is_refused(made, tmp_path):
    own = made["youtube.video", "hanoi"].path

    with pytest.raises(RenderFailed, match="no picture of its own"):
        exchange_end(own, BODY - 7, own, tmp_path / "joined.mp4", lambda: None)

    assert list(tmp_path.iterdir()) == []


def test_a_card_that_was_coded_otherwise_is_refused(made, tmp_path):
    films = [made[placement, ""].path for placement in PLACEMENTS]

    with pytest.raises(RenderFailed, match="in another way"):
        exchange_end(films[0], BODY, films[1], tmp_path / "joined.mp4", lambda: None)


@pytest.mark.parametrize(
    ("missions", "changes", "field"),
    [
        ((HANOI, HANOI), {}, r"missions\[1\]\.name"),
        ((mission("hue", names={"vi": {"ministry": "Bộ Ngoại giao"}}),), {}, r"missions\[0\]\.names"),
        ((HANOI,), {"end_card": None}, "end_card"),
    ],
)
def test_what_no_film_can_be_made_from_is_named_before_anything_is_made(missions, changes, field, job, tmp_path):
    wrong = replace(job, clip=job.clip.model_copy(update=changes), out=tmp_path)

    with pytest.raises(InvalidInput, match=field):
        next(make_mission_films(wrong, missions, lambda _share: None))

    assert list(tmp_path.iterdir()) == []


def test_the_command_line_films_for_missions_and_says_for_whom(job, tmp_path, capsys):
    told, brand = tmp_path / "missions.json", tmp_path / "brand.json"
    told.write_text(Missions(missions=(PARIS,)).model_dump_json(), encoding="utf-8")
    brand.write_text(brand_text(), encoding="utf-8")
    path = job.source / "clip.json"
    path.write_text(job.clip.model_dump_json(), encoding="utf-8")
    arguments = ["clip", str(path), "--brand", str(brand), "--placements", "instagram.feed_square",
                 "--out", str(tmp_path / "made"), "--cache", str(job.cache), "--missions"]  # fmt: skip

    assert run([*arguments, str(tmp_path / "none.json")]) == BAD_INPUT
    capsys.readouterr()
    assert run([*arguments, str(told)]) == DONE

    output = capsys.readouterr()
    rows = [json.loads(line) for line in output.out.splitlines()]
    assert [row["mission"] for row in rows] == ["", "paris"]
    assert Path(rows[1]["path"]).name == "clip_en_instagram.feed_square_paris.mp4"
    assert "2/2 instagram.feed_square for paris" in output.err
