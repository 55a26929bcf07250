"""What stands round a drawing: its title over it, and under it what must be known to read it rightly."""

from dataclasses import dataclass
from typing import Self

from media_tools.layout.balance import balanced
from media_tools.layout.frame import Frame, Paragraph, Placed
from media_tools.layout.heading import heading
from media_tools.layout.page import Page
from media_tools.spec.geometry import Point, Size

_GAP = 0.35  # of the base size, between the drawing and the note under it


@dataclass(frozen=True, slots=True)
class Surround:
    head: Frame
    note: Paragraph | None
    gap: float

    @classmethod
    def of(cls, title: str, note: str, width: float, page: Page) -> Self:
        words = balanced(page, note, page.quiet, width) if note else None
        return cls(heading(page, title, width), words, _GAP * page.base if note else 0)

    @property
    def height(self) -> float:
        """Px that the drawing does not get."""
        return self.head.size.height + (self.gap + self.note.size.height if self.note else 0)

    def around(self, drawing: Frame, name: str) -> Frame:
        top = self.head.size.height
        placed = [Placed(Point(0, 0), self.head), Placed(Point(0, top), drawing)]
        if self.note:
            placed.append(Placed(Point(0, top + drawing.size.height + self.gap), self.note))
        return Frame(Size(self.head.size.width, self.height + drawing.size.height), tuple(placed), name)
