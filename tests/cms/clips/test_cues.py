"""Captions in the editor: a table that is typed, and a file that fills it."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from cms.clips.models import Clip
from cms.clips.reading import for_the_script
from media_tools.clips.quality import Fault, rules
from media_tools.spec.cues import clock
from media_tools.spec.language import Language
from tests.cms.clips.conftest import CUES, soup, typed

SRT = "1\n00:00:00,500 --> 00:00:01,500\nFrom a file\n\n2\n00:00:02,000 --> 00:00:02,900\nand on <i>it</i> goes\n"
VTT = "WEBVTT\n\n00:00.500 --> 00:01.500\nFrom a file\n\n00:02.000 --> 00:02.900\nand on <i>it</i> goes\n"
READ = {
    "cues": [
        {"start": 500, "end": 1500, "text": "From a file"},
        {"start": 2000, "end": 2900, "text": "and on it goes"},
    ]
}
BROKEN = SRT.replace("00:00:02,000 -->", "00:00:02 -->")

type Rows = list[tuple[str, str, str]]


def rows_of(told: dict[str, list[str]]) -> Rows:
    return list(zip(told["cues-start"], told["cues-end"], told["cues-text"], strict=True))


@pytest.fixture
def save(clip, enter) -> Callable[..., HttpResponse]:
    """Open the clip in the editor, type captions, choose a file, press Save draft."""
    client, address = enter("editor"), reverse(Clip.snippet_viewset.get_url_name("edit"), args=[clip.pk])

    def save(rows: Rows | None = None, file: tuple[str, bytes] | None = None, **fields: str) -> HttpResponse:
        told: dict[str, object] = {**typed(soup(client.get(address).content).select_one("#w-editor-form")), **fields}
        if rows is not None:
            for number, part in enumerate(("start", "end", "text")):
                told[f"cues-{part}"] = [row[number] for row in rows]
        if file is not None:
            told["cues-file"] = SimpleUploadedFile(*file)
        return client.post(address, told)

    return save


def saved(clip: Clip) -> dict:
    return Clip.objects.get(pk=clip.pk).get_latest_revision_as_object().cues


def told_in(answer: HttpResponse) -> tuple[str, Rows]:
    """The page's words, and the rows that are still in its table."""
    assert answer.status_code == 200
    page = soup(answer.content)
    return page.get_text(" ", strip=True), rows_of(typed(page.select_one("#w-editor-form")))


def test_what_is_typed_is_kept_in_ms_and_in_order(save, clip):
    answer = save([("0:02.5", "3", "Later"), ("83.5", "1:25", "Last"), ("0", "00:00:01,250", "First")])

    assert answer.status_code == 302
    assert saved(clip) == {
        "cues": [
            {"start": 0, "end": 1250, "text": "First"},
            {"start": 2500, "end": 3000, "text": "Later"},
            {"start": 83_500, "end": 85_000, "text": "Last"},
        ]
    }


def test_saving_what_the_page_shows_changes_nothing(save, clip):
    save()

    assert saved(clip) == CUES


def test_empty_rows_are_no_captions(save, clip):
    save([("", "", ""), ("0", "1", "One"), ("", "", "  "), ("", "", "")])

    assert saved(clip) == {"cues": [{"start": 0, "end": 1000, "text": "One"}]}


def test_the_captions_of_a_speech_of_half_an_hour_are_saved(save, clip):
    save([(f"{second}", f"{second + 3}", "Words") for second in range(0, 1800, 4)])

    assert len(saved(clip)["cues"]) == 450


def test_captions_can_be_taken_out(save, clip):
    save([("", "", "")])

    assert saved(clip) == {"cues": []}


ONE = ("0", "1", "One")


