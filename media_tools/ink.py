"""What single things of a page cover, each drawn alone where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, inf

import numpy as np
import skia
from numpy.typing import NDArray

from media_tools.draw import draw_on
from media_tools.layout.frame import Found, Frame, Item, Paragraph, Photograph, walk
from media_tools.layout.text import Typesetter
from media_tools.spec.geometry import Box, Point, Size

type Places = NDArray[np.intp]
type Mask = NDArray[np.uint8]
"""(height, width) uint8: how much of each px is covered."""

SOLID = 128  # of 255: this much ink makes a px part of a letter
_FAINT = 8  # of 255: the soft edge of a letter
_ROUND = 0.6  # em of room for letters that reach out of their box


@dataclass(frozen=True)
class Ink:
    """What one thing covers; `mask` begins at px `left` and `top` of the page, and may reach past its edges."""

    found: Found
    left: int
    top: int
    mask: Mask

    @cached_property
    def box(self) -> Box | None:
        """The whole px that hold any ink, on the page; None where there is none."""
        inked = self.mask > _FAINT
        rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
        if not rows.size:
            return None
        width, height = int(columns[-1] - columns[0]) + 1, int(rows[-1] - rows[0]) + 1
        return Box(self.left + int(columns[0]), self.top + int(rows[0]), width, height)

    def within(self, box: Box) -> Mask:
        """The part of the mask that lies in `box`, of whole px of the page."""
        left, top = max(0, int(box.x) - self.left), max(0, int(box.y) - self.top)
        right, bottom = max(0, int(box.right) - self.left), max(0, int(box.bottom) - self.top)
        return self.mask[top:bottom, left:right]

    def pixels(self, page: Size, least: int) -> tuple[Places, Places]:
        """Rows and columns of the px of `page` that are covered by `least` of 255 or more."""
        height, width = self.mask.shape
        seen = Box(self.left, self.top, width, height).overlap(Box.of(page))
        if seen is None:
            return np.empty(0, np.intp), np.empty(0, np.intp)
        # np.nonzero takes several times as long in two dimensions
        rows, columns = np.divmod(np.flatnonzero(self.within(seen) >= least), int(seen.width))
        return rows + int(seen.y), columns + int(seen.x)

    def lines(self, rows: Places) -> Places:
        """In which of its lines, from 0, px of a paragraph in these rows of the page are."""
        lines: Places = np.maximum(0, (rows - self.found.box.y) // _line(self.found.item)).astype(np.intp)
        return lines


def _line(item: Item) -> float:
    """Px of a paragraph's line."""
    return max(run.style.size * run.style.leading for run in item.runs) if isinstance(item, Paragraph) else inf


def ink_of_letters(found: Found, paragraph: Paragraph, typesetter: Typesetter) -> Ink:
    """A paragraph's letters, those outside its box included."""
    em = max(run.style.size for run in paragraph.runs)
    more = _ROUND * em + max(0, typesetter.widest_line(paragraph) - paragraph.size.width)
    box = found.box
    return ink_of((found,), Box(box.x - more, box.y - em, box.width + 2 * more, box.height + 2 * em), typesetter)


def ink_of_group(found: Found, group: Frame, typesetter: Typesetter) -> Ink:
    """All that a group draws, its grounds included."""
    things = walk(group, Point(found.box.x, found.box.y), found.names)
    return ink_of((found, *(thing for thing in things if not isinstance(thing.item, Frame))), found.box, typesetter)


def ink_of(things: tuple[Found, ...], around: Box, typesetter: Typesetter) -> Ink:
    """What `things` cover together of the px `around`; the first one names them. A photograph covers all its box."""
    left, top = floor(around.x), floor(around.y)
    mask = np.zeros((max(1, ceil(around.bottom) - top), max(1, ceil(around.right) - left)), np.uint8)
    _draw(mask, things, left, top, typesetter)
    return Ink(things[0], left, top, mask)


def _draw(mask: Mask, things: Iterable[Found], left: int, top: int, typesetter: Typesetter) -> None:
    height, width = mask.shape
    surface = skia.Surface.MakeRasterDirect(skia.ImageInfo.MakeA8(width, height), mask, mask.strides[0])
    canvas = surface.getCanvas()
    canvas.translate(-left, -top)

    def lay(photograph: Photograph, box: Box) -> None:
        del photograph
        canvas.drawRect(skia.Rect.MakeXYWH(box.x, box.y, box.width, box.height), skia.Paint())

    draw_on(canvas, things, typesetter, lay)
