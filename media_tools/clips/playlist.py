"""A playlist as people write it: finished films and pictures in the order in which a screen shows them."""

from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator, model_validator

from media_tools.platforms import Placement, Use, placements
from media_tools.spec import Beside, Spec, Words
from media_tools.spec.language import Language

STANDS = 8.0
"""Seconds that a picture stands where nothing else is said: time for its headline and its figures."""
MOST_PARTS = 100
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp"})


class Hearing(StrEnum):
    """Which films are made of a playlist."""

    BOTH = "both"
    SOUND = "sound"
    SILENT = "silent"


class Part(Beside):
    """A finished film, or a picture that stands for some seconds."""

    path: str = Field(min_length=1, description="File name, inside the playlist's own folder: MP4, PNG or JPEG.")
    seconds: float | None = Field(
        default=None, ge=2, le=120, allow_inf_nan=False,
        description=f"How long a picture stands; none for {STANDS:g}. A film lasts as long as it does.",
    )  # fmt: skip
    title: Words = Field(default="", max_length=120, description="What it is called, in the transcript.")
    captions: str = Field(default="", description="Its captions, in a file beside it: .vtt or .srt.")
    transcript: str = Field(default="", description="Its words, in a file beside it: .txt; none for its captions.")

    @model_validator(mode="after")
    def _of_a_picture(self) -> "Part":
        if self.seconds is not None and not self.is_picture:
            raise ValueError(f"'{self.path}' is a film, and lasts as long as it does. Take its seconds out.")
        return self

    @property
    def is_picture(self) -> bool:
        return Path(self.path).suffix.lower() in _PICTURES


class Playlist(Spec):
    """Finished films and pictures of one screen, in order; they become one film that goes round without an end."""

    version: Literal[1]
    language: str = Field(description="BCP 47 tag of what is said and written, such as en, vi, fr or ar.")
    title: Words = Field(min_length=1, max_length=120, description="What the playlist is called, in one line.")
    placement: str = Field(description="For which screen, such as screen.hd.")
    hearing: Hearing = Field(
        default=Hearing.BOTH, description="With sound, without it for halls where none is allowed, or a film of each."
    )
    parts: tuple[Part, ...] = Field(min_length=1, max_length=MOST_PARTS)

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        return Language.parse(value).tag

    @field_validator("placement")
    @classmethod
    def _for_screens(cls, value: str) -> str:
        if value not in screens():
            raise ValueError(f"is '{value}', which is no screen. Use one of {', '.join(screens())}.")
        return value

    @property
    def films(self) -> int:
        """How many are made of it."""
        return 2 if self.hearing is Hearing.BOTH else 1

    @property
    def slot(self) -> Placement:
        return placements()[self.placement].film


def screens() -> tuple[str, ...]:
    """Names of the placements that playlists are for."""
    return tuple(name for name, slot in placements().items() if slot.use is Use.SCREEN and slot.moving)
