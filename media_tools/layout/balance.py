"""Line breaks of headlines and notes: even lines, no word alone, no number parted from its noun."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import ceil, inf
from typing import NamedTuple

from media_tools.layout.breaks import Piece, as_wide, pieces
from media_tools.layout.dictionary import divided_by_dictionary
from media_tools.layout.frame import Align, Paragraph, TextStyle
from media_tools.layout.page import Page
from media_tools.spec.geometry import Size
from media_tools.spec.language import Parting

_ORPHAN = 0.3  # share of the width that the last line should reach
_ORPHAN_COST = 100.0  # in squared shares of the width, for each share that it lacks: more than all else together
_SLACK = 0.5  # px: to so much are widths known
_SURE = 0.98  # of the width: large type is measured less closely


def balanced(page: Page, text: str, style: TextStyle, width: float, align: Align = Align.LEFT) -> Paragraph:
    """Set `text` on as few lines as `width` allows, as even as they can be."""
    return page.measured(("balanced", text, style, width, align), lambda: _balanced(page, text, style, width, align))


def balanced_lines(page: Page, text: str, style: TextStyle, width: float) -> int:
    """On how many lines balanced text stands; they are counted, not set, where no other count is in question."""
    if page.language.script.parting is not Parting.DICTIONARY and "\n" not in text:
        _, measured = _pieces(page, text, style)
        fewest, most = (_fewest(measured, room / style.size)[0] for room in (width + _SLACK, _sure(width)))
        if fewest == most and max(part.right - part.left for part in measured) * style.size <= _sure(width):
            return fewest
    return balanced(page, text, style, width).lines


def snug(page: Page, text: str, style: TextStyle, width: float) -> Paragraph:
    """Balanced text whose box is no wider than its longest line."""
    whole = page.measured(("snug", text, style), lambda: _snug(page, text, style, page.size.width))
    return whole if whole.lines == 1 and whole.size.width <= width else _snug(page, text, style, width)


def _snug(page: Page, text: str, style: TextStyle, width: float) -> Paragraph:
    lines = balanced(page, text, style, width)
    return replace(lines, size=Size(min(width, ceil(page.type.widest_line(lines)) + 1), lines.size.height))


def _balanced(page: Page, text: str, style: TextStyle, width: float, align: Align) -> Paragraph:
    if page.language.script.parting is Parting.DICTIONARY:
        divided = (divided_by_dictionary(page, line, style, width) for line in text.split("\n"))
        return page.set("\n".join(divided), style, width, align)
    parts = [_divided(page, line, style, width) for line in text.split("\n")]
    lines = [line for part in parts for line in part.lines]
    known = all(part.known for part in parts)
    return page.set_lines(lines, style, width, align) if known else page.set("\n".join(lines), style, width, align)


class _Divided(NamedTuple):
    """Lines, and whether each is known to be narrower than its room."""

    lines: list[str]
    known: bool


class _Measured(NamedTuple):
    """Where a piece of text begins and ends in em were all on one line, and what a line costs that ends with it."""

    left: float
    right: float
    cost: float


def _divided(page: Page, text: str, style: TextStyle, width: float) -> _Divided:
    """The lines of `text`; the whole as one where it must break in a word."""
    parts, measured = _pieces(page, text, style)
    for room in (width + _SLACK, width - _SLACK, _SURE * width):
        ends = _cheapest(measured, room / style.size, width / style.size)
        spans = list(zip((0, *ends), ends, strict=False))
        lines = [_line(parts[start:end]) for start, end in spans]
        longest = style.size * max((measured[end - 1].right - measured[start].left for start, end in spans), default=0)
        if ends and longest <= _sure(width):
            return _Divided(lines, known=True)
        if ends and page.set("\n".join(lines), style, width).lines == len(ends):
            return _Divided(lines, known=False)
    return _Divided([text], known=False)


def _line(parts: Sequence[Piece]) -> str:
    return "".join([part.text + part.space for part in parts]).rstrip(" ")


def _sure(width: float) -> float:
    """What a line measures at most, in px, that is narrower than `width` for certain."""
    return _SURE * width - _SLACK


def _pieces(page: Page, text: str, style: TextStyle) -> tuple[list[Piece], list[_Measured]]:
    face = (style.families, style.weight, style.tracking)
    return page.type.once(
        ("pieces", text, *face, page.language.tag, page.right_to_left),
        lambda: _measured(page, text, replace(style, size=1)),
    )


def _measured(page: Page, text: str, style: TextStyle) -> tuple[list[Piece], list[_Measured]]:
    """The pieces of `text` as they are written and as they are measured, the same in every width and size."""
    parts = pieces(text, page.language)
    space = page.width_of("n n", style) - page.width_of("nn", style)
    measured, left = [], 0.0
    for part in parts:
        right = left + page.width_of(as_wide(part.text), style)
        measured.append(_Measured(left, right, part.cost))
        left = right + space * len(part.space)
    return parts, measured


def _fewest(parts: Sequence[_Measured], room: float) -> list[int]:
    """On how many lines the text from each piece on stands when each line holds as much as it can."""
    fewest, end = [0] * (len(parts) + 1), len(parts)
    for start in range(len(parts) - 1, -1, -1):
        while end > start + 1 and parts[end - 1].right - parts[start].left > room:
            end -= 1
        fewest[start] = 1 + fewest[end]
    return fewest


def _cheapest(parts: Sequence[_Measured], room: float, width: float) -> tuple[int, ...]:
    """After which pieces lines end when they are as few and as even as can be; empty where a piece is too wide."""
    if parts[-1].right <= room:
        return (len(parts),)
    fewest = _fewest(parts, room)
    count = fewest[0]
    even = parts[-1].right / count

    def uneven(length: float) -> float:
        return ((even - length) / width) ** 2

    @cache
    def cheapest(start: int, lines: int) -> tuple[float, tuple[int, ...]]:
        if fewest[start] > lines:
            return (inf, ())
        if lines == 1:
            length = parts[-1].right - parts[start].left
            lacking = max(0.0, _ORPHAN - length / width) if start else 0.0
            return (uneven(length) + _ORPHAN_COST * lacking, (len(parts),)) if length <= room else (inf, ())
        best: tuple[float, tuple[int, ...]] = (inf, ())
        for end in range(start + 1, len(parts) - lines + 2):
            length = parts[end - 1].right - parts[start].left
            if length > room:
                break
            rest, ends = cheapest(end, lines - 1)
            cost = uneven(length) + parts[end - 1].cost + rest
            if cost < best[0]:
                best = (cost, (end, *ends))
        return best

    return cheapest(0, count)[1]
