"""Every placement on every platform, read from platforms.toml, the only place that knows platforms."""

import re
import tomllib
from collections.abc import Mapping, Sequence
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
    "use", "qr", "kind", "account", "width", "height", "aspect", "size_is_choice", "circle", "safe_area",
    "safe_area_strict", "safe_area_confidence", "avatar", "avatar_reach", "visible_width", "dpi", "width_mm",
    "bleed_mm", "slides", "source", "checked", "confidence", "unverified", "note",
})  # fmt: skip
"""Fields of an entry that are no limits."""

_READ_WHERE = frozenset({
    "account", "circle", "size_is_choice", "safe_area_confidence", "source", "checked", "confidence", "unverified",
    "note",
})  # fmt: skip
"""Fields that say how well an entry is known and what it belongs to: reading a page again renames no file."""

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
    AVATAR = "avatar"

    @property
    def at_a_glance(self) -> bool:
        """Whether people see it in passing: then it shows its headline and one picture."""
        return self in (Use.COVER, Use.THUMBNAIL)


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
    account: bool = False
    """Whether it is part of an account's own looks, which the account kit makes from brand and names alone."""
    circle: bool = False
    """Whether the platform shows it as a circle, so that its corners are never seen."""
    safe_area: Covered = Covered()
    safe_area_strict: Covered | None = None
    safe_area_confidence: Confidence | None = None
    avatar: Patch | None = None
    """Where the account's own picture covers the frame."""
    avatar_reach: Patch | None = None
    """As far as that picture may reach where no source says it: what can keep clear of it does."""
    visible_width: int | None = None
    """Px of the width that a phone shows, where it crops the sides."""
    dpi: int | None = None
    width_mm: float | None = None
    bleed_mm: float = 0
    """Of paper past each edge that is printed and cut off."""
    slides: int = Field(default=1, ge=1)
    """The most pictures, in order, that are published together here."""
    image_formats: tuple[str, ...] = ()
    document_formats: tuple[str, ...] = ()
    max_file_bytes_image: int | None = None
    max_file_bytes_document: int | None = None
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
        """Whether it takes stories as pictures: an account's own picture tells none."""
        return self.kind != "video" and self.use is not Use.AVATAR

    @property
    def moving(self) -> bool:
        return self.kind != "still"

    @property
    def bleed(self) -> float:
        """Px past each edge that are printed and cut off."""
        return self.bleed_mm / 25.4 * self.dpi if self.dpi else 0

    def drawn_by(self) -> dict[str, Any]:
        """What of the entry its files are made by, as JSON: not where it was read, nor what is at its default."""
        return self.model_dump(mode="json", exclude_defaults=True, exclude=set(_READ_WHERE))

    @property
    def film(self) -> Self:
        """The same slot with the size that clips have in it: even px, as H.264 asks."""
        width, height = self.limits.get("video_width", self.width), self.limits.get("video_height", self.height)
        return self.model_copy(update={"width": int(str(width)) // 2 * 2, "height": int(str(height)) // 2 * 2})

    @property
    def legible(self) -> float:
        """The smallest type, in px of em height, that is set in this placement.

        Phones: 24 px where the phone shows 1080 px of width, which is 8 CSS px on a phone of 360; of pages that lie, 24
        where it shows 1200, for whoever reads those turns the phone or sits before a screen. Screens: 24 of 1080 px of
        the short side. Print: 7.5 pt, common practice for notes. Avatars: 8 of the 48 CSS px that lists give
        them, X's own "normal" size.
        """
        if self.use is Use.PRINT and self.dpi:
            return 7.5 / 72 * self.dpi
        if self.use is Use.AVATAR:
            return 8 / 48 * self.size.short
        if self.use is Use.SCREEN:
            return 24 / 1080 * self.size.short
        return 24 / (1200 if self._lies else 1080) * (self.visible_width or self.width)

    @property
    def _lies(self) -> bool:
        """Whether it is a page wider than high; banners are wider still, and shown as wide as the phone."""
        return self.use is not Use.COVER and 1.15 <= self.width / self.height < 2.4


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
    return _chosen(names, [slot for slot in placements().values() if (slot.moving if moving else slot.still)])


def choose_own(names: str) -> tuple[Placement, ...]:
    """Placements of an account's own looks, avatars first, named as for `choose`."""
    own = (slot for slot in placements().values() if slot.account)
    return _chosen(names, sorted(own, key=lambda slot: slot.use is not Use.AVATAR))


def _chosen(names: str, fitting: Sequence[Placement]) -> tuple[Placement, ...]:
    if names == "all":
        return tuple(fitting)
    chosen = tuple(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    if not chosen:
        raise InvalidInput("placements", "names nothing.", "Write all, or names such as instagram.story,x.post.")
    for name in chosen:
        if name not in placements():
            raise InvalidInput(
                "placements", f"has no '{name}'.", "Run `python -m media_tools placements` for the names."
            )
        if placements()[name] not in fitting:
            takes, other = _takes(placements()[name])
            raise InvalidInput("placements", f"'{name}' takes {takes} only.", f"Leave it out, or make {other} for it.")
    return tuple(placements()[name] for name in chosen)


def _takes(slot: Placement) -> tuple[str, str]:
    """What a placement is for, and what to make for it."""
    if slot.use is Use.AVATAR:
        return "an account's own picture", "the account kit"
    return {
        "still": ("stills", "an infographic"), "video": ("clips", "a clip"),
        "both": ("stills and clips", "an infographic or a clip"),
    }[slot.kind]  # fmt: skip


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
