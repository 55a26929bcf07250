"""The pages of an account itself: its avatar and its headers, laid out from the brand's mark and names.

The avatar is the mark, the same for every mission, as foreign ministries do it: the name beside it tells accounts
apart. A place may stand in a band under the mark. The header is the lock-up, clear of all that the platform covers.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import hypot
from typing import NamedTuple

from media_tools.blocks.headline import Headline
from media_tools.errors import DoesNotFit
from media_tools.layout.footer import lock_up, mark_of
from media_tools.layout.frame import Align, Fill, Frame, Item, Paragraph, Placed, walk
from media_tools.layout.meridians import risen
from media_tools.layout.mirror import mirror
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.platforms import Placement
from media_tools.spec.colour import is_dark
from media_tools.spec.geometry import Box, Point, Size

_INSCRIBED = (1 - 0.5**0.5) / 2  # of the side, to each edge of the largest square inside the circle
_CLEAR = 0.25  # of the mark's height, all round it
_LARGEST_MARK = 0.60  # of the side
_RULE = 0.022  # of the side: one px of 48
_OVER_PLACE = {True: 0.45, False: 0.33}  # em, from the rule's top to capitals, to a line of letters
_CAPITAL = 0.70  # em: the height of capitals in the faces that we ship
_LEADING = 1.25  # of kickers: alone on its line, a word needs no more than its script

_NAMES = ((3, 1), (2, 1), (1, 1), (1, 2), (0, 1), (0, 2), (-1, 2), (-1, 3))
"""Steps of the names with the most lines that one may take, best first: 17 CSS px on a phone, down to 8."""
_LARGE = 2  # steps from here up leave the globe room
_BESIDE_GLOBE = 0.6  # of the width
_SIGNATURES = ((0, 1), (-1, 1), (0, 2), (-1, 2))
"""The same of names that stand under a message."""
_LARGER = 1.6  # times the names' size, the message at least
_APART = (0.8, 2.2)  # base sizes between message and names, at least and at most

_GLOBE = 1.7  # of the short side: its diameter at most
_FROM_END = 0.15  # of the short side: its centre


class Piece(NamedTuple):
    """A page, the words that it shows, and which of them had no room."""

    frame: Frame
    words: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def avatar(page: Page, place: str) -> Piece:
    """The mark in the middle of the circle that most platforms cut; with a place, over a band that names it.

    Raises DoesNotFit for a place that has no room at a legible size.
    """
    side = page.size.width
    band, top = _band(page, place) if place else ((), side)
    round_it = _reach(page) + _CLEAR  # from its middle to whatever is next, in heights of the mark
    most = top / (round_it + 0.5 + _CLEAR) if place else 0.5 * side / round_it
    mark = mark_of(page, min(_LARGEST_MARK * side, most))
    across, down = (side - mark.size.width) / 2, (side - mark.size.height) / 2
    if place:
        down = min(down, top - (1 + _CLEAR) * mark.size.height)
    frame = Frame(page.size, (page.flood(), *band, Placed(Point(across, down), mark)), "avatar")
    return Piece(frame, tuple(filter(None, (page.names.ministry, place))))


def header(page: Page, placement: Placement, message: str) -> Piece:
    """The names as large as they read well, or the message over them; the globe rises where it leaves words alone.

    Raises DoesNotFit for names that have no room at the smallest legible size.
    """
    rooms = _rooms(page, placement)
    spoken = _spoken(page, rooms, message) if message else None
    words = spoken or _nameplate(page, rooms)
    frame = Frame(page.size, (page.flood(), *_globe(page, words), words), "header")
    said = tuple(filter(None, (page.names.ministry, page.names.mission, message if spoken else "")))
    left_out = ("message",) if message and spoken is None else ()
    return Piece(mirror(frame) if page.right_to_left else frame, said, left_out)


def _band(page: Page, place: str) -> tuple[tuple[Placed, ...], float]:
    """The band across the foot of the circle, and where it begins."""
    side, low = page.size.width, page.on(page.brand.colours.deep)
    style = replace(low.kicker, colour=low.ground.text, leading=low.kicker.leading / _LEADING)
    room = (1 - 2 * _INSCRIBED) * side
    words = next((words for words in (low.headed(place), place) if low.width_of(words, style) <= room), None)
    if words is None:
        raise DoesNotFit("The place", low.width_of(place, style), room)
    line = low.set(words, style, room, Align.CENTRE)
    baseline = low.type.baseline(line)
    capitals = low.language.script.capitals and words == words.upper()
    bottom = (1 - _INSCRIBED) * side + (line.size.height - baseline if capitals else 0)
    top = bottom - line.size.height + (baseline - _CAPITAL * style.size if capitals else 0)
    start = top - _OVER_PLACE[capitals] * style.size
    band = (
        Placed(Point(0, start), Fill(Size(side, side - start), low.ground.colour)),
        Placed(Point(0, start), Fill(Size(side, _RULE * side), low.ground.accent)),
        Placed(Point((side - room) / 2, bottom - line.size.height), line),
    )
    return band, start


def _reach(page: Page) -> float:
    """How far the mark's outline goes from its middle, in heights of the mark: .5 for a disc, .71 for a square."""
    mark = page.brand.mark
    points = (point for path in mark.paths for point in page.studio.outline(path).getPoints())
    middle = mark.view_box / 2
    return max(0.5, max(hypot(point.x() - middle, point.y() - middle) for point in points) / mark.view_box)


