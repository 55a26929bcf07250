"""A chart on a page, with the amounts that it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass

from media_tools.layout.frame import Fill, Paragraph
from media_tools.readback.amounts import Notation
from media_tools.readback.told import Datum, Group
from media_tools.spec.geometry import Box, Point

AXIS = "axis"
"""The group of a chart's hairlines and their labels."""
SAME = 1.01  # px: shapes stand on whole px


@dataclass(frozen=True)
class Chart:
    """A group that draws amounts."""

    group: Group
    data: tuple[Datum, ...]
    """Those with labels: others are no rows."""
    notation: Notation
    rtl: bool

    @property
    def known(self) -> tuple[Datum, ...]:
        """Rows in which somebody counted."""
        return tuple(datum for datum in self.data if any(value is not None for value in datum.values))

    def parts(self, name: str) -> list[Group]:
        """The groups called `name` in it, in their order on the page."""
        return [group for group in self.group.within() if group.name == name and group.frame is not self.group.frame]

    def across(self, name: str) -> list[Group]:
        """The same, as they are read: from the start edge to the end."""
        return sorted(self.parts(name), key=lambda part: _middle(part.box), reverse=self.rtl)

    def down(self, name: str) -> list[Group]:
        return sorted(self.parts(name), key=lambda part: part.box.y)

    @property
    def axis(self) -> tuple[tuple[Point, Paragraph], ...]:
        """The labels of the chart's hairlines, where it has any."""
        return tuple(label for part in self.parts(AXIS) for label in part.paragraphs)


def shapes(group: Group) -> Sequence[Box]:
    """The plain rectangles that stand in a group, in drawing order, on the page."""
    return [
        Box(group.box.x + placed.at.x, group.box.y + placed.at.y, placed.item.size.width, placed.item.size.height)
        for placed in group.frame.items
        if isinstance(placed.item, Fill)
    ]


def _middle(box: Box) -> float:
    return box.x + box.width / 2
