"""What a finished page shows, in words for people who cannot see it, from the fields that it was made from."""

from collections.abc import Sequence

from media_tools.blocks import Block
from media_tools.infographic import Infographic, LaidOut
from media_tools.spec.brand import Brand
from media_tools.spec.language import Language

MOST = 1000  # characters, the least that the large platforms take
_ENDS = (".", "!", "?", "؟", "。", "।", "။", "។", "…")
_STOPS = {"hi": "।", "bn": "।", "zh": "。", "ja": "。", "km": "។", "my": "။"}


def alt_text(story: Infographic, brand: Brand) -> str:
    """The whole story's description, as of `described`."""
    return described(story.blocks, Language(story.language), brand)


def alt_texts(slides: Sequence[LaidOut], brand: Brand) -> tuple[str, ...]:
    """What each page shows, and no other: the headline stands on the first."""
    return tuple(
        described((*([slide.shown.headline] if number == 0 else []), *slide.shown.blocks), slide.page.language, brand)
        for number, slide in enumerate(slides)
    )


def transcript(shown: LaidOut, brand: Brand) -> str:
    """Everything that a page shows, a line for each block; nothing limits its length."""
    blocks, language = (shown.shown.headline, *shown.shown.blocks), shown.page.language
    lines = (_sentences(block.described(language, brand.digits_of(language)), language) for block in blocks)
    return "\n".join(dict.fromkeys(filter(None, lines)))


def described(blocks: Sequence[Block], language: Language, brand: Brand) -> str:
    """What blocks show, in the story's language, at most MOST characters; what matters least is left out first."""
    digits = brand.digits_of(language)
    parts = [(block, _sentences(block.described(language, digits), language)) for block in blocks]
    while len(_joined(parts)) > MOST and len(parts) > 1:
        parts.remove(min(parts, key=lambda part: part[0].rank))
    return _joined(parts)


def _joined(parts: list[tuple[Block, str]]) -> str:
    return " ".join(words for _block, words in parts if words)


def _sentences(words: tuple[str, ...], language: Language) -> str:
    stop = _STOPS.get(language.base, ".")
    return " ".join(word if word.endswith(_ENDS) else word + stop for word in words if word)
