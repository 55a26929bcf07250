"""A clip as people write it: which footage, from when to when, what is said, and what to do next."""

from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from media_tools.clips.keyframes import MOST_KEY_FRAMES, Aim, KeyFrame
from media_tools.spec import Beside, Spec, Words
from media_tools.spec.cues import CaptionLook, CueList, clock
from media_tools.spec.language import Language
from media_tools.spec.link import Link, QRPolicy
from media_tools.spec.picture import Share

Aspect = Annotated[str, StringConstraints(pattern=r"^\d{1,2}:\d{1,2}$")]
Seconds = Annotated[float, Field(ge=0, le=4 * 3600, allow_inf_nan=False)]
FPS = 30
"""Pictures a second of every clip: what every platform of the sheet takes."""
_SHORTEST = 1.0  # seconds
MOST_LOWER_THIRDS = 20
MOST_RANGES = 12
"""Each is read by itself, and some of its pictures stand ready: of 4K footage, 80 MB."""


class Fit(StrEnum):
    CROP = "crop"
    PAD = "pad"
    FACES = "faces"


class Reframe(Spec):
    """How the footage fills a frame of other proportions."""

    fit: Fit = Field(
        default=Fit.CROP,
        description="Cut to fill the frame, or keep all of it before its own blur, or cut so that faces stay in it.",
    )
    focal: tuple[Share, Share] = Field(
        default=(0.5, 0.5), description="The subject's centre, as shares of width and height from the top left."
    )
    path: tuple[KeyFrame, ...] = Field(
        default=(),
        max_length=MOST_KEY_FRAMES,
        description="Where the frame looks, and when; none for the subject's centre throughout, or to find faces.",
    )

    @field_validator("path")
    @classmethod
    def _in_order(cls, value: tuple[KeyFrame, ...]) -> tuple[KeyFrame, ...]:
        for before, after in pairwise(value):
            if after.at <= before.at:
                raise ValueError(
                    f"goes from {clock(before.at)} to {clock(after.at)}. Give each key frame a later time than the one "
                    "above it."
                )
        return value

    @property
    def sought(self) -> bool:
        """Whether faces are still to be found."""
        return self.fit is Fit.FACES and not self.path

    @property
    def keys(self) -> tuple[KeyFrame, ...]:
        """The path, of one key frame where the frame stands on the subject's centre."""
        return self.path or (KeyFrame(at=0, x=self.focal[0], y=self.focal[1]),)

    @property
    def middle(self) -> Aim:
        return Aim(*self.focal)


class Range(Spec):
    """From one second of a file to another."""

    start: Seconds = Field(description="Where it begins, in seconds of the file.")
    end: Seconds | None = Field(default=None, description="Where it ends; none for the end of the file.")

    @model_validator(mode="after")
    def _lasts(self) -> "Range":
        _check_lasts(self.start, self.end)
        return self


class Footage(Beside):
    """A part of a video file beside the story, or several that join, with what must travel beside it."""

    path: str = Field(min_length=1, description="File name, inside the story's own folder.")
    start: Seconds = Field(default=0, description="Where the clip begins, in seconds of the file.")
    end: Seconds | None = Field(
        default=None, description="Where it ends, or its first part does; none for the end of the file."
    )
    then: tuple[Range, ...] = Field(
        default=(), max_length=MOST_RANGES - 1,
        description="What else of the file is shown after that, in this order; no moment is shown twice.",
    )  # fmt: skip
    reframe: Reframe = Reframe()
    by_aspect: dict[Aspect, Reframe] = Field(
        default={}, max_length=20, description="Another framing for some proportions, such as 9:16."
    )
    alt: Words = Field(default="", max_length=1000, description="What it shows, for people who cannot see it.")
    credit: Words = Field(default="", max_length=120, description="Who made it, as it must be named.")
    licence: Words = Field(default="", max_length=120, description="Under which terms it may be published.")

    @model_validator(mode="after")
    def _lasts(self) -> "Footage":
        _check_lasts(self.start, self.end)
        return self

    @model_validator(mode="after")
    def _once(self) -> "Footage":
        for before, after in pairwise(sorted(self.ranges, key=lambda each: each.start)):
            if before.end is None or before.end > after.start:
                until = "the end" if before.end is None else f"{before.end:g} s"
                raise ValueError(
                    f"shows what comes at {after.start:g} s twice: one range goes from {before.start:g} s to {until}, "
                    f"and another begins at {after.start:g} s. End the one earlier, or begin the other later."
                )
        return self

    @property
    def ranges(self) -> tuple[Range, ...]:
        """All that is shown, in order of showing."""
        return (Range(start=self.start, end=self.end), *self.then)

    def framed(self, aspect: str) -> Reframe:
        return self.by_aspect.get(aspect, self.reframe)

    @property
    def sought(self) -> bool:
        """Whether faces are still to be found for frames of any proportions."""
        return any(reframe.sought for reframe in (self.reframe, *self.by_aspect.values()))


