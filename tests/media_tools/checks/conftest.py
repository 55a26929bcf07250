"""A bench for checks, and pages of single things to try them on."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from media_tools.blocks import Block
from media_tools.checks import Bench
from media_tools.infographic import Infographic
from media_tools.layout.frame import Frame, Item, Placed
from media_tools.layout.text import Typesetter
from media_tools.made import Made
from media_tools.spec.brand import Brand
from media_tools.spec.geometry import Point
from media_tools.stills import CHECKS

type Say = Callable[[str, Made], list[str]]
type MadeOf = Callable[..., Made]


@pytest.fixture
def bench(missions: Infographic, kit: Brand, typesetter: Typesetter, tmp_path: Path) -> Bench:
    return Bench(missions, kit, typesetter, tmp_path)


@pytest.fixture
def say() -> Say:
    """What one check says, in sentences."""
    return lambda check, made: [finding.message for finding in CHECKS[check].findings(made)]


@pytest.fixture
def made_of(bench: Bench) -> MadeOf:
    """A file that shows a headline and one block."""

    def made(block: Block, placement: str = "instagram.feed_portrait", **story: Any) -> Made:
        headline = {"block": "headline", "text": "What the harbour does"}
        told = {"theme": "bulletin", "blocks": [headline, block.model_dump()], "source": "Harbour Office"}
        return bench.make(placement, told | story)

    return made


@pytest.fixture
def drawn(bench: Bench) -> Callable[..., Made]:
    """A file of these things alone, on the ground of a good page."""

    def made(*things: tuple[float, float, Item], placement: str = "instagram.feed_portrait", kind: str = "png") -> Made:
        good = bench.make(placement, kind="png")
        good = replace(good, order=replace(good.order, format=kind))
        ground = good.page.page.flood()
        placed = (Placed(Point(x, y), item) for x, y, item in things)
        return bench.with_frame(Frame(good.page.frame.size, (ground, *placed), "page"), good)

    return made
