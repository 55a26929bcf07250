"""Plain text over what is spoken: parted where people pause, evenly, and within what anybody says."""

import numpy as np
import pytest

from media_tools.clips.source import cut
from media_tools.clips.speech import Span, levels, speech_in, spoken
from media_tools.clips.spread import spread, text_captions
from media_tools.errors import InvalidInput
from media_tools.spec.cues import bare
from media_tools.spec.language import Language
from tests.gallery.exhibits import DECLARATION
from tests.media_tools.clips.conftest import ffmpeg, story

ENGLISH = Language.parse("en")
SPEECH = (Span(500, 9000), Span(10_000, 26_000), Span(27_000, 45_000))


def times(text: str, *speech: Span) -> list[tuple[int, int, str]]:
    return [(cue.start, cue.end, cue.text) for cue in spread(text, speech, ENGLISH).cues]


@pytest.mark.parametrize("language", DECLARATION)
def test_every_language_is_parted_into_captions_that_hold_the_whole_text_in_order(language):
    text = DECLARATION[language]["text"]

    cues = spread(text, SPEECH, Language.parse(language)).cues

    assert bare("".join(cue.text for cue in cues)) == bare(text)
    assert len(cues) > 3
    assert (cues[0].start, cues[-1].end) == (500, 45_000)


def test_sentences_are_captions_each_for_its_share_of_the_speech():
    assert times("Ten letters. Ten letters. Ten letters.", Span(1000, 7000)) == [
        (1000, 3000, "Ten letters."), (3000, 5000, "Ten letters."), (5000, 7000, "Ten letters."),
    ]  # fmt: skip


def test_a_full_stop_within_a_sentence_ends_none_and_quotes_stay_with_theirs():
    text = "“Come in.” He meant No. 5, for 3.5 dollars. Really?\nA new line"

    assert [words for _start, _end, words in times(text, Span(0, 9000))] == [
        "“Come in.”", "He meant No. 5, for 3.5 dollars.", "Really?", "A new line",
    ]  # fmt: skip


def test_a_caption_that_ends_near_a_pause_ends_with_it():
    (first, second) = times("The first sentence. The other sentence.", Span(0, 2200), Span(4000, 6000))

    assert first[:2] == (0, 2200)
    assert second[:2] == (4000, 6000)


def test_a_short_word_stands_for_a_second_where_a_pause_follows():
    (yes, _more) = times("Yes.\nAnd then much more was said about it.", Span(0, 300), Span(3000, 6000))

    assert yes[:2] == (0, 1000)


@pytest.mark.parametrize(
    ("text", "speech", "said"),
    [
        ("", SPEECH, "has no words"),
        ("Words", (), "nobody speaks in the footage"),
        ("One. " * 50, (Span(0, 1000),), "makes 50 captions, and the footage has 1.0 s of speech. Shorten the text"),
        ("Word\n" * 6000, SPEECH, "makes 6000 captions, and we take 5000"),
        ("x" * 400, SPEECH, "has 400 characters in a row that nothing parts"),
    ],
    ids=["nothing", "silence", "too long", "far too long", "one word"],
)
def test_what_cannot_be_spread_is_told_with_a_remedy(text, speech, said):
    with pytest.raises(InvalidInput, match=said):
        spread(text, speech, ENGLISH)


def test_speech_stands_out_from_its_room_whatever_that_sounds_like():
    for room, voice in ((-75.0, -40.0), (-38.0, -16.0)):
        decibels = np.concatenate([np.full(50, room), np.full(100, voice), np.full(10, room), np.full(60, voice),
                                   np.full(40, room), np.full(4, voice), np.full(40, room)])  # fmt: skip

        assert spoken(decibels) == (Span(1000, 4400),)


def test_silence_is_no_speech_and_a_level_sound_is_all_of_it():
    assert spoken(levels(np.zeros(16_000, np.int16))) == ()
    assert spoken(np.full(100, -20.0)) == (Span(0, 2000),)


def test_a_text_file_is_spread_over_the_sound_of_the_cut(tmp_path):
    path, words = tmp_path / "tones.mp4", tmp_path / "words.txt"
    ffmpeg("-f", "lavfi", "-i", "color=gray:s=320x180:r=30:d=6", "-f", "lavfi", "-i",
           "sine=f=300:r=48000:d=6,volume='if(between(t,1,2.5)+between(t,4,5.5),1,0)':eval=frame", "-c:v", "libx264",
           "-preset", "ultrafast", "-c:a", "aac", path)  # fmt: skip
    words.write_text("The first is said. The other follows.", encoding="utf-8")
    clip = story(path, footage={"start": 0.5})

    speech = speech_in(cut(clip.footage, path), tmp_path)
    cues = text_captions(words, clip, tmp_path, lambda _share: None).cues

    assert [moment for span in speech for moment in (span.begin, span.end)] == pytest.approx(
        [1000, 2500, 4000, 5500], abs=60
    )
    assert [cue.start for cue in cues] == [span.begin for span in speech]


def test_footage_without_sound_has_nobody_who_speaks(tmp_path):
    path = tmp_path / "mute.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=gray:s=320x180:r=30:d=2", "-c:v", "libx264", "-preset", "ultrafast", path)

    assert speech_in(cut(story(path).footage, path), tmp_path) == ()
