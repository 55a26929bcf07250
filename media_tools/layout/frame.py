"""The closed set of things a page is made of. Layout makes them, renderers draw them, tests read them as text."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Box, Point, Size


@dataclass(frozen=True, slots=True)
class Stop:
    """One colour of a gradient: where (share of the way) and how opaque (0 to 1)."""

    at: float
    opacity: float


@dataclass(frozen=True, slots=True)
class Gradient:
    """One colour whose opacity changes along a line from `start` to `end` (shares of the filled box)."""

    colour: Colour
    start: Point
    end: Point
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Fill:
    """A rectangle of one colour or gradient."""

    size: Size
    paint: Colour | Gradient


@dataclass(frozen=True, slots=True)
class Path:
    """SVG path data in units of `scale` px, from the top left; filled, or a line when `stroke` is a width in px."""

    size: Size
    data: str
    colour: Colour
    opacity: float = 1
    stroke: float | None = None
    scale: float = 1
    flipped: bool = False
    """Drawn as in a mirror, left and right exchanged inside its box."""
    even_odd: bool = False
    """Whether what the path encloses twice is a hole."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """The part `crop` (shares of the whole picture) of the picture named `picture`, filling `size`."""

    size: Size
    picture: str
    crop: Box


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How letters look: `size` and `leading` x `size` are px, `tracking` is em."""

    families: tuple[str, ...]
    size: float
    weight: int
    leading: float
    colour: Colour
    tracking: float = 0


class Run(NamedTuple):
    text: str
    style: TextStyle


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Measured text; `right_to_left` is the direction of its words, `align` where its lines stand."""

    size: Size
    runs: tuple[Run, ...]
    language: str
    right_to_left: bool
    align: Align = Align.LEFT

    @property
    def text(self) -> str:
        return "".join([run.text for run in self.runs])

    @property
    def lines(self) -> int:
        """How many it stands on."""
        largest = max((run.style for run in self.runs), key=lambda style: style.size)
        return round(self.size.height / (largest.size * largest.leading))


type Item = Fill | Path | Photograph | Paragraph | Frame


@dataclass(frozen=True, slots=True)
class Placed:
    at: Point
    item: Item


@dataclass(frozen=True, slots=True)
class Frame:
    """A group of items, each at a place, drawn in order. `name` says what it shows, for tests and checks."""

    size: Size
    items: tuple[Placed, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An item with its box on the page and the names of the groups around it, outermost first."""

    box: Box
    item: Item
    names: tuple[str, ...]


def walk(frame: Frame, at: Point = Point(0, 0), names: tuple[str, ...] = ()) -> Iterator[Found]:  # noqa: B008
    """Every item of the page in drawing order, groups before what is in them."""
    yield Found(Box(at.x, at.y, frame.size.width, frame.size.height), frame, names)
    inner = (*names, frame.name) if frame.name else names
    for placed in frame.items:
        place = Point(at.x + placed.at.x, at.y + placed.at.y)
        match placed.item:
            case Frame() as group:
                yield from walk(group, place, inner)
            case item:
                yield Found(Box(place.x, place.y, item.size.width, item.size.height), item, inner)


def dump(frame: Frame) -> str:
    """The page as indented text, a line an item, whole px."""
    return "\n".join(_lines(Placed(Point(0, 0), frame), ""))


def _lines(placed: Placed, indent: str) -> Iterator[str]:
    yield f"{indent}{placed.at.x:.0f},{placed.at.y:.0f} {_label(placed.item)}"
    if isinstance(placed.item, Frame):
        for child in placed.item.items:
            yield from _lines(child, indent + "  ")


def _label(item: Item) -> str:
    size = f"{item.size.width:.0f}x{item.size.height:.0f}"
    match item:
        case Frame(name=name):
            return f"frame {size} {name}".rstrip()
        case Fill(paint=Gradient(colour=colour)):
            return f"fill {size} {colour} gradient"
        case Fill(paint=colour):
            return f"fill {size} {colour}"
        case Path(colour=colour):
            return f"path {size} {colour}"
        case Photograph(picture=picture):
            return f"photo {size} {picture}"
        case Paragraph(runs=runs, align=align):
            style = runs[0].style
            return f"text {size} {item.text!r} {style.size:.0f}px {style.weight} {style.colour} {align}"
