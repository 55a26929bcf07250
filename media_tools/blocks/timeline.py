from typing import ClassVar, Literal, Self

from pydantic import Field

from media_tools.blocks import Block, Leaner, Part
from media_tools.charts.moments import Moment
from media_tools.charts.moments_across import across
from media_tools.charts.moments_down import down, narrowest
from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row
from media_tools.layout.frame import Frame
from media_tools.layout.heading import heading
from media_tools.layout.options import Options, by_room
from media_tools.layout.page import Meaning, Page
from media_tools.spec import Spec, Words
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language

_FEW = 4  # stops that stay longer than the words about them
_FEWEST = 2


class TimelineStop(Spec):
    """One stop: when, and what happened."""

    when: Words = Field(min_length=1, max_length=24, description="The year or day, as it is to be read: 2015.")
    title: Words = Field(min_length=1, max_length=50, description="What happened, in a few words.")
    words: Words = Field(default="", max_length=120, description="One sentence more about it.")
    leap: Words = Field(
        default="", max_length=30, description="The time since the stop before, where it is long: Ten years."
    )


class Timeline(Block):
    """What happened when, along a line that ends now."""

    rank: ClassVar[int] = 50
    part: ClassVar[Part] = Part.CHART

    block: Literal["timeline"] = "timeline"
    title: Words = Field(
        default="", max_length=80, description="What the stops have in common, if the headline does not."
    )
    stops: tuple[TimelineStop, ...] = Field(min_length=_FEWEST, max_length=7, description="In order of time.")
    unmarked: bool = Field(
        default=False, description="Whether the last stop looks like the others, because it is not the present."
    )
    source: Words = Field(default="", max_length=160, description="Who says so, and when.")

    @classmethod
    def example(cls) -> Self:
        stops = (
            {"when": "2015", "title": "First call centre", "words": "Two ports answer distress calls by radio."},
            {
                "when": "2024",
                "title": "One number",
                "words": "The whole coast shares one emergency number.",
                "leap": "Nine years",
            },
            {"when": "2026", "title": "Nine ports", "words": "Calls are answered in under ten minutes."},
        )
        return cls.model_validate({"stops": stops, "source": "Harbour Office, 2026"})

    def broad(self) -> bool:
        return True

    def sources(self) -> tuple[str, ...]:
        return (self.source,) if self.source else ()

    def accent_means(self) -> Meaning | None:
        return None if self.unmarked else Meaning.NOW

    def described(self, language: Language, digits: str) -> tuple[str, ...]:  # noqa: ARG002
        said = (words for stop in self.stops for words in (f"{stop.when}: {stop.title}", stop.words))
        return tuple(words for words in (self.title, *said) if words)

    def leaner(self) -> Leaner | None:
        """The middle stops go first, then the words about the rest; the first and the last stay."""
        if len(self.stops) > _FEW:
            return self._without_middle(30)
        if any(stop.words for stop in self.stops):
            bare = tuple(stop.model_copy(update={"words": ""}) for stop in self.stops)
            return Leaner(35, self.model_copy(update={"stops": bare}), "text of the timeline")
        return self._without_middle(40) if len(self.stops) > _FEWEST else super().leaner()

    def least(self, width: float, page: Page) -> float:
        return self._options(width, page).least

    def most(self, width: float, page: Page) -> float:
        return self._options(width, page).most

    def layout(self, size: Size, page: Page) -> Frame:
        return self._options(size.width, page).layout(size, self.block, "The timeline")

    def _options(self, width: float, page: Page) -> Options:
        return page.once(
            (self.block, self, width), lambda: Options(heading(page, self.title, width), self._rows(width, page))
        )

    def _rows(self, width: float, page: Page) -> tuple[Row, ...]:
        last = len(self.stops) - 1
        moments = [
            Moment(stop.when, stop.title, stop.words, stop.leap if index else "", index == last and not self.unmarked)
            for index, stop in enumerate(self.stops)
        ]
        beside, under = tuple(across(moments, width, page)), tuple(down(moments, width, page))
        if not (beside or under):
            raise DoesNotFit("The timeline", narrowest(moments, page), width)
        return by_room(beside, under, width, page)

    def _without_middle(self, rank: int) -> Leaner:
        """One stop fewer; the leap over it is no longer the one that was given."""
        middle = len(self.stops) // 2
        before, gone, after = self.stops[:middle], self.stops[middle], self.stops[middle + 1 :]
        after = (after[0].model_copy(update={"leap": ""}), *after[1:])
        what = f"timeline stop “{gone.title}”"
        return Leaner(rank, self.model_copy(update={"stops": (*before, *after)}), what)
