"""Covers: kicker, headline, who speaks, and one picture or the rising globe."""

from contextlib import suppress

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.footer import lock_up
from media_tools.layout.frame import Placed
from media_tools.layout.meridians import risen
from media_tools.layout.page import SQUARE, Page
from media_tools.pages import Content, cover_words
from media_tools.spec.colour import is_dark
from media_tools.spec.geometry import Point, Size

_PICTURE = 0.40  # of a cover's height
_PICTURES = (0.40, 0.26, 0.17)  # of a cover's width: the widest that leaves the words room
_GLOBE = 0.85  # of the short side: the globe's radius, where the whole height is seen
_TOP = 0.15  # of the short side: how far under the upper edge of what is seen the globe ends
_CENTRE = 0.8  # of its radius, from the end edge


def cover(content: Content, page: Page) -> tuple[Placed, ...]:
    """Words at the start and the picture at the end, over the edge; above the words where the cover is not wide.

    The picture stands on the side that the account's own picture covers, if it covers one.
    """
    picture = content.of(Part.PICTURE)[0]
    if page.shape is SQUARE:
        return _below(picture, content, page)
    widths = [round(max(page.covered_start, share * page.size.width)) for share in _PICTURES]
    for width in widths[:-1]:
        with suppress(DoesNotFit):
            return _beside(picture, content, page, width)
    return _beside(picture, content, page, widths[-1])


def cover_of_words(content: Content, page: Page) -> tuple[Placed, ...]:
    """Words alone; on a dark ground the globe rises at their end."""
    box, left = page.box, max(page.box.x, page.covered_start)
    size = Size(box.right - left, box.height)
    if not is_dark(page.ground.colour):
        return (Placed(Point(left, box.y), cover_words(content, page, size)),)
    short = page.short
    largest = max(_GLOBE * short, page.size.height - page.safe.top - _TOP * short)
    room = page.size.width - (1 + _CENTRE) * largest - left
    foot = min(size.width, max(foot_width(content, page, size.width), room))
    placed = Placed(Point(left, box.y), cover_words(content, page, size, foot))
    radius = min(largest, (page.size.width - left - foot - page.gutter) / (1 + _CENTRE))
    centre = Point(page.size.width - _CENTRE * radius, page.size.height)
    return (*risen(page, centre, 2 * radius, (placed,)), placed)


def foot_width(content: Content, page: Page, most: float) -> float:
    """The px in which names and source stand on their lines beside each other, at most `most`."""
    beside = lock_up(page, most).size.width + 2 * page.gutter + page.width_of(content.source_line, page.quiet)
    return min(most, beside)


def _beside(picture: Block, content: Content, page: Page, width: int) -> tuple[Placed, ...]:
    box = page.box
    at_start = page.covered_start > 0
    drawn = picture.layout(Size(width, page.size.height), page)
    margin = page.shape.side * page.short
    left = max(box.x, width + margin) if at_start else box.x
    right = box.right if at_start else min(box.right, page.size.width - width - margin)
    words = cover_words(content, page, Size(right - left, box.height))
    return (
        Placed(Point(0 if at_start else page.size.width - width, 0), drawn),
        Placed(Point(left, box.y), words),
    )


def _below(picture: Block, content: Content, page: Page) -> tuple[Placed, ...]:
    box, height = page.box, round(_PICTURE * page.size.height)
    drawn = picture.layout(Size(page.size.width, height), page)
    top = height + page.base
    words = cover_words(content, page, Size(box.width, box.bottom - top))
    return (Placed(Point(0, 0), drawn), Placed(Point(box.x, top), words))
