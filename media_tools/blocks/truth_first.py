from dataclasses import replace
from typing import ClassVar, Literal, Self

from pydantic import Field

from media_tools.blocks import Block, Leaner, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.frame import Fill, Frame, Item, Paragraph, Placed, TextStyle
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec import Words
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language

_UNDER_TITLE = 3  # steps: the largest truth is that much smaller than the largest headline
_SMALLEST = 2  # steps over labels
_LINES = 4  # at most, but at the smallest step
_WIDEST = 22  # em: a longer line is hard to follow
_WIDEST_CLAIM = 34  # em
_RULE = 0.0046  # of the short side
_NARROWEST_BESIDE = 20  # base sizes of width, under which the claim stands under its label
_LABEL = 0.30  # share of the width, where the label stands beside the claim
_GAP = (1.1, 2.2)  # base sizes between what is so and what was said: least and most


class TruthFirst(Block):
    """What is so, large and with its source, over what was said, small and named as such."""

    rank: ClassVar[int] = 85
    part: ClassVar[Part] = Part.CHART

    block: Literal["truth_first"] = "truth_first"
    truth_label: Words = Field(
        default="", max_length=40, description="Over what is so, where it needs a word: What is so."
    )
    truth: Words = Field(min_length=1, max_length=200, description="What is so, in one sentence that stands alone.")
    source: Words = Field(default="", max_length=160, description="Who can show that it is so, and when they said it.")
    claim_label: Words = Field(
        min_length=1, max_length=40, description="What marks the claim as a claim: What was said, False claim."
    )
    claim: Words = Field(
        min_length=1, max_length=160, description="What was said, shortened; it is set once, small, and never repeated."
    )
    said_where: Words = Field(default="", max_length=100, description="Where and when it was said, without a link.")

    @classmethod
    def example(cls) -> Self:
        return cls(
            truth_label="What is so",
            truth="All nine ports kept answering distress calls through the storm of 14 June",
            source="Harbour Office, call log of 14 June 2026",
            claim_label="What was said",
            claim="“The coastal network was switched off that night.”",
            said_where="In posts shared on 15 June",
        )

    def leaner(self) -> Leaner | None:
        if self.said_where:
            return Leaner(20, self.model_copy(update={"said_where": ""}), "place of the claim")
        if self.claim:
            return Leaner(40, self.model_copy(update={"claim": ""}), "claim")
        return super().leaner()

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def needs_source(self) -> bool:
        return True

    def described(self, language: Language, digits: str) -> tuple[str, ...]:  # noqa: ARG002
        said = f"{self.claim_label}: {self.claim}"
        return (self.truth, said if not self.said_where else f"{said} ({self.said_where})")

    def spans(self) -> tuple[int, int]:
        return 5, 12

    def least(self, width: float, page: Page) -> float:
        return min(frame.size.height for frame in self._at_each_step(width, page))

    def most(self, width: float, page: Page) -> float:
        return max(frame.size.height for frame in self._at_each_step(width, page)) + self._growth(page)

    def layout(self, size: Size, page: Page) -> Frame:
        frames = self._at_each_step(size.width, page)
        fitting = next((frame for frame in frames if frame.size.height <= size.height + 0.5), None)
        if fitting is None:
            raise DoesNotFit("What is so", self.least(size.width, page), size.height)
        return self._eased(fitting, max(0, min(size.height - fitting.size.height, self._growth(page))))

    def _growth(self, page: Page) -> float:
        return page.gap(_GAP[1] - _GAP[0]) if self.claim else 0

    def _eased(self, frame: Frame, more: float) -> Frame:
        """`frame` with `more` px between what is so and what was said."""
        first, *rest = frame.items
        lower = (replace(placed, at=Point(placed.at.x, placed.at.y + more)) for placed in rest)
        return replace(frame, size=Size(frame.size.width, frame.size.height + more), items=(first, *lower))

    def _at_each_step(self, width: float, page: Page) -> tuple[Frame, ...]:
        """The whole block at every step it can take, largest first. Raises DoesNotFit when there is none."""
        return page.once(("truth", self, width), lambda: self._set(width, page))

    def _set(self, width: float, page: Page) -> tuple[Frame, ...]:
        truths = [truth for step in _steps(page) if (truth := self._truth(step, width, page))]
        if not truths:
            smallest = page.title(_steps(page)[-1])
            raise DoesNotFit("What is so", page.longest_word(self.truth, smallest), width)
        claim = [self._claim(width, page)] if self.claim else []
        gaps = [page.gap(_GAP[0])] * len(claim)
        return tuple(stack([truth, *claim], gaps, width, self.block) for truth in truths)

    def _truth(self, step: int, width: float, page: Page) -> Frame | None:
        """What is so and its source under a heavy rule; None where a word would break or lines are too many."""
        style = page.title(step)
        measure = min(width, _WIDEST * style.size)
        if page.longest_word(self.truth, style) > measure:
            return None
        truth = balanced(page, self.truth, style, measure)
        if truth.lines > _LINES and step != _steps(page)[-1]:
            return None
        heavy = Fill(Size(width, max(2, round(_RULE * page.short))), page.ground.strong)
        rule = page.rule(width) if page.ruled else heavy
        items: list[Item] = [rule, truth]
        gaps = [page.gap(0.6)]
        if self.truth_label:
            label = balanced(page, self.truth_label, replace(page.strong, colour=page.ground.strong), width)
            items, gaps = [rule, label, truth], [page.gap(0.5), page.gap(0.35)]
        if self.source:
            items.append(_noted(self.source, page.quiet, width, page))
            gaps.append(page.gap(0.5))
        return stack(items, gaps, width, "truth")

    def _claim(self, width: float, page: Page) -> Frame:
        """Label and claim under a hairline: beside each other where there is width for it."""
        label_style = replace(page.quiet, weight=600)
        start = _LABEL * width + page.gutter
        room = start - page.gutter
        beside = width >= _NARROWEST_BESIDE * page.base and page.longest_word(self.claim_label, label_style) <= room
        said = self._said(width - start if beside else width, page)
        label = balanced(page, self.claim_label, label_style, room if beside else width)
        top = page.gap(0.55)
        under = top if beside else top + label.size.height
        items = (
            Placed(Point(0, 0), Fill(Size(width, page.hairline), page.ground.line)),
            Placed(Point(0, top), label),
            Placed(Point(start if beside else 0, under), said),
        )
        return Frame(Size(width, max(top + label.size.height, under + said.size.height)), items, "claim")

    def _said(self, width: float, page: Page) -> Frame:
        """The claim, and where it was said."""
        lines = [_noted(words, page.quiet, width, page) for words in (self.claim, self.said_where) if words]
        return stack(lines, [page.gap(0.2)] * (len(lines) - 1), width)


def _steps(page: Page) -> range:
    """The steps of the type scale for what is so, largest first."""
    smallest = _SMALLEST + page.shape.body_step
    return range(page.shape.title_steps[0] - _UNDER_TITLE, smallest - 1, -1)


def _noted(words: str, style: TextStyle, width: float, page: Page) -> Paragraph:
    return balanced(page, words, style, min(width, _WIDEST_CLAIM * style.size))
