"""Line breaks of headlines and notes: even lines, no word alone, no number parted from its noun."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import ceil

from media_tools.layout.frame import Align, Paragraph, TextStyle
from media_tools.layout.page import Page, lines_of
from media_tools.spec.geometry import Size

_ORPHAN = 0.3  # share of the longest line that the last must reach
_ORPHAN_COST, _NUMBER_COST, _SHORT_WORD_COST = 1.0, 0.3, 0.02  # in squared shares of the width


def balanced(page: Page, text: str, style: TextStyle, width: float, align: Align = Align.LEFT) -> Paragraph:
    """Set `text` on as few lines as `width` allows, as even as they can be."""
    return page.once(("balanced", text, style, width, align), lambda: _balanced(page, text, style, width, align))


def _balanced(page: Page, text: str, style: TextStyle, width: float, align: Align) -> Paragraph:
    if not page.language.script.spaced:
        return _narrowed(page, text, style, width, align)
    words = text.split(" ")
    widths = [page.width_of(word, style) for word in words]
    space = page.width_of("n n", style) - page.width_of("nn", style)
    lines = _greedy(widths, space, width)
    breaks = _breaks(widths, words, space, width, lines)
    even = page.set("\n".join(" ".join(words[a:b]) for a, b in breaks), style, width, align)
    return even if breaks and lines_of(even) == lines else page.set(text, style, width, align)


def _greedy(widths: Sequence[float], space: float, width: float) -> int:
    """How many lines the words take when each line holds as many as it can."""
    lines, used = 1, -space
    for word in widths:
        if used + space + word > width and used > 0:
            lines, used = lines + 1, -space
        used += space + word
    return lines


def snug(page: Page, text: str, style: TextStyle, width: float) -> Paragraph:
    """Balanced text whose box is no wider than its longest line."""
    lines = balanced(page, text, style, width)
    return replace(lines, size=Size(min(width, ceil(page.type.widest_line(lines)) + 1), lines.size.height))


def _narrowed(page: Page, text: str, style: TextStyle, width: float, align: Align) -> Paragraph:
    """The text in the smallest width, to the px, that keeps its number of lines: for scripts without spaces."""
    plain = page.set(text, style, width, align)
    lines = lines_of(plain)
    if lines == 1:
        return plain
    low, high = width / lines, width
    while high - low > 1:
        middle = (low + high) / 2
        if lines_of(page.set(text, style, middle, align)) > lines:
            low = middle
        else:
            high = middle
    return page.set(text, style, high, align)


def _breaks(
    widths: Sequence[float], words: Sequence[str], space: float, width: float, lines: int
) -> list[tuple[int, int]]:
    """The cheapest division of the words into `lines` lines; empty when there is none."""
    infinite = float("inf")

    def line(start: int, end: int) -> float:
        return sum(widths[start:end]) + space * (end - start - 1)

    even = line(0, len(words)) / lines

    @cache
    def cheapest(start: int, left: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if left == 1:
            length = line(start, len(words))
            if length > width or start == len(words):
                return infinite, ()
            orphan = _ORPHAN_COST if length < _ORPHAN * even else 0.0
            return ((even - length) / width) ** 2 + orphan, ((start, len(words)),)
        best: tuple[float, tuple[tuple[int, int], ...]] = (infinite, ())
        for end in range(start + 1, len(words) - left + 2):
            length = line(start, end)
            if length > width:
                break
            rest, tail = cheapest(end, left - 1)
            cost = ((even - length) / width) ** 2 + _end_cost(words[end - 1]) + rest
            if cost < best[0]:
                best = (cost, ((start, end), *tail))
        return best

    return list(cheapest(0, lines)[1])


def _end_cost(word: str) -> float:
    """What it costs to end a line with `word`: a number waits for its noun, a short word for the next."""
    if any(character.isdigit() for character in word):
        return _NUMBER_COST
    return _SHORT_WORD_COST if len(word) <= 3 and word.isalpha() else 0.0
