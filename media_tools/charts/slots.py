"""Where the columns of a chart stand across its width, and the words under them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import NamedTuple, Self

from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Align, Paragraph, TextStyle
from media_tools.layout.page import Page
from media_tools.spec.language import Language

_THICKEST = 9.0  # em of the label's size: one column, or the columns of one slot together
_THINNEST = 0.3  # em
_LABELS_APART = 0.45  # em
_LABEL_LINES = 3
_EXACT = 0.01  # px of pitch


class Label(NamedTuple):
    slot: int
    words: Paragraph


@dataclass(frozen=True, slots=True)
class Slots:
    """`count` slots whose middles are `pitch` px apart; what stands in each is `thickness` px wide."""

    count: int
    pitch: float
    thickness: float
    first: float
    """The middle of the first slot, px from the start edge."""
    end: float
    """Px from the start edge to the end of the baseline."""
    labels: tuple[Label, ...] = ()

    def middle(self, slot: int) -> float:
        return self.first + slot * self.pitch

    def start(self, slot: int) -> float:
        """The start edge of what stands in a slot, on a whole px, so that all are equally wide."""
        return round(self.middle(slot) - self.thickness / 2)

    def moved(self, start: float) -> Self:
        """The same slots `start` px farther from the start edge."""
        return replace(self, first=self.first + start, end=self.end + start)

    @property
    def labels_height(self) -> float:
        return max((label.words.size.height for label in self.labels), default=0)


class Slotted(NamedTuple):
    """What is to stand in slots: words under each, how much of its slot is filled, what the values there need."""

    labels: Sequence[str]
    share: float
    reach: Callable[[int, float], float]
    """Px from the middle of a slot to the outer edge of the values over it, at a thickness."""
    kept: int
    """A slot whose label stays where not all can."""


def slotted(slotted: Slotted, width: float, page: Page) -> Slots:
    """The widest slots in which each label fits; of dates every second label may go, never every second name."""
    most = len(slotted.labels) if all(_dated(label, page.language) for label in slotted.labels) else 2
    for every in range(1, max(2, most)):
        slots = _slots(slotted, width, every, page)
        if slots.thickness < _THINNEST * page.small.size:
            continue
        room = every * slots.pitch - _LABELS_APART * page.small.size
        shown = [slot for slot in range(slots.count) if (slot - slotted.kept) % every == 0]
        labels = [Label(slot, words) for slot in shown if (words := _label(slotted.labels[slot], room, page))]
        if len(labels) == len(shown):
            return replace(slots, labels=tuple(labels))
    needed = max(page.longest_word(label, page.quiet) for label in slotted.labels)
    raise DoesNotFit("The longest word under the columns", needed, max(0, width / len(slotted.labels)))


def _slots(slotted: Slotted, width: float, every: int, page: Page) -> Slots:
    """The widest pitch at which the words at both edges stay inside."""
    last = len(slotted.labels) - 1

    def ends(pitch: float) -> tuple[float, float]:
        thickness, room = slotted.share * pitch, every * pitch - _LABELS_APART * page.small.size
        first, end = (
            max(thickness / 2, slotted.reach(slot, thickness) + 0.5, _label_reach(slotted, slot, every, room, page))
            for slot in (0, last)
        )
        return first, end

    low, high = 0.0, min(width / last, _THICKEST * page.small.size / slotted.share)
    if last * high + sum(ends(high)) > width:
        while high - low > _EXACT:
            middle = (low + high) / 2
            low, high = (middle, high) if last * middle + sum(ends(middle)) <= width else (low, middle)
        high = low
    first, end = ends(high)
    return Slots(last + 1, high, int(slotted.share * high), first, min(width, first + last * high + end))


def _label_reach(slotted: Slotted, slot: int, every: int, room: float, page: Page) -> float:
    if (slot - slotted.kept) % every:
        return 0
    return min(room, page.width_of(slotted.labels[slot], page.quiet) + 2) / 2


def _label(text: str, room: float, page: Page) -> Paragraph | None:
    """The words under a column in at most `room` px, no wider than they are; None where they do not fit."""
    style = page.quiet
    if page.longest_word(text, style) > room:
        return None
    words = centred(text, style, room, page)
    return words if words.lines <= _LABEL_LINES else None


def centred(text: str, style: TextStyle, room: float, page: Page) -> Paragraph:
    """Balanced lines about their middle, in a box no wider than the longest."""
    words = balanced(page, text, style, room, Align.CENTRE)
    return replace(words, size=words.size._replace(width=min(room, ceil(page.type.widest_line(words)) + 2)))


def _dated(label: str, language: Language) -> bool:
    """Whether a reader can tell what a slot between two others is, as of 2005, Q2 or May."""
    months = (name for form in language.cldr.months["format"].values() for name in form.values())
    return any(character.isdigit() for character in label) or any(
        label.casefold().startswith(name.casefold().rstrip(".")) for name in months if len(name) > 1
    )
