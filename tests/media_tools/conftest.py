"""What the tests of media_tools share: an empty page on any placement, and properties that repeat their cases."""

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import settings

from media_tools.example.campaign import story
from media_tools.infographic import THEMES, LaidOut, lay_out, page_for
from media_tools.layout.page import Page
from media_tools.layout.text import Typesetter
from media_tools.platforms import placements
from media_tools.spec.brand import Brand

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("repeatable")

type EmptyPage = Callable[..., Page]
type LaidStory = Callable[..., LaidOut]


@pytest.fixture(scope="session")
def empty_page(kit: Brand, typesetter: Typesetter) -> EmptyPage:
    """The paper page of a placement, nothing on it."""

    def empty(placement: str = "instagram.feed_portrait", language: str = "en") -> Page:
        return page_for(story("missions", language), placements()[placement], kit, typesetter, THEMES["bulletin"])

    return empty


@pytest.fixture(scope="session")
def laid_story(kit: Brand, typesetter: Typesetter) -> LaidStory:
    """The example story with every kind of block, laid out on a placement."""

    @cache
    def laid(placement: str, language: str = "en") -> LaidOut:
        return lay_out(story("missions", language), placements()[placement], kit, typesetter)

    return laid
