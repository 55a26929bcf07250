"""A page that is wider than high: words beside their evidence, or over evidence that wants the whole width."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row, column, ease, eased_height, hung, least_height
from media_tools.layout.frame import Frame, Placed
from media_tools.layout.page import Page
from media_tools.pages import MOST_WORTH, Choice, Content, best, heads, may_be_best, rows_of, worth
from media_tools.spec.geometry import Point, Size

_GAP = 1.3  # of the base size, between blocks
_WORDS = 5 / 11  # of the width: words, beside evidence
_FEW_WORDS, _WORDS_BESIDE_CALLS = 0.36, 0.62  # the same beside evidence that is broad, and beside what is not
_UNSUITED = 2.5  # steps of the headline that a plan is worth less which is not the one for its kind of evidence
_UNDER = 0.5  # of the growth they can use, that blocks under the words get


class _Plan(NamedTuple):
    """Which blocks stand where."""

    side: tuple[Block, ...]
    """Beside the headline, at the end."""
    under: tuple[Block, ...]
    """Under the headline, as wide as it is."""
    below: tuple[Block, ...] = ()
    """Under all that, as wide as the page."""
    words: float = _WORDS
    """The headline's share of the width."""


class _Rows(NamedTuple):
    """A plan with its blocks as rows, and the part of the page with the headline, up to what stands beside it."""

    side: list[Row]
    under: list[Row]
    below: list[Row]
    upper: Size


def across(content: Content, page: Page, size: Size) -> Frame:
    """Headline and blocks in the plan that is worth most, and on which something leads.

    Raises DoesNotFit where none has room.
    """
    choices: list[Choice] = []
    plans = list(_plans(content))
    for plan in sorted(plans, key=lambda plan: _unsuited(plan, content)):  # the likely ones first: they spare the rest
        if choices and not may_be_best(MOST_WORTH - _unsuited(plan, content), choices):
            continue
        with suppress(DoesNotFit):  # a word is too wide for this plan
            choices += _choices(plan, content, page, size)
    if not choices:
        raise DoesNotFit("The page", None, size.height)
    head, rest = best(choices)
    return Frame(size, (Placed(Point(0, 0), head), *rest.items))


def _plans(content: Content) -> Iterator[_Plan]:
    evidence, calls = content.evidence, content.of(Part.CALL)
    figures = tuple(block for block in evidence if block.part is Part.FIGURES)
    shown = tuple(block for block in evidence if block.part is not Part.FIGURES)
    yield _Plan(evidence, calls)
    if any(block.broad() for block in shown):
        yield _Plan(evidence, calls, words=_FEW_WORDS)
    if figures and shown:
        yield _Plan(shown, (*figures, *calls))
        yield _Plan(shown, calls, figures)
    if len(evidence) > 1:
        yield _Plan(evidence[:1], (*evidence[1:], *calls))
    if figures and shown:
        yield _Plan((*figures, *calls), (), shown)
    if evidence:
        yield _Plan(calls, (), evidence)


def _choices(plan: _Plan, content: Content, page: Page, size: Size) -> Iterator[Choice]:
    """The plan with every headline that leaves the blocks room. Raises DoesNotFit where a block is too wide for it."""
    gap, width = page.gap(_GAP), _words_width(plan, size.width)
    start = width + 1.5 * page.gutter
    side, under = rows_of(plan.side, size.width - start, page), rows_of(plan.under, width, page)
    below = rows_of(plan.below, size.width, page)
    calls = all(block.part is Part.CALL for block in plan.side)  # what lies below is then not mere support
    main, unsuited = _lies(plan) or calls, _unsuited(plan, content)
    for step, head in enumerate(heads(content, page, width)):
        words = head.size.height + (least_height(under, page.base) + gap if under else 0)
        needed = max(words, least_height(side, gap))
        high = size.height - (least_height(below, gap) + gap if below else 0)
        grows_below = bool(below) and main
        growth = ease(below, gap, size.height - needed - gap) if grows_below else ease(side or under, gap, high)
        if needed <= high and growth >= 0:
            rows = _Rows(side, under, below, Size(start, needed if grows_below else high))
            yield Choice(worth(step, growth) - unsuited, head, partial(_around, rows, head.size, page, size))


def _lies(plan: _Plan) -> bool:
    """Whether evidence lies below the words."""
    return any(block.part is not Part.FIGURES for block in plan.below)


def _unsuited(plan: _Plan, content: Content) -> float:
    return _UNSUITED if _lies(plan) != any(block.broad() for block in content.blocks) else 0


def _around(rows: _Rows, head: Size, page: Page, size: Size) -> Frame:
    """What stands beside and under a headline of a size, and below all that."""
    gap, upper = page.gap(_GAP), rows.upper
    placed = [Placed(Point(upper.width, 0), hung(rows.side, Size(size.width - upper.width, upper.height), gap))]
    if rows.under:
        low = min(upper.height - head.height - gap, eased_height(rows.under, page.base, _UNDER))
        feet = column(rows.under, Size(head.width, low), page.base)
        placed.append(Placed(Point(0, upper.height - low), feet))
    if rows.below:
        rest = Size(size.width, size.height - upper.height - gap)
        placed.append(Placed(Point(0, upper.height + gap), column(rows.below, rest, gap)))
    return Frame(size, tuple(placed))


def _words_width(plan: _Plan, width: float) -> float:
    if not plan.side:
        return width
    calls = all(block.part is Part.CALL for block in plan.side)
    return (_WORDS_BESIDE_CALLS if calls else plan.words) * width
