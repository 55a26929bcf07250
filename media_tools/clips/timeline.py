"""A laid-out page over time: which parts come when, and how. What stands in the end is the page itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import Self
from unicodedata import east_asian_width

from media_tools.blocks.key_figures import KeyFigures
from media_tools.clips.motion import COUNT_EASE, LINE_EASE, TEXT_EASE, Curve, eased
from media_tools.infographic import BLOCKS, LaidOut
from media_tools.layout.frame import Fill, Frame, Item, Paragraph, Path, Photograph, Placed, Run
from media_tools.layout.page import Page
from media_tools.spec.figure import Figure, Notation
from media_tools.spec.geometry import Point, Size

SHORTEST, LONGEST = 6.0, 20.0  # seconds of a clip
_TEXT, _RULE, _BAR, _LINE, _COUNT, _DOTS = 0.36, 0.40, 0.70, 1.10, 0.90, 0.60  # seconds: ART.md, Motion
_STAGGER, _BAR_STAGGER, _MOST_GROUPS = 0.08, 0.06, 5
_VALUE_AFTER = 0.45  # seconds after its bar began: the bar is nearly there, and its value comes to its end
_TITLE_FIRST = 0.30  # seconds between a chart's title and its shapes
_PAUSE = 0.35  # seconds between two blocks
_LEAST_HOLD, _WORDS_A_SECOND = 1.5, 3.0
_LETTERS_A_WORD, _WIDE_LETTER = 6, 3  # the space included; a Chinese character says as much as three letters
_EXACT_FROM = 0.8  # of a count: what is left of it shows the figure as it is written
_LARGE = 0.3  # of the page: what covers more is a ground
_LEAST_COUNTED = 10  # fewer would be seen one by one, each as a wrong amount
_YEARS = range(1000, 2200)  # a number that may be a year is not an amount that grows
_FIGURE_SPACE = "\u2007"
_BLOCKS = frozenset({*BLOCKS, "headline"})
_STANDING = frozenset({"folio", "footer", "meridians", "mark", "lockup", "source", "qr", "page marks"})
"""Who speaks, and what a telephone is pointed at, stand still from the first picture on."""
_GROWING = frozenset({"bar", "column", "progress"})


class Way(StrEnum):
    """How a part comes."""

    STANDS = "stands"
    FADE = "fade"
    RISE = "rise"
    """It fades in while it rises a little."""
    TO_RIGHT = "to right"
    TO_LEFT = "to left"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Count:
    """A figure on its way up, in the digits and places of its last value."""

    figure: Figure
    page: Page
    written: str

    def at(self, share: float) -> str:
        """What is read when `share` of the time is gone: as wide as the figure itself, so that nothing beside moves."""
        if share >= _EXACT_FROM:
            return self.written
        done = Decimal(str(eased(share / _EXACT_FROM, COUNT_EASE)))
        places = Decimal(1).scaleb(min(0, int(self.figure.value.normalize().as_tuple().exponent)))
        value = (self.figure.value * done).quantize(places)
        shown = self.figure.model_copy(update={"value": value}).written(self.page.language, self.page.digits).digits
        return self.page.amount(shown).rjust(len(self.written), _FIGURE_SPACE)


@dataclass(frozen=True, slots=True)
class Step:
    """Parts of the page, each where it stands in the end, that come together."""

    items: tuple[Placed, ...]
    way: Way = Way.STANDS
    start: float = 0
    seconds: float = 0
    curve: Curve | None = TEXT_EASE
    count: Count | None = None

    @property
    def end(self) -> float:
        return self.start + self.seconds

    def share(self, second: float) -> float:
        """How much of it has come, 0 to 1."""
        if not self.seconds:
            return 1.0
        gone = min(1.0, max(0.0, (second - self.start) / self.seconds))
        return eased(gone, self.curve) if self.curve else gone

    def shown(self, second: float) -> tuple[Placed, ...]:
        """Its parts as they are at `second`: a figure that counts reads otherwise until it is there."""
        gone = (second - self.start) / self.seconds if self.seconds else 1.0
        if self.count is None or gone >= 1:
            return self.items
        return tuple(Placed(placed.at, _read(placed.item, self.count.at(max(0.0, gone)))) for placed in self.items)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Steps in drawing order; whatever has come stays."""

    size: Size
    steps: tuple[Step, ...]
    wanted: float
    """Seconds in which everything comes and is read."""

    @property
    def settled(self) -> float:
        """The second from which on nothing moves."""
        return max((step.end for step in self.steps), default=0.0)

    @property
    def seconds(self) -> float:
        return min(LONGEST, max(SHORTEST, self.wanted))


