"""The foot of every page: a hairline, who speaks at the start, who says so at the end."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from media_tools.layout.balance import balanced, snug
from media_tools.layout.frame import Align, Fill, Frame, Item, Paragraph, Path, Placed, TextStyle
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.geometry import Point, Size

_MARK = 2.5  # em of the names' size
_SMALL_MARK = 1.5
_GAP = 0.62  # em between mark and names
_NAMES = (0.60, 0.42)  # shares of the width that the names may take beside a source, the wider if it costs no height
_SOURCE_LINES = 3
_BROKEN = 1.5  # lines of height that it is worth to keep names whole


def footer(page: Page, source: str, width: float, partners: Sequence[Frame] = ()) -> Frame:
    """Lock-up and source under a hairline, with rows of partners' logos between."""
    rule = Fill(Size(width, page.hairline), page.ground.line)
    items: list[Item] = [rule, *partners, foot(page, source, width)]
    return stack(items, [page.gap(0.9)] * (len(items) - 1), width)


def foot(page: Page, source: str, width: float) -> Frame:
    """Lock-up and source side by side where that is not higher and breaks no name; else one above the other."""
    return page.measured(("foot", source, width), lambda: _foot(page, source, width))


def _foot(page: Page, source: str, width: float) -> Frame:
    whole, line = lock_up(page, width), page.small.size * page.small.leading
    under = _source(balanced(page, source, page.quiet, width))
    stacked = stack([_signed(page, whole, width), under], [page.gap(0.4)], width, "footer")
    costs = [(stacked.size.height, stacked)]
    narrower = [names for share in _NAMES if (names := lock_up(page, width * share)).size != whole.size]
    for names in [whole, *narrower] if whole.size.width <= _NAMES[0] * width else narrower:
        if apart := _side_by_side(page, source, width, names):
            broken = names.size.height > whole.size.height
            costs.append((apart.size.height + (_BROKEN * line if broken else 0), apart))
    return min(costs, key=lambda cost: cost[0])[1]


def _side_by_side(page: Page, source: str, width: float, names: Frame) -> Frame | None:
    beside = width - names.size.width - page.gutter
    if page.longest_word(source, page.quiet) > beside:
        return None
    lines = balanced(page, source, page.quiet, beside, Align.RIGHT)
    if lines.lines > _SOURCE_LINES:
        return None
    height = max(names.size.height, lines.size.height)
    signed = _signed(page, names, width - ceil(page.type.widest_line(lines)) - page.gutter)
    items = (
        Placed(Point(0, height - names.size.height), signed),
        Placed(Point(width - lines.size.width, height - lines.size.height), _source(lines)),
    )
    return Frame(Size(width, height), items, "footer")


def signature(page: Page, source: str, width: float) -> Frame:
    """The footer of covers: mark and ministry on one line, the source at its end or under it, no rule."""
    gap = 0.3 * page.base
    names = _beside_mark(page, [_ministry(page, width)], _SMALL_MARK)
    beside = width - names.size.width - page.gutter
    if page.width_of(source, page.quiet) <= beside:
        lines = page.set(source, page.quiet, beside, Align.RIGHT)
        at = Point(width - lines.size.width, (names.size.height - lines.size.height) / 2)
        return Frame(Size(width, names.size.height), (Placed(Point(0, 0), names), Placed(at, _source(lines))), "footer")
    lines = balanced(page, source, page.quiet, width)
    at = Point(0, names.size.height + gap)
    return Frame(
        Size(width, at.y + lines.size.height), (Placed(Point(0, 0), names), Placed(at, _source(lines))), "footer"
    )


def lock_up(page: Page, width: float) -> Frame:
    """Mark, ministry and mission, as wide as they are, at most `width` px."""
    lines = [_ministry(page, width)]
    if page.names.mission and not page.names.within:
        lines.append(snug(page, page.names.mission, _of_mission(page), _room(page, width)))
    return _beside_mark(page, lines, _MARK)


def _signed(page: Page, names: Frame, room: float) -> Frame:
    """A lock-up with the mission's name in it where that takes no room of its own: smaller, if it must be.

    The frame is as large as without; what is in it is at most `room` px wide.
    """
    if not (page.names.mission and page.names.within):
        return names
    mark, ministry = names.items
    start, style = ministry.at.x, _of_mission(page)
    lines = 1 + round(ministry.item.size.height / (style.size * style.leading))
    size = max(page.legible, min(style.size, names.size.height / lines / style.leading))
    wide = (room - start) / page.width_of(page.names.mission, style)
    own = replace(style, size=max(page.legible, min(size, 0.99 * wide * style.size)))
    first = replace(page.small, size=size, weight=600, colour=page.ground.strong, leading=_tight(page))
    upper = snug(page, page.names.ministry, first, ministry.item.size.width)
    lower = snug(page, page.names.mission, own, max(room - start, names.size.width - start))
    spare = names.size.height - upper.size.height - lower.size.height
    top = spare / 2 if spare > 0 else spare  # upwards, where there is a gap: below the page's margin begins
    below = Placed(Point(start, top + upper.size.height), lower)
    return replace(names, items=(mark, Placed(Point(start, top), upper), below))


def _of_mission(page: Page) -> TextStyle:
    return replace(page.quiet, size=_names_size(page), leading=_tight(page))


def mark_of(page: Page, side: float) -> Frame:
    """The ministry's mark, `side` px high, in one colour."""
    return page.measured(("mark", side), lambda: _mark_of(page, side))


def _mark_of(page: Page, side: float) -> Frame:
    mark = page.brand.mark
    paths = (Path(Size(side, side), data, page.ground.strong, scale=side / mark.view_box) for data in mark.paths)
    return Frame(Size(side, side), tuple(Placed(Point(0, 0), path) for path in paths), "mark")


def _ministry(page: Page, width: float) -> Paragraph:
    style = replace(page.small, size=_names_size(page), weight=600, colour=page.ground.strong, leading=_tight(page))
    return snug(page, page.names.ministry, style, _room(page, width))


def _beside_mark(page: Page, lines: list[Paragraph], mark: float) -> Frame:
    em = _names_size(page)
    side, text = mark * em, sum(line.size.height for line in lines)
    height, start = max(side, text), (mark + _GAP) * em
    placed = [Placed(Point(0, (height - side) / 2), mark_of(page, side))]
    top = (height - text) / 2
    for line in lines:
        placed.append(Placed(Point(start, top), line))
        top += line.size.height
    return Frame(Size(start + max(line.size.width for line in lines), height), tuple(placed), "lockup")


def _room(page: Page, width: float) -> float:
    return width - (_MARK + _GAP) * _names_size(page)


def _names_size(page: Page) -> float:
    """Who speaks is set larger than what they say it from, where the page has two sizes for that."""
    return page.step(-1)


def _tight(page: Page) -> float:
    return page.small.leading * 1.2 / 1.32


def _source(lines: Paragraph) -> Frame:
    return Frame(lines.size, (Placed(Point(0, 0), lines),), "source")
