"""What else of the footage a clip shows after its first range, as rows in order of showing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms.clips.moments import Moment, written
from media_tools.errors import InvalidInput

_SHORTEST = 1000  # ms: the library shows no less
_SLACK = 100  # ms by which an end may pass the footage's: players round


@dataclass(frozen=True, slots=True)
class Edges:
    """Where a range begins and ends, in ms of the footage; without an end it goes on to the footage's."""

    begins: int
    ends: int | None

    @property
    def raw(self) -> dict[str, float | None]:
        return {"start": self.begins / 1000, "end": None if self.ends is None else self.ends / 1000}


class Range(Orderable):
    """A further part of the footage, shown after the one above it."""

    clip = ParentalKey("clips.Clip", on_delete=models.CASCADE, related_name="ranges")
    begins = Moment(_("in"), help_text=_("Where it begins in the footage: 0:09.4."))
    ends = Moment(_("out"), null=True, blank=True, help_text=_("Where it ends. Empty: with the footage."))

    def __str__(self) -> str:
        return written(self.begins)

    def clean(self) -> None:
        super().clean()
        if None not in (self.begins, self.ends) and self.ends < self.begins + _SHORTEST:
            raise ValidationError(
                {"ends": _("Give it a moment at least a second later than the one at which it begins.")}
            )

    @property
    def edges(self) -> Edges:
        return Edges(self.begins, self.ends)


def in_order(rows: Sequence[Range]) -> tuple[Edges, ...]:
    return tuple(row.edges for row in sorted(rows, key=lambda row: row.sort_order or 0))


def raw_ranges(ranges: Sequence[Edges]) -> dict[str, Any]:
    """As a story's footage has them."""
    first, *others = ranges
    return {**first.raw, "then": [each.raw for each in others]}


def beyond(ranges: Sequence[Edges], length: int) -> Iterator[InvalidInput]:
    """What lies past the end of footage that lasts `length` ms."""
    why = gettext("lies past the end: the footage lasts %(length)s.") % {"length": written(length)}
    for number, each in enumerate(ranges):
        if each.begins >= length:
            yield InvalidInput(_named(gettext("In"), number), why, gettext("Begin earlier."))
        if each.ends is not None and each.ends > length + _SLACK:
            yield InvalidInput(_named(gettext("Out"), number), why, gettext("End earlier, or leave it empty."))


def _named(edge: str, number: int) -> str:
    if not number:
        return edge
    return gettext("Further range %(number)d, %(edge)s") % {"edge": edge, "number": number}