def timeline(laid: LaidOut) -> Timeline:
    """Blocks come in reading order, each when the one before was read; inside a block words come, then shapes grow."""
    leaves = _leaves(laid.frame, Point(0, 0), _Where(), laid.frame.size)
    parts = [(beat, list(group)) for beat, group in groupby(leaves, key=lambda leaf: leaf.where.beat)]
    counted = _counted(laid)
    coming = [_Coming.of(group, laid.page, counted) for beat, group in parts if beat is not None]
    begins = iter(_begins(coming))
    steps: list[Step] = []
    for beat, group in parts:
        if beat is None:
            steps.append(Step(tuple(leaf.placed for leaf in group)))
        else:
            steps += _beat(group, next(begins), laid.page, counted)
    wanted = _PAUSE + sum(block.seconds + block.pause for block in coming[:-1])
    return Timeline(laid.frame.size, tuple(steps), wanted + sum(block.seconds + block.hold for block in coming[-1:]))


@dataclass(frozen=True, slots=True)
class _Coming:
    """One block: how long it comes, and how long it is read."""

    seconds: float
    read: float

    @classmethod
    def of(cls, group: list["_Leaf"], page: Page, counted: Count | None) -> Self:
        words = sum(_words(leaf.placed.item) for leaf in group)
        return cls(max(step.end for step in _beat(group, 0.0, page, counted)), words / _WORDS_A_SECOND)

    @property
    def pause(self) -> float:
        """Seconds before the next block: what is there already is read while the rest of it comes."""
        return max(_PAUSE, self.read - self.seconds)

    @property
    def hold(self) -> float:
        """Seconds in which it stands as the last one."""
        return max(_LEAST_HOLD, self.read)


def _begins(coming: list[_Coming]) -> Iterator[float]:
    """When each block begins; where a clip has no time for all of the reading, the pauses are shorter alike."""
    pauses = sum(block.pause for block in coming[:-1])
    spare = LONGEST - _PAUSE - sum(block.seconds for block in coming) - sum(block.hold for block in coming[-1:])
    scale = min(1.0, max(0.0, spare) / pauses) if pauses else 1.0
    begin = _PAUSE
    for block in coming:
        yield begin
        begin += block.seconds + max(_PAUSE, scale * block.pause)


@dataclass(frozen=True, slots=True)
class _Where:
    """Around a leaf: its block (none for what stands), its group in it, and the names of the frames."""

    beat: tuple[int, ...] | None = None
    group: int = 0
    names: tuple[str, ...] = ()
    hangs: bool = False
    """Whether its column hangs from the base line."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    placed: Placed
    where: _Where


def _leaves(frame: Frame, at: Point, where: _Where, page: Size, path: tuple[int, ...] = ()) -> Iterator[_Leaf]:
    for number, placed in enumerate(frame.items):
        place, here = Point(at.x + placed.at.x, at.y + placed.at.y), (*path, number)
        inside = where if where.beat is None or len(path) != len(where.beat) else replace(where, group=number)
        if isinstance(placed.item, Frame):
            yield from _leaves(placed.item, place, _entered(placed.item, inside, here, page), page, here)
        elif where.beat is None and "standing" not in where.names and _comes(placed.item, page):
            yield _Leaf(Placed(place, placed.item), replace(where, beat=here))
        else:
            yield _Leaf(Placed(place, placed.item), inside)


def _entered(frame: Frame, where: _Where, path: tuple[int, ...], page: Size) -> _Where:
    name = frame.name
    if name in _STANDING or (name == "photo" and _large(frame, page)):
        return replace(where, beat=None, names=(*where.names, "standing"))
    inside = replace(where, names=(*where.names, name), hangs=name == "column" and _hangs(frame))
    starts = name in _BLOCKS and where.beat is None and "standing" not in where.names
    return replace(inside, beat=path) if starts else inside


def _hangs(column: Frame) -> bool:
    """Whether its amount stands under it."""
    fills = [placed.at.y for placed in column.items if isinstance(placed.item, Fill)]
    words = [placed.at.y for placed in column.items if isinstance(placed.item, Paragraph)]
    return bool(fills and words) and min(words) > min(fills)


def _comes(item: Item, page: Size) -> bool:
    """Whether a part that belongs to no block comes with the rest: letters and pictures do, grounds stand."""
    return not _large(item, page) and isinstance(item, Paragraph | Photograph)


def _large(item: Item, page: Size) -> bool:
    return item.size.width * item.size.height > _LARGE * page.width * page.height


def _beat(leaves: list[_Leaf], begin: float, page: Page, counted: Count | None) -> Iterator[Step]:
    """One block's steps, in drawing order."""
    numbers: list[int] = []
    bars, grown, drawn = 0, begin, False
    for together, group in groupby(leaves, key=lambda leaf: (leaf.where, _kind(leaf))):
        where, kind = together
        parts = tuple(leaf.placed for leaf in group)
        if where.group not in numbers:
            numbers.append(where.group)
        text = begin + min(len(numbers) - 1, _MOST_GROUPS - 1) * _STAGGER
        late = begin + _TITLE_FIRST + _LINE - _TEXT if drawn else text
        across = Way.TO_LEFT if page.right_to_left else Way.TO_RIGHT
        if kind == "bar":
            upright = "column" in where.names
            grown = begin + _TITLE_FIRST + bars * _BAR_STAGGER
            bars += 1
            way = across if not upright else Way.DOWN if where.hangs else Way.UP
            yield Step(parts, way, grown, _BAR)
        elif kind == "line":
            drawn = True
            yield Step(parts, across, begin + _TITLE_FIRST, _LINE, LINE_EASE)
        elif kind == "dots":
            yield Step(parts, across, begin + _TITLE_FIRST, _DOTS, None)
        elif kind == "rule":
            yield Step(parts, across, begin, _RULE)
        elif kind == "ground":
            yield Step(parts, Way.FADE, late, _TEXT)
        elif kind == "value":
            yield Step(parts, Way.FADE, grown + _VALUE_AFTER, _TEXT)
        elif counted and any(_reads(placed.item, counted.written) for placed in parts):
            yield from _counting(parts, text, counted)
        else:
            yield Step(parts, Way.RISE, late, _TEXT)


