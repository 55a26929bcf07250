"""Captions as pictures: where they stand, in how many parts, which word is lit, and never over anything else."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from media_tools.clips.captions import LINES, Captioner, heard, showings, write_track
from media_tools.clips.overlay import Standing, clip_page, standing_mark
from media_tools.clips.story import FPS, Clip
from media_tools.draw import draw
from media_tools.layout.frame import Paragraph, Path
from media_tools.open.image import open_image
from media_tools.platforms import placements
from media_tools.spec.cues import CaptionLook, Cue, Edge, Style, Word, bare
from media_tools.spec.geometry import Box
from tests.gallery.exhibits import DECLARATION
from tests.media_tools.clips.conftest import whole

SHAPES = ("instagram.reel", "instagram.feed_portrait", "instagram.feed_square", "youtube.video")
LANGUAGES = ("vi", "ar", "fa", "he", "hi", "bn", "ta", "th", "lo", "km", "my", "zh-Hans", "ja", "ko")
FRAMES = 10 * FPS
SMOOTHED = 32  # of 255: edges of darker letters are smoothed a little more; a letter that moved would differ by 200
SAID = Cue(
    start=0, end=4000, text="On peak days ten thousand",
    words=tuple(Word(start=700 * n, text=text) for n, text in enumerate(["On", "peak", "days", "ten", "thousand"])),
)  # fmt: skip


@pytest.fixture(scope="module")
def captioner(kit, typesetter) -> Callable[..., Captioner]:
    names = {**kit.names, **dict.fromkeys(LANGUAGES, next(iter(kit.names.values())))}
    brand = kit.model_copy(update={"names": names})

    def captioner(placement: str = "youtube.video", language: str = "en", **look: object) -> Captioner:
        clip = Clip.model_validate({"version": 1, "language": language, "title": "T", "footage": {"path": "a.mp4"}})
        return Captioner(clip_page(clip, placements()[placement], brand, typesetter), CaptionLook.model_validate(look))

    return captioner


def shows(captioner: Captioner, cue: Cue, *standing: Standing):
    return list(showings(captioner, heard([cue], whole(FRAMES))[0], standing))


def reach(captioner: Captioner, cue: Cue, *standing: Standing) -> Box:
    """Where ink is, in px of the frame."""
    drawn = draw(shows(captioner, cue, *standing)[0].frame, captioner.page.type)[..., 3]
    rows, columns = (np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0))
    box = captioner.box
    return Box(
        box.x + int(columns[0]), box.y + int(rows[0]), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1
    )  # fmt: skip


def passage(language: str) -> str:
    return DECLARATION[language]["text"][:150].strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_caption_shows_in_parts_of_two_lines_one_after_another_and_whole(language, captioner):
    for placement in ("instagram.reel", "youtube.video"):
        drawer = captioner(placement, language)
        cue = Cue(start=1000, end=9000, text=passage(language))

        shown = shows(drawer, cue)

        texts = [item.item.text for each in shown for item in each.frame.items if isinstance(item.item, Paragraph)]
        assert bare("".join(texts)) == bare(cue.text)
        assert len(shown) > 1
        assert all(text.count("\n") < LINES and drawer.lines(text) <= LINES for text in texts)
        assert (shown[0].when.start, shown[-1].when.stop) == (FPS, 9 * FPS)
        assert all(before.when.stop == after.when.start for before, after in pairwise(shown))


@pytest.mark.parametrize("placement", SHAPES)
@pytest.mark.parametrize("edge", Edge)
@pytest.mark.parametrize("style", Style)
def test_captions_stay_inside_what_the_platform_leaves_free_and_off_the_mark(placement, edge, style, captioner):
    for language in ("en", "ar", "km"):
        drawer = captioner(placement, language, style=style)
        page, text = (
            drawer.page,
            drawer.parts(passage(language) if language != "en" else "A caption on two lines " * 3)[0],
        )

        ink = reach(drawer, Cue(start=0, end=3000, text=text, edge=edge))

        free, mark = Box.of(page.size).inset(page.safe), standing_mark(page)
        assert free.x <= ink.x
        assert ink.right <= free.right
        assert free.y <= ink.y
        assert ink.bottom <= free.bottom
        below, beside = ink.y >= mark.at.y + mark.item.size.height, ink.right <= mark.at.x
        assert below or beside or ink.x >= mark.at.x + mark.item.size.width
        assert (ink.y < page.size.height / 2) is (edge is Edge.TOP or ink.y < page.size.height / 2 <= ink.bottom)


@pytest.mark.parametrize("placement", SHAPES)
def test_captions_stand_above_a_lower_third_while_it_shows_and_do_not_jump(placement, captioner):
    drawer = captioner(placement)
    foot = drawer.box.bottom
    third = Standing(range(60, 120), Box(drawer.box.x, foot - 120, 600, 110))
    before, during, after = (Cue(start=at, end=at + 1500, text="Two words") for at in (0, 1900, 4000))

    free, raised, low = (reach(drawer, cue, third) for cue in (before, during, after))

    assert raised.bottom <= third.box.y
    assert raised.height == pytest.approx(free.height)
    assert free == low
    assert free.bottom > third.box.y


def test_the_word_that_is_heard_is_lit_and_nothing_moves(captioner):
    for style in Style:
        drawer = captioner(style=style, highlight=True)

        shown = shows(drawer, SAID)

        pictures = [draw(each.frame, drawer.page.type) for each in shown]
        assert [(each.when.start, each.when.stop) for each in shown] == [
            (0, 21),
            (21, 42),
            (42, 63),
            (63, 84),
            (84, 120),
        ]
        for one, other in pairwise(pictures):
            assert np.abs(one[..., 3].astype(int) - other[..., 3]).max() <= SMOOTHED
            assert (one[..., :3] != other[..., :3]).any()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", ["جاؤوا", "ليسمعوا", "وليُسمَع", "صوتهم"]),
        ("hi", ["मानव", "अधिकारों", "की", "घोषणा"]),
        ("th", ["ศักดิ์ศรี", "และ", "สิทธิ", "เท่าเทียมกัน"]),
        ("my", ["လူ့", "အခွင့်အရေး", "ကြေညာစာတမ်း"]),
        ("ja", ["世界", "人権", "宣言"]),
    ],
)
def test_whole_words_are_lit_in_every_script(language, words, captioner):
    drawer = captioner("instagram.reel", language, highlight=True)
    text = ("" if language in ("th", "my", "ja") else " ").join(words)
    cue = Cue(start=0, end=4000, text=text, words=tuple(Word(start=500 * n, text=w) for n, w in enumerate(words)))

    shown = shows(drawer, cue)

    def lit(items) -> str:
        return "".join(run.text for run in items[-1].item.runs if run.style.colour != drawer.style.colour)

    assert [lit(each.frame.items) for each in shown] == words
    plain = draw(drawer.frame(text), drawer.page.type)[..., 3].astype(int)
    for each in shown:
        assert np.abs(draw(each.frame, drawer.page.type)[..., 3] - plain).max() <= SMOOTHED


def test_words_are_not_lit_unless_that_is_asked_for(captioner):
    assert len(shows(captioner(), SAID)) == 1


def test_parts_of_a_long_caption_come_when_their_words_are_heard(captioner):
    words = passage("en").split()
    cue = Cue(
        start=0, end=9000, text=" ".join(words),
        words=tuple(Word(start=0 if n < 3 else 8000, text=word) for n, word in enumerate(words)),
    )  # fmt: skip

    first, *_others = shows(captioner("instagram.reel"), cue)

    assert first.when == range(8 * FPS)


def test_a_box_stands_behind_each_line_and_nothing_behind_plain_letters(captioner):
    text = "Two lines of words that stand on the picture together"

    def kinds(style: Style) -> list[type]:
        return [type(item.item) for item in captioner(style=style).frame(text).items]

    assert kinds(Style.BOX) == [Path, Path, Paragraph]
    assert kinds(Style.PLAIN) == [Paragraph]
    assert set(kinds(Style.OUTLINE)) == {Paragraph}


def test_the_track_lasts_as_long_as_the_clip_and_is_no_larger_than_its_words(captioner, tmp_path):
    drawer = captioner()
    cues = [Cue(start=500, end=1500, text="One"), SAID.model_copy(update={"start": 2000, "words": (), "end": 5000})]

    track = write_track(drawer, heard(cues, whole(FRAMES)), FRAMES, tmp_path / "track")

    listed = track.script.read_text(encoding="ascii").splitlines()
    seconds = sum(float(line.split()[1]) for line in listed if line.startswith("duration"))
    assert seconds == pytest.approx(FRAMES / FPS, abs=0.001)
    sizes = {open_image(path).size for path in track.script.parent.glob("*.png")}
    ((_width, height),) = sizes
    assert height < 0.2 * drawer.page.size.height
    assert track.at.y + height == pytest.approx(drawer.box.bottom, abs=2)
