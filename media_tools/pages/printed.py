"""A page of paper: the headline over rows of blocks on twelve columns, each block under a rule, feet of rows level."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.footer import footer
from media_tools.layout.frame import Frame, Item, Paragraph, Placed
from media_tools.layout.grid import COLUMNS, Grid, Piece
from media_tools.layout.page import SCALE, Page
from media_tools.layout.rows import CALM, LIVELY, Measure, Paper, Pattern, Plan, arranged, plans
from media_tools.layout.stack import stack
from media_tools.pages import Content, row_of
from media_tools.spec.geometry import Point, Size

_GUTTER = 1.55  # base sizes between columns
_GAP, _LOOSEST = 1.9, 2.8  # base sizes between a block and the rule under it
_KICKER_GAP, _STANDFIRST_GAP, _HEAD_GAP, _FOOT_GAP = 1.3, 0.9, 1.7, 1.8  # base sizes
_TITLE = 8  # columns of a title with its standfirst beside it
_GOOD = 0.5  # of what a block can grow: it then looks as it should
_PICTURE = (0.12, 0.20, 0.35)  # of the page's height: a picture at least, as it should be, at most
_WIDE, _TALL = 1.5, 0.8  # width to height of a picture as it should be, and at its tallest
_SMALLER_TITLE = 0.006  # strain of a step, where that of a page left empty is 1
_HIGH, _HIGH_HEAD = 0.17, 0.15  # of the page's height: a headline from there on strains it, by this share of the rest
_STANDFIRST_UNDER = 0.012  # strain of a standfirst that is not beside its title
_SMALLER_TYPE = 0.03  # strain of type one size smaller
_EASY = 0.09  # strain for which no more is tried
_HALF = 7  # columns in which blocks are measured to choose the type
_CROWDED = 0.85  # of the page's height: more than blocks may take in them
_MIDDLE = 0.85  # of the usual size: type that may be smaller than that has a size between

type Opening = Callable[[Content, Page, float], Frame]
"""What stands over the title, so many px wide."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A headline, and a plan for the blocks in the px of height that it leaves."""

    page: Page
    head: Frame
    plan: Plan
    room: float
    strain: float


def printed(content: Content, page: Page, opening: Opening) -> tuple[Placed, ...]:
    """Headline, blocks and footer. Raises DoesNotFit when they have no room in type that is as small as is legible."""
    sheets: list[_Sheet] = []
    for smaller, set_in in enumerate(_pages(content, page)):
        for patterns in (CALM, LIVELY):
            found = _sheets(content, set_in, opening, patterns)
            sheets += (replace(sheet, strain=sheet.strain + smaller * _SMALLER_TYPE) for sheet in found)
            if sheets and min(sheet.strain for sheet in sheets) <= _EASY:
                break
        if sheets:
            return _laid(min(sheets, key=lambda sheet: sheet.strain), content)
    raise DoesNotFit("The page", None, page.box.height)


def _pages(content: Content, page: Page) -> list[Page]:
    """The page as blocks are to see it, in type from the largest that does not crowd them down to the smallest."""
    least = min(1.0, page.legible * SCALE**-page.shape.small_step / page.base)
    sizes = (1.0, sqrt(least), least) if least < _MIDDLE else (1.0, least)
    ruled = [_ruled(page, size) for size in sizes]
    uncrowded = next((index for index, each in enumerate(ruled) if not _crowded(content, each)), len(ruled) - 1)
    return ruled[uncrowded:]


def _ruled(page: Page, size: float) -> Page:
    """The page with a rule over each block and type of a share of the usual size."""
    shape = replace(page.shape, base=size * page.shape.base)
    return page.once(("ruled", size), lambda: replace(page, shape=shape, ruled=True))


def _crowded(content: Content, page: Page) -> bool:
    """Whether the blocks in half the width each, as high as they should be, take more than the page has for them."""
    measure, paper = _measure(content, page), _paper(page)
    pieces = (measure(number, _HALF) for number in range(len(content.body)))
    wanted = sum(piece.columns / COLUMNS * (piece.good + paper.gap) for piece in pieces if piece)
    return wanted > _CROWDED * page.box.height


def _sheets(content: Content, page: Page, opening: Opening, patterns: Sequence[Pattern]) -> Iterator[_Sheet]:
    """The least strained plan under every headline that leaves the blocks room."""
    paper = _paper(page)
    choices = plans(len(content.body), _measure(content, page), paper, patterns)
    below = _foot(content, page).size.height + _FOOT_GAP * page.base
    for head, strain in _heads(content, page, opening):
        room = page.box.height - head.size.height - (_HEAD_GAP * page.base if content.body else 0) - below
        fitting = [plan for plan in choices if plan.least <= room]
        if fitting:
            plan = min(fitting, key=lambda plan: plan.strained(room, paper))
            yield _Sheet(page, head, plan, room, strain + plan.strained(room, paper))


