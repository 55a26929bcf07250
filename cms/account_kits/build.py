"""What goes into an account kit: the same brand kit and the same names find the same kit."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext

from cms.account_kits.models import AccountKit
from cms.accounts.models import User
from cms.brands.models import Brand
from cms.jobs.queue import enqueue
from cms.missions.models import Mission
from media_tools.account_kit import Account, stem
from media_tools.errors import InvalidInput
from media_tools.open.document import parsed
from media_tools.platforms import Placement, choose_own
from media_tools.recipe import DRAWING, canonical_json, content_digest
from media_tools.spec.brand import Brand as BrandSpec
from media_tools.spec.language import Language


class Lacking(NamedTuple):
    """A language of the mission that nothing can be made in, and why."""

    language: str
    why: str


@dataclass(frozen=True)
class Wanted:
    """What a mission's kit is made from now, and what it lacks."""

    mission: Mission
    kit: Brand
    brand: BrandSpec
    accounts: tuple[Account, ...]
    placements: tuple[Placement, ...]
    lacking: tuple[Lacking, ...]

    @property
    def digest(self) -> str:
        contents = [content_digest(account, self.brand, str) for account in self.accounts]
        drawn_by = [{placement.name: placement.drawn_by()} for placement in self.placements]
        return hashlib.sha256(canonical_json([contents, drawn_by, self.stem, DRAWING])).hexdigest()

    @property
    def stem(self) -> str:
        """What its files are named after."""
        return stem(self.brand, self.mission.name_in("en") or self.mission.name)

    @property
    def values(self) -> dict[str, Any]:
        """By value, as JSON: what is ordered now is made, whatever is typed meanwhile."""
        return {
            "brand": self.brand.model_dump(mode="json"),
            "accounts": [account.model_dump(mode="json") for account in self.accounts],
            "placements": [placement.name for placement in self.placements],
            "stem": self.stem,
        }


def wanted(mission: Mission, kit: Brand) -> Wanted:
    """Raises InvalidInput for a brand kit that cannot be used at all."""
    brand = kit.to_spec()
    accounts: list[Account] = []
    lacking: list[Lacking] = []
    said = {row.language: {"place": row.place, "message": row.message} for row in mission.account_words.all()}
    for language in mission.languages:
        made = _account(language, said.get(language, {}), mission, brand)
        (accounts if isinstance(made, Account) else lacking).append(made)
    return Wanted(mission, kit, brand, tuple(accounts), tuple(_placements(mission)), tuple(lacking))


@transaction.atomic
def order_kit(chosen: Wanted, by: User) -> AccountKit:
    """The kit of these contents; the worker makes what it still lacks."""
    name = f"{chosen.stem}_account-kit_{chosen.digest[:8]}.zip"
    kit, _made = AccountKit.objects.get_or_create(
        mission=chosen.mission,
        digest=chosen.digest,
        defaults={"brand_kit": chosen.kit, "wanted": chosen.values, "file_name": name},
    )
    if kit.file is None:
        enqueue("account_kits.make", key=kit.job_key, owner=by, total=kit.total, kit=kit.pk)
    return kit


def _account(language: str, said: dict[str, str], mission: Mission, brand: BrandSpec) -> Account | Lacking:
    """Half a name would mislead, so both must be there."""
    tag, name = Language.parse(language), mission.name_in(language)
    if tag.tag not in brand.names and tag.base not in brand.names:
        why = gettext("The brand kit has no name of the ministry in this language, so nothing is made in it.")
        return Lacking(language, f"{why} {gettext('Ask headquarters to add it.')}")
    if not name:
        why = gettext("The mission has no name in this language, so nothing is made in it.")
        return Lacking(language, f"{why} {gettext('Ask headquarters to add it.')}")
    try:
        return parsed({"language": language, "mission": name, **said}, Account)
    except InvalidInput as problem:
        return Lacking(language, str(problem))


def _placements(mission: Mission) -> Iterator[Placement]:
    for placement in choose_own("all"):
        if not mission.platforms or placement.platform in mission.platforms:
            yield placement
