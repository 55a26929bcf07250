"""What is said, and when: the captions of a clip in one language."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, SerializationInfo, SerializerFunctionWrapHandler, model_serializer, model_validator

from media_tools.spec import Spec, Words

Milliseconds = Annotated[int, Field(ge=0, le=24 * 3600 * 1000)]
MOST_CUES = 5000
"""Of one clip: four hours of speech have as many."""
LONGEST_CUE = 300
"""Characters of one caption: more than anybody reads at once."""
_MOST_WORDS = 150  # every second character of the longest caption


class Edge(StrEnum):
    """Where in the frame a caption stands."""

    BOTTOM = "bottom"
    TOP = "top"


class Style(StrEnum):
    """What sets the letters of captions off from the footage."""

    BOX = "box"
    OUTLINE = "outline"
    PLAIN = "plain"


class CaptionLook(Spec):
    """How captions look; everything else about them is the brand's and the frame's."""

    style: Style = Field(
        default=Style.BOX, description="A dark box behind each line, a dark outline, or white letters alone."
    )
    highlight: bool = Field(default=False, description="Whether the word that is heard is lit, where words have times.")


class Word(Spec):
    """A part of a caption, and from when on it is heard."""

    start: Milliseconds = Field(description="When it is begun, in ms from the footage's beginning.")
    text: Words = Field(min_length=1, max_length=LONGEST_CUE, description="As it stands in the caption.")


class Cue(Spec):
    """One caption. Where its lines break is layout's business."""

    start: Milliseconds = Field(description="When it appears, in ms from the footage's beginning.")
    end: Milliseconds = Field(description="When it is gone, in ms.")
    text: Words = Field(min_length=1, max_length=LONGEST_CUE, description="What is said.")
    edge: Edge = Field(default=Edge.BOTTOM, description="At the foot of the frame, or at its head.")
    words: tuple[Word, ...] = Field(
        default=(), max_length=_MOST_WORDS, description="All of the text in parts, each with its time; none: not known."
    )

    @model_validator(mode="after")
    def _lasts(self) -> "Cue":
        if self.end <= self.start:
            raise ValueError(f"ends at {clock(self.end)} and begins at {clock(self.start)}. Give it a later end.")
        return self

    @model_validator(mode="after")
    def _spelt(self) -> "Cue":
        if self.words and bare("".join(word.text for word in self.words)) != bare(self.text):
            raise ValueError("has words with times that are not its text. Correct them, or take the times out.")
        moments = [word.start for word in self.words]
        if moments and (moments != sorted(moments) or moments[0] < self.start or moments[-1] >= self.end):
            raise ValueError(
                "has words at times that are not in order, or not between its beginning and its end. "
                "Correct them, or take the times out."
            )
        return self

    @model_serializer(mode="wrap")
    def _told(self, told: SerializerFunctionWrapHandler, _info: SerializationInfo) -> dict[str, Any]:
        """Without what is at its default: most captions are two times and a text, and thousands of them are stored."""
        fields: dict[str, Any] = told(self)
        unsaid = {name for name in ("edge", "words") if getattr(self, name) == type(self).model_fields[name].default}
        return {name: value for name, value in fields.items() if name not in unsaid}


class CueList(Spec):
    """Captions in order; two are never on the screen at once."""

    cues: tuple[Cue, ...] = Field(default=(), max_length=MOST_CUES)

    @model_validator(mode="after")
    def _in_order(self) -> "CueList":
        for number, (before, after) in enumerate(zip(self.cues, self.cues[1:], strict=False), start=2):
            if after.start < before.end:
                raise ValueError(
                    f"caption {number} begins at {clock(after.start)}, before the one above it ends at "
                    f"{clock(before.end)}. Move one of the two."
                )
        return self


def bare(text: str) -> str:
    """`text` without its spaces: what is the same wherever lines and words are parted."""
    return "".join(text.split())


def clock(milliseconds: int) -> str:
    """A moment as captions files write it: 00:01:02.345."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
