"""Captions files as people and programs leave them: marks, times in words, line ends, old encodings."""

import re
import time
import unicodedata
from pathlib import Path

import pytest

from media_tools.errors import CannotOpen
from media_tools.open.captions import Read, read_captions
from media_tools.spec.cues import Cue, CueList, Edge
from tests.gallery.exhibits import DECLARATION

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WITHOUT_TONES = str.maketrans("", "", "".join(_TONES))


def read(folder: Path, content: str | bytes, language: str = "", name: str = "words.vtt") -> Read:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_captions(path, language)


def web(payload: str, settings: str = "") -> str:
    return f"WEBVTT\n\n00:01.000 --> 00:05.000{settings}\n{payload}\n"


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        ("<v.loud Ann Lee>One <b>day</b></v>", "One day"),
        ("<c.red.big>One</c> <lang fr>jour</lang>", "One jour"),
        ("<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>です", "漢字です"),
        ("5 &lt; 6 &amp;&nbsp;7", "5 < 6 &\u00a07"),
        ("<v Ann>When?\n<v Bob>Today.", "– When? – Today."),
        ("two\nlines", "two lines"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("it ends in\n2024", "it ends in 2024"),
    ],
)  # fmt: skip
def test_marks_of_web_captions_go_and_their_words_stay(payload, text, tmp_path):
    assert [cue.text for cue in read(tmp_path, web(payload)).cues] == [text]


def test_notes_styles_regions_names_and_numbers_are_no_words(tmp_path):
    content = (
        "WEBVTT - of a speech\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\nwidth:40%\n\n"
        "NOTE\nTo be looked over\n\nintro\n00:01.000 --> 00:02.000 region:fred align:start\nOne\n\n"
        "NOTE between the two\n\n7\n01:00:03.000 --> 01:00:04.000\nTwo\n"
    )

    assert read(tmp_path, content).cues == (
        Cue(start=1000, end=2000, text="One"), Cue(start=3_603_000, end=3_604_000, text="Two"),
    )  # fmt: skip


def test_times_inside_a_caption_are_kept_with_their_words(tmp_path):
    (cue,) = read(tmp_path, web("Ten <00:01.500>thousand <00:00:02.000><c>people came</c>")).cues

    assert cue.text == "Ten thousand people came"
    assert [(word.start, word.text) for word in cue.words] == [
        (1000, "Ten"), (1500, "thousand"), (2000, "people came"),
    ]  # fmt: skip


def test_words_that_no_space_parts_keep_their_times(tmp_path):
    (cue,) = read(tmp_path, web("ศักดิ์ศรี<00:01.500>ประจำตัว<00:02.000>และ")).cues

    assert [word.text for word in cue.words] == ["ศักดิ์ศรี", "ประจำตัว", "และ"]


@pytest.mark.parametrize(
    ("content", "edge"),
    [
        (web("Up", " line:0"), Edge.TOP),
        (web("Up", " position:20% line:10%"), Edge.TOP),
        (web("Down", " line:85%"), Edge.BOTTOM),
        (web("Down", " line:-2"), Edge.BOTTOM),
        (web("Down"), Edge.BOTTOM),
        ("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Up\n", Edge.TOP),
        ("1\n00:00:01,000 --> 00:00:02,000\n{\\an2}Down\n", Edge.BOTTOM),
    ],
)
def test_what_stands_at_the_head_stays_there(content, edge, tmp_path):
    (cue,) = read(tmp_path, content).cues

    assert (cue.edge, cue.text) == (edge, "Up" if edge is Edge.TOP else "Down")


def test_subrip_is_read_with_and_without_its_numbers_and_empty_lines(tmp_path):
    content = (
        "1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20\n<font color=red>One</font>\n\nmore\n\n"
        "0:0:02.5 --> 00:00:03,000\nin\n2023\n3\n00:00:03,000-->00:00:04,000\nor in\n2024"
    )

    assert [(cue.start, cue.text) for cue in read(tmp_path, content, name="words.srt").cues] == [
        (1000, "One more"), (2500, "in 2023"), (3000, "or in 2024"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ("Ten <00:09.000>thousand", "line 3 has words at times that are not in order, or not between"),
        ("x" * 301, "line 3 has 301, and 300 is the most. Shorten it by 1."),
        ("<i></i>", "line 3 is followed by no words."),
        ("a\0b", "line 3 has the invisible character U+0000."),
    ],
)
def test_what_a_caption_holds_wrongly_is_told_with_its_line(payload, said, tmp_path):
    with pytest.raises(CannotOpen, match=re.escape(said)):
        read(tmp_path, web(payload))


