from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from media_tools.checks import Bench, Check, Examples, quoted
from media_tools.draw import Pixels
from media_tools.ink import SOLID, Ink, Places
from media_tools.layout.frame import Found, Frame, Paragraph, Placed, walk
from media_tools.made import FORMATS, Made
from media_tools.readback.ground import on_picture
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Point

_TOUCH = 2  # px that two inks may share: soft edges
_WHOLE = 250  # of 255: this much ink makes a px a letter's and nothing else's
_PIECE, _FEW = 1.0, 0.03  # em of a line that are looked at together, and em² of ink, below which they are not
_HIDDEN = 0.5  # of a piece
_ASTRAY = tuple((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1))  # px: documents are drawn by others
_BESIDE = 0.02  # of a paragraph's letters
_REMEDY = "Shorten these words in blocks or choose another theme, and report this page: layout should prevent it."


class Overlapping(Check):
    """No words lie on other words, on a mark or a code, or half on a shape, and nothing lies over words.

    The last is looked for in the finished file. Words that lie wholly in a bar or on a card are meant to.
    """

    code: ClassVar[str] = "overlapping"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        things = [ink for ink in (*made.letters, *made.marks) if ink.box]
        for one, other in combinations(things, 2):
            if shared := _shared(one, other):
                yield self.finding(f"{_called(one)} and {_called(other)} lie on one another: {shared} px.", _REMEDY)
        items = tuple(walk(made.page.frame))
        for ink in made.letters:
            if hidden := _hidden(ink, made):
                yield self.finding(f"Something lies over {hidden:.0%} of {_called(ink)}.", _REMEDY)
            elif (beside := _beside(ink, items, made)) > _BESIDE:
                yield self.finding(f"{_called(ink)} lies on the edge of a shape, {beside:.0%} on one side.", _REMEDY)

    def examples(self, bench: Bench) -> Examples:
        good = bench.make()
        frame = good.page.frame
        twice = Frame(frame.size, (Placed(Point(0, 0), frame), *_words_again(frame)), frame.name)
        return Examples(good, bench.with_frame(twice))


def _called(ink: Ink) -> str:
    match ink.found.item:
        case Paragraph(text=text):
            return quoted(text)
        case Frame(name=name):
            return f"the {name.replace('qr', 'QR code')}"
        case item:
            raise TypeError(f"{type(item).__name__} has no words and no name.")


def _shared(one: Ink, other: Ink) -> int:
    """How many px both cover; 0 for a touch."""
    both = one.box.overlap(other.box) if one.box and other.box else None
    if both is None:
        return 0
    shared = int(np.count_nonzero((one.within(both) >= SOLID) & (other.within(both) >= SOLID)))
    return shared if shared > _TOUCH else 0


def _hidden(ink: Ink, made: Made) -> float:
    """The share of a paragraph's letters in pieces of which half or more look like their ground in the file."""
    paragraph, size = ink.found.item, made.page.frame.size
    rows, columns = ink.pixels(size, _WHOLE)
    if not rows.size or not isinstance(paragraph, Paragraph):
        return 0
    letters, ground = (_light(layer[rows, columns]) for layer in (made.words, made.ground))
    lost = np.ones(rows.size, bool)
    for down, right in _ASTRAY if FORMATS[made.order.format].paged else ((0, 0),):
        light = _light(_seen(made, rows + down, columns + right))
        lost &= np.abs(light - letters) > np.abs(light - ground)
    if not lost.any():
        return 0
    em = max(run.style.size for run in paragraph.runs)
    places = (columns - columns.min()) // int(_PIECE * em)
    pieces = ink.lines(rows) * (int(places.max()) + 1) + places
    counts, losses = np.bincount(pieces), np.bincount(pieces, lost)
    hidden = (counts > _FEW * em**2) & (losses >= _HIDDEN * counts)
    return float(losses[hidden].sum() / rows.size)


def _seen(made: Made, rows: Places, columns: Places) -> Pixels:
    """What the file shows at places of the page; what lies past its edge is seen at the edge."""
    size, (height, width, _) = made.page.frame.size, made.finished.shape
    down = ((rows + 0.5) * height / size.height).astype(np.intp).clip(0, height - 1)
    right = ((columns + 0.5) * width / size.width).astype(np.intp).clip(0, width - 1)
    return np.asarray(made.finished[down, right])


def _light(pixels: Pixels) -> NDArray[np.float64]:
    """Luma of sRGB values, as JPEG has it."""
    return np.asarray(pixels[:, :3] @ np.array([0.299, 0.587, 0.114]))


def _beside(ink: Ink, items: Sequence[Found], made: Made) -> float:
    """The share of a paragraph's letters that stand on another colour than the rest; pictures have no one colour."""
    rows, columns = ink.pixels(made.page.frame.size, SOLID)
    ground = made.ground[rows, columns, :3].astype(np.int64)
    if not rows.size or not np.ptp(ground, axis=0).any() or on_picture(ink.found, items):
        return 0
    _, counts = np.unique(ground @ np.array([1 << 16, 1 << 8, 1]), return_counts=True)
    return float(1 - counts.max() / rows.size)


def _words_again(frame: Frame) -> Iterator[Placed]:
    """The page's words a second time, a little lower."""
    for found in walk(frame):
        if isinstance(found.item, Paragraph):
            yield Placed(Point(found.box.x, found.box.y + 0.5 * found.item.runs[0].style.size), found.item)
