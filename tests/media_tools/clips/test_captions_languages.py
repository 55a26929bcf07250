"""One picture in several languages: read and framed once, and each as if it had been made alone."""

import pytest

from media_tools.clips.graph import Output, command
from media_tools.clips.moves import windows
from media_tools.clips.source import cut
from media_tools.clips.story import Reframe
from media_tools.errors import InvalidInput
from media_tools.spec.geometry import Size
from tests.media_tools.clips.conftest import CUES, story

VIETNAMESE = {"cues": [{"start": 500, "end": 2467, "text": "mười nghìn người"}]}
ARABIC = {"cues": [{"start": 500, "end": 2467, "text": "جاء عشرة آلاف شخص"}]}


def test_languages_are_the_files_that_each_makes_alone_with_sidecars_of_its_own(footage, films):
    (alone,) = films(footage, "telegram.post", language="vi", captions=VIETNAMESE)
    others = (story(footage, language="vi", captions=VIETNAMESE), story(footage, language="ar", captions=ARABIC))

    made = films(footage, "telegram.post", captions=CUES, others=others)

    assert [film.path.name for film in made] == [f"clip_{tag}_telegram.post.mp4" for tag in ("en", "vi", "ar")]
    assert [film.sidecars[0].name for film in made] == ["clip.en_US.srt", "clip.vi_VN.srt", "clip.ar_AR.srt"]
    assert made[1].sha256 == alone.sha256
    assert (made[1].content, made[1].fingerprint) == (alone.content, alone.fingerprint)


def test_what_is_framed_alike_is_framed_once(footage, tmp_path):
    piece = cut(story(footage).footage, footage)
    tall, square = Size(1080, 1920), Size(1080, 1080)
    outputs = [
        Output(tmp_path / f"{number}.mp4", size, windows(Reframe().keys, piece, size)[0])
        for number, size in enumerate((tall, tall, tall, square))
    ]

    graph = " ".join(command(piece, outputs, tmp_path / "sound.m4a"))

    assert graph.count("flags=lanczos") == 2


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"language": "vi", "footage": {"start": 1}}, r"footage: of 'vi' is not that of 'en'.*film them one by one"),
        ({"language": "vi", "footage": {"by_aspect": {"1:1": {"fit": "pad"}}}}, "is not that of 'en'"),
        ({}, "language: stands twice: en, en"),
    ],
    ids=["another cut", "another framing", "the same language"],
)
def test_languages_that_do_not_share_a_picture_are_refused(other, said, footage, films):
    with pytest.raises(InvalidInput, match=said):
        films(footage, "telegram.post", others=[story(footage, **other)])


def test_what_is_said_of_footage_may_differ_between_languages(footage, films):
    other = story(footage, language="vi", footage={"alt": "Một hoa văn"}, captions=VIETNAMESE)

    made = films(footage, "telegram.post", captions=CUES, others=[other], textless=True)

    assert [film.language for film in made] == ["en", "vi", "en"]
    assert made[-1].path.name == "clip_en_textless.mp4"
