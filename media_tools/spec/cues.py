"""What is said, and when: the captions of a clip in one language."""

from typing import Annotated

from pydantic import Field, model_validator

from media_tools.spec import Spec, Words

Milliseconds = Annotated[int, Field(ge=0, le=24 * 3600 * 1000)]
MOST_CUES = 5000
"""Of one clip: four hours of speech have as many."""


class Cue(Spec):
    """One caption. Where its lines break is layout's business."""

    start: Milliseconds = Field(description="When it appears, in ms from the footage's beginning.")
    end: Milliseconds = Field(description="When it is gone, in ms.")
    text: Words = Field(min_length=1, max_length=300, description="What is said.")

    @model_validator(mode="after")
    def _lasts(self) -> "Cue":
        if self.end <= self.start:
            raise ValueError(f"ends at {clock(self.end)} and begins at {clock(self.start)}. Give it a later end.")
        return self


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


def clock(milliseconds: int) -> str:
    """A moment as captions files write it: 00:01:02.345."""
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