def test_every_line_that_is_wrong_is_told_at_once(tmp_path):
    times = ("00:01.000 --> 00:02.000", "00:01.500 --> 00:03.000", "00:04.000 --> 00:03.000", "00:05.000 --> 00:06.000")
    content = "WEBVTT\n\n" + "\n\n".join(f"{each}\nWords" for each in times)

    with pytest.raises(CannotOpen, match=r"line 6 begins at 00:00:01\.500.*after this one: 9\.\)"):
        read(tmp_path, content)


def test_ten_thousand_captions_are_refused_at_once(tmp_path):
    many = "".join(f"{n}\n{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02},000 --> {n // 3600:02}:{n // 60 % 60:02}:"
                   f"{n % 60:02},900\nWords\n\n" for n in range(10_000))  # fmt: skip
    begun = time.perf_counter()

    with pytest.raises(CannotOpen, match="holds 10000 captions, and we take 5000"):
        read(tmp_path, many)

    assert time.perf_counter() - begun < 2


def test_what_was_stored_before_words_had_times_is_read_and_written_as_it_was():
    stored = {"cues": [{"start": 0, "end": 1000, "text": "One"}]}

    assert CueList.model_validate(stored).model_dump(mode="json") == stored


def saved(text: str, encoding: str) -> bytes:
    """As an old program saved it: Vietnamese tones of Windows-1258 stand apart from their vowels."""
    if encoding != "cp1258":
        return text.encode(encoding)
    apart = (unicodedata.normalize("NFD", letter) for letter in text)
    return "".join(
        unicodedata.normalize("NFC", parts.translate(_WITHOUT_TONES))
        + "".join(tone for tone in parts if tone in _TONES)
        for parts in apart
    ).encode("cp1258")


OLD = [
    ("vi", "cp1258"), ("ar", "cp1256"), ("ar", "iso8859_6"), ("he", "cp1255"), ("th", "cp874"), ("ja", "cp932"),
    ("ja", "euc_jp"), ("ko", "cp949"), ("zh-Hans", "gb18030"), ("ru", "cp1251"), ("ru", "koi8_r"), ("el", "cp1253"),
    ("tr", "cp1254"), ("fr", "cp1252"),
]  # fmt: skip


def old(language: str, encoding: str, length: int) -> tuple[str, bytes]:
    words = " ".join(unicodedata.normalize("NFC", DECLARATION[language]["text"])[:length].split())
    return words, saved(f"1\r\n00:00:01,000 --> 00:00:02,000\r\n{words}\r\n", encoding)


@pytest.mark.parametrize("length", [30, 250])
@pytest.mark.parametrize(("language", "encoding"), OLD)
def test_an_old_encoding_is_read_rightly_in_a_known_language_and_said(language, encoding, length, tmp_path):
    words, content = old(language, encoding, length)

    found = read(tmp_path, content, language, "words.srt")

    assert found.cues[0].text == words
    assert found.assumed


@pytest.mark.parametrize("length", [30, 250])
@pytest.mark.parametrize(("language", "encoding"), OLD)
def test_an_old_encoding_is_never_garbled_in_a_language_that_nobody_named(language, encoding, length, tmp_path):
    words, content = old(language, encoding, length)

    try:
        found = read(tmp_path, content, name="words.srt").cues[0].text
    except CannotOpen as refused:
        found = str(refused)

    refused = "line 3 is not in UTF-8. What it is in cannot be told: several old encodings fit. Save the file as UTF-8."
    assert found in (words, f"words.srt: {refused}")


def test_what_says_its_encoding_is_not_guessed(tmp_path):
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        found = read(tmp_path, web("Được thông qua, 1948").encode(encoding))

        assert (found.cues[0].text, found.assumed) == ("Được thông qua, 1948", "")
