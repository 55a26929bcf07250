"""The still's page over time: what comes, when, and that in the end it is the still."""

from decimal import Decimal
from io import BytesIO

import av
import numpy as np
import pytest
from PIL import Image

from media_tools.animate import AnimationJob, animate, storyboard
from media_tools.blocks.column_chart import ColumnChart
from media_tools.blocks.line_chart import LineChart
from media_tools.blocks.progress import Progress
from media_tools.clips.animation import Animation, Shortened
from media_tools.clips.story import FPS
from media_tools.clips.timeline import LONGEST, SHORTEST, Step, Way, timeline
from media_tools.draw import draw
from media_tools.example.campaign import story
from media_tools.infographic import BLOCKS, Infographic, lay_out
from media_tools.layout.frame import Frame, Paragraph, Photograph, Placed, walk
from media_tools.layout.text import Typesetter
from media_tools.platforms import placements
from media_tools.spec.geometry import Point
from media_tools.studio import Studio

SLOT = placements()["instagram.feed_square"].film
STORIES = [("missions", "en"), ("missions", "ar"), ("expo", "vi"), ("expo", "ar"), ("workshop", "fr")]


def headed(*blocks: object, language: str = "en") -> Infographic:
    headline = {"block": "headline", "text": "A test of what moves"}
    return Infographic.model_validate({"version": 1, "language": language, "theme": "bulletin", "source": "A test",
                                       "blocks": (headline, *blocks)})  # fmt: skip


@pytest.fixture(scope="module")
def laid(kit, typesetter):
    return lambda told: lay_out(told, SLOT, kit, typesetter)


def seen(steps: tuple[Step, ...]) -> list[Placed]:
    return sorted((placed for step in steps for placed in step.items), key=repr)


@pytest.mark.parametrize(("name", "language"), STORIES)
def test_every_part_of_the_page_comes_once_and_stays(laid, name, language):
    page = laid(story(name, language))
    told = timeline(page)
    there = [
        Placed(Point(found.box.x, found.box.y), found.item)
        for found in walk(page.frame)
        if not isinstance(found.item, Frame)
    ]

    assert seen(told.steps) == sorted(there, key=repr)
    for step in told.steps:
        shares = [step.share(second / 10) for second in range(int(told.settled * 10) + 2)]
        assert shares == sorted(shares)
        assert shares[-1] == 1


@pytest.mark.parametrize(("name", "language"), STORIES)
def test_a_clip_lasts_six_to_twenty_seconds_and_stands_still_to_be_read(laid, name, language):
    told = timeline(laid(story(name, language)))

    assert SHORTEST <= told.seconds <= LONGEST
    assert told.seconds - told.settled >= 1.5


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_last_picture_is_the_still_and_no_picture_loses_what_the_one_before_had(kit, laid, typesetter, language):
    page = laid(story("missions", language))
    told = timeline(page)
    animation = Animation.of(page.frame, told, typesetter)
    still = draw(page.frame, typesetter)[..., :3]

    assert np.array_equal(animation.at(told.settled), still)
    settled = animation.at(told.settled - 1e-6).astype(int)
    assert np.abs(settled - still).max() <= 4
    pictures = [animation.at(told.settled * tenth / 10) for tenth in range(11)]
    missing = [np.count_nonzero((np.abs(picture.astype(int) - still) > 4).any(axis=2)) for picture in pictures]
    assert missing == sorted(missing, reverse=True)


def test_the_same_second_gives_the_same_picture_in_any_order(laid, typesetter):
    page = laid(story("missions", "en"))
    animation = Animation.of(page.frame, timeline(page), typesetter)
    forth = [animation.at(second) for second in (0.5, 1.4, 3.0)]
    back = [animation.at(second) for second in (3.0, 1.4, 0.5)][::-1]

    assert all(np.array_equal(one, other) for one, other in zip(forth, back, strict=True))


def test_frames_that_are_left_out_are_as_the_ones_before(laid, typesetter):
    page = laid(story("missions", "en"))
    told = timeline(page)
    animation, frames = Animation.of(page.frame, told, typesetter), round(told.seconds * FPS)
    shortened = Shortened.of(animation)
    held = list(shortened.holds(frames))

    assert shortened.frames + sum(more for _number, more in held) == frames
    for number, more in held:
        assert np.array_equal(animation.at(number / FPS), animation.at((number + more) / FPS))


@pytest.mark.parametrize(("language", "digits"), [("en", "0123456789"), ("vi", "0123456789"), ("ar", "٠١٢٣٤٥٦٧٨٩")])
def test_the_first_amount_counts_in_the_digits_of_its_language_and_ends_as_it_is_written(laid, language, digits):
    page = laid(story("expo", language))
    step = next(step for step in timeline(page).steps if step.count)
    read = [_digits(step.shown(step.start + step.seconds * tenth / 20)) for tenth in range(21)]
    written = next(iter(step.items)).item.runs[0].text
    values = [int("".join(str(digits.index(sign)) for sign in text if sign in digits)) for text in read]

    assert read[16:] == [written] * 5
    assert values == sorted(values)
    assert values[0] == 0
    assert len(set(values)) > 5
    assert {len(text) for text in read} == {len(written)}


def _digits(items: tuple[Placed, ...]) -> str:
    paragraph = items[0].item
    assert isinstance(paragraph, Paragraph)
    return paragraph.runs[0].text


