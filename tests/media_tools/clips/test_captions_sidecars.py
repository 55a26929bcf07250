"""Captions beside a clip: named as platforms want them, plain where players are simple, whole where they are not."""

import pytest

from media_tools.clips.sidecars import caption_name, write_sidecars
from media_tools.clips.source import cut
from media_tools.open.captions import read_captions
from media_tools.spec.cues import CueList
from tests.media_tools.clips.conftest import story

SAID = {
    "cues": [
        {"start": 100, "end": 1000, "text": "5 < 6 & <i>more</i>"},
        {
            "start": 1000, "end": 2000, "text": "Ten thousand people",
            "words": [{"start": 1000, "text": "Ten"}, {"start": 1300, "text": "thousand people"}],
        },
        {
            "start": 2000, "end": 2900, "text": "สิทธิเท่าเทียม", "edge": "top",
            "words": [{"start": 2000, "text": "สิทธิ"}, {"start": 2500, "text": "เท่าเทียม"}],
        },
    ]
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "clip.en_US"), ("en-GB", "clip.en_GB"), ("vi", "clip.vi_VN"),
        ("ar", "clip.ar_AR"), ("ar-EG", "clip.ar_AR"), ("zh-Hans", "clip.zh_CN"), ("zh-Hant", "clip.zh_TW"),
        ("pt-PT", "clip.pt_PT"), ("fa", "clip.fa_IR"),
        ("km", "clip.km_KH"), ("my", "clip.my_MM"),
    ],
)  # fmt: skip
def test_captions_are_named_by_language_and_region(language, name):
    assert caption_name("clip", language) == name


@pytest.fixture
def written(footage, tmp_path):
    def written(*moved: range, **footage_: float) -> dict[str, str]:
        clip = story(footage, captions=SAID, footage=footage_)
        paths = write_sidecars(clip, cut(clip.footage, footage), tmp_path / "clip", moved)
        return {path.name: path.read_text(encoding="utf-8") for path in paths}

    return written


def test_web_captions_are_read_back_as_they_were_said(written, tmp_path):
    written()

    assert read_captions(tmp_path / "clip.en_US.vtt").captions == CueList.model_validate(SAID)


def test_subrip_is_times_and_words_alone(written):
    assert written()["clip.en_US.srt"] == (
        "1\n00:00:00,100 --> 00:00:01,000\n5 < 6 & <i>more</i>\n\n"
        "2\n00:00:01,000 --> 00:00:02,000\nTen thousand people\n\n"
        "3\n00:00:02,000 --> 00:00:02,900\nสิทธิเท่าเทียม\n\n"
    )


def test_a_transcript_is_the_words(written):
    assert written()["clip.en_US.txt"] == "5 < 6 & <i>more</i>\nTen thousand people\nสิทธิเท่าเทียม\n"


def test_times_are_those_of_the_cut(written):
    assert "00:00:00.000 --> 00:00:01.000\nTen <00:00:00.300>thousand people" in written(start=1)["clip.en_US.vtt"]


def test_web_captions_go_to_the_head_where_something_stands_at_the_foot(written):
    lines = [line for line in written(range(20, 40))["clip.en_US.vtt"].splitlines() if "-->" in line]

    assert [line.endswith(" line:0") for line in lines] == [True, True, True]
    assert [line.endswith(" line:0") for line in written()["clip.en_US.vtt"].splitlines() if "-->" in line] == [
        False, False, True,
    ]  # fmt: skip
