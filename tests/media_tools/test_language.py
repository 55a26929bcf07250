import tomllib
from pathlib import Path

import pytest

import media_tools
from media_tools.spec import Spec, Words
from media_tools.spec.language import Language

WORDS = Path(media_tools.__file__).with_name("words.toml")
LANGUAGES = tuple(tomllib.loads(WORDS.read_text(encoding="utf-8"))["source"])


@pytest.mark.parametrize("tag", ["", " ", "-", "en-", "en_US", "english", "xx", "12", "e", "../en", "en US", "\0"])
def test_what_is_not_a_language_is_refused_with_tags_to_use(tag):
    with pytest.raises(ValueError, match=r"is not a language we know\. Use a tag such as en, vi, fr, ar or pt-BR"):
        Language.parse(tag)


@pytest.mark.parametrize("tag", [*LANGUAGES, "pt-BR", "zh-Hans", "zh-Hant-TW", "en-GB"])
def test_a_language_keeps_its_tag(tag):
    assert Language.parse(tag).tag == tag


def test_languages_written_from_the_right_are_known():
    found = {tag for tag in LANGUAGES if Language.parse(tag).right_to_left}

    assert found == {"ar", "fa", "he", "ur"}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_script_leaves_room_for_its_letters(tag):
    script = Language.parse(tag).script

    assert 1 <= script.title_leading <= script.body_leading


@pytest.mark.parametrize(
    ("tag", "writing", "script", "right_to_left"),
    [
        ("sr", "Cyrl", "cyrillic", False), ("sr-Latn", "Latn", "latin", False), ("kk", "Cyrl", "cyrillic", False),
        ("kk-Latn", "Latn", "latin", False), ("uz", "Latn", "latin", False), ("uz-Cyrl", "Cyrl", "cyrillic", False),
        ("uz-Arab", "Arab", "arabic", True), ("az-Arab", "Arab", "arabic", True), ("pa", "Guru", "gurmukhi", False),
        ("pa-Arab", "Arab", "urdu", True), ("pa-PK", "Arab", "urdu", True), ("zh", "Hans", "hans", False),
        ("zh-TW", "Hant", "hant", False), ("zh-Hant", "Hant", "hant", False), ("zh-HK", "Hant", "hant", False),
        ("ku", "Latn", "latin", False), ("ckb", "Arab", "arabic", True), ("ar-Latn", "Latn", "latin", False),
        ("yi", "Hebr", "hebrew", True), ("vi", "Latn", "vietnamese", False), ("ja", "Jpan", "japanese", False),
        ("dv", "Thaa", "other", True), ("am", "Ethi", "ethiopic", False), ("el", "Grek", "greek", False),
    ],
)  # fmt: skip
def test_the_script_is_the_tags_own_or_the_likely_one(tag, writing, script, right_to_left):
    language = Language.parse(tag)

    assert language.writing == writing
    assert language.script.name == script
    assert language.right_to_left is right_to_left


@pytest.mark.parametrize(
    ("tag", "text", "capitals"),
    [("tr", "istanbul ılık", "İSTANBUL ILIK"), ("en", "istanbul", "ISTANBUL"), ("el", "Μάιος αύριο", "ΜΑΪΟΣ ΑΥΡΙΟ")],
)
def test_capitals_are_those_of_the_language(tag, text, capitals):
    assert Language(tag).capitals(text) == capitals


class _Said(Spec):
    text: Words


@pytest.mark.parametrize("text", ["۱۹۴۸ \u0601ء", "\u06dd١", "\u08e2١", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Scotland"])
def test_signs_that_are_seen_are_words_whatever_unicode_calls_them(text):
    assert _Said(text=text).text == text


@pytest.mark.parametrize("text", ["Scot\u00adland", "\U000e0067 hidden", "a\u202eb"])
def test_signs_that_are_not_seen_are_refused(text):
    with pytest.raises(ValueError, match="invisible character"):
        _Said(text=text)