def _check_lasts(start: float, end: float | None) -> None:
    if end is not None and end < start + _SHORTEST:
        raise ValueError(
            f"ends at {end:g} s and begins at {start:g} s. "
            f"Give it an end at least {_SHORTEST:g} s after its beginning, or exchange the two."
        )


class Music(Beside):
    """Music under the whole clip, its cards included, from a sound file beside the story."""

    path: str = Field(min_length=1, description="File name, inside the story's own folder: WAV, MP3 or M4A.")
    start: Seconds = Field(default=0, description="Where the music begins, in seconds of the file.")
    level: float = Field(
        default=-8, ge=-30, le=6,
        description="How much louder it is than the footage's own sound, in dB; it goes down by 12 more under speech.",
    )  # fmt: skip
    credit: Words = Field(default="", max_length=120, description="Who made it, as it must be named.")
    licence: Words = Field(default="", max_length=120, description="Under which terms it may be published.")


class LowerThird(Spec):
    """Who is seen: a name and what they are, at the foot of the picture while they begin to speak."""

    name: Words = Field(min_length=1, max_length=60, description="As they are to be named: Amina Haddad.")
    role: Words = Field(default="", max_length=100, description="What they are: Head of the consular section.")
    start: Seconds = Field(description="When it comes, in seconds of the file.")
    end: Seconds = Field(description="When it is gone.")

    @model_validator(mode="after")
    def _lasts(self) -> "LowerThird":
        if self.end <= self.start:
            raise ValueError(f"ends at {self.end:g} s and begins at {self.start:g} s. Give it a later end.")
        return self


class TitleCard(Spec):
    """The first seconds: what the clip is called, over the picture with which its footage begins."""

    kicker: Words = Field(default="", max_length=60, description="What it belongs to, in a few words over the title.")
    seconds: float = Field(default=2.5, ge=2, le=5, description="How long it stands before the footage moves.")


class EndCard(Spec):
    """The last seconds: who speaks, and what to do next."""

    verb: Words = Field(min_length=1, max_length=60, description="What the viewer is asked to do: See the pavilion.")
    link: Link
    seconds: float = Field(default=3.5, ge=3, le=6, description="How long it stands.")


class Thumbnail(Spec):
    """The picture that stands for the clip until it plays: a moment of its footage under a few words."""

    at: Seconds | None = Field(
        default=None, description="Which moment of the footage's file it shows; none for one from the first third."
    )
    title: Words = Field(default="", max_length=60, description="A few words; none for what the clip is called.")


class Clip(Spec):
    """Footage and captions in one language; every placement's file is made from it."""

    version: Literal[1]
    language: str = Field(description="BCP 47 tag of the captions, such as en, vi, fr or ar.")
    title: Words = Field(min_length=1, max_length=120, description="What the clip is called, in one line.")
    footage: Footage
    music: Music | None = None
    captions: CueList = Field(default=CueList(), description="Times are of the footage's file.")
    caption_look: CaptionLook = CaptionLook()
    lower_thirds: tuple[LowerThird, ...] = Field(
        default=(), max_length=MOST_LOWER_THIRDS, description="Who is named, in order; two are never seen at once."
    )
    title_card: TitleCard | None = None
    end_card: EndCard | None = None
    thumbnail: Thumbnail = Thumbnail()
    qr: QRPolicy = Field(default=QRPolicy.SECOND_DEVICE, description="Where a QR code is shown; elsewhere its address.")

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        return Language.parse(value).tag

    @field_validator("lower_thirds")
    @classmethod
    def _one_by_one(cls, value: tuple[LowerThird, ...]) -> tuple[LowerThird, ...]:
        for before, after in pairwise(value):
            if after.start < before.end:
                raise ValueError(
                    f"name {after.name} at {after.start:g} s, before {before.name} is gone at {before.end:g} s. "
                    "Move one of the two."
                )
        return value

    @property
    def transcript(self) -> str:
        """What is said, a line a caption."""
        return "\n".join(cue.text for cue in self.captions.cues)
