"""The title card: over the first picture of the footage, before everything else, in every frame and script."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from media_tools.clips.cards import Card
from media_tools.clips.film import Film, FilmJob, make_films
from media_tools.clips.missions import make_mission_films
from media_tools.clips.story import Clip, TitleCard
from media_tools.clips.title_card import filmed_title, title_card
from media_tools.draw import draw
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Align, Paragraph, walk
from media_tools.platforms import placements
from media_tools.spec.colour import READABLE, luminance, luminance_contrast, luminances
from tests.declaration import DECLARATION, brand_in
from tests.media_tools.clips.conftest import CARD, ffmpeg, story
from tests.media_tools.clips.test_missions import HANOI, packets

OPENING, GOES = 60, 6  # frames
TITLE = {"kicker": "Expo 2025 Osaka", "seconds": 2}
FRAMES = ("youtube.video", "instagram.reel", "instagram.feed_portrait", "instagram.feed_square")
SAID = {"cues": [{"start": 500, "end": 1400, "text": "Ten thousand"}]}


@pytest.fixture(scope="module")
def moving(tmp_path_factory) -> Path:
    """White for a second, then grey, with a tone: so one sees whether it stands, and hears when it begins."""
    path = tmp_path_factory.mktemp("moving") / "moving.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=white:s=640x360:d=1:r=30", "-f", "lavfi", "-i", "color=gray:s=640x360:d=1:r=30",
           "-f", "lavfi", "-i", "sine=f=440:r=48000:d=2", "-filter_complex", "[0][1]concat", "-c:v", "libx264",
           "-pix_fmt", "yuv420p", "-c:a", "aac", path)  # fmt: skip
    return path


@pytest.fixture(scope="module")
def made(moving, tmp_path_factory, kit) -> dict[str, Film]:
    """By placement; a mission's by its name."""
    clip = story(moving, title_card=TITLE, end_card=CARD, captions=SAID)
    out = tmp_path_factory.mktemp("titled")
    slots = (placements()["x.post"],)
    job = FilmJob(clip, kit, moving.parent, slots, "clip", out, tmp_path_factory.getbasetemp() / "cards", textless=True)
    films = make_mission_films(job, (HANOI,), lambda _share: None)
    return {film.mission or film.placement: film for film in films}


