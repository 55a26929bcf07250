"""What a clip sounds like: loud enough, no louder, and with music that gives way to whoever speaks."""

import json
from pathlib import Path

import av
import numpy as np
import pytest

from media_tools.clips.loudness import RATE, Level, measured
from media_tools.clips.music import envelope_of, repeated
from media_tools.clips.sound import MOST_PEAK, Sound, make_sound
from media_tools.clips.source import Cut, cut
from media_tools.clips.speech import Span
from media_tools.clips.story import Footage
from media_tools.errors import CannotOpen, InvalidInput
from tests.media_tools.clips.conftest import CARD, REAL, ffmpeg, story

SECONDS = 6
TARGET = -14.0
MUSIC = {"path": "music.wav", "credit": "A composer", "licence": "CC-BY-4.0"}
SOUNDS = {
    "quiet": "sine=f=330:r=48000,volume=-35dB,tremolo=f=2:d=0.8",
    "loud and clipped": "sine=f=330:r=48000,volume=40dB,aformat=sample_fmts=s16",
    "one channel": "sine=f=330:r=44100,aformat=channel_layouts=mono",
    "5.1": "sine=f=330:r=48000,pan=5.1|c0=0.2*c0|c1=0.2*c0|c2=c0|c4=0.3*c0|c5=0.3*c0",
    "noise": "anoisesrc=r=48000:a=0.3:seed=1",
    "sparse knocks": "aevalsrc='0.9*lt(mod(t,1),0.004)*sin(2*PI*900*t)+0.004*sin(2*PI*300*t)':s=48000",
}
SPOILT = ("quiet", "sparse knocks")
"""Of which one would be lifted by more than 20 dB, and the other limited by more than 6."""


def nothing(_share: float) -> None:
    pass


def filmed(path: Path, sound: str | None, seconds: float = SECONDS) -> Path:
    picture = ["-f", "lavfi", "-i", f"color=s=320x180:r=30:d={seconds}"]
    heard = ["-f", "lavfi", "-i", sound, "-c:a", "pcm_s16le"] if sound else []
    ffmpeg(*picture, *heard, "-t", str(seconds), "-c:v", "libx264", "-preset", "ultrafast", path)
    return path


def piece(path: Path) -> Cut:
    return cut(Footage(path=path.name), path)


def sounded(path: Path, folder: Path) -> tuple[Sound, Level]:
    """What was said of a sound, and what is heard of it."""
    made = make_sound(piece(path), SECONDS, TARGET, folder, nothing)
    return made, measured(made.path, SECONDS, nothing)


def samples(path: Path) -> np.ndarray:
    """One channel as (samples,) float."""
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)]).astype(float)


def louder(signal: np.ndarray, hertz: float) -> float:
    """dB of one tone in a stretch of sound."""
    moments = np.arange(len(signal)) / RATE
    return 20 * np.log10(abs(np.mean(signal * np.exp(-2j * np.pi * hertz * moments))) + 1e-9)


@pytest.mark.parametrize("name", SOUNDS)
def test_every_sound_is_as_loud_as_the_sheet_asks_unless_that_would_spoil_it(name, tmp_path):
    made, heard = sounded(filmed(tmp_path / "footage.mov", SOUNDS[name]), tmp_path)

    assert (made.lufs, made.peak) == (heard.lufs, heard.peak)
    assert heard.peak <= MOST_PEAK
    assert made.limited <= 6.0 + 1e-6
    if name in SPOILT:
        assert heard.lufs < TARGET - 0.5
    else:
        assert heard.lufs == pytest.approx(TARGET, abs=0.5)


def test_peaks_that_the_coder_adds_are_taken_off_again(monkeypatch, tmp_path):
    """With a limiter that lets all pass at first, the next rounds must bring the peaks down."""
    monkeypatch.setattr("media_tools.clips.sound._PEAK", -0.2)

    made, heard = sounded(REAL / "press_event.mp4", tmp_path)

    assert heard.peak <= MOST_PEAK
    assert made.limited <= 6.0 + 1e-6


def test_real_speech_is_as_loud_as_the_sheet_asks(tmp_path):
    made, heard = sounded(REAL / "press_event.mp4", tmp_path)

    assert heard.lufs == pytest.approx(TARGET, abs=0.5)
    assert heard.peak <= MOST_PEAK
    assert made.limited <= 6.0 + 1e-6


def test_what_is_missing_of_the_loudness_is_told(films, tmp_path):
    (film,) = films(filmed(tmp_path / "footage.mov", SOUNDS["sparse knocks"]), "youtube.video")

    (told,) = (each for each in film.findings if each.code == "loudness-missed")
    assert f"{film.sound.lufs:.1f} LUFS" in told.message
    assert f"another {TARGET - film.sound.lufs:.1f}" in told.message


def test_a_shorter_music_is_repeated_without_a_step():
    moments = np.arange(3 * RATE) / RATE
    tune = np.stack([np.sin(2 * np.pi * 440.3 * moments)] * 2, axis=1).astype(np.float32)

    whole = np.concatenate(list(repeated(tune, 10 * RATE + 17)))

    assert whole.shape == (10 * RATE + 17, 2)
    assert np.array_equal(whole[: 2 * RATE], tune[: 2 * RATE])
    assert np.abs(np.diff(whole[:, 0])).max() <= 1.5 * np.abs(np.diff(tune[:, 0])).max()


