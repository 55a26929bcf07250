"""The empty page of a placement, measured for a language and a brand that were looked over first."""

from dataclasses import dataclass

from media_tools.errors import InvalidInput
from media_tools.layout.page import Ground, Page, shape_of
from media_tools.layout.text import Typesetter
from media_tools.platforms import Placement, Use
from media_tools.spec.brand import Brand
from media_tools.spec.colour import Colour
from media_tools.spec.language import Language
from media_tools.spec.link import QRPolicy

_MARK_SLACK = 0.02  # of the view box: curves may bulge over it by a hair


@dataclass(frozen=True, slots=True)
class Told:
    """What a page needs to know of the story that it is for."""

    language: str
    qr: QRPolicy
    date: str = ""


def blank_page(told: Told, placement: Placement, brand: Brand, typesetter: Typesetter, ground: Colour) -> Page:
    """Raises InvalidInput for a brand that lacks names in the language or fonts, or whose mark leaves its box."""
    language = Language(told.language)
    if not {language.tag, language.base} & set(brand.names):
        raise InvalidInput(
            "brand.names", f"has no names in '{told.language}'.", f"Add brand.names.{told.language}.ministry."
        )
    _check_fonts(brand, typesetter)
    _check_mark(brand, typesetter)
    safe = placement.safe_area.insets(placement.size)
    rtl = language.right_to_left
    return Page(
        size=placement.size,
        shape=shape_of(placement),
        use=placement.use,
        safe=safe.symmetric() if rtl else safe,
        covered_start=placement.avatar.box(placement.size).right if placement.avatar and not rtl else 0,
        legible=placement.legible,
        scannable=told.qr is QRPolicy.ALWAYS or (told.qr is QRPolicy.SECOND_DEVICE and placement.qr),
        language=language,
        right_to_left=rtl,
        brand=brand,
        ground=Ground.of(ground, brand),
        date=told.date,
        accent=None,
        studio=typesetter.studio,
        type=typesetter,
        bleed=placement.bleed,
        mm=placement.dpi / 25.4 if placement.use is Use.PRINT and placement.dpi else 0,
    )


def _check_mark(brand: Brand, typesetter: Typesetter) -> None:
    """A mark that is drawn outside its box would cover the names beside it, or not be seen at all."""
    box = brand.mark.view_box
    for index, path in enumerate(brand.mark.paths):
        drawn = typesetter.studio.outline(path).computeTightBounds()
        slack = _MARK_SLACK * box
        if not (-slack <= drawn.left() and -slack <= drawn.top() and max(drawn.right(), drawn.bottom()) <= box + slack):
            raise InvalidInput(
                f"brand.mark.paths[{index}]",
                f"is drawn outside the {box:g} x {box:g} of its view box.",
                "Give brand.mark.view_box the side of the square that the paths were drawn in.",
            )


def _check_fonts(brand: Brand, typesetter: Typesetter) -> None:
    """A family that is not there would be replaced by another without a word."""
    fonts = {"display": brand.fonts.display, "text": brand.fonts.text}
    fonts |= {f"by_script.{script}": family for script, family in brand.fonts.by_script.items()}
    for field, family in fonts.items():
        if family not in typesetter.fonts.families:
            raise InvalidInput(
                f"brand.fonts.{field}",
                f"'{family}' is not installed.",
                f"Install its font package, or use one of {', '.join(typesetter.fonts.families)}.",
            )
