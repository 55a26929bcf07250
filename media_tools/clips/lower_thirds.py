"""Lower thirds: who is seen, named on paper beside the mark, at the start edge of what the platform leaves free.

Sizes, places and times are the visual language's (ART.md, section 10).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import reduce
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from media_tools.clips.captions import Track, save_drawing, write_list
from media_tools.clips.film_time import FilmTime
from media_tools.clips.motion import TEXT_EASE, Curve, eased, over
from media_tools.clips.overlay import Standing, standing_mark
from media_tools.clips.story import FPS, LowerThird
from media_tools.draw import Pixels, draw_ground, draw_letters
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import snug
from media_tools.layout.footer import mark_of
from media_tools.layout.frame import Fill, Frame, Paragraph, Placed, TextStyle
from media_tools.layout.frame import Path as Outline
from media_tools.layout.mirror import mirror
from media_tools.layout.page import STORY, Page
from media_tools.spec.geometry import Box, Point, Size

LINES = 2
"""Of a name or a role, at most."""
_START, _BOTTOM, _STORY_BOTTOM = 0.05, 0.12, 0.37  # of width and height
_NAME, _ROLE = 0.046, 0.029  # of the height, or of as much of it as a square frame and a tenth has
_NAME_TO_ROLE = 1.3  # at least: where the role is as small as is legible, the name still leads
_TALL = 1.1
_WIDEST = (0.80, 1.2)  # of width and height
_TRIES = ((1.0, 1), (0.92, 1), (0.85, 1), (1.0, 2), (0.92, 2), (0.85, 2), (0.75, 2))
"""Times the size, and on how many lines a name may stand: a smaller one on one line reads better than a broken one."""
_MARK = 0.57  # of the square that it stands on
_PAD_X, _PAD_Y, _APART = 0.5, 0.36, 0.10  # of the name's size
_PAPER = 0.97  # opacity
_GROWS, _TOLD_AFTER, _TOLD, _GOES = 0.32, 0.12, 0.16, 0.20  # seconds
_GO_EASE: Curve = ((0.4, 0.0), (1.0, 1.0))


@dataclass(frozen=True, slots=True)
class Laid:
    """A lower third as it stands, and where that is on the frame, on even px."""

    frame: Frame
    box: Box

    @property
    def placed(self) -> Placed:
        return Placed(Point(self.box.x, self.box.y), self.frame)


@dataclass(frozen=True, slots=True)
class Seen:
    """One that falls into the cut, with the film's frames in which it is seen."""

    laid: Laid
    when: range

    @property
    def standing(self) -> Standing:
        return Standing(self.when, self.laid.box)


def seen(thirds: Iterable[LowerThird], page: Page, time: FilmTime) -> tuple[Seen, ...]:
    """Those that fall into a film and have room in its frame, in the order in which they are shown."""
    found = []
    for third in thirds:
        for when in time.shown(third.start, third.end):
            with suppress(DoesNotFit):  # a clip is made without it, and a finding says so
                found.append(Seen(lay_out(third, page), when))
    return tuple(sorted(found, key=lambda each: each.when.start))


def lay_out(third: LowerThird, page: Page) -> Laid:
    """As large as the frame allows. Raises DoesNotFit where two lines each have no room at the smallest size."""
    return page.once(("lower third", third.name, third.role), lambda: _laid(third, page.on(page.brand.colours.paper)))


def words(third: LowerThird, page: Page) -> tuple[Paragraph, ...]:
    """What is read, whether it has room or not."""
    return tuple(page.set(text, style, page.size.width) for text, style in _told(third, page, 1.0))


def write_lower_thirds(
    thirds: Sequence[Seen], page: Page, frames: int, folder: Path, alive: Callable[[], None] = lambda: None
) -> Track | None:
    """PNGs and the list of when each is seen, to the frame; None where there is none.

    All are as large as the largest. `alive` is called before each; what it raises ends the work.
    """
    if not thirds:
        return None
    folder.mkdir()
    whole = reduce(Box.around, (third.laid.box for third in thirds))
    save_drawing(_clear(whole.size), folder / "none.png")
    entries: list[tuple[str, int]] = []
    position = 0
    for number, third in enumerate(thirds):
        if third.when.start > position:
            entries.append(("none.png", third.when.start - position))
        for step, (picture, count) in enumerate(_pictures(third, page)):
            alive()
            name = f"{number:02}.{step:02}.png"
            save_drawing(_within(whole, third.laid.box, picture), folder / name)
            entries.append((name, count))
        position = third.when.stop
    entries.append(("none.png", max(1, frames - position)))
    return Track(write_list(entries, folder / "lower_thirds.ffconcat"), Point(whole.x, whole.y))


def _laid(third: LowerThird, page: Page) -> Laid:
    free, size = Box.of(page.size).inset(page.safe), page.size
    start = max(free.x, size.width - free.right if page.right_to_left else 0, _START * size.width)
    end = max(size.width - free.right, free.x if page.right_to_left else 0)
    widest = min(size.width - start - end, *(share * side for share, side in zip(_WIDEST, size, strict=True)))
    mark = standing_mark(page)
    highest = max(free.y, mark.at.y + mark.item.size.height)
    foot = min((1 - (_STORY_BOTTOM if page.shape is STORY else _BOTTOM)) * size.height, free.bottom)
    for share, name_lines in _TRIES:
        frame = _frame(third, page, share, name_lines, widest)
        if frame and foot - frame.size.height >= highest:
            x = size.width - start - frame.size.width if page.right_to_left else start
            return Laid(frame, Box(_even(x), _even(foot - frame.size.height), *frame.size))
    raise DoesNotFit(f"The lower third of {third.name}", None, widest)


