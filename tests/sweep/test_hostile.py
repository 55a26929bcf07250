"""Words that nobody should type, in every field of every block: refused in a sentence, or drawn and judged."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from pydantic import ValidationError

from media_tools.example import campaign
from media_tools.infographic import BLOCKS, Infographic
from media_tools.layout.text import Typesetter
from media_tools.made import Order, make, suited
from media_tools.open.document import problems
from media_tools.platforms import placements
from media_tools.spec.finding import Level
from media_tools.stills import inspect
from tests.sweep.stories import Speaker

REFUSED = {
    "nothing to see": " \u200b ", "a control": "Nine\x00ports", "an escape": "\x1b[31mNine",
    "half a character": "\ud83d", "turned words": "Nine \u202eports", "a page of letters": "W" * 10_000,
    "piled marks": "Z" + "\u0335\u0322\u0301" * 4,
}  # fmt: skip
DRAWN = {
    "one long word": "W" * 200, "narrow letters": "i" * 200, "marks": "Ẫ\u0323\u0324\u0330" * 40,
    "emoji": "👩🏽‍🔬🇻🇳❤️‍🔥" * 20, "both directions": "Nine تسعة 9 ports موانئ ٩ ", "numbers": "1,234.5% −7 €9 ",
    "unbroken signs": "—…“”«»[]{}<>&;" * 10,
}  # fmt: skip
BUGS = {"number-differs", "chart-differs", "type-too-small", "outside-safe-area", "brand-not-used"}


def spoken() -> Iterator[tuple[str, str]]:
    """A field of words in each block that has one of its own, not in rows."""
    for name, block in BLOCKS.items():
        yield from ((name, field) for field in block.model_fields if field in ("text", "title", "verb", "words"))


def told(name: str, text: str) -> Infographic:
    """A story of one block, all of its words the same."""
    block = Speaker(cycle([text]), "", 1.0).retold(BLOCKS[name].example())
    headline = {"block": "headline", "text": "What the harbour does"}
    blocks = [block] if name == "headline" else [headline, block]
    return Infographic.model_validate({"version": 1, "language": "en", "source": "Harbour Office", "blocks": blocks})


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize(("name", "field"), [*spoken()])
def test_words_that_cannot_be_shown_are_refused_at_their_field(name, field, text):
    headline = {"block": "headline", "text": "What the harbour does"}
    example = BLOCKS[name].example().model_dump()
    blocks = [{**example, field: text}] if name == "headline" else [headline, {**example, field: text}]

    with pytest.raises(ValidationError) as refused:
        Infographic.model_validate({"version": 1, "language": "en", "source": "Harbour Office", "blocks": blocks})

    assert any(problem.field.endswith(f".{field}") for problem in problems(refused.value))


@pytest.mark.parametrize("text", DRAWN.values(), ids=DRAWN)
@pytest.mark.parametrize("name", BLOCKS)
def test_words_that_can_be_shown_are_drawn_and_judged(name, text, typesetter: Typesetter, tmp_path):
    placement = placements()["instagram.feed_portrait"]
    order = Order(told(name, text), placement, campaign.brand(), suited(placement))

    found = [each for made in make(order, typesetter, tmp_path / "it.jpg") for each in inspect(made)]

    assert all(each.message and each.remedy for each in found)
    assert [each.message for each in found if each.code in BUGS and each.level is Level.BLOCKING] == []
