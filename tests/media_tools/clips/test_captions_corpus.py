"""Captions files of every make, in files of their own: all of them say the same two captions."""

import re
import time
from pathlib import Path

import pytest

from media_tools.errors import CannotOpen
from media_tools.open.captions import read_captions
from media_tools.spec.cues import Cue, Edge

MADE = sorted((Path(__file__).parent / "captions").iterdir())


def read(folder: Path, content: str, name: str = "words.vtt") -> tuple[Cue, ...]:
    path = folder / name
    path.write_bytes(content.encode())
    return read_captions(path).cues


def web(*payloads: str, settings: str = "") -> str:
    times = (f"00:{2 * n + 1:02}.000 --> 00:{2 * n + 2:02}.000{settings}" for n in range(len(payloads)))
    return "WEBVTT\n\n" + "\n\n".join(f"{time}\n{payload}" for time, payload in zip(times, payloads, strict=True))


@pytest.mark.parametrize("path", MADE, ids=[path.name for path in MADE])
def test_every_make_is_read_alike(path):
    assert read_captions(path).cues == (
        Cue(start=1000, end=2000, text="One"), Cue(start=3000, end=4000, text="Two lines"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("&lrm;C++&rlm; &amp; C&nbsp;#", "\u200eC++\u200f & C\u00a0#"),
        ("&lt;b&gt; is a tag &#8211; &eacute;t&#xE9;", "<b> is a tag – été"),
        ("a --&gt; b", "a --> b"),
        ("AT&T & co.; R&amp;D", "AT&T & co.; R&D"),
        ("السعر &rlm;100%&rlm; فقط", "السعر \u200f100%\u200f فقط"),
        ("<ruby>東<rp>(</rp><rt>とう</rt>京<rt>きょう</rt></ruby>へ", "東京へ"),
        ("<v Ann>Yes.</v> <v Ann>No.</v>", "Yes. No."),
        ("- Yes.\n- No.", "- Yes. - No."),
        ("<00:01>One <12:34:56>two", "One two"),
        ("I <3 you", "I <3 you"),
        ("<c.🙂>One</c>", "One"),
    ],
)
def test_words_come_out_as_players_show_them(payload, text, tmp_path):
    assert [cue.text for cue in read(tmp_path, web(payload))] == [text]


@pytest.mark.parametrize(
    ("settings", "edge"),
    [
        (" line:0", Edge.TOP), (" line:3 align:start", Edge.TOP), (" line:12", Edge.BOTTOM), (" line:-1", Edge.BOTTOM),
        (" line:-14", Edge.TOP), (" line:9.5%,start", Edge.TOP), (" line:50%,center", Edge.BOTTOM),
        (" vertical:lr line:90%", Edge.BOTTOM), (" region:top", Edge.BOTTOM), (" line:", Edge.BOTTOM),
        (" outline:0", Edge.BOTTOM), ("\tline:0", Edge.TOP),
    ],
)  # fmt: skip
def test_a_line_of_the_upper_half_is_the_head(settings, edge, tmp_path):
    assert read(tmp_path, web("Up or down", settings=settings))[0].edge is edge


def test_words_of_a_highlight_keep_their_times_in_and_out_of_tags(tmp_path):
    (cue,) = read(tmp_path, "WEBVTT\n\n00:01.000 --> 00:05.000\n<00:01.000><c>Ten</c><00:00:02.500><c> thousand</c>\n"
                            "<00:03.000>people<00:04.000>")  # fmt: skip

    assert [(word.start, word.text) for word in cue.words] == [(1000, "Ten"), (2500, "thousand"), (3000, "people")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (web("One --> two"), "line 4 has an arrow among its words, where WebVTT ends them. Write it as --&gt;."),
        (web("").replace("02.000", "01.000"), "line 3 is followed by no words."),
        (web("One").replace("02.000", "01.000"), "line 3 ends at 00:00:01.000 and begins at 00:00:01.000."),
        (web("One").replace("00:02.000", "100:00:02.000"), "line 3 ends at 100:00:02.000, and a day is the most."),
        (web("One").replace("02.000", "02"), "line 3 has no two times: 00:01.000 --> 00:02"),
        (web("One").replace("00:02.000", "00:61.000"), "line 3 has no two times"),
        (web("One", "Two").replace("02.000", "03.500"), "line 6 begins at 00:00:03.000, before the caption of line 3"),
        (web("One\0"), "line 3 has the invisible character U+0000."),
        (web("x" * 100_000), "line 3 has 100000, and 300 is the most."),
        ("WEBVTT\n\nNOTE nothing --> yet\n", "holds no captions."),
        ("WEBVTT", "holds no captions."),
        ("", "holds no captions."),
    ],
    ids=["an arrow in words", "no words", "no time", "hours over 99", "no ms", "61 seconds", "overlapping", "NUL",
         "a long line", "notes alone", "a header alone", "nothing"],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_with_its_line(content, said, tmp_path):
    with pytest.raises(CannotOpen, match=re.escape(said)):
        read(tmp_path, content)


def test_an_arrow_in_the_words_of_subrip_is_one_of_them(tmp_path):
    content = "1\n00:00:01,000 --> 00:00:02,000\nHanoi --> Hue\n"

    assert [cue.text for cue in read(tmp_path, content, "words.srt")] == ["Hanoi --> Hue"]


def test_what_a_note_hides_from_nobody_is_a_caption(tmp_path):
    """By the specification only a block without times is a note, and players show this one."""
    assert [cue.text for cue in read(tmp_path, "WEBVTT\n\nNOTE\n00:01.000 --> 00:02.000\nOne\n")] == ["One"]


@pytest.mark.parametrize(
    "hostile", ["<" + "a" * 300_000, "<a " * 100_000, "<1:" * 100_000, "{\\" * 150_000, "&" * 300_000]
)
def test_marks_that_never_end_are_refused_at_once(hostile, tmp_path):
    begun = time.perf_counter()

    with pytest.raises(CannotOpen, match="is the most"):
        read(tmp_path, web(hostile))

    assert time.perf_counter() - begun < 5