def _rooms(page: Page, placement: Placement) -> tuple[Box, ...]:
    """Where words may stand, as for left to right: above the account's own picture and beside it.

    The picture stands at the left, and at the right for readers whose interface runs from there.
    """
    box, gap = page.box, page.gutter
    patch = placement.avatar or placement.avatar_reach
    if patch is None:
        return (box,)
    covered = patch.box(page.size)
    start = max(box.x, covered.right + gap)
    end = min(box.right, page.size.width - start) if page.right_to_left else box.right
    above = Box(box.x, box.y, box.width, min(box.bottom, covered.y - gap) - box.y)
    beside = Box(start, box.y, end - start, box.height)
    return tuple(room for room in (above, beside) if room.width > 0 and room.height > 0)


def _nameplate(page: Page, rooms: Sequence[Box]) -> Placed:
    """The lock-up, at the largest step at which the names take the fewest lines."""
    for step, lines in _NAMES:
        for room in rooms:
            width = room.width if step < _LARGE else min(room.width, _BESIDE_GLOBE * page.size.width)
            names = _lock_up(page, step, lines, width)
            if names is not None and names.size.height <= room.height:
                return Placed(Point(room.x, room.y + (room.height - names.size.height) / 2), names)
    needed = min(lock_up(_stepped(page, step), room.width).size.height for room in rooms)
    raise DoesNotFit("The lock-up", needed, max(room.height for room in rooms))


def _spoken(page: Page, rooms: Sequence[Box], message: str) -> Placed | None:
    """The message over the lock-up, in the room that lets it be largest; None where no room holds both."""
    for step, lines in _SIGNATURES:
        fitting = [words for room in rooms if (words := _signed(page, room, message, step, lines))]
        if fitting:
            return max(fitting, key=lambda words: _largest_type(words.item))
    return None


def _signed(page: Page, room: Box, message: str, step: int, lines: int) -> Placed | None:
    """The message as large as it has room over the lock-up at `step`, and larger than it by far."""
    names = _lock_up(page, step, lines, room.width)
    if names is None:
        return None
    for larger in page.shape.title_steps:
        title = Headline(text=message).title(page, larger, room.width)
        if title is None or title.runs[0].style.size < _LARGER * page.step(step):
            continue
        spare = room.height - title.size.height - names.size.height
        if spare >= _APART[0] * page.base:
            gap = min(spare, _APART[1] * page.base)
            words = stack([title, names], [gap], room.width, "words")
            return Placed(Point(room.x, room.y + (spare - gap) / 2), words)
    return None


def _lock_up(page: Page, step: int, lines: int, width: float) -> Frame | None:
    """The lock-up at a step; None where it has no room, where a word is torn or a name takes too many lines."""
    larger = _stepped(page, step)
    names = lock_up(larger, width)
    paragraphs = [found.item for found in walk(names) if isinstance(found.item, Paragraph)]
    whole = all(
        name.lines <= lines
        and larger.longest_word(name.text.replace("\n", " "), name.runs[0].style) <= name.size.width + 0.5
        for name in paragraphs
    )
    return names if whole and names.size.width <= width else None


def _stepped(page: Page, step: int) -> Page:
    """The page with a scale whose smallest type is what `step` is on this one."""
    base = page.step(step - page.shape.small_step) / page.short
    return page.once(("stepped", step), lambda: replace(page, shape=replace(page.shape, base=base)))


def _largest_type(words: Item) -> float:
    frame = Frame(words.size, (Placed(Point(0, 0), words),))
    return max(found.item.runs[0].style.size for found in walk(frame) if isinstance(found.item, Paragraph))


def _globe(page: Page, words: Placed) -> tuple[Placed, ...]:
    """The meridians at the end of the lower edge, on dark grounds; clear of large type as well, for it is a name."""
    size = page.size
    centre = Point(size.width - _FROM_END * size.short, size.height)
    all_small = _stepped(page, max(page.shape.title_steps))
    return risen(all_small, centre, _GLOBE * size.short, [words]) if is_dark(page.ground.colour) else ()
