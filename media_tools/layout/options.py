"""Blocks that can be arranged in several ways: the first that fits is shown, under the block's own title."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row
from media_tools.layout.frame import Frame, Placed
from media_tools.layout.page import Page
from media_tools.spec.geometry import Point, Size

_WIDE = 36  # base sizes of width, from which things stand beside one another
_AIRY = 0.35  # of their growth, with which they stand under one another in a wide room as well, for it is a high one


def by_room(beside: Sequence[Row], under: Sequence[Row], width: float, page: Page) -> tuple[Row, ...]:
    """The ways to put things beside or under one another, best first: in wide and low rooms beside, in others under."""
    if width < _WIDE * page.base:
        return (*under, *beside)
    if page.ruled:  # a row of a printed page is as low as it can be
        return (*beside, *under)
    airy = (replace(row, least=row.least + _AIRY * (row.most - row.least)) for row in under[:1])
    return (*airy, *beside, *under)


@dataclass(frozen=True, slots=True)
class Options:
    """A title, which may be 0 px high, and at least one way to arrange what stands under it, best first."""

    head: Frame
    rows: tuple[Row, ...]

    @property
    def least(self) -> float:
        return self.head.size.height + min(row.least for row in self.rows)

    @property
    def most(self) -> float:
        return self.head.size.height + max(self.rows[0].most, min(row.least for row in self.rows))

    def layout(self, size: Size, block: str, what: str) -> Frame:
        """The first that fits, named `block`. Raises DoesNotFit where none does; errors speak of `what`."""
        top = self.head.size.height
        row = next((row for row in self.rows if row.least <= size.height - top + 0.5), None)
        if row is None:
            raise DoesNotFit(what, self.least, size.height)
        body = row.fill(max(row.least, size.height - top))
        placed = [Placed(Point(0, 0), self.head)] if top else []
        return Frame(Size(size.width, top + body.size.height), (*placed, Placed(Point(0, top), body)), block)
