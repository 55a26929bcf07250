"""Lower thirds: where they stand, when they come and go, and that nothing is ever laid over them."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from unicodedata import east_asian_width

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError

from media_tools.clips import graph
from media_tools.clips.captions import Captioner, heard, showings
from media_tools.clips.look import Viewer
from media_tools.clips.lower_thirds import LINES, Seen, lay_out, seen, write_lower_thirds
from media_tools.clips.overlay import clip_page, standing_mark
from media_tools.clips.story import FPS, Clip, LowerThird
from media_tools.draw import draw, draw_letters
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Frame, Paragraph, Placed
from media_tools.layout.page import Page
from media_tools.open.image import open_image
from media_tools.platforms import placements
from media_tools.spec.colour import channels
from media_tools.spec.cues import Cue, Edge
from media_tools.spec.finding import Level
from media_tools.spec.geometry import Box, Point, Size
from tests.declaration import DECLARATION, brand_in
from tests.media_tools.clips.conftest import story, whole
from tests.media_tools.clips.test_film import frames

SHAPES = ("instagram.reel", "instagram.feed_portrait", "instagram.feed_square", "youtube.video")
NAMED = {"name": "Amina Haddad", "role": "Head of the consular section"}
TALL = "Ế Ễ Ộ Ữ ậ"


@pytest.fixture(scope="module")
def page(typesetter) -> Callable[..., Page]:
    def page(placement: str = "youtube.video", language: str = "en") -> Page:
        clip = Clip.model_validate({"version": 1, "language": language, "title": "T", "footage": {"path": "a.mp4"}})
        return clip_page(clip, placements()[placement], brand_in(language), typesetter)

    return page


def third(start: float = 0, end: float = 4, **words: str) -> LowerThird:
    return LowerThird.model_validate({**NAMED, "start": start, "end": end, **words})


def told(language: str) -> dict[str, str]:
    """A name and a role as long as people have them."""
    title, text = DECLARATION[language]["title"], DECLARATION[language]["text"]
    wide = 2 if any(east_asian_width(letter) in "WF" for letter in title) else 1
    return {"name": title[: 22 // wide].strip(), "role": text[: 60 // wide].strip()}


def standing(at: Page, *thirds: LowerThird) -> tuple[Seen, ...]:
    return seen(thirds, at, whole(60 * FPS))


def paragraphs(frame: Frame) -> list[Paragraph]:
    return [placed.item for placed in frame.items if isinstance(placed.item, Paragraph)]


@pytest.mark.parametrize("language", DECLARATION)
def test_names_and_roles_of_every_language_stand_in_the_safe_area_and_are_legible(language, page):
    for placement in SHAPES:
        here = page(placement, language)

        laid = lay_out(third(**told(language)), here)

        free, mark = Box.of(here.size).inset(here.safe), standing_mark(here)
        assert free.overhang(laid.box) <= 1
        assert laid.box.y >= mark.at.y + mark.item.size.height
        name, role = paragraphs(laid.frame)
        assert max(name.lines, role.lines) <= LINES
        assert name.runs[0].style.size >= 1.2 * role.runs[0].style.size
        assert role.runs[0].style.size >= here.legible
        assert not here.type.missing(name)
        if here.right_to_left:
            assert laid.box.right > 0.85 * here.size.width
        else:
            assert laid.box.x < 0.15 * here.size.width


@pytest.mark.parametrize(("language", "words"), [("vi", TALL), ("ar", "أُمِّينَةُ حَدَّاد"), ("th", "ที่ปู้ ญี่ปุ่น")])
def test_no_letter_is_cut_where_the_box_ends(language, words, page):
    here = page("instagram.reel", language)
    frame = lay_out(third(name=words, role=words), here).frame

    inside = draw_letters(frame, here.type)

    larger = Frame(Size(frame.size.width + 80, frame.size.height + 80), (Placed(Point(40, 40), frame),))
    around = draw_letters(larger, here.type)
    assert (around[40:-40, 40:-40] == inside).all()
    assert around.astype(int).sum() == inside.astype(int).sum()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_mark_is_seen_on_the_accent_at_the_start_edge(language, page):
    here = page("instagram.feed_square", language)
    drawn = draw(lay_out(third(), here).frame, here.type)

    accent = [round(255 * channel) for channel in channels(here.brand.colours.accent)]
    at_start = drawn[:, -20:-4] if language == "ar" else drawn[:, 4:20]
    assert (at_start[..., :3] == accent).all()
    square = drawn[:, -drawn.shape[0] :] if language == "ar" else drawn[:, : drawn.shape[0]]
    assert (square[..., :3] == 255).all(axis=-1).mean() > 0.08


@pytest.mark.parametrize("placement", SHAPES)
@pytest.mark.parametrize("edge", Edge)
def test_captions_never_stand_on_a_lower_third(placement, edge, page):
    """Looked at px by px, with the longest caption, which meets two lower thirds of different heights."""
    for language in ("en", "vi", "ar", "km"):
        here = page(placement, language)
        long = {name: words * 2 for name, words in told(language).items() if len(words) < 50}
        both = standing(here, third(0, 3, **told(language)), third(3, 6, **{**told(language), **long}))
        captioner = Captioner(here)
        text = captioner.parts(DECLARATION[language]["text"][:150])[0]
        cue = Cue(start=2000, end=4000, text=text, edge=edge)

        shown = showings(captioner, heard([cue], whole(60 * FPS))[0], [each.standing for each in both])

        assert len(both) == 2
        for picture in shown:
            ink = draw(picture.frame, here.type)[..., 3] > 0
            for box in (each.laid.box for each in both):
                left, top = int(box.x - captioner.box.x), int(box.y - captioner.box.y)
                under = ink[max(0, top) : top + int(box.height), max(0, left) : max(0, left + int(box.width))]
                assert not under.any()


def test_it_comes_and_goes_to_the_frame_and_touches_no_px_outside_its_time_and_place(footage, films, monkeypatch):
    """Coded without loss: what the coder makes of neighbouring frames, and of a faint one, is not looked at."""
    lossy = ("crf", "maxrate", "bufsize")
    kept = {name: value for name, value in graph.ENCODED.items() if name not in lossy}
    monkeypatch.setattr(graph, "ENCODED", {**kept, "qp": 0, "preset": "ultrafast", "profile:v": "high444"})

    named = frames(films(footage, "telegram.story", lower_thirds=[{**NAMED, "start": 0.5, "end": 2.4}])[0].path)
    bare = frames(films(footage, "telegram.story")[0].path)

    changed = [(one != other).any(axis=-1) for one, other in zip(named, bare, strict=True)]
    assert [number for number, px in enumerate(changed) if px.any()] == list(range(15, 72))
    rows, columns = (np.flatnonzero(changed[40].any(axis=axis)) for axis in (1, 0))
    assert (np.ptp(rows) < 0.15 * 1280, np.ptp(columns) < 0.8 * 720) == (True, True)


def test_it_grows_from_the_start_edge_then_its_words_come_and_all_of_it_goes(page, tmp_path):
    for language in ("en", "ar"):
        here = page("instagram.reel", language)
        (one,) = standing(here, third(0, 3))

        track = write_lower_thirds([one], here, 4 * FPS, tmp_path / language)

        listed = [line.split()[1] for line in track.script.read_text().splitlines() if line.startswith("file")]
        drawn = [np.asarray(open_image(track.script.parent / name)).astype(int) for name in listed]
        widths = [int((picture[..., 3] > 0).any(axis=0).sum()) for picture in drawn[:11]]
        assert widths == sorted(widths)
        assert (widths[0] < 30, widths[-1]) == (True, one.laid.box.width)
        side = -1 if language == "ar" else 0
        assert all((picture[:, side, 3] > 0).all() for picture in drawn[:17])
        dark = [(picture[..., :3].max(axis=-1) < 120) & (picture[..., 3] > 200) for picture in drawn]
        assert dark[3].sum() == 0 < dark[10].sum()
        opacity = [int(picture[..., 3].max()) for picture in drawn[10:17]]
        assert opacity == sorted(set(opacity), reverse=True)
        assert (len(drawn), drawn[-1][..., 3].max()) == (19, 0)


def test_one_that_the_cut_begins_in_comes_at_its_first_frame(page):
    (one,) = seen([third(1, 6)], page(), whole(3 * FPS, start=2.0))

    assert one.when == range(3 * FPS)


def test_what_has_no_room_is_left_out_and_told(footage, films):
    endless = "Donaudampfschifffahrtsgesellschaftskapitänswitwenverbandes"

    for words in ({"name": endless}, {"name": "Amina Haddad", "role": endless}):
        (film,) = films(footage, "telegram.story", lower_thirds=[{**words, "start": 0.2, "end": 2.9}])

        (finding,) = [each for each in film.findings if each.code == "left-out"]
        assert (finding.level, finding.remedy) == (Level.ADVISORY, "Shorten the name or the role.")
        assert words["name"] in finding.message
        assert film.path.exists()


def test_one_that_is_hardly_seen_or_not_at_all_is_told(footage, films):
    (film,) = films(
        footage, "telegram.story",
        lower_thirds=[{**NAMED, "start": 0.1, "end": 1.1}, {"name": "Late Guest", "start": 8, "end": 12}],
    )  # fmt: skip

    said = {finding.code: finding for finding in film.findings}
    assert said["lower-third-short"].message == (
        "The lower third of Amina Haddad stands for 1.0 s, and nobody reads it in less than 2."
    )
    assert said["lower-third-outside"].message == "The lower third of Late Guest falls outside the cut."
    assert said["lower-third-outside"].level is Level.ADVISORY


def test_letters_that_no_font_has_are_blocking(footage, films):
    (film,) = films(footage, "telegram.story", lower_thirds=[{"name": "Ⰳ Haddad", "start": 0, "end": 2.5}])

    assert [each.code for each in film.findings if each.level is Level.BLOCKING] == ["glyph-missing"]
    assert film.path is None


def test_languages_that_are_filmed_together_have_each_their_own_words(footage, films):
    vietnamese = {"name": "Nguyễn Thị Phượng", "role": "Trưởng phòng lãnh sự", "start": 0, "end": 2.5}
    (alone,) = films(footage, "telegram.story", language="vi", lower_thirds=[vietnamese])
    other = story(footage, language="vi", lower_thirds=[vietnamese])

    made = films(footage, "telegram.story", lower_thirds=[{**NAMED, "start": 0, "end": 2.5}], others=[other])

    assert made[1].sha256 == alone.sha256 != made[0].sha256
    assert made[1].content == alone.content


def test_the_textless_master_names_nobody(footage, films):
    named = films(footage, textless=True, lower_thirds=[{**NAMED, "start": 0, "end": 2.5}])[-1]

    assert named.sha256 == films(footage, textless=True)[-1].sha256


@pytest.mark.parametrize(
    ("thirds", "said"),
    [
        ([{**NAMED, "start": 3, "end": 2}], "ends at 2 s and begins at 3 s. Give it a later end"),
        ([{**NAMED, "start": 0, "end": 3}, {"name": "B", "start": 2, "end": 5}], "name B at 2 s, before Amina Haddad"),
        ([{**NAMED, "start": n, "end": n + 1} for n in range(21)], "at most 20"),
        ([{**NAMED, "name": "", "start": 0, "end": 3}], "at least 1 character"),
    ],
    ids=["reversed", "overlapping", "too many", "nameless"],
)
def test_what_cannot_be_meant_is_refused_in_words(thirds, said, footage):
    with pytest.raises(ValidationError, match=said):
        story(footage, lower_thirds=thirds)


def test_a_frame_without_height_for_it_says_so(page):
    here = page("youtube.video")
    low = replace(here, safe=replace(here.safe, top=0.7 * here.size.height))

    with pytest.raises(DoesNotFit, match="Amina Haddad"):
        lay_out(third(), low)


@pytest.mark.parametrize("captions", [{}, {"cues": [{"start": 500, "end": 1500, "text": "Ten thousand people"}]}])
def test_a_preview_names_who_is_seen_and_keeps_captions_off(captions, footage, kit, typesetter, page):
    slot = placements()["instagram.feed_square"].film
    here = page(slot.name)
    (named,) = seen([third(0, 2)], here, whole(60))

    def preview(**words: object) -> np.ndarray:
        clip = story(footage, **words)
        seen_now = Viewer(footage.parent, typesetter).frame(clip, kit, slot, slot.width)
        return np.asarray(Image.open(BytesIO(seen_now.content)).convert("RGB")).astype(int)

    alone = preview(lower_thirds=[third(0, 2)], footage={"end": 2})
    both = preview(lower_thirds=[third(0, 2)], captions=captions, footage={"end": 2})
    plain = preview(captions=captions, footage={"end": 2})

    rows = slice(int(named.laid.box.y), int(named.laid.box.bottom))
    columns = slice(int(named.laid.box.x), int(named.laid.box.right))
    assert np.abs(both[rows, columns] - alone[rows, columns]).mean() < 3
    assert np.abs(both[rows, columns] - plain[rows, columns]).mean() > 40