@pytest.mark.parametrize(
    ("rows", "sentences"),
    [
        ([ONE, ("3", "2", "Two")], ["Caption 2: ends at 00:00:02.000 and begins at 00:00:03.000. Give it a later"]),
        ([ONE, ("2", "2", "Two")], ["Caption 2: ends at 00:00:02.000"]),
        ([ONE, ("0.5", "2", "Two")], ["caption 2 begins at 00:00:00.500", "ends at 00:00:01.000. Move one"]),
        ([("2", "3", "Two"), ("0", "2.5", "One")], ["caption 2 begins at 00:00:02.000", "ends at 00:00:02.500"]),
        ([ONE, ("2", "3", "")], ["Caption 2: has no words. Write them, or empty its times."]),
        ([("abc", "3", "One")], ["Caption 1: “abc” is no time. Write it as 1:23.5 or 83.5."]),
        ([("1", "", "One")], ["Caption 1: “” is no time."]),
        ([("1", "x", "One"), ONE, ("y", "3", "Three")], ["Caption 1: “x” is no time.", "Caption 3: “y” is no time."]),
        ([("1", "2", "w" * 301)], ["Caption 1:", "has 301, and 300 is the most. Shorten it by 1."]),
        ([("26:00:00", "27:00:00", "One")], ["Caption 1:"]),
    ],
    ids=["reversed", "no time at all", "overlapping", "overlapping, out of order", "no words", "no time", "no end",
         "two at once", "too long", "beyond a day"],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_number_and_nothing_typed_is_lost(rows, sentences, save, clip):
    page, left = told_in(save(rows, title="A new title"))

    for sentence in sentences:
        assert sentence in page
    assert [row for row in left if any(row)] == rows
    assert saved(clip) == CUES


def test_times_of_the_cut_are_typed_in_the_same_way(save, clip):
    save(begins="0:00.5", ends="00:00:02,500")

    cut = Clip.objects.get(pk=clip.pk).get_latest_revision_as_object()
    assert (cut.begins, cut.ends) == (500, 2500)


def test_a_cut_that_is_no_time_is_told_with_what_was_typed(save, clip):
    answer = save([("0", "1", "Kept")], begins="soon")

    page, left = told_in(answer)
    assert "“soon” is no time." in page
    assert ("0", "1", "Kept") in left
    assert 'value="soon"' in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("captions.srt", SRT.encode()),
        ("CAPTIONS.SRT", SRT.replace("\n", "\r\n").encode("utf-8-sig")),
        ("captions.vtt", VTT.encode()),
        ("captions.srt", SRT.encode("utf-16")),
        ("captions", SRT.encode()),
    ],
    ids=["SRT", "SRT of Windows", "VTT", "UTF-16", "no ending"],
)
def test_a_file_takes_the_place_of_the_table(name, content, save, clip):
    save([("0", "1", "Typed")], (name, content))

    assert saved(clip) == READ


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (BROKEN.encode(), ["spoken.srt", "line 6", "Write it as 00:00:01.000 --> 00:00:02.500."]),
        (SRT.replace("02,000", "01,000").encode(), ["spoken.srt", "line 6 begins at 00:00:01.000"]),
        (SRT.replace("From a file", "D\xe9but").encode("latin-1"), ["spoken.srt", "line 3 is not in UTF-8."]),
        (b"\x89PNG\r\n\x1a\n", ["spoken.srt", "Save the file as UTF-8."]),
        (b"Once upon a time", ["spoken.srt", "holds no captions."]),
    ],
    ids=["no two times", "overlapping", "an old encoding", "a picture", "prose"],
)
def test_a_file_that_cannot_be_read_is_told_by_its_line_and_changes_nothing(content, sentences, save, clip):
    page, left = told_in(save([("0", "1", "Typed")], ("spoken.srt", content)))

    for sentence in sentences:
        assert sentence in page
    assert ("0", "1", "Typed") in left
    assert saved(clip) == CUES


def read(client, content: bytes | None, **headers: str) -> HttpResponse:
    told = {"name": "cues"}
    file = {} if content is None else {"file": SimpleUploadedFile("spoken.srt", content)}
    return client.post(reverse("read_captions"), {**told, **file}, headers=headers)


def test_a_file_is_read_into_rows_before_anything_is_saved(enter):
    answer = read(enter("editor"), SRT.encode())

    assert answer.status_code == 200
    assert rows_of(typed(soup(b"<form>" + answer.content + b"</form>"))) == [
        ("0:00.5", "0:01.5", "From a file"),
        ("0:02", "0:02.9", "and on it goes"),
    ]


def test_words_of_a_file_are_never_taken_for_markup(enter):
    answer = read(enter("editor"), SRT.replace("From a file", '5 < 6 & "so on" &lt;script&gt;').encode())

    (first, _second) = soup(answer.content).select("textarea[name=cues-text]")
    assert first.get_text() == '5 < 6 & "so on" <script>'
    assert b"<script" not in answer.content


def test_a_file_that_cannot_be_read_answers_with_the_reason_alone(enter):
    answer = read(enter("editor"), BROKEN.encode())

    assert answer.status_code == 422
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "spoken.srt" in answer.content.decode()
    assert "line 6" in answer.content.decode()


def test_a_file_with_too_many_captions_says_how_many_there_may_be(enter):
    times = ((clock(second * 1000), clock(second * 1000 + 900)) for second in range(5001))
    many = "".join(f"{begin} --> {end}\nWords\n\n" for begin, end in times)

    answer = read(enter("editor"), f"WEBVTT\n\n{many}".encode())

    assert answer.status_code == 422
    assert "holds 5001 captions, and we take 5000." in answer.content.decode()


def test_a_request_without_a_file_is_a_bad_one(enter):
    assert read(enter("editor"), None).status_code == 400
    assert enter("editor").get(reverse("read_captions")).status_code == 405


@pytest.mark.parametrize("name", ["designer", "approver", "rabat"])
def test_captions_are_read_for_those_who_write_clips(name, enter):
    client = enter(name)

    assert read(client, SRT.encode()).status_code == 302  # to where they may be
    assert read(client, SRT.encode(), **{"X-Requested-With": "XMLHttpRequest"}).status_code == 403


