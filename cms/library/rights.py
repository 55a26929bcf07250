"""Whether an asset may be used now: one rule, asked of the database's rows and of a row at hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q, TextChoices
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from cms.library.models import Sourced

ENDS = ("rights_until", "consent_until")
"""The fields after whose moment it may not be used any more: the first that comes counts."""
SOON = timedelta(days=30)


class State(TextChoices):
    VALID = "valid", _("May be used")
    NOT_YET = "not_yet", _("Not yet")
    ENDED = "ended", _("Rights ended")
    WITHHELD = "withheld", _("Withheld")


@dataclass(frozen=True, slots=True)
class Validity:
    """What may be done with an asset at one moment."""

    state: State
    at: datetime | None = None
    """From when it may be used, or until when; None for ever."""
    ends_soon: bool = False

    @property
    def is_over(self) -> bool:
        """Nothing new is made of it; what waits for its first day is prepared, and leaves then."""
        return self.state in (State.ENDED, State.WITHHELD)

    @property
    def words(self) -> str:
        """For a badge; empty where nobody need think of it."""
        match self.state:
            case State.NOT_YET:
                return gettext("From %(day)s") % {"day": _day(self.at)}
            case State.ENDED:
                return gettext("Rights ended %(day)s") % {"day": _day(self.at)}
            case State.WITHHELD:
                return gettext("Withheld")
            case State.VALID:
                return gettext("Rights end %(day)s") % {"day": _day(self.at)} if self.ends_soon else ""


def validity(asset: "Sourced", now: datetime) -> Validity:
    end = end_of(asset)
    if asset.withheld:
        return Validity(State.WITHHELD)
    if end is not None and end <= now:
        return Validity(State.ENDED, end)
    if asset.usable_from is not None and asset.usable_from > now:
        return Validity(State.NOT_YET, asset.usable_from)
    return Validity(State.VALID, end, ends_soon=end is not None and end <= now + SOON)


def end_of(asset: "Sourced") -> datetime | None:
    """The first of its ends."""
    return min((end for name in ENDS if (end := getattr(asset, name))), default=None)


def over(asset: str = "") -> Q:
    """The rows for which `validity` says that it is over, by the database's clock; `asset` leads to them: image__."""
    ended = reduce(or_, (Q(**{f"{asset}{name}__lte": Now()}) for name in ENDS))
    return ended | Q(**{f"{asset}withheld__gt": ""})


def barred(asset: str = "") -> Q:
    """The rows of which nothing leaves: those that are over, and those whose first day is still to come."""
    return over(asset) | Q(**{f"{asset}usable_from__gt": Now()})


def refusals(assets: Iterable["Sourced"]) -> Iterator[str]:
    """A sentence for each of which nothing may be made any more."""
    for asset in assets:
        match asset.validity.state:
            case State.ENDED:
                yield gettext("The right to use “%(asset)s” has ended. Put something else in its place.") % {
                    "asset": asset
                }
            case State.WITHHELD:
                yield gettext("“%(asset)s” is withheld (%(why)s). Put something else in its place.") % {
                    "asset": asset,
                    "why": asset.withheld.rstrip("."),
                }


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