def _kind(leaf: _Leaf) -> str:
    """What a leaf is to the eye; leaves of one kind that follow each other come together."""
    names, item = leaf.where.names, leaf.placed.item
    inner = names[-1] if names else ""
    growing = not _GROWING.isdisjoint(names)
    match item:
        case Photograph():
            return "ground"
        case Fill() if growing and inner in _GROWING:
            return "bar"
        case Fill(size=size) if size.height < 0.02 * size.width:
            return "rule"
        case Fill():
            return "ground"
        case Paragraph() if inner in ("bar", "column") and _is_value(leaf):
            return "value"
        case Path(size=size) if "lines" in names and size.width != size.height:  # a disc marks where it ends
            return "line"
        case Path() if inner == "dots":
            return "dots"
        case _:
            return "words"


def _is_value(leaf: _Leaf) -> bool:
    """Amounts are set in a heavier weight than the names of bars."""
    item = leaf.placed.item
    return isinstance(item, Paragraph) and ("column" in leaf.where.names or item.runs[0].style.weight >= 600)


def _counting(parts: tuple[Placed, ...], start: float, count: Count) -> Iterator[Step]:
    for placed in parts:
        if _reads(placed.item, count.written):
            yield Step((placed,), Way.FADE, start, _COUNT, count=count)
        else:
            yield Step((placed,), Way.RISE, start, _TEXT)


def _counted(laid: LaidOut) -> Count | None:
    """The page's one figure that counts: the first amount; years, ratios and percentages never do."""
    blocks = (block for block in laid.shown.blocks if isinstance(block, KeyFigures))
    figure = next((figure for block in blocks for figure in block.figures), None)
    if figure is None or figure.notation is not Notation.NUMBER or figure.value < _LEAST_COUNTED:
        return None
    written = figure.written(laid.page.language, laid.page.digits)
    ratio = any(character.isdigit() for character in figure.unit)
    if written.magnitude or ratio or (figure.value in _YEARS and not figure.unit):
        return None
    return Count(figure, laid.page, laid.page.amount(written.digits))


def _reads(item: Item, digits: str) -> bool:
    return isinstance(item, Paragraph) and item.runs[0].text == digits


def _read(item: Item, digits: str) -> Item:
    if not isinstance(item, Paragraph):
        return item
    first, *others = item.runs
    return replace(item, runs=(Run(digits, first.style), *others))


def _words(item: Item) -> float:
    """By letters, since what stands between two spaces is a syllable in Vietnamese and a sentence in Japanese."""
    if not isinstance(item, Paragraph):
        return 0.0
    return sum(_WIDE_LETTER if east_asian_width(letter) in "WF" else 1.0 for letter in item.text) / _LETTERS_A_WORD
