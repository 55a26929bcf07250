"""Quotation marks: which a language uses, and the opening one, drawn because faces disagree on its size and place."""

from media_tools.layout.frame import Path
from media_tools.layout.page import Meaning, Page
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language

_ANGLES = ("«", "»")
_CORNERS = ("「", "」")
_MARKS = {
    "am": _ANGLES, "el": _ANGLES, "fa": _ANGLES, "it": _ANGLES, "ru": _ANGLES, "uk": _ANGLES,
    "fr": ("«\u00a0", "\u00a0»"), "de": ("„", "“"), "pl": ("„", "”"), "ja": _CORNERS, "zh-Hant": _CORNERS,
    "ar": ("”", "“"), "ur": ("”", "“"), "he": ("”", "”"),
}  # fmt: skip
"""By language tag, where they are not “ and ”. Source: unicode-org/cldr-json, cldr-misc-full, delimiters.json."""

_COMMAS = (
    "M40 0C16 9 0 31 0 55C0 68 9 76 20 76C31 76 39 68 39 57C39 46 31 38 21 38C19 38 17 38 15 39C17 25 27 13 42 5Z"
    "M96 0C72 9 56 31 56 55C56 68 65 76 76 76C87 76 95 68 95 57C95 46 87 38 77 38C75 38 73 38 71 39C73 25 83 13 98 5Z"
)
_OUTLINES = {
    "«": (Size(99, 76), "M30 0H47L20 38L47 76H30L0 38ZM82 0H99L72 38L99 76H82L52 38Z"),
    "「": (Size(48, 76), "M0 0H48V11H11V76H0Z"),
}


def marks_of(language: Language) -> tuple[str, str]:
    """The marks that open and close what is quoted, with the spaces inside them."""
    return _MARKS.get(language.tag) or _MARKS.get(language.base) or ("“", "”")


def opening_mark(page: Page, height: float) -> Path:
    """The language's mark in the accent, `height` px high: angles, a corner, or for all others two turned commas."""
    size, outline = _OUTLINES.get(marks_of(page.language)[0].strip(), (Size(98, 76), _COMMAS))
    scale = height / size.height
    return Path(Size(size.width * scale, height), outline, page.accented(Meaning.QUOTED), scale=scale)
