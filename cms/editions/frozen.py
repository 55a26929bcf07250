"""A design by value, between its rows and its edition."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from cms.campaigns.models import Campaign, CoreMessage
from cms.facts.models import Fact
from cms.library.models import Drawing, Image, Media, Sourced
from cms.links.models import Link
from media_tools.recipe import canonical_json


@dataclass(frozen=True, slots=True)
class Frozen:
    """A design by value: everything that its files are made from, and which rows that came from."""

    spec: dict[str, Any]
    brand: dict[str, Any]
    words: dict[str, str]
    content: str
    """The digest of what is drawn: spec, brand and the pictures' bytes."""
    campaign: Campaign
    message: CoreMessage | None = None
    facts: dict[Fact, str] = field(default_factory=dict)
    """Each fact with what is shown of it."""
    images: frozenset[Image] = frozenset()
    drawings: frozenset[Drawing] = frozenset()
    footage: frozenset[Media] = frozenset()
    links: frozenset[Link] = frozenset()
    credits: tuple[tuple[str, str], ...] = ()
    """Who made what is shown, and under which licence."""
    sources: tuple[str, ...] = ()

    @property
    def assets(self) -> list[Sourced]:
        """What somebody uploaded, by title."""
        return sorted((*self.images, *self.drawings, *self.footage), key=str)

    @property
    def digest(self) -> str:
        """What people approve: what is drawn, the words that go out beside it, and which rows it all belongs to."""
        rows = [self.campaign.pk, self.message and self.message.pk]
        rows += [sorted(row.pk for row in shown) for shown in (self.facts, self.images, self.footage, self.links)]
        rows += [["drawings", *sorted(row.pk for row in self.drawings)]] if self.drawings else []  # none: as ever
        return hashlib.sha256(canonical_json([self.content, self.words, rows])).hexdigest()
