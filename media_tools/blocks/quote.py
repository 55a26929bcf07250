from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import ClassVar, Literal, Self

from pydantic import Field

from media_tools.blocks import Block, Edge, Leaner, Part
from media_tools.blocks.photo import Photo
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.crop import crop
from media_tools.layout.frame import Frame, Photograph, Placed, TextStyle
from media_tools.layout.heading import heading
from media_tools.layout.page import Meaning, Page
from media_tools.layout.quote_mark import marks_of, opening_mark
from media_tools.layout.stack import stack
from media_tools.spec import Words
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import LATIN, Language
from media_tools.spec.picture import Picture

_UNDER_TITLE = 2  # steps: the largest words are that much smaller than the largest headline
_UNDER_PRINTED_TITLE = 5  # where the words stand beside other blocks
_SMALLEST = 3  # steps over labels
_LINES = 6  # at most, but at the smallest step
_WIDEST = 22  # em: a longer line is hard to follow
_LEADING = 1.16 / LATIN.title_leading  # times a title's: what is quoted is read, not glanced at
_MARK = 0.5  # em of the words: the height of the mark
_MARK_GAP, _NAME_GAP = 0.4, 0.85  # em of the words under the mark, base sizes over the name

_LEAST_PORTRAIT, _ON_PAPER = 0.30, 0.13  # of the short side
_BESIDE = (0.42, 0.36, 0.30)  # of the width: a portrait before the words
_TALLEST = 1.75  # height to width of a portrait before the words
_NARROWEST, _AT_SMALLEST = 9, 7  # em of the words that a portrait must leave them; at the smallest step
_FLATTEST, _HIGHEST = 2.4, 1.8  # width to height of a portrait over the words
_SEEN = 0.65  # of the picture's height: a flatter part would cut off heads
_OVER_GAP = 0.9  # base sizes under a portrait over the words
_EYES = Point(0.5, 0.4)  # where the subject's centre goes: its eyes are then near the upper third
_CLOSEST = 1.5


@dataclass(frozen=True, slots=True)
class _Setting:
    """The words at one size and who said them, with the portrait over them, before them or left out."""

    step: int
    words: Frame
    name: Frame
    portrait: Size | None
    """The portrait at its smallest."""
    start: float
    """Px from the start edge to the words."""
    least: float
    most: float

    @property
    def over(self) -> bool:
        return self.portrait is not None and self.start == 0

    def seen(self, height: float) -> float:
        """Px of the portrait's area in a block `height` px high."""
        return self.portrait.width * self.portrait_height(height) if self.portrait else 0

    def portrait_height(self, height: float) -> float:
        """Over the words it takes what they leave; before them it is as high as the block."""
        least = self.portrait.height if self.portrait else 0
        grown = min(height, self.most) - self.least
        return least + max(0, grown) if self.over else self.least


