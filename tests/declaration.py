"""The languages that we promise: words in each of them, and a brand that speaks it."""

import tomllib
from pathlib import Path

from media_tools.example import campaign
from media_tools.spec.brand import Brand

DECLARATION = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
"""Title and text of the Universal Declaration of Human Rights, which is in the public domain, by language."""


def brand_in(tag: str) -> Brand:
    """The example's brand, called as in English where it has no names in the language."""
    kit = campaign.brand()
    return kit.model_copy(update={"names": {tag: kit.names["en"], **kit.names}})