def _frame(third: LowerThird, page: Page, share: float, name_lines: int, widest: float) -> Frame | None:
    """None where a word or the lines are too many for the width."""
    told = _told(third, page, share)
    em = told[0][1].size
    side = _even(sum(style.size * style.leading for _text, style in told) + (2 * _PAD_Y + _APART) * em)
    room = widest - side - 2 * _PAD_X * em - 2
    if any(page.longest_word(text, style) > room for text, style in told):
        return None
    lines = [snug(page, text, style, room) for text, style in told]
    if any(each.lines > most for each, most in zip(lines, (name_lines, LINES), strict=False)):
        return None
    inner = sum(each.size.height for each in lines) + _APART * em * (len(lines) - 1)
    height = max(side, _even(inner + 2 * _PAD_Y * em) + 2)
    width = _even(side + max(each.size.width for each in lines) + 2 * _PAD_X * em) + 2
    size = Size(width, height)
    frame = Frame(size, (*_ground(page, size, side), *_column(lines, side, em, height)), "lower third")
    return mirror(frame) if page.right_to_left else frame


def _told(third: LowerThird, page: Page, share: float) -> list[tuple[str, TextStyle]]:
    unit = share * min(page.size.height, _TALL * page.size.width)
    role = replace(page.label, size=max(page.legible, _ROLE * unit), weight=400, colour=page.ground.quiet)
    name = replace(page.title(0), size=max(_NAME_TO_ROLE * role.size, _NAME * unit))
    return [(third.name, name), (third.role, role)] if third.role else [(third.name, name)]


def _ground(page: Page, size: Size, side: float) -> Iterator[Placed]:
    """Paper, and the mark on the accent at its start."""
    panel = Size(side, size.height)
    on_accent = page.on(page.brand.colours.accent)
    mark = mark_of(on_accent, _MARK * side)
    paper = Size(size.width - side, size.height)
    yield Placed(Point(side, 0), Outline(paper, _rectangle(paper), page.ground.colour, _PAPER))
    yield Placed(Point(0, 0), Fill(panel, on_accent.ground.colour))
    yield Placed(Point((side - mark.size.width) / 2, (size.height - mark.size.height) / 2), mark)


def _column(lines: Sequence[Paragraph], side: float, em: float, height: float) -> Iterator[Placed]:
    inner = sum(each.size.height for each in lines) + _APART * em * (len(lines) - 1)
    top = (height - inner) / 2
    for each in lines:
        yield Placed(Point(side + _PAD_X * em, top), each)
        top += each.size.height + _APART * em


class _Move(NamedTuple):
    """How much of a lower third there is in one picture: of its width, of its words, of all of it."""

    grown: float
    told: float
    there: float


def _pictures(third: Seen, page: Page) -> Iterator[tuple[Pixels, int]]:
    """What differs, and for how many frames it stands."""
    ground, letters = (drawn(third.laid.frame, page.type) for drawn in (draw_ground, draw_letters))
    moves = (_move(number, len(third.when)) for number in range(len(third.when)))
    for told, those in groupby(moves, key=lambda move: move.told):
        whole = ground.astype(np.uint16)
        over(whole, letters, told)
        for move, alike in groupby(those):
            yield _moved(whole, move, page), sum(1 for _each in alike)


def _move(number: int, frames: int) -> _Move:
    """At the middle of a frame's time, so that something of it is seen in the first and in the last of them."""
    gone, left = (number + 0.5) / FPS, (frames - number - 0.5) / FPS
    told = min(1.0, max(0.0, (gone - _TOLD_AFTER) / _TOLD))
    return _Move(eased(gone / _GROWS, TEXT_EASE), told, 1 - eased(1 - left / _GOES, _GO_EASE))


def _moved(whole: NDArray[np.uint16], move: _Move, page: Page) -> Pixels:
    """Uncovered from the start edge on, with as much of its opacity as there is."""
    width = whole.shape[1]
    come = round(move.grown * width)
    seen = slice(width - come, width) if page.right_to_left else slice(0, come)
    moved = np.zeros(whole.shape, np.uint8)
    moved[:, seen] = (whole[:, seen] * round(255 * move.there) + 127) // 255
    return moved


def _within(whole: Box, box: Box, picture: Pixels) -> Pixels:
    """The picture of `box` where it lies in `whole`."""
    pixels = _clear(whole.size)
    height, width = picture.shape[:2]
    left, top = int(box.x - whole.x), int(box.y - whole.y)
    pixels[top : top + height, left : left + width] = picture
    return pixels


def _clear(size: Size) -> Pixels:
    return np.zeros((int(size.height), int(size.width), 4), np.uint8)


def _rectangle(size: Size) -> str:
    return f"M0 0H{size.width:g}V{size.height:g}H0Z"


def _even(px: float) -> int:
    return int(px) // 2 * 2