class Quote(Block):
    """What someone said, word for word, over who said it."""

    rank: ClassVar[int] = 65
    part: ClassVar[Part] = Part.CHART
    headline_steps_down: ClassVar[int] = 6

    block: Literal["quote"] = "quote"
    words: Words = Field(
        min_length=1, max_length=280, description="What was said, word for word, without marks; at most 30 words."
    )
    who: Words = Field(min_length=1, max_length=80, description="The name of who said it.")
    role: Words = Field(default="", max_length=120, description="What gives them a say: their office or their part.")
    portrait: Picture | None = Field(default=None, description="A picture of who said it.")
    source: Words = Field(default="", max_length=160, description="Where and when it was said.")

    @classmethod
    def example(cls) -> Self:
        portrait = Picture(
            path="crowd.jpg",
            focal=(0.526, 0.5),
            alt="Visitors seen from behind, looking towards a bright hall hung with round lanterns.",
            credit="Illustration: Attaché",
            licence="Apache-2.0",
        )
        return cls(
            words="We do not ask who is on the boat. We ask where it is.",
            who="Sample Name",
            role="Harbour master, Northern coast",
            portrait=portrait,
            source="Open day at the Harbour Office, 2026",
        )

    def edge(self) -> Edge | None:
        if self.portrait is None:
            return None
        return Edge(Photo(picture=self.portrait), self.model_copy(update={"portrait": None}))

    def leaner(self) -> Leaner | None:
        if self.portrait is not None:
            return Leaner(35, self.model_copy(update={"portrait": None}), "portrait")
        return super().leaner()

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def pictures(self) -> tuple[Picture, ...]:
        return (self.portrait,) if self.portrait else ()

    def accent_means(self) -> Meaning | None:
        return Meaning.QUOTED

    def described(self, language: Language, digits: str) -> tuple[str, ...]:  # noqa: ARG002
        opening, closing = marks_of(language)
        said = ", ".join(part for part in (f"{opening}{self.words}{closing} {self.who}", self.role) if part)
        return (said, self.portrait.alt) if self.portrait and self.portrait.alt else (said,)

    def spans(self) -> tuple[int, int]:
        return 5, 12

    def least(self, width: float, page: Page) -> float:
        return _over(width, page).size.height + min(setting.least for setting in self._settings(width, page))

    def most(self, width: float, page: Page) -> float:
        return _over(width, page).size.height + _best(self._settings(width, page), inf).most

    def layout(self, size: Size, page: Page) -> Frame:
        over = _over(size.width, page)
        room = Size(size.width, size.height - over.size.height)
        settings = [each for each in self._settings(size.width, page) if each.least <= room.height + 0.5]
        if not settings:
            raise DoesNotFit("The quote", self.least(size.width, page), size.height)
        whole = self._drawn(_best(settings, room.height), room, page)
        return stack([over, whole], [0], size.width, self.block) if page.ruled else whole

    def _settings(self, width: float, page: Page) -> tuple[_Setting, ...]:
        """Every way to set the quote in this width. Raises DoesNotFit when there is none."""
        settings = page.once(("quote", self, width), lambda: tuple(self._arrangements(width, page)))
        if not settings:
            style = _words_style(_steps(page)[-1], page)
            raise DoesNotFit("The longest word of the quote", page.longest_word(self.words, style), width)
        return settings

    def _arrangements(self, width: float, page: Page) -> Iterator[_Setting]:
        for step in _steps(page):
            if self.portrait is None:
                if whole := self._words(step, width, page):
                    height = _words_height(*whole, page)
                    yield _Setting(step, *whole, None, 0, height, height)
            else:
                yield from self._before(step, width, page)
                yield from self._under(step, self.portrait, width, page)

    def _before(self, step: int, width: float, page: Page) -> Iterator[_Setting]:
        """The portrait before the words: a square, or as high as they are."""
        for share in _BESIDE:
            side = max(share * width, (_ON_PAPER if page.ruled else _LEAST_PORTRAIT) * page.short)
            start = side + 1.5 * page.gutter
            words = self._words(step, width - start, page)
            narrowest = _AT_SMALLEST if step == _steps(page)[-1] else _NARROWEST
            if words and width - start >= narrowest * _words_style(step, page).size:
                height = max(side, _words_height(*words, page))
                if height <= _TALLEST * side:
                    yield _Setting(step, *words, Size(side, height), start, height, height)

    def _under(self, step: int, portrait: Picture, width: float, page: Page) -> Iterator[_Setting]:
        """The words under the portrait, which is as wide as the block and no flatter than heads allow."""
        if words := self._words(step, width, page):
            facts = page.studio.facts(portrait.path)
            flattest = min(_FLATTEST, facts.width / facts.height / _SEEN)
            low, high = width / flattest, width / min(flattest, _HIGHEST)
            rest = page.gap(_OVER_GAP) + _words_height(*words, page)
            yield _Setting(step, *words, Size(width, low), 0, low + rest, high + rest)

    def _words(self, step: int, width: float, page: Page) -> tuple[Frame, Frame] | None:
        """Mark and words, and who said them; None where a word would break or lines are too many."""
        style = _words_style(step, page)
        measure = min(width, _WIDEST * style.size)
        names = [(self.who, page.strong), (self.role, replace(page.label, colour=page.ground.quiet))]
        longest = [(self.words, style), *names]
        if max(page.longest_word(text, look) for text, look in longest if text) > measure:
            return None
        words = balanced(page, self.words, style, measure)
        if words.lines > _LINES and step != _steps(page)[-1]:
            return None
        mark = opening_mark(page, _MARK * style.size)
        who = [balanced(page, text, look, width) for text, look in names if text]
        return (
            stack([mark, words], [_MARK_GAP * style.size], width, "words"),
            stack(who, [0] * (len(who) - 1), width, "speaker"),
        )

    def _drawn(self, setting: _Setting, size: Size, page: Page) -> Frame:
        """The portrait, the words from their own top, and who said them at the foot."""
        height = min(max(size.height, setting.least), setting.most)
        placed: list[Placed] = []
        top = 0.0
        if self.portrait and setting.portrait:
            seen = Size(setting.portrait.width, setting.portrait_height(height))
            placed.append(Placed(Point(0, 0), _portrait(self.portrait, seen, page)))
            top = seen.height + page.gap(_OVER_GAP) if setting.over else 0
        placed.append(Placed(Point(setting.start, top), setting.words))
        placed.append(Placed(Point(setting.start, height - setting.name.size.height), setting.name))
        return Frame(Size(size.width, height), tuple(placed), self.block)


def _over(width: float, page: Page) -> Frame:
    return heading(page, "", width)


def _best(settings: Sequence[_Setting], height: float) -> _Setting:
    """The largest words, then the most of the portrait."""
    return max(settings, key=lambda setting: (setting.step, setting.seen(height)))


def _steps(page: Page) -> range:
    """The steps of the type scale for the words, largest first."""
    smallest = _SMALLEST + page.shape.body_step
    under = _UNDER_PRINTED_TITLE if page.ruled else _UNDER_TITLE
    return range(max(page.shape.title_steps[0] - under, smallest), smallest - 1, -1)


def _words_height(words: Frame, name: Frame, page: Page) -> float:
    return words.size.height + page.gap(_NAME_GAP) + name.size.height


def _words_style(step: int, page: Page) -> TextStyle:
    title = page.title(step)
    return replace(
        title,
        weight=page.language.script.title_weight or 500,
        leading=title.leading * _LEADING,
        tracking=-0.012 if title.tracking else 0,
    )


def _portrait(picture: Picture, size: Size, page: Page) -> Photograph:
    facts = page.studio.facts(picture.path)
    part = crop(Size(facts.width, facts.height), size, picture.focal, _EYES, _CLOSEST)
    return Photograph(size, picture.path, part)
