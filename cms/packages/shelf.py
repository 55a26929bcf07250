"""What a mission may have now, arranged as people look for it. Everything begins with `leaving`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.text import capfirst

from cms.campaigns.models import Campaign
from cms.editions.models import Approval, Edition
from cms.missions.models import Mission
from cms.variants.models import Variant
from media_tools.platforms import placements

_TILE = ("instagram.feed_square", "instagram.feed_portrait", "facebook.feed", "x.post")
MESSAGING = 16_000_000
"""Bytes: what messengers take."""


@dataclass
class Item:
    """A design in the languages that a mission can read, with its files."""

    variants: list[Variant] = field(default_factory=list)
    given: dict[int, datetime] = field(default_factory=dict)
    """When missions got each edition, by its key."""

    @property
    def edition(self) -> Edition:
        return self.variants[0].edition

    @property
    def languages(self) -> list[str]:
        return list(dict.fromkeys(variant.edition.language for variant in self.variants))

    @property
    def tile(self) -> Variant:
        """The file that stands for all of them."""
        first = [variant for variant in self.variants if variant.edition_id == self.edition.pk]
        by_name = {variant.placement: variant for variant in sorted(first, key=lambda row: not row.animated)}
        return next((by_name[name] for name in _TILE if name in by_name), first[0])

    @property
    def kind(self) -> str:
        """What it is, in the reader's language: Infographic."""
        return capfirst(self.edition.kind._meta.verbose_name)

    @property
    def sizes(self) -> int:
        return len({variant.wanted for variant in self.variants})

    @property
    def bytes(self) -> int:
        return sum(variant.file.bytes for variant in self.variants)

    @property
    def since(self) -> datetime | None:
        """When missions got the newest of its languages."""
        return max(filter(None, map(self._given, self.variants)), default=None)

    @property
    def public_at(self) -> datetime | None:
        """From when all of it may be public."""
        return max((row.not_before for row in self.variants if row.not_before), default=None)

    @property
    def moments(self) -> "list[Item]":
        """What is posted at the same moment, as an item of its own: languages may have their own times."""
        parts: dict[datetime | None, Item] = {}
        for row in self.variants:
            parts.setdefault(row.not_before or self._given(row), Item(given=self.given)).variants.append(row)
        return list(parts.values())

    def _given(self, variant: Variant) -> datetime | None:
        return self.given.get(variant.edition_id)


def leaving(mission: Mission, languages: Sequence[str] = ()) -> QuerySet[Variant]:
    """Files for the mission, its own in place of the shared ones, in its own languages unless others are named."""
    wanted = list(languages) or mission.languages
    rows = Variant.objects.leaving(mission).preferred(mission).filter(edition__language__in=wanted)
    whole = rows.select_related("edition__campaign", "file", "thumbnail").defer("edition__spec", "edition__brand")
    return whole.order_by("-edition__created_at", "pk")


def items(variants: Iterable[Variant], mission: Mission) -> list[Item]:
    """One item a design, its languages in the mission's order; the newest first. Two queries for any number."""
    order = {language: place for place, language in enumerate(mission.languages)}
    found: dict[object, Item] = {}
    for variant in sorted(variants, key=lambda row: order.get(row.edition.language, len(order))):
        found.setdefault(variant.edition.translation_key, Item()).variants.append(variant)
    editions = {variant.edition_id for item in found.values() for variant in item.variants}
    approvals = Approval.objects.in_force("to_missions_at").filter(edition__in=editions)
    given = {row.edition_id: row.to_missions_at or row.at for row in reversed(approvals)}
    for item in found.values():
        item.given = given
    return sorted(found.values(), key=lambda item: (item.since is not None, item.since), reverse=True)


def campaigns(mission: Mission) -> QuerySet[Campaign]:
    """Those of which something leaves to the mission."""
    shown = leaving(mission).order_by().values("edition__campaign")
    return Campaign.objects.filter(pk__in=shown).prefetch_related("words", "keywords")


def by_platform(variants: Iterable[Variant]) -> dict[str, list[Variant]]:
    """Files of one edition under their platforms, in the sheet's order."""
    order = list(placements())
    grouped: dict[str, list[Variant]] = {}
    for variant in sorted(variants, key=lambda row: (order.index(row.placement), row.animated)):
        grouped.setdefault(variant.slot.platform, []).append(variant)
    return grouped
