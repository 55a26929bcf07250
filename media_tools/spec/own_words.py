"""The few words that we set ourselves, in each language."""

import tomllib
from functools import cache
from pathlib import Path


def own_word(name: str, language: str) -> str:
    """The word in a language, in the language without its region, or as it is for languages that we do not know."""
    words = _words()[name]
    return words.get(language) or words.get(language.partition("-")[0]) or words.get("und") or words["en"]


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parents[1] / "words.toml").read_text(encoding="utf-8"))
