"""What a finished page shows, in words for people who cannot see it, from the fields that it was made from."""

from media_tools.blocks import Block
from media_tools.infographic import Infographic
from media_tools.spec.brand import Brand
from media_tools.spec.language import Language

MOST = 1000  # characters, the least that the large platforms take
_ENDS = (".", "!", "?", "؟", "。", "।", "။", "។", "…")
_STOPS = {"hi": "।", "bn": "।", "zh": "。", "ja": "。", "km": "។", "my": "။"}


def alt_text(story: Infographic, brand: Brand) -> str:
    """The page's description in the story's language, at most MOST characters; what matters least is left out first."""
    language = Language(story.language)
    digits = brand.digits_of(language)
    parts = [(block, _sentences(block.described(language, digits), language)) for block in story.blocks]
    while len(_joined(parts)) > MOST and len(parts) > 1:
        parts.remove(min(parts, key=lambda part: part[0].rank))
    return _joined(parts)


def _joined(parts: list[tuple[Block, str]]) -> str:
    return " ".join(words for _block, words in parts if words)


def _sentences(words: tuple[str, ...], language: Language) -> str:
    stop = _STOPS.get(language.base, ".")
    return " ".join(word if word.endswith(_ENDS) else word + stop for word in words if word)
