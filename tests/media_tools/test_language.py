import tomllib
from pathlib import Path

import pytest

import media_tools
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