def pictures(path: Path) -> list[np.ndarray]:
    """(height, width) grey."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]


def test_the_footage_stands_under_its_title_and_then_moves(made):
    frames = pictures(made["x.post"].path)

    end_edge = [frame[600, -40].item() > 200 for frame in frames]
    start_edge = [frame[100, 40].item() > 200 for frame in frames]
    assert len(frames) == OPENING + 60 + 90
    assert end_edge == [True] * (OPENING + 30) + [False] * (30 + 90)
    assert not any(start_edge[: OPENING - GOES])
    assert start_edge[OPENING:] == [True] * 30 + [False] * (30 + 90)
    assert made["x.post"].seconds == 7


def test_captions_and_sound_come_later_by_as_much(made):
    film = made["x.post"]
    frames = pictures(film.path)
    with av.open(str(film.path)) as container:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])

    told = next(path for path in film.sidecars if path.suffix == ".srt").read_text()
    boxed = [number for number, frame in enumerate(frames[: OPENING + 30]) if frame[587, 640] < 150]
    assert "00:00:02,500 --> 00:00:03,400" in told
    assert boxed == list(range(OPENING + 15, OPENING + 30))
    assert np.abs(sound[: 48_000 * 2 - 2400]).max() < 0.001
    assert np.abs(sound[48_000 * 2 + 4800 : 48_000 * 4 - 4800]).reshape(-1, 480).max(axis=1).min() > 0.02


def test_the_poster_shows_footage_beside_its_words(made):
    with Image.open(made["x.post"].poster) as poster:
        assert min(poster.getpixel((poster.width - 40, poster.height // 2))) > 200


def test_a_textless_master_has_no_title(made):
    frames = pictures(made["textless"].path)

    assert (len(frames), made["textless"].seconds) == (60, 2)
    assert frames[0].min() > 200


def test_a_missions_card_joins_behind_title_and_footage(made):
    own, shared = made["hanoi"], made["x.post"]

    body = OPENING + 60
    video = packets(own.path, "video")
    assert video[:body] == packets(shared.path, "video")[:body]
    assert len(video) == body + 90
    assert {after[1] - before[1] for before, after in pairwise(video)} == {video[0][2]}
    assert packets(own.path, "audio") == packets(shared.path, "audio")


def test_languages_whose_titles_stand_for_other_times_are_filmed_apart(moving, kit, tmp_path):
    """Of one length all the same: what is shared of sound and picture would begin too early in one of them."""
    first = story(moving, title_card=TITLE, end_card={**CARD, "seconds": 4})
    second = story(moving, title_card={**TITLE, "seconds": 3}, end_card=CARD, language="vi")
    kit = kit.model_copy(update={"names": {**kit.names, "vi": kit.names["en"]}})
    job = FilmJob(first, kit, moving.parent, (placements()["x.post"],), "clip", tmp_path, tmp_path / "c")

    films = list(make_films(replace(job, others=(second,)), lambda _share: None))

    stands = [[frame[-20, -60] > 200 for frame in pictures(film.path)].index(False) for film in films]
    assert [film.seconds for film in films] == [8, 8]
    assert stands == [60 + 30, 90 + 30]


@pytest.mark.parametrize("name", FRAMES)
def test_every_script_has_room_in_every_frame_and_reads_on_white_footage(name, typesetter):
    for language, told in DECLARATION.items():
        clip = worded(told["title"], language)

        card = title_card(clip, TitleCard(kicker="Paris, 1948"), placements()[name], brand_in(language), typesetter)

        assert least_contrast(card, typesetter) >= READABLE, language


def worded(title: str, language: str = "en") -> Clip:
    return story(Path("x.mp4"), title=title, language=language)


def least_contrast(card: Card, typesetter) -> float:
    """Of letters to what is behind them, where the footage is white."""
    veil = draw(card.ground, typesetter).astype(float)
    seen = (veil[..., :3] + 255 - veil[..., 3:]) / 255
    found = []
    for each in walk(card.frame):
        if isinstance(each.item, Paragraph):
            right = typesetter.widest_line(each.item)
            left = each.box.right - right if each.item.align is Align.RIGHT else each.box.x
            part = seen[int(each.box.y) : int(each.box.bottom), int(left) : int(left + right)]
            behind = float(luminances(part.reshape(-1, 3)).max())
            found += [luminance_contrast(luminance(run.style.colour), behind) for run in each.item.runs]
    return min(found)


def test_it_is_made_once_for_its_words(kit, typesetter, tmp_path):
    placement = placements()["x.post"]
    clip = story(Path("x.mp4"), title_card=TITLE)
    paths = [
        filmed_title(each, placement, kit, typesetter, tmp_path)
        for each in (
            clip,
            clip.model_copy(update={"title_card": TitleCard(kicker="Expo 2025 Osaka", seconds=4)}),
            clip.model_copy(update={"title": "Another"}),
        )
    ]

    assert paths[0] == paths[1] != paths[2]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_title_without_room_blocks_the_film_and_says_so(moving, films):
    (film,) = films(moving, "instagram.feed_square", title="Pneumonoultramicroscopic" * 4, title_card=TITLE)

    assert film.refused
    (finding,) = [each for each in film.findings if each.code == "left-out"]
    assert "title card has no room" in finding.message


def test_it_refuses_a_word_wider_than_the_frame(kit, typesetter):
    clip = worded("Donaudampfschifffahrtsgesellschaftskapitänswitwe" * 2)

    with pytest.raises(DoesNotFit, match="title card"):
        title_card(clip, TitleCard(), placements()["instagram.reel"], kit, typesetter)