def _paper(page: Page) -> Paper:
    return Paper(Grid(page.box.width, _GUTTER * page.base), _GAP * page.base, page.box.height)


def _measure(content: Content, page: Page) -> Measure:
    """Each block as a piece of the page at so many columns."""
    grid = _paper(page).grid

    def measure(number: int, columns: int) -> Piece | None:
        block = content.body[number]
        return page.once(("piece", block, columns), lambda: _piece(block, columns, grid, page))

    return measure


def _piece(block: Block, columns: int, grid: Grid, page: Page) -> Piece | None:
    fewest, widest = block.spans()
    if columns < fewest:
        return None
    used = min(columns, widest)
    width = grid.span(used)
    try:
        row = row_of(block, width, page)
    except DoesNotFit:
        return None
    least, most, spare = row.least, row.most, grid.span(columns) - width
    good = least + _GOOD * (most - least)
    if block.part is Part.PICTURE:
        low, fair, high = (share * page.size.height for share in _PICTURE)
        most = min(high, width / _TALL)
        good = min(most, max(fair, width / _WIDE))
        least = min(good, max(row.least, low))

    def fill(height: float) -> Frame:
        frame = row.fill(min(height, most))
        return _ruled_on(frame, spare, page) if spare and block.part is not Part.PICTURE else frame

    return Piece(least, good, most, fill, used, loose=block.part is Part.CALL)


def _ruled_on(frame: Frame, spare: float, page: Page) -> Frame:
    """A block with its rule drawn `spare` px further, over what it leaves of its columns."""
    width = frame.size.width
    rule = Placed(Point(width, 0), page.rule(spare))
    return Frame(Size(width + spare, frame.size.height), (Placed(Point(0, 0), frame), rule))


def _heads(content: Content, page: Page, opening: Opening) -> Iterator[tuple[Frame, float]]:
    """Opening, title and standfirst at every step of the title, with the strain of it."""
    width = page.box.width
    over = opening(content, page, width)
    for number, step in enumerate(page.shape.title_steps):
        words = _words(content, page, step)
        if words is not None:
            head = stack([over, words], [_KICKER_GAP * page.base], width, "headline")
            high = head.size.height / page.size.height - _HIGH
            under = _STANDFIRST_UNDER if len(words.items) > 1 and words.items[1].at.x == 0 else 0
            yield head, _SMALLER_TITLE * number + _HIGH_HEAD * max(0, high) + under


def _words(content: Content, page: Page, step: int) -> Frame | None:
    """Title, and the standfirst beside its foot where it is not higher, else under it; None where words break."""
    grid, headline = _paper(page).grid, content.headline
    start = grid.start(_TITLE)
    title = headline.title(page, step, grid.span(_TITLE))
    lines = headline.standfirst_lines(page, grid.width - start)
    if title is not None and lines is not None and lines.size.height <= title.size.height:
        drop = max(0, _last_baseline(title, page) - _last_baseline(lines, page))
        height = max(title.size.height, drop + lines.size.height)
        return Frame(Size(grid.width, height), (Placed(Point(0, 0), title), Placed(Point(start, drop), lines)))
    title = headline.title(page, step, grid.width)
    if title is None:
        return None
    below = headline.standfirst_lines(page, grid.width)
    items: list[Item] = [title, *([below] if below else [])]
    return stack(items, [_STANDFIRST_GAP * page.base] * (len(items) - 1), grid.width)


def _foot(content: Content, page: Page) -> Frame:
    width = page.box.width
    return footer(page, content.source_line, width, content.partners(page, width))


def _last_baseline(lines: Paragraph, page: Page) -> float:
    """Px from the top of a paragraph's box to its last baseline."""
    return page.type.baseline(lines) + lines.size.height * (1 - 1 / lines.lines)


def _laid(sheet: _Sheet, content: Content) -> tuple[Placed, ...]:
    page, box = sheet.page, sheet.page.box
    low = _foot(content, page)
    placed = [Placed(Point(box.x, box.y), sheet.head), Placed(Point(box.x, box.bottom - low.size.height), low)]
    if content.body:
        body = arranged(sheet.plan, _measure(content, page), _paper(page), _LOOSEST * page.base)
        top = box.y + sheet.head.size.height + _HEAD_GAP * page.base
        placed.insert(1, Placed(Point(box.x, top), replace(body.fill(sheet.room), name="body")))
    return tuple(placed)
