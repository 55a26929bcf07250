"""Sizes and boxes in layout px: one layout px is one px of the finished file."""

from dataclasses import dataclass
from math import gcd
from typing import NamedTuple, Self


class Point(NamedTuple):
    x: float
    y: float


class Size(NamedTuple):
    width: float
    height: float

    @property
    def short(self) -> float:
        return min(self.width, self.height)

    @property
    def aspect(self) -> str:
        """Its proportions in lowest terms, of whole px: 9:16."""
        width, height = int(self.width), int(self.height)
        shared = gcd(width, height)
        return f"{width // shared}:{height // shared}"


@dataclass(frozen=True, slots=True)
class Insets:
    """Distances from the four edges, all in px or all in shares of the frame."""

    top: float = 0
    right: float = 0
    bottom: float = 0
    left: float = 0

    def times(self, size: Size) -> Self:
        """Shares of `size` as px."""
        return type(self)(
            self.top * size.height, self.right * size.width, self.bottom * size.height, self.left * size.width
        )

    def symmetric(self) -> Self:
        """The larger of left and right on both sides: interfaces written right to left swap their covered side."""
        side = max(self.left, self.right)
        return type(self)(self.top, side, self.bottom, side)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; x grows to the right and y downwards."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def of(cls, size: Size) -> Self:
        return cls(0, 0, size.width, size.height)

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    def inset(self, insets: Insets) -> Self:
        return type(self)(
            self.x + insets.left,
            self.y + insets.top,
            self.width - insets.left - insets.right,
            self.height - insets.top - insets.bottom,
        )

    def overhang(self, other: Self) -> float:
        """How far `other` sticks out of this box at its worst side, in px; 0 when it lies inside."""
        return max(0, self.x - other.x, self.y - other.y, other.right - self.right, other.bottom - self.bottom)

    def around(self, other: Self) -> Self:
        """The smallest box that holds both."""
        left, top = min(self.x, other.x), min(self.y, other.y)
        return type(self)(left, top, max(self.right, other.right) - left, max(self.bottom, other.bottom) - top)

    def overlap(self, other: Self) -> Self | None:
        left, top = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return type(self)(left, top, right - left, bottom - top) if left < right and top < bottom else None
