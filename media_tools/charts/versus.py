"""Sentences in two columns under rules: how things were, quiet, and how they are, in ink."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf

from media_tools.layout.balance import balanced
from media_tools.layout.frame import Fill, Frame, Item, Paragraph, Placed, TextStyle
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.geometry import Point, Size

_LOOKS = ((4, 2), (3, 1), (2, 0))  # steps of the type scale over labels: of headings, and of sentences
_BETWEEN = 1.5  # gutters between the columns
_RULE = 0.0033  # of the short side
_PAD, _HEAD_GAP = 0.5, 0.35  # em: over and under sentences, under headings
_LINES = 6  # at most, of a sentence, but at the smallest size
_NARROWER = (0.94, 0.88, 0.82, 0.76, 0.7)  # shares of the column in which a sentence may take as many lines as another

type Pair = tuple[str, str]


def column_width(width: float, page: Page) -> float:
    return (width - _BETWEEN * page.gutter) / 2


def versus(heads: Pair | None, rows: Sequence[Pair], width: float, page: Page) -> tuple[Frame, ...]:
    """The columns at every size that the width allows, largest first; without heads, at the size of labels alone.

    Where words are wider than a column, what has a head stands under it, the past over the present.
    """
    return page.once(
        ("versus", heads, tuple(rows), width),
        lambda: tuple(_beside(heads, rows, width, page)) or tuple(_under(heads, rows, width, page)),
    )


def narrowest(heads: Pair | None, rows: Sequence[Pair], page: Page) -> float:
    """The width in px that the longest words need."""
    head_style, style = _styles(*_LOOKS[-1], page)
    words = [page.longest_word(text, style) for row in rows for text in row]
    widest = max(*words, *(page.longest_word(text, head_style) for text in heads or ()))
    return widest if heads else 2 * widest + _BETWEEN * page.gutter


def _beside(heads: Pair | None, rows: Sequence[Pair], width: float, page: Page) -> Iterator[Frame]:
    column = column_width(width, page)
    for look in _LOOKS if heads else _LOOKS[-1:]:
        head_style, style = _styles(*look, page)
        most = _LINES if look != _LOOKS[-1] else inf
        titles = [_even(heads, head_style, column, most, page)] if heads else []
        pairs = [*titles, *(_even(row, style, column, most, page) for row in rows)]
        whole = tuple(pair for pair in pairs if pair is not None)
        if len(whole) == len(pairs):
            yield _drawn(whole, len(titles), width, page)


def _under(heads: Pair | None, rows: Sequence[Pair], width: float, page: Page) -> Iterator[Frame]:
    """Both sides at the smallest size, one under the other."""
    head_style, style = _styles(*_LOOKS[-1], page)
    if not heads or narrowest(heads, rows, page) > width:
        return
    items: list[Item] = []
    gaps: list[float] = []
    for index, colour in enumerate((page.ground.quiet, page.ground.text)):
        rule = Fill(Size(width, _heavy(page)), colour)
        looks = (replace(head_style, colour=colour), *[replace(style, colour=colour)] * len(rows))
        texts = (heads[index], *(row[index] for row in rows))
        lines = [balanced(page, text, look, width) for text, look in zip(texts, looks, strict=True)]
        items += [rule, *lines]
        gaps += [page.gap(_PAD), page.gap(_HEAD_GAP), *[page.gap(_PAD)] * (len(rows) - 1), page.gap(2 * _PAD)]
    yield stack(items, gaps[:-1], width, "versus")


def _styles(head: int, sentence: int, page: Page) -> tuple[TextStyle, TextStyle]:
    under = page.shape.body_step
    return page.title(head + under), replace(page.label, size=page.step(sentence + under))


def _even(pair: Pair, style: TextStyle, width: float, most: float, page: Page) -> tuple[Paragraph, Paragraph] | None:
    """Both texts in as many lines, if they can be; None where a word would break or lines are too many."""
    if max(page.longest_word(text, style) for text in pair) > width:
        return None
    before, after = (balanced(page, text, style, width) for text in pair)
    lines = max(before.lines, after.lines)
    if lines > most:
        return None
    quiet = replace(style, colour=page.ground.quiet)
    return _in_lines(lines, pair[0], quiet, width, page), _in_lines(lines, pair[1], style, width, page)


def _in_lines(lines: int, text: str, style: TextStyle, width: float, page: Page) -> Paragraph:
    """The text in as many lines, or in as few as it takes where that would leave them too short."""
    whole = balanced(page, text, style, width)
    narrower = (share * width for share in _NARROWER if whole.lines < lines)
    fitting = (room for room in narrower if page.longest_word(text, style) <= room)
    tried = (page.set_runs(list(balanced(page, text, style, room).runs), width) for room in fitting)
    return next((each for each in tried if each.lines == lines), whole)


def _drawn(pairs: Sequence[tuple[Paragraph, Paragraph]], titles: int, width: float, page: Page) -> Frame:
    """Headings under heavy rules, and a hairline over each sentence that follows another."""
    start = width - column_width(width, page)
    placed: list[Placed] = []
    top = 0.0
    for index, (before, after) in enumerate(pairs):
        pad = _PAD * max(run.style.size for run in pairs[-1][0].runs) * page.shape.tight
        if index == 0 and titles:
            placed += _rules(_heavy(page), (page.ground.quiet, page.ground.text), top, width, page)
            top += pad
        elif index > titles:
            top += pad
            placed += _rules(page.hairline, (page.ground.line, page.ground.line), top, width, page)
            top += pad
        placed += [Placed(Point(0, top), before), Placed(Point(start, top), after)]
        top += max(before.size.height, after.size.height) + (_HEAD_GAP / _PAD * pad if index < titles else 0)
    return Frame(Size(width, top), tuple(placed), "versus")


def _heavy(page: Page) -> float:
    return page.heavy if page.ruled else max(2, round(_RULE * page.short))


def _rules(thick: float, colours: Pair, top: float, width: float, page: Page) -> tuple[Placed, Placed]:
    size = Size(column_width(width, page), thick)
    before, after = (Fill(size, colour) for colour in colours)
    return Placed(Point(0, top), before), Placed(Point(width - size.width, top), after)