def test_a_script_whose_session_has_ended_is_told_so_and_not_sent_to_the_login(client, db):
    assert read(client, SRT.encode()).status_code == 302
    assert read(client, SRT.encode(), **{"X-Requested-With": "XMLHttpRequest"}).status_code == 403


SPOKEN = {
    "cues": [
        {
            "start": 500, "end": 1500, "text": "From a file", "edge": "top",
            "words": [{"start": 500, "text": "From a"}, {"start": 1000, "text": "file"}],
        },
        {"start": 2000, "end": 2900, "text": "and on it goes"},
    ]
}  # fmt: skip
TIMED = b"WEBVTT\n\n00:00.500 --> 00:01.500 line:0\nFrom a <00:01.000>file\n\n00:02.000 --> 00:02.900\nand on it goes\n"


def test_times_of_words_and_the_edge_are_kept_through_the_table(save, clip):
    save(file=("spoken.vtt", TIMED))
    assert saved(clip) == SPOKEN

    save()
    assert saved(clip) == SPOKEN


def test_words_move_with_their_caption_and_are_forgotten_with_its_text(save, clip):
    save(file=("spoken.vtt", TIMED))

    save([("0:00.7", "0:01.6", "From a file"), ("2", "2.9", "and on it goes")])
    moved = saved(clip)["cues"][0]
    assert [word["start"] for word in moved["words"]] == [700, 1200]

    save([("0:00.7", "0:01.6", "From this file"), ("2", "2.9", "and on it goes")])
    assert saved(clip)["cues"][0] == {"start": 700, "end": 1600, "text": "From this file", "edge": "top"}


def test_what_is_sent_damaged_is_told(save, clip):
    page, _left = told_in(save(**{"cues-more": "{broken"}))

    assert "Caption 1: was sent damaged. Load the page again." in page
    assert saved(clip) == CUES


def rows_said(answer: HttpResponse) -> list[list[str]]:
    """What each row with something to say says of how it reads."""
    rows = soup(answer.content).select("[data-reading]")
    return [words for row in rows if (words := [span.get_text() for span in row.select("span")])]


def test_each_row_says_how_it_reads_and_what_to_do(save):
    answer = save([("0", "1", "Read"), ("1", "1.3", "Far too fast"), ("9", "8", "Reversed"), ("8", "9.5", "x" * 99)])

    assert rows_said(answer) == [
        ["Letters a second: 4"],
        [
            "Letters a second: 40",
            "Too fast: at most 17 letters a second. Give it 0.5 s more, or shorten it by 7.",
            "Too brief: give it at least 1 s.",
        ],
        [
            "Ends before it begins. Give it a later end.",
            "Begins after the footage has ended, at 0:02. Move it, or take it out.",
        ],
        [
            "Letters a second: 66",
            "Begins after the footage has ended, at 0:02. Move it, or take it out.",
            "Too long: 84 letters stand on 2 lines. Split it, or shorten it by 15.",
            "Too fast: at most 17 letters a second. Give it 4.4 s more, or shorten it by 74.",
        ],
    ]


def test_rows_say_their_number_and_times_to_those_who_hear_the_page(save):
    page = soup(save([("11", "0:12.4", "Heard"), ("9", "8", "Reversed")]).content)

    labels = [row["aria-label"] for row in page.select(".at-cues tbody tr")]
    assert labels == ["Caption 1, 11 to 0:12.4", "Caption 2, 9 to 8", *["New caption"] * 3]


def limits_of(language: str) -> dict:
    return for_the_script(language, 8000)


def test_the_script_is_given_the_limits_by_which_the_server_looks():
    limits = limits_of("ar")

    kept = rules(Language.parse("ar"))
    assert (limits["speed"], limits["line"], limits["gap"]) == (kept.speed, kept.line, kept.gap)
    assert limits["sentences"].keys() == set(Fault)
    assert (limits["wide"], limits["joint"]) == (None, " ")
    assert set(limits["blocking"]) == {"reversed", "overlaps", "after"}


@pytest.mark.parametrize("letter", ["日", "あ", "！", "Ａ", "a", "é", "ｱ", "한", "🙂"])
def test_the_script_is_told_which_letters_are_full_width(letter):
    counted = rules(Language.parse("ja")).length(letter)

    assert any(first <= ord(letter) <= last for first, last in limits_of("ja")["wide"]) == (counted == 1)


def test_an_old_encoding_is_read_in_the_language_of_the_clip(enter):
    content, told = SRT.replace("From a file", "D\xe9but").encode("latin-1"), {"name": "cues"}

    def answer(language: str) -> HttpResponse:
        file = SimpleUploadedFile("spoken.srt", content)
        return enter("editor").post(reverse("read_captions"), {**told, "language": language, "file": file})

    page = answer("fr").content.decode()
    assert "Début" in page
    assert "The file is not in UTF-8, and was read as Windows-1252. Look at its words." in page
    assert "line 3 is not in UTF-8. What it is in cannot be told" in answer("").content.decode()
    assert answer("tlh").status_code == 400
