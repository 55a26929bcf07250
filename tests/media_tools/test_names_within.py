"""A mission's name that takes no room of its own: the page stays as it is without it."""

import pytest

from media_tools.account_kit import Account
from media_tools.example import campaign as example
from media_tools.infographic import lay_out
from media_tools.layout.frame import Frame, Item, Paragraph, walk
from media_tools.layout.text import Typesetter
from media_tools.platforms import placements
from media_tools.spec.brand import Brand
from media_tools.spec.geometry import Box
from media_tools.studio import Studio

NAMES = {"en": "Embassy in Rabat", "ar": "السفارة في الرباط", "vi": "Đại sứ quán Việt Nam tại Maroc"}


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory) -> Typesetter:
    folder = tmp_path_factory.mktemp("pictures")
    example.draw_pictures(folder, 400)
    return Typesetter(Studio(folder))


def without_missions(brand: Brand) -> Brand:
    names = {language: names.model_copy(update={"mission": ""}) for language, names in brand.names.items()}
    return brand.model_copy(update={"names": names})


def within(brand: Brand, language: str) -> Brand:
    named = Account(language=language, mission=NAMES[language]).named(brand)
    names = {tag: names.model_copy(update={"within": True}) for tag, names in named.names.items()}
    return named.model_copy(update={"names": names})


def drawn(frame: Frame) -> list[tuple[Box, Item]]:
    """What stands outside the lock-up, and where."""
    return [
        (found.box, found.item)
        for found in walk(frame)
        if "lockup" not in found.names and not isinstance(found.item, Frame)
    ]


@pytest.mark.parametrize("placement", ["instagram.feed_square", "x.post", "facebook.cover", "print.a4"])
@pytest.mark.parametrize("language", NAMES)
def test_all_else_stands_where_it_stood(language, placement, typesetter):
    story, slot = example.story("expo", language), placements()[placement]
    brand = without_missions(example.brand())

    shared = lay_out(story, slot, brand, typesetter)
    own = lay_out(story, slot, within(brand, language), typesetter)

    assert own.left_out == shared.left_out
    assert drawn(own.frame) == drawn(shared.frame)
    shown = [found.item.text for found in walk(own.frame) if isinstance(found.item, Paragraph)]
    assert NAMES[language].split() in [text.split() for text in shown]
