"""Where the rows of a line chart stand across it, and which of them are named."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Align, Paragraph
from media_tools.layout.page import Page

_MOST = 5  # labels
_APART = 0.6  # em
_EVEN = 0.02  # of the width, that a label may be off an even place


class Tick(NamedTuple):
    row: int
    left: float
    words: Paragraph


def shares(labels: Sequence[str]) -> tuple[float, ...]:
    """Each row's place, 0 to 1: years where they belong in time, other labels evenly."""
    years = [int(label) for label in labels] if all(map(str.isdecimal, labels)) else list(range(len(labels)))
    if any(later <= earlier for earlier, later in pairwise(years)):
        years = list(range(len(labels)))
    return tuple((year - years[0]) / (years[-1] - years[0]) for year in years)


def ticks(labels: Sequence[str], start: float, stop: float, width: float, page: Page) -> tuple[Tick, ...]:
    """As many labels as stand apart, at most five, as evenly as can be: first and last at the least."""
    places = shares(labels)
    for rows in sorted(_choices(places), key=lambda rows: (_unevenness(rows, places) > _EVEN, -len(rows))):
        placed = [_tick(row, labels[row], start + places[row] * (stop - start), width, page) for row in rows]
        ends = [tick.left + tick.words.size.width + _APART * page.small.size for tick in placed]
        if all(end <= tick.left for end, tick in zip(ends, placed[1:], strict=False)) and ends[0] <= width:
            return tuple(placed)
    return _wrapped(labels, width, page)


def _choices(places: Sequence[float]) -> Iterator[tuple[int, ...]]:
    """The rows nearest to even places, for each number of labels."""
    for count in range(2, min(_MOST, len(places)) + 1):
        rows = set()
        for index in range(count):
            distances = [abs(place - index / (count - 1)) for place in places]
            rows.add(distances.index(min(distances)))
        yield tuple(sorted(rows))


def _unevenness(rows: Sequence[int], places: Sequence[float]) -> float:
    return max(abs(places[row] - index / (len(rows) - 1)) for index, row in enumerate(rows))


def _tick(row: int, label: str, middle: float, width: float, page: Page) -> Tick:
    wide = min(width, page.width_of(label, page.quiet) + 2)
    words = page.set(label, page.quiet, wide, Align.CENTRE)
    return Tick(row, min(max(0, middle - wide / 2), width - wide), words)


def _wrapped(labels: Sequence[str], width: float, page: Page) -> tuple[Tick, ...]:
    """First and last label in several lines, each in its half."""
    half = (width - _APART * page.small.size) / 2
    needed = max(page.longest_word(label, page.quiet) for label in (labels[0], labels[-1]))
    if needed > half:
        raise DoesNotFit("The longest word under the lines", needed, half)
    first = balanced(page, labels[0], page.quiet, half)
    last = balanced(page, labels[-1], page.quiet, half, Align.RIGHT)
    return Tick(0, 0, first), Tick(len(labels) - 1, width - half, last)
