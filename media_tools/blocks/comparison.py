from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from media_tools.blocks import Block, Leaner, Part
from media_tools.charts.levels import Level, levels, levels_least, levels_most
from media_tools.charts.versus import narrowest, versus
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Frame
from media_tools.layout.heading import heading
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec import Spec, Words
from media_tools.spec.figure import Figure
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language

_GAP = 0.9  # of the base size, between the blocks and the sentences


class Change(Spec):
    """One thing as it was and as it is."""

    before: Words = Field(min_length=1, max_length=120, description="How it was, in one sentence.")
    after: Words = Field(min_length=1, max_length=120, description="How it is, in a sentence about as long.")


class Comparison(Block):
    """Before and after, side by side: two amounts as heights, or sentences in two columns, or both."""

    rank: ClassVar[int] = 55
    part: ClassVar[Part] = Part.CHART

    block: Literal["comparison"] = "comparison"
    before: Words = Field(
        min_length=1, max_length=40, description="The earlier time or state: 2019, Before the reform."
    )
    after: Words = Field(min_length=1, max_length=40, description="The later time or state: 2026, Since the reform.")
    before_figure: Figure | None = Field(
        default=None, description="The earlier amount, zero or more, in the same unit as the later one."
    )
    after_figure: Figure | None = Field(
        default=None, description="The later amount, zero or more, in the same unit as the earlier one."
    )
    rows: tuple[Change, ...] = Field(
        default=(), max_length=4, description="What changed, a row each, the most telling first."
    )
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")

    @model_validator(mode="after")
    def _comparable(self) -> Self:
        figures = [figure for figure in (self.before_figure, self.after_figure) if figure]
        if not figures and not self.rows:
            raise ValueError("before and after hold nothing to compare. Give both figures, or rows.")
        if len(figures) == 1:
            raise ValueError("one figure alone compares nothing. Give before_figure and after_figure, or neither.")
        negative = next((figure for figure in figures if figure.value < 0), None)
        if negative:
            raise ValueError(
                f"a height starts at zero, and {negative.value} lies under it. Give amounts of zero or more."
            )
        if len({(figure.unit, figure.notation) for figure in figures}) > 1:
            raise ValueError("the figures have two units, so their heights mean nothing. Give both in the same unit.")
        return self

    @classmethod
    def example(cls) -> Self:
        label, source = "calls answered within ten minutes", "Harbour Office, 2026"
        return cls.model_validate(
            {
                "before": "2019",
                "after": "2026",
                "before_figure": {"value": 48, "notation": "percent", "label": label, "source": source},
                "after_figure": {"value": 91, "notation": "percent", "label": label, "source": source},
                "rows": [
                    {
                        "before": "Calls went to one office on weekdays.",
                        "after": "Nine ports answer at every hour.",
                    }
                ],
            }
        )

    def leaner(self) -> Leaner | None:
        if len(self.rows) > (0 if self.before_figure else 1):
            what = f"row “{self.rows[-1].after}”"
            return Leaner(28, self.model_copy(update={"rows": self.rows[:-1]}), what)
        return super().leaner()

    def sources(self) -> tuple[str, ...]:
        figures = (figure.source for figure in (self.before_figure, self.after_figure) if figure)
        return tuple(source for source in (*figures, self.source) if source)

    def needs_source(self) -> bool:
        return self.before_figure is not None

    def fully_sourced(self) -> bool:
        figures = [figure for figure in (self.before_figure, self.after_figure) if figure]
        return bool(self.source) or (bool(figures) and all(figure.source for figure in figures))

    def described(self, language: Language, digits: str) -> tuple[str, ...]:
        figures = ((self.before, self.before_figure), (self.after, self.after_figure))
        said = (f"{time}: {figure.said(language, digits)}" for time, figure in figures if figure)
        rows = (f"{self.before}: {row.before} {self.after}: {row.after}" for row in self.rows)
        return (*said, *rows)

    def spans(self) -> tuple[int, int]:
        return 5, 8

    def least(self, width: float, page: Page) -> float:
        rest, texts = self._rest(width, page), self._texts(width, page)
        if self.before_figure:
            return rest + levels_least(*self._levels(page), width, page)
        return rest + min(text.size.height for text in texts)

    def most(self, width: float, page: Page) -> float:
        rest, texts = self._rest(width, page), self._texts(width, page)
        if self.before_figure:
            return rest + levels_most(*self._levels(page), width, page)
        return rest + max(text.size.height for text in texts)

    def layout(self, size: Size, page: Page) -> Frame:
        least = self.least(size.width, page)
        if least > size.height + 0.5:
            raise DoesNotFit("The comparison", least, size.height)
        room = max(least, size.height) - self._rest(size.width, page)
        if self.before_figure:
            both = self._levels(page)
            drawn = levels(*both, Size(size.width, min(room, levels_most(*both, size.width, page))), page)
            parts = [drawn, *self._texts(size.width, page)]
        else:
            parts = [next(text for text in self._texts(size.width, page) if text.size.height <= room + 0.5)]
        body = stack(parts, [page.gap(_GAP)] * (len(parts) - 1), size.width)
        head = self._head(size.width, page)
        return stack([head, body] if head.items else [body], [0] if head.items else [], size.width, self.block)

    def _rest(self, width: float, page: Page) -> float:
        """The height in px of the title, and of sentences that stand under the two heights."""
        under = self._texts(width, page) if self.before_figure else ()
        return self._head(width, page).size.height + sum(page.gap(_GAP) + text.size.height for text in under)

    def _head(self, width: float, page: Page) -> Frame:
        """The title under its rule; columns of sentences begin with rules of their own."""
        return heading(page, self._title(page), width) if self.before_figure else Frame(Size(width, 0))

    def _texts(self, width: float, page: Page) -> tuple[Frame, ...]:
        """The sentences at each size, largest first; at one size where heights stand over them, and none for none.

        Raises DoesNotFit where the width is too small for them.
        """
        if not self.rows:
            return ()
        heads = None if self.before_figure else (self.before, self.after)
        rows = [(row.before, row.after) for row in self.rows]
        texts = versus(heads, rows, width, page)
        if not texts:
            raise DoesNotFit("The comparison", narrowest(heads, rows, page), width)
        return texts

    def _title(self, page: Page) -> str:
        """What both amounts count, where that is the same."""
        labels = {_label(figure, page) for figure in (self.before_figure, self.after_figure) if figure}
        return labels.pop() if len(labels) == 1 else ""

    def _levels(self, page: Page) -> tuple[Level, Level]:
        if not (self.before_figure and self.after_figure):
            raise TypeError("Levels need two figures.")
        titled = bool(self._title(page))
        figures = ((self.before, self.before_figure), (self.after, self.after_figure))
        older, newer = (Level(time, figure, "" if titled else _label(figure, page)) for time, figure in figures)
        return older, newer


def _label(figure: Figure, page: Page) -> str:
    """What the amount counts, and when, where the page does not say so."""
    return f"{figure.label} ({figure.as_of})" if figure.as_of and figure.as_of != page.date else figure.label
