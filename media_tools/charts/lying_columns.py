"""Columns laid down as bars, for names that are too long to stand under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from media_tools.charts.bars import THICKEST, THINNEST, Bar, bars, bars_height
from media_tools.charts.columns import Group
from media_tools.layout.frame import Frame
from media_tools.layout.page import Page
from media_tools.spec.geometry import Size


@dataclass(frozen=True, slots=True)
class LyingColumns:
    rows: tuple[Bar, ...]

    @classmethod
    def of(cls, groups: Sequence[Group]) -> Self | None:
        """The same amounts as bars; None where an amount is missing or negative, for which bars have no place."""
        amounts = [group.values[0] for group in groups]
        if any(amount is None or amount < 0 for amount in amounts):
            return None
        return cls(tuple(Bar(group.label, group.values[0] or Decimal(0), group.highlighted) for group in groups))

    def least(self, width: float, page: Page) -> float:
        """The least height in px. Raises DoesNotFit where amounts need more width."""
        height = bars_height(self.rows, width, page, THINNEST)
        return self.drawn(Size(width, height), page).size.height

    def most(self, width: float, page: Page) -> float:
        return bars_height(self.rows, width, page, THICKEST)

    def drawn(self, size: Size, page: Page) -> Frame:
        return bars(self.rows, size, page)