def test_music_that_is_long_enough_is_left_as_it_is():
    tune = np.random.default_rng(1).random((5000, 2)).astype(np.float32)

    assert np.array_equal(np.concatenate(list(repeated(tune, 3000)))[:1600], tune[:1600])


def test_music_is_down_before_the_first_word_and_comes_back_in_pauses_alone():
    envelope = envelope_of([Span(4000, 5000), Span(5800, 7000)], 20_000)
    down = 10 ** (-12 / 20)

    assert envelope[[4000, 5400, 6999]] == pytest.approx(down, rel=0.01)
    assert envelope[[3500, 8000]] == pytest.approx(1, rel=0.01)
    assert envelope[[0, -1]] == pytest.approx(0, abs=0.01)


def test_music_gives_way_to_speech_and_goes_on_under_the_card(films, tmp_path):
    """The voice is a tone in seconds 2 to 4, which needs no limiting; the music another."""
    voice = "sine=f=1000:r=48000,volume='between(t,2,4)':eval=frame"
    footage = filmed(tmp_path / "footage.mov", voice)
    ffmpeg("-f", "lavfi", "-i", "sine=f=440:r=44100:d=10", tmp_path / "music.wav")

    (film,) = films(footage, "youtube.video", music=MUSIC, end_card=CARD)

    signal = samples(film.path)
    before, under, card = (
        louder(signal[int(begin * RATE) : int(end * RATE)], 440) for begin, end in ((0.7, 1.5), (2.3, 3.8), (6.2, 6.9))
    )
    assert before - under == pytest.approx(12, abs=0.5)
    assert card == pytest.approx(before, abs=0.5)
    assert np.abs(signal[:200]).max() < 0.02
    assert film.sound.lufs == pytest.approx(TARGET, abs=0.5)
    assert film.seconds == 9


def test_music_alone_sounds_where_the_footage_has_none(films, tmp_path):
    footage = filmed(tmp_path / "footage.mov", None)
    ffmpeg("-f", "lavfi", "-i", "sine=f=440:r=44100:d=9", "-c:a", "aac", tmp_path / "music.m4a")

    (film,) = films(footage, "youtube.video", music={**MUSIC, "path": "music.m4a"})

    assert film.sound.lufs == pytest.approx(TARGET, abs=0.5)
    assert film.sound.peak <= -1.0
    assert not [each for each in film.findings if each.code in ("captions-missing", "silent")]


def test_no_sound_and_no_music_is_silence(films, tmp_path):
    (film,) = films(filmed(tmp_path / "footage.mov", None), "youtube.video")

    assert film.sound is None
    assert not samples(film.path).any()


@pytest.mark.parametrize("missing", ["credit", "licence"])
def test_music_without_credit_or_licence_is_refused(missing, films, tmp_path):
    footage = filmed(tmp_path / "footage.mov", None, 2)
    ffmpeg("-f", "lavfi", "-i", "sine=f=440:r=44100:d=2", tmp_path / "music.wav")

    (film,) = films(footage, "youtube.video", music={**MUSIC, missing: ""})

    assert film.refused
    assert [each.code for each in film.findings if each.code.endswith("missing")] == [f"{missing}-missing"]


@pytest.mark.parametrize(
    "words",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nother.ts\n",
        "ffconcat version 1.0\nfile other.wav\n",
        json.dumps({"not": "music"}),
    ],
)
def test_a_list_of_other_files_is_no_music(words, films, tmp_path):
    footage = filmed(tmp_path / "footage.mov", None, 2)
    (tmp_path / "music.wav").write_text(words)

    with pytest.raises(CannotOpen, match=r"music\.wav"):
        films(footage, "youtube.video", music=MUSIC)


def test_music_must_have_sound_where_it_begins(films, tmp_path):
    footage = filmed(tmp_path / "footage.mov", None, 2)
    ffmpeg("-f", "lavfi", "-i", "sine=f=440:r=44100:d=2", tmp_path / "music.wav")

    with pytest.raises(InvalidInput, match=r"music\.start"):
        films(footage, "youtube.video", music={**MUSIC, "start": 5})
    with pytest.raises(InvalidInput, match="no sound"):
        films(footage, "youtube.video", music={**MUSIC, "path": footage.name})


def test_music_that_is_silence_is_told(films, tmp_path):
    footage = filmed(tmp_path / "footage.mov", "sine=f=330:r=48000", 2)
    ffmpeg("-f", "lavfi", "-i", "anullsrc=r=44100:cl=mono", "-t", "3", tmp_path / "music.wav")

    (film,) = films(footage, "youtube.video", music=MUSIC)

    assert [each.message for each in film.findings if each.code == "silent"] == ["The music is silence."]
    assert film.sound.lufs == pytest.approx(TARGET, abs=0.5)


def test_languages_filmed_together_have_one_music(films, tmp_path):
    footage = filmed(tmp_path / "footage.mov", None, 2)
    ffmpeg("-f", "lavfi", "-i", "sine=f=440:r=44100:d=2", tmp_path / "music.wav")
    other = story(footage, language="vi", music={**MUSIC, "level": -3})

    with pytest.raises(InvalidInput, match="music"):
        films(footage, "youtube.video", music=MUSIC, others=(other,))
