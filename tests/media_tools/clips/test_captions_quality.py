"""Whether captions can be read, by the rules of their script: as data, and caption by caption."""

from dataclasses import dataclass

import pytest

from media_tools.clips.quality import noticed, rules
from media_tools.spec.cues import Cue
from media_tools.spec.finding import Level
from media_tools.spec.language import Language

ENGLISH = Language.parse("en")


@dataclass(frozen=True)
class Typed:
    """A row of a table that nobody has looked over."""

    start: int
    end: int
    text: str = "Six letters"


def told(*cues: Typed, length: int | None = None, language: Language = ENGLISH) -> list[tuple[int, str, Level]]:
    return [(each.index, each.finding.code, each.finding.level) for each in noticed(cues, language, length)]


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        ([Typed(0, 2000), Typed(2000, 4000)], []),
        ([Typed(0, 2000), Typed(2100, 4000)], []),
        ([Typed(3000, 2000)], [(0, "caption-reversed", Level.BLOCKING)]),
        ([Typed(0, 2000), Typed(1500, 4000)], [(1, "caption-overlaps", Level.BLOCKING)]),
        ([Typed(12_000, 14_000)], [(0, "caption-outside", Level.BLOCKING)]),
        ([Typed(9000, 11_000)], [(0, "caption-outside", Level.ADVISORY)]),
        ([Typed(8000, 10_080)], []),
        ([Typed(0, 2000), Typed(2040, 4000)], [(1, "caption-gap", Level.ADVISORY)]),
        ([Typed(0, 700)], [(0, "caption-time", Level.ADVISORY)]),
        ([Typed(0, 8000)], [(0, "caption-time", Level.ADVISORY)]),
        ([Typed(0, 2000, "Far more words than anybody reads")], []),
        ([Typed(0, 1500, "Far more words than anybody reads")], [(0, "caption-fast", Level.ADVISORY)]),
        ([Typed(0, 6000, "Words and " * 10)], [(0, "caption-long", Level.ADVISORY)]),
    ],
    ids=["touching", "a breath", "reversed", "overlapping", "past the end", "over the end", "by a rounding", "flicker",
         "too short", "too long", "readable", "too fast", "too many lines"],
)  # fmt: skip
def test_each_fault_is_told_of_its_caption_and_blocks_where_the_result_would_be_wrong(cues, expected):
    assert told(*cues, length=10_000) == expected


def test_a_finding_names_its_caption_its_time_and_a_remedy():
    (only,) = noticed([Typed(0, 2000), Typed(2000, 3000, "thirty letters are too many now")], ENGLISH)

    assert (only.index, only.start) == (1, 2000)
    assert only.finding.message == "Caption 2 at 00:00:02.000 has 31 letters a second, and 17 can be read."
    assert only.finding.remedy == "Give it 0.9 s more, or shorten it."


@pytest.mark.parametrize(
    ("language", "text", "length"),
    [
        ("vi", "Tuyên ngôn", 10),
        ("vi", "Tuye\u0302n ngo\u0302n", 10),
        ("hi", "हिन्दी", 2),
        ("th", "ที่นี่", 2),
        ("km", "ខ្មែរ", 2),
        ("ar", "لُغَة", 3),
        ("ja", "日本語ABC", 4.5),
        ("ja", "「日本」", 4),
        ("ko", "한국 KR", 3.5),
        ("en", "👩‍👩‍👧 ok", 4),
    ],
)
def test_characters_are_counted_as_readers_see_them(language, text, length):
    assert rules(Language.parse(language)).length(text) == length


@pytest.mark.parametrize(
    ("language", "line", "speed"),
    [
        ("en", 42, 17), ("vi", 42, 17), ("ar", 42, 20), ("fa", 42, 20), ("he", 42, 17), ("hi", 42, 22), ("bn", 42, 22),
        ("ta", 42, 22), ("th", 35, 17), ("lo", 35, 17), ("km", 35, 17), ("my", 35, 17), ("zh-Hans", 16, 9),
        ("zh-TW", 16, 9), ("ja", 13, 4), ("ko", 16, 12),
    ],
)  # fmt: skip
def test_every_script_that_we_promise_has_its_rules_and_their_source(language, line, speed):
    kept = rules(Language.parse(language))

    assert (kept.line, kept.speed) == (line, speed)
    assert kept.source


def test_five_thousand_captions_are_looked_over_at_once():
    cues = [Cue(start=2000 * n, end=2000 * n + 2000, text="Words of a long speech") for n in range(5000)]

    assert noticed(cues, ENGLISH, 10_000_000) == ()
