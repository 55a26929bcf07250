"""A ministry's brand kit: colours by role, type, mark, names."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from media_tools.spec import Spec, Words
from media_tools.spec.colour import (
    READABLE,
    WHITE,
    Colour,
    contrast,
    darkest,
    mix,
    readable,
    towards_yellow,
    with_lightness,
)
from media_tools.spec.language import SCRIPT_NAMES, Language, Script

_VEIL = 0.30  # OKLCH lightness: under this, white and the light accent read 6:1 and more

PathData = Annotated[str, StringConstraints(pattern=r"^[MmLlHhVvCcSsQqTtAaZz0-9eE+\-., ]+$", max_length=20_000)]


class Colours(Spec):
    """Four colours make a kit; the other roles are derived from them where they are not given."""

    primary: Colour
    ink: Colour
    paper: Colour
    accent: Colour
    surface: Colour = WHITE
    primary_deep: Colour | None = None
    scrim: Colour | None = None
    accent_on_dark: Colour | None = None
    muted: Colour | None = None

    @model_validator(mode="after")
    def _readable(self) -> "Colours":
        for name, ground in (("paper", self.paper), ("surface", self.surface)):
            ratio = contrast(self.ink, ground)
            if ratio < READABLE:
                raise ValueError(
                    f"ink {self.ink} on {name} {ground} reads {ratio:.1f}:1, and text needs {READABLE}:1. "
                    f"Choose a darker ink, such as {readable(self.ink, ground)}, or a lighter {name}."
                )
        return self

    @property
    def deep(self) -> Colour:
        return self.primary_deep or with_lightness(self.primary, times=0.62)

    @property
    def veil(self) -> Colour:
        """The colour laid over photos so that text reads on them."""
        return self.scrim or darkest(with_lightness(self.deep, chroma_times=0.8), _VEIL)

    @property
    def accent_in_dark(self) -> Colour:
        return self.accent_on_dark or towards_yellow(self.accent, lightness=0.86, chroma=0.10, degrees=25)

    @property
    def quiet(self) -> Colour:
        """For standfirsts, dates and sources."""
        return self.muted or mix(self.ink, self.paper, 0.72)


class Fonts(Spec):
    """Families by use; `by_script` names the family of a script group that the two do not cover."""

    display: str = "Source Serif 4"
    text: str = "IBM Plex Sans"
    by_script: dict[str, str] = Field(default={"arabic": "IBM Plex Sans Arabic"})

    @field_validator("by_script")
    @classmethod
    def _known(cls, families: dict[str, str]) -> dict[str, str]:
        unknown = next((name for name in families if name not in SCRIPT_NAMES), None)
        if unknown is not None:
            raise ValueError(f"'{unknown}' is no group of scripts. Use one of {', '.join(sorted(SCRIPT_NAMES))}.")
        return families

    def of(self, script: Script, role: str) -> str:
        """The family that letters of `script` are set in, where the role of the text asks for the family `role`."""
        return self.by_script.get(script.name) or self.by_script.get(script.kin) or role


class Mark(Spec):
    """The ministry's mark as SVG path data in a square view box, drawn in one colour."""

    view_box: float = Field(default=100, ge=1, le=10_000, description="Side of the square that the paths are drawn in.")
    paths: tuple[PathData, ...] = Field(min_length=1, max_length=40)


class LockUp(Spec):
    """The names beside the mark, in one language."""

    ministry: Words = Field(min_length=1, max_length=80)
    mission: Words = Field(default="", max_length=80)
    within: bool = Field(
        default=False, description="Whether the mission takes no room of its own: a page stays as it is without it."
    )


class Brand(Spec):
    """Everything that makes a picture recognisably the ministry's."""

    name: Words = Field(min_length=1, max_length=80)
    colours: Colours
    fonts: Fonts = Fonts()
    mark: Mark
    names: dict[str, LockUp] = Field(min_length=1, description="The names in each language, by language tag.")
    digits: dict[str, Literal["latn", "arab", "arabext", "deva", "beng"]] = Field(
        default={}, description="CLDR numbering system by language tag, such as ar: arab."
    )
    theme: str = Field(default="bulletin", description="The theme of stories that name none.")
    meridians: bool = Field(default=True, description="Whether the rising meridians stand on dark grounds.")

    def named(self, language: Language) -> LockUp:
        """The names in `language`, or in the language without its region. Raises KeyError when there are none."""
        return self.names[language.tag if language.tag in self.names else language.base]

    def digits_of(self, language: Language) -> str:
        return self.digits.get(language.tag) or self.digits.get(language.base) or "latn"