@pytest.mark.parametrize(
    "figure", [{"value": 2026}, {"value": 70, "unit": "of 98"}, {"value": 500, "notation": "growth"}]
)
def test_years_ratios_and_percentages_do_not_count(laid, figure):
    figures = {"block": "key_figures", "figures": [{**figure, "label": "something", "source": "A test"}]}

    assert not any(step.count for step in timeline(laid(headed(figures))).steps)


@pytest.mark.parametrize(("language", "way"), [("en", Way.TO_RIGHT), ("ar", Way.TO_LEFT)])
def test_bars_grow_from_the_side_where_reading_begins(laid, language, way):
    ways = {step.way for step in timeline(laid(story("missions", language))).steps}

    assert way in ways
    assert not ways & ({Way.TO_LEFT, Way.TO_RIGHT} - {way})


def test_a_photo_that_is_the_ground_of_the_page_stands_from_the_first_picture(laid):
    standing = [step for step in timeline(laid(story("newsrooms", "en"))).steps if step.way is Way.STANDS]

    assert any(isinstance(placed.item, Photograph) for step in standing for placed in step.items)


@pytest.mark.parametrize(("block", "way"), [(ColumnChart, Way.UP), (LineChart, Way.TO_RIGHT), (Progress, Way.TO_RIGHT)])
def test_shapes_of_charts_grow_from_their_base(laid, block, way):
    told = timeline(laid(headed(block.example())))

    assert any(step.way is way and step.seconds >= 0.7 for step in told.steps)


@pytest.mark.parametrize("name", sorted(set(BLOCKS) - {"headline"}))
def test_every_block_can_be_animated(kit, pictures, name):
    typesetter = Typesetter(Studio(pictures))
    page = lay_out(headed(BLOCKS[name].example()), SLOT, kit, typesetter)

    assert timeline(page).seconds >= SHORTEST


def test_a_clip_is_filmed_whole_and_ends_on_the_still(kit, pictures, typesetter, tmp_path):
    told = headed({"block": "key_figures", "figures": [{"value": Decimal(420), "label": "visits", "source": "A test"}]})
    slot = placements()["instagram.feed_square"]
    film = next(animate(AnimationJob(told, kit, pictures, (slot,), "test", tmp_path), lambda _share: None))

    assert film.path is not None
    with av.open(str(film.path)) as container:
        video = container.streams.video[0]
        assert (video.width, video.height, video.average_rate) == (slot.film.width, slot.film.height, FPS)
        assert video.codec_context.color_primaries == video.codec_context.colorspace == 1
        assert container.streams.audio[0].codec_context.name == "aac"
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video) if frame.key_frame]
        assert video.frames == film.seconds * FPS == SHORTEST * FPS
    still = draw(lay_out(told, slot.film, kit, typesetter).frame, typesetter)[..., :3]
    assert np.abs(frames[-1].astype(int) - still).mean() < 2
    assert film.poster is not None
    assert np.abs(np.asarray(Image.open(film.poster)).astype(int) - still).mean() < 2
    (words,) = film.sidecars
    assert words.read_text() == "A test of what moves.\n420: visits.\n"
    assert film.alt == "A test of what moves. 420: visits."
    assert {path.name for path in tmp_path.iterdir()} == {film.path.name, film.poster.name, words.name}


def test_a_page_without_room_makes_no_clip_and_takes_the_old_one_away(kit, pictures, tmp_path):
    told = headed()
    told = told.model_copy(update={"blocks": (told.headline.model_copy(update={"text": "Unbreakable" * 12}),)})
    old = tmp_path / "test_en_instagram.feed_square.mp4"
    old.write_bytes(b"old")
    slots = (placements()["instagram.feed_square"],)
    film = next(animate(AnimationJob(told, kit, pictures, slots, "test", tmp_path), lambda _share: None))

    assert film.refused
    assert any(finding.level == "blocking" for finding in film.findings)
    assert not old.exists()


@pytest.mark.parametrize(
    ("limits", "code"), [({"max_duration_s": 3}, "too-long"), ({"max_file_bytes_video": 1000}, "file-too-large")]
)
def test_a_clip_that_its_platform_does_not_take_is_refused_and_says_why(kit, pictures, tmp_path, limits, code):
    slot = placements()["instagram.feed_square"]
    strict = slot.model_copy(update={"width": 200, "height": 200, "limits": {**slot.limits, **limits}})
    told = headed({"block": "key_figures", "figures": [{"value": Decimal(420), "label": "visits", "source": "A test"}]})
    film = next(animate(AnimationJob(told, kit, pictures, (strict,), "test", tmp_path), lambda _share: None))

    (finding,) = [each for each in film.findings if each.level == "blocking"]
    assert (finding.code, finding.remedy) == (code, "Shorten the text or leave out a block.")
    assert film.refused
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "language"), [("missions", "en"), ("missions", "ar")])
def test_a_storyboard_shows_moments_as_people_read_and_ends_with_the_still(kit, laid, typesetter, name, language):
    seen = storyboard(story(name, language), placements()["instagram.feed_square"], kit, typesetter, 600)
    page = laid(story(name, language))

    with Image.open(BytesIO(seen.content)) as board:
        shown = np.asarray(board.convert("RGBA"))
    assert seen.seconds == timeline(page).seconds
    wide = (600 - 2 * 10) // 3
    first_row = [shown[:wide, left : left + wide, :3] for left in (0, wide + 10, 2 * (wide + 10))]
    ink = [int((cell < 128).any(axis=2).sum()) for cell in first_row]
    assert ink == sorted(ink, reverse=language == "ar")
