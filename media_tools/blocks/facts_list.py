from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import ClassVar, Literal, Self

from pydantic import Field

from media_tools.blocks import Block, Leaner, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Fill, Frame, Paragraph, Placed, TextStyle
from media_tools.layout.one_colour import in_one_colour, inked
from media_tools.layout.page import Page
from media_tools.spec import Spec, Words
from media_tools.spec.artwork import Artwork
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language

_STEPS = (4, 3, 2)  # of the type scale over the sentences, for the terms
_WIDEST_TERM = 0.45  # share of the width; wider terms stand over their sentences
_FEWEST = 2  # rows that still make a list
_TERM_LINES = 3  # where terms stand over their sentences
_SENTENCE_LINES = 6  # where sentences stand beside their terms
_GAP = 1.2  # base sizes between term and sentence
_TIGHTEST, _LOOSEST = 0.5, 1.5  # base sizes over and under what is in a row
_ICON = 1.0  # em of the term: as tall as its letters from top to tail
_ICON_GAP = 0.35  # em of the term between icon and term
_CAPITALS = 0.68  # em over the baseline, in the faces of brands we know
_SLACK = 1.015  # a term must never break, and its width is measured at one size for all


class FactRow(Spec):
    """One fact: a number or a short term, and the sentence that it stands for."""

    term: Words = Field(min_length=1, max_length=24, description="A number or a short term: 24 hours, 1 in 4.")
    sentence: Words = Field(min_length=1, max_length=160, description="One sentence that says what is so.")
    icon: Artwork | None = Field(
        default=None, description="A small drawing in one colour that stands for it, drawn in the page's."
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """Term and sentence at their places, without the space over and under them."""

    height: float
    baseline: float
    """Of the term's first line."""
    items: tuple[Placed, ...]


class FactsList(Block):
    """Two to five facts under one another, each after a number or a short term."""

    rank: ClassVar[int] = 45
    part: ClassVar[Part] = Part.CHART

    block: Literal["facts_list"] = "facts_list"
    rows: tuple[FactRow, ...] = Field(min_length=2, max_length=5, description="The facts, the main one first.")
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")

    @classmethod
    def example(cls) -> Self:
        rows = (
            ("lighthouse", "Day and night", "Nine ports keep a listening watch at every hour of the year."),
            ("clock", "8 minutes", "A boat leaves the quay within this time of a distress call."),
            ("boat", "1 in 3", "One call in three comes from a fishing boat with a broken engine."),
        )
        told = ({"term": term, "sentence": sentence, "icon": _drawn_by_us(icon)} for icon, term, sentence in rows)
        return cls.model_validate({"rows": tuple(told), "source": "Harbour Office, 2026"})

    def leaner(self) -> Leaner | None:
        if len(self.rows) <= _FEWEST:
            return super().leaner()
        return Leaner(25, self.model_copy(update={"rows": self.rows[:-1]}), f"fact “{self.rows[-1].term}”")

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def artworks(self) -> tuple[Artwork, ...]:
        return tuple(row.icon for row in self.rows if row.icon)

    def needs_source(self) -> bool:
        return any(character.isdigit() for row in self.rows for character in row.term + row.sentence)

    def described(self, language: Language, digits: str) -> tuple[str, ...]:  # noqa: ARG002
        return tuple(f"{row.term}: {row.sentence}" for row in self.rows)

    def spans(self) -> tuple[int, int]:
        return 4, 8

    def least(self, width: float, page: Page) -> float:
        return min(_height(rows, _TIGHTEST, page) for rows in self._set(width, page))

    def most(self, width: float, page: Page) -> float:
        return max(_height(_level(rows, inf), _LOOSEST, page) for rows in self._set(width, page))

    def layout(self, size: Size, page: Page) -> Frame:
        choices = self._set(size.width, page)
        rows = next((rows for rows in choices if _height(rows, _TIGHTEST, page) <= size.height + 0.5), None)
        if rows is None:
            raise DoesNotFit("The facts", self.least(size.width, page), size.height)
        rows = _level(rows, max(0, size.height - _height(rows, _TIGHTEST, page)))
        spare = max(0, size.height - _height(rows, _TIGHTEST, page))
        pad = min(page.gap(_LOOSEST), page.gap(_TIGHTEST) + spare / _pads(rows))
        return _drawn(rows, pad, Frame(size, name=self.block), page)

    def _set(self, width: float, page: Page) -> tuple[tuple[_Row, ...], ...]:
        """The rows at every step that they can take, best first. Raises DoesNotFit when there is none."""
        rows = page.once(("facts", self, width), lambda: tuple(self._arrangements(width, page)))
        if not rows:
            raise DoesNotFit("The facts", self._narrowest(page), width)
        return rows

    def _arrangements(self, width: float, page: Page) -> Iterator[tuple[_Row, ...]]:
        """Terms beside their sentences, then terms over them, each from the largest step down."""
        styles = [_term_style(step, page) for step in _STEPS]
        for style in styles:
            widest = max(_SLACK * page.width_of(_term(row, page), style) + 1 for row in self.rows)
            room = width - self._indent(style)
            if widest <= _WIDEST_TERM * room:
                yield from self._all(style, [_beside(row, style, widest, room, page) for row in self.rows], page)
        for style in styles:
            room = width - self._indent(style)
            yield from self._all(style, [_over(row, style, room, page) for row in self.rows], page)

    def _all(self, style: TextStyle, rows: Sequence[_Row | None], page: Page) -> Iterator[tuple[_Row, ...]]:
        """The rows after their icons, where every one of them can be set."""
        whole = [row for row in rows if row is not None]
        if len(whole) == len(rows):
            indent = self._indent(style)
            icons = (self._icon(index, style, page) for index in range(len(rows)))
            yield tuple(_after(icon, indent, row, style) for icon, row in zip(icons, whole, strict=True))

    def _indent(self, style: TextStyle) -> float:
        """Px at the start of every row, those too that have no icon, so that all terms share one edge."""
        return (_ICON + _ICON_GAP) * style.size if self.artworks() else 0

    def _icon(self, index: int, style: TextStyle, page: Page) -> Frame | None:
        """As large as a square of the term's height holds."""
        icon = self.rows[index].icon
        if icon is None:
            return None
        field, what = f"facts_list.rows[{index}].icon", f"the icon of “{self.rows[index].term}”"
        drawing = page.once(
            ("icon", self, index),
            lambda: in_one_colour(page.studio.artwork(icon.path), field, what, "Give a drawing in one colour."),
        )
        share = _ICON * style.size / max(drawing.size.width, drawing.size.height)
        size = Size(share * drawing.size.width, share * drawing.size.height)
        return inked(drawing, size, style.colour, "icon")

    def _narrowest(self, page: Page) -> float:
        """The width in px that the longest word needs."""
        style = _term_style(_STEPS[-1], page)
        terms = (page.longest_word(_term(row, page), style) for row in self.rows)
        return max(*terms, *(page.longest_word(row.sentence, page.label) for row in self.rows))


def _drawn_by_us(icon: str) -> dict[str, str]:
    return {"path": f"{icon}.svg", "credit": "Drawings: Attaché", "licence": "Apache-2.0"}


def _term_style(step: int, page: Page) -> TextStyle:
    return replace(page.title(step + page.shape.body_step), colour=page.ground.strong)


def _term(row: FactRow, page: Page) -> str:
    """The term, as an amount where it has no letters."""
    return row.term if any(character.isalpha() for character in row.term) else page.amount(row.term)


def _sentence(row: FactRow, width: float, page: Page) -> Paragraph | None:
    """The sentence; None where a word would break."""
    return balanced(page, row.sentence, page.label, width) if _whole(row.sentence, page.label, width, page) else None


def _whole(text: str, style: TextStyle, width: float, page: Page) -> bool:
    return page.longest_word(text, style) <= width


def _beside(row: FactRow, style: TextStyle, widest: float, width: float, page: Page) -> _Row | None:
    """The sentence after its term, first lines on one baseline; terms are at most `widest` px wide."""
    start = widest + page.gap(_GAP)
    sentence = _sentence(row, width - start, page)
    if sentence is None or sentence.lines > _SENTENCE_LINES:
        return None
    term = page.set(_term(row, page), style, widest)
    baseline = page.type.baseline(term)
    drop = baseline - page.type.baseline(sentence)
    at, under = Point(0, max(0, -drop)), Point(start, max(0, drop))
    height = max(at.y + term.size.height, under.y + sentence.size.height)
    return _Row(height, at.y + baseline, (Placed(at, term), Placed(under, sentence)))


def _over(row: FactRow, style: TextStyle, width: float, page: Page) -> _Row | None:
    if not _whole(_term(row, page), style, width, page):
        return None
    term, sentence = balanced(page, _term(row, page), style, width), _sentence(row, width, page)
    if sentence is None or term.lines > _TERM_LINES:
        return None
    top = term.size.height + 0.2 * page.base
    items = (Placed(Point(0, 0), term), Placed(Point(0, top), sentence))
    return _Row(top + sentence.size.height, page.type.baseline(term), items)


def _after(icon: Frame | None, indent: float, row: _Row, style: TextStyle) -> _Row:
    """The row `indent` px farther in, and its icon before it, level with the capitals of the term's first line."""
    items = tuple(Placed(Point(placed.at.x + indent, placed.at.y), placed.item) for placed in row.items)
    if icon is None:
        return replace(row, items=items)
    middle = row.baseline - _CAPITALS * style.size / 2
    at = Point((_ICON * style.size - icon.size.width) / 2, middle - icon.size.height / 2)
    return replace(row, items=(Placed(at, icon), *items))


def _pads(rows: Sequence[_Row]) -> int:
    """Over and under every row, but not under the last."""
    return 2 * len(rows) - 1


def _height(rows: Sequence[_Row], pad: float, page: Page) -> float:
    """The height in px with `pad` base sizes of air over and under what is in the rows."""
    return sum(row.height for row in rows) + _pads(rows) * page.gap(pad)


def _level(rows: Sequence[_Row], spare: float) -> tuple[_Row, ...]:
    """The rows made as equally high as `spare` px allow, the lowest first."""
    heights = sorted(row.height for row in rows)
    level = heights[-1]
    for count, higher in enumerate(heights):
        if sum(higher - height for height in heights[:count]) > spare:
            level = (sum(heights[:count]) + spare) / count
            break
    return tuple(replace(row, height=max(row.height, level)) for row in rows)


def _drawn(rows: Sequence[_Row], pad: float, into: Frame, page: Page) -> Frame:
    """A rule over the first row, a hairline over the others, and `pad` px over and under what is in each."""
    placed: list[Placed] = []
    top, width = 0.0, into.size.width
    for row in rows:
        rule = Fill(Size(width, page.hairline), page.ground.line) if placed else page.rule(width)
        placed.append(Placed(Point(0, top), rule))
        placed.append(Placed(Point(0, top + pad), Frame(Size(width, row.height), row.items, "fact")))
        top += row.height + 2 * pad
    return replace(into, size=Size(width, top - pad), items=tuple(placed))
