from typing import ClassVar, Literal, Self

from pydantic import Field

from media_tools.blocks import Block, Leaner, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Frame, Item, Paragraph
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec import Words
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language

_MORE_LINES = 2  # than usual, at the smallest step: a long headline is better than none
_WIDEST = 22  # em: a longer line is hard to follow
_WIDEST_STANDFIRST = 34  # em


class Headline(Block):
    """The statement itself, with a word over it that says what it belongs to."""

    rank: ClassVar[int] = 100
    part: ClassVar[Part] = Part.HEADLINE

    block: Literal["headline"] = "headline"
    text: Words = Field(min_length=1, max_length=140, description="One sentence that says what is so.")
    short: Words = Field(default="", max_length=60, description="The same in a few words, for covers and small frames.")
    kicker: Words = Field(default="", max_length=40, description="The campaign or subject, over the headline.")
    standfirst: Words = Field(default="", max_length=200, description="One more sentence, where there is room.")

    @classmethod
    def example(cls) -> Self:
        return cls(
            kicker="Open harbour",
            text="Nine ports now answer distress calls in under ten minutes",
            short="Nine ports, ten minutes",
            standfirst="The coastal network has halved its response time since it began.",
        )

    def described(self, language: Language, digits: str) -> tuple[str, ...]:  # noqa: ARG002
        return tuple(words for words in (self.text, self.standfirst) if words)

    def leaner(self) -> Leaner | None:
        if self.standfirst:
            return Leaner(10, self.model_copy(update={"standfirst": ""}), "standfirst")
        if self.short and self.short != self.text:
            return Leaner(95, self.model_copy(update={"text": self.short, "short": ""}), "long form of the headline")
        if self.kicker:
            return Leaner(98, self.model_copy(update={"kicker": ""}), "kicker")
        return None

    def least(self, width: float, page: Page) -> float:
        return min(frame.size.height for frame in self._at_each_step(width, page))

    def most(self, width: float, page: Page) -> float:
        return max(frame.size.height for frame in self._at_each_step(width, page))

    def layout(self, size: Size, page: Page) -> Frame:
        frames = self._at_each_step(size.width, page)
        fitting = [frame for frame in frames if frame.size.height <= size.height + 0.5]
        if not fitting:
            raise DoesNotFit("The headline", min(frame.size.height for frame in frames), size.height)
        return fitting[0]

    def title(self, page: Page, step: int, width: float) -> Paragraph | None:
        """The headline at a step of the scale, balanced; None where a word would break or lines are too many."""
        return self._title(self.text, page, step, width)

    def kicker_line(self, page: Page, width: float) -> Paragraph | None:
        return page.set(page.headed(self.kicker), page.kicker, width) if self.kicker else None

    def standfirst_lines(self, page: Page, width: float) -> Paragraph | None:
        if not self.standfirst:
            return None
        return balanced(page, self.standfirst, page.standfirst, min(width, _WIDEST_STANDFIRST * page.standfirst.size))

    def _title(self, text: str, page: Page, step: int, width: float) -> Paragraph | None:
        return page.measured(("title", text, step, width), lambda: self._set_title(text, page, step, width))

    def _set_title(self, text: str, page: Page, step: int, width: float) -> Paragraph | None:
        style = page.title(step)
        measure = min(width, _WIDEST * style.size)
        if page.longest_word(text, style) > measure:
            return None
        title = balanced(page, text, style, measure)
        more = _MORE_LINES if step <= page.shape.title_steps[-1] else 0
        return title if title.lines <= page.shape.title_lines + more else None

    def _at_each_step(self, width: float, page: Page) -> list[Frame]:
        """The whole block at every step it can take, largest first."""
        kicker, standfirst = self.kicker_line(page, width), self.standfirst_lines(page, width)
        frames = []
        for step in page.shape.title_steps:
            title = self.title(page, step, width)
            if title is not None:
                items: list[Item] = [item for item in (kicker, title, standfirst) if item]
                gaps = [0.6 * page.base] * (kicker is not None) + [0.8 * page.base] * (standfirst is not None)
                frames.append(stack(items, gaps, width, self.block))
        if not frames:
            raise DoesNotFit(
                "The headline", page.longest_word(self.text, page.title(page.shape.title_steps[-1])), width
            )
        return frames
