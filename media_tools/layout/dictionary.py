"""Line breaks of Thai, Lao, Khmer and Burmese, whose words only Skia's dictionary knows.

The binding tells how many lines there are, never where they end. So that is told by their ink: set far apart, a line is
as wide as the part of the text that stands on it.
"""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import replace

from media_tools.layout.breaks import JOINER
from media_tools.layout.frame import TextStyle
from media_tools.layout.page import Page

_ORPHAN = 0.3  # share of the longest line that the last should reach
_APART = 3  # em between lines: no mark of one reaches the next
_BEARING = 0.15  # em by which ink and advance may differ
_SYLLABLES_END = re.compile("[\u1000-\u1021]\u1037?[\u1039\u103a]")  # no Burmese word begins so, though ICU has some
_STACKERS = frozenset("\u1039\u17d2")  # signs that put what follows under what was before


def divided_by_dictionary(page: Page, text: str, style: TextStyle, width: float) -> str:
    """`text` with its line ends: as few as `width` allows, the longest line as short as it can be."""
    lines = _narrowest(page, text, style, width)
    for start in [line for line in lines[1:] if _SYLLABLES_END.match(line)]:
        lines = _narrowest(page, text.replace(start, f"{JOINER}{start}"), style, width)
    if len(lines) > 1 and _last_share(page, lines, style) < _ORPHAN:
        joined = _narrowest(page, _with_last_joined(text, lines[-1]), style, width)
        if len(joined) == len(lines) and _last_share(page, joined, style) > _last_share(page, lines, style):
            lines = joined
    broken = "\n".join(lines)
    return broken if JOINER in text else broken.replace(JOINER, "")


def _narrowest(page: Page, text: str, style: TextStyle, width: float) -> list[str]:
    """The lines of `text` in the smallest width, to the px, that keeps their number."""
    count = page.set(text, style, width).lines
    if count == 1:
        return [text]
    low, high = max(width / count, page.longest_word(text, style) - 1), width  # narrower, words would be torn
    while high - low > 1:
        middle = (low + high) / 2
        if page.set(text, style, middle).lines > count:
            low = middle
        else:
            high = middle
    return _lines(page, text, style, high)


def _lines(page: Page, text: str, style: TextStyle, width: float) -> list[str]:
    """The lines that Skia makes of `text`; the whole as one where ink does not tell them."""
    style = replace(style, leading=_APART)
    widths = [right - left for left, right in page.type.inked(page.set(text, style, width))]
    lines, rest = [], text
    for reached in widths[:-1]:
        line = _part(page, rest, style, reached)
        lines.append(line)
        rest = rest.removeprefix(line).lstrip(" ")
    lines.append(rest)
    told = [right - left for left, right in page.type.inked(page.set("\n".join(lines), style, width))]
    same = len(told) == len(widths) and all(
        abs(a - b) < _BEARING * style.size for a, b in zip(told, widths, strict=True)
    )
    return lines if same else [text]


def _part(page: Page, text: str, style: TextStyle, reached: float) -> str:
    """The beginning of `text` that is nearest to `reached` px wide."""

    def lacking(end: int) -> float:
        return page.width_of(text[:end].rstrip(" "), style) - reached

    ends = [end for end in range(1, len(text) + 1) if _between_letters(text, end)]
    nearest = bisect_left(ends, 0.0, key=lacking)
    end = min(ends[max(0, nearest - 1) : nearest + 1] or ends[-1:], key=lambda end: abs(lacking(end)))
    return text[:end].rstrip(" ")


def _between_letters(text: str, place: int) -> bool:
    """Whether no mark at `place` belongs to a letter before it."""
    if place == len(text):
        return True
    return unicodedata.category(text[place])[0] != "M" and text[place - 1] not in _STACKERS


def _last_share(page: Page, lines: list[str], style: TextStyle) -> float:
    widths = [page.width_of(line, style) for line in lines]
    return widths[-1] / max(widths)


def _with_last_joined(text: str, last: str) -> str:
    """The text with its last line joined to the word before it, so that both go to the next line."""
    before = text.removesuffix(last)
    return f"{before.rstrip(' ')}\u00a0{last}" if before.endswith(" ") else f"{before}{JOINER}{last}"
