"""Every placement on every platform, read from platforms.toml, the only place that knows platforms."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator

from media_tools.errors import InvalidInput
from media_tools.spec import Spec
from media_tools.spec.geometry import Box, Insets, Size

SHEET = Path(__file__).with_name("platforms.toml")

_DESCRIPTIVE = frozenset({
    "use", "qr", "kind", "width", "height", "aspect", "size_is_choice", "safe_area", "safe_area_strict",
    "safe_area_confidence", "avatar", "visible_width", "dpi", "width_mm", "source", "checked", "confidence",
    "unverified", "note",
})  # fmt: skip
"""Fields of an entry that are no limits."""

ShareOfFrame = Annotated[float, Field(ge=0, le=1)]


class Use(StrEnum):
    POST = "post"
    STORY = "story"
    COVER = "cover"
    THUMBNAIL = "thumbnail"
    MESSAGE = "message"
    PRINT = "print"
    SCREEN = "screen"
    LINK = "link"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Covered(Spec):
    """What the platform covers at each edge, as shares of height (top, bottom) and width (left, right)."""

    top: ShareOfFrame = 0
    right: ShareOfFrame = 0
    bottom: ShareOfFrame = 0
    left: ShareOfFrame = 0

    def insets(self, size: Size) -> Insets:
        return Insets(self.top, self.right, self.bottom, self.left).times(size)


class Patch(Spec):
    """A part of the frame that the platform covers, such as a profile picture: shares from the top left."""

    left: ShareOfFrame
    top: ShareOfFrame
    width: ShareOfFrame
    height: ShareOfFrame

    def box(self, size: Size) -> Box:
        return Box(self.left * size.width, self.top * size.height, self.width * size.width, self.height * size.height)


class Placement(Spec):
    """One slot on one platform. Fields that the sheet does not know are empty."""

    name: str
    use: Use
    qr: bool
    kind: Literal["still", "video", "both"]
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    aspect: str
    size_is_choice: bool = False
    safe_area: Covered = Covered()
    safe_area_strict: Covered | None = None
    safe_area_confidence: Confidence | None = None
    avatar: Patch | None = None
    """Where the account's own picture covers the frame."""
    visible_width: int | None = None
    """Px of the width that a phone shows, where it crops the sides."""
    dpi: int | None = None
    width_mm: float | None = None
    image_formats: tuple[str, ...] = ()
    max_file_bytes_image: int | None = None
    target_file_bytes_image: int | None = None
    limits: dict[str, object]
    """Every limit the sheet gives: bytes, formats, durations, characters, by its own names."""
    source: str
    checked: date
    confidence: Confidence
    unverified: tuple[str, ...] = ()
    note: str = ""

    @field_validator("aspect")
    @classmethod
    def _ratio(cls, value: str) -> str:
        if len(value.split(":")) != 2:
            raise ValueError("must be two numbers with a colon, such as 4:5.")
        return value

    @property
    def platform(self) -> str:
        return self.name.partition(".")[0]

    @property
    def label(self) -> str:
        """What people call it: Instagram story."""
        return spelt(self.name)

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    @property
    def still(self) -> bool:
        return self.kind != "video"

    @property
    def moving(self) -> bool:
        return self.kind != "still"

    @property
    def film(self) -> Self:
        """The same slot with the size that clips have in it: even px, as H.264 asks."""
        width, height = self.limits.get("video_width", self.width), self.limits.get("video_height", self.height)
        return self.model_copy(update={"width": int(str(width)) // 2 * 2, "height": int(str(height)) // 2 * 2})

    @property
    def legible(self) -> float:
        """The smallest type, in px of em height, that is set in this placement.

        Phones: 24 px where the phone shows 1080 px of width, which is 8 CSS px on a phone of 360. Screens: the same
        share of the short side. Print: 7.5 pt, common practice for notes.
        """
        if self.use is Use.PRINT and self.dpi:
            return 7.5 / 72 * self.dpi
        if self.use is Use.SCREEN:
            return 24 / 1080 * self.size.short
        return 24 / 1080 * (self.visible_width or self.width)


@cache
def placements() -> Mapping[str, Placement]:
    """The whole sheet, in its order, by name such as instagram.story."""
    sheet = _sheet()
    checked = sheet["meta"]["compiled"]
    return {
        f"{platform}.{slot}": _placement(f"{platform}.{slot}", entry, checked)
        for platform, slots in sheet.items()
        if platform not in sheet["meta"]["non_placement_tables"]
        for slot, entry in slots.items()
    }


def choose(names: str, *, moving: bool = False) -> tuple[Placement, ...]:
    """Placements named as `all` (every one that takes stills, or clips where `moving`) or as a list with commas.

    Raises InvalidInput for a name that the sheet does not have, or one that does not take them.
    """
    sheet = placements()
    fitting = {name: slot for name, slot in sheet.items() if (slot.moving if moving else slot.still)}
    if names == "all":
        return tuple(fitting.values())
    chosen = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    if not chosen:
        raise InvalidInput("placements", "names nothing.", "Write all, or names such as instagram.story,x.post.")
    for name in chosen:
        if name not in sheet:
            raise InvalidInput(
                "placements", f"has no '{name}'.", "Run `python -m media_tools placements` for the names."
            )
        if name not in fitting:
            takes, other = ("stills", "an infographic") if moving else ("clips", "a clip")
            raise InvalidInput("placements", f"'{name}' takes {takes} only.", f"Leave it out, or make {other} for it.")
    return tuple(fitting[name] for name in chosen)


def spelt(name: str) -> str:
    """A name of the sheet as people write it: instagram.feed_square becomes Instagram feed square."""
    spellings = _sheet()["meta"]["spellings"]
    first, *rest = (spellings.get(word, word) for word in re.split(r"[._]", name))
    return " ".join([first[0].upper() + first[1:], *rest])


def _placement(name: str, entry: Mapping[str, object], checked: str) -> Placement:
    known = {key: value for key, value in entry.items() if key in Placement.model_fields}
    limits = {key: value for key, value in entry.items() if key not in _DESCRIPTIVE}
    return Placement.model_validate({"checked": checked, **known, "name": name, "limits": limits})


@cache
def _sheet() -> Mapping[str, Any]:
    return tomllib.loads(SHEET.read_text(encoding="utf-8"))
