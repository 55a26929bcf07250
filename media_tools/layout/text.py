"""The only place that measures or draws text: Skia's paragraphs over the studio's fonts.

The binding has no text direction, so each line is wrapped in U+2067 or U+2066 and U+2069; no fallback among
registered fonts, so a style names its whole chain of families; no line metrics, so every line is forced to one height.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil
from typing import Self

import numpy as np
import skia

from media_tools.layout.frame import Align, Paragraph, Run, TextStyle
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language
from media_tools.studio import Fonts, Studio

_ISOLATE = {False: "\u2066", True: "\u2067"}
_END_ISOLATE = "\u2069"
_UNSEEN = frozenset("\n\u00a0\u202f\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f")
_UNBOUNDED = 1e6  # px, wider than any page
_NARROW = 1.0  # px: only where every break is taken does Skia look for those inside Thai, Lao, Khmer and Burmese
_MEASURED = 100.0  # px: the size at which widths are measured, large enough that rounding does not tell
_ANY_COLOUR = "#000000"
_KEPT = 4096  # paragraphs: some twenty pages' worth


class Typesetter:
    """Sets text in the studio's fonts; the same question is answered once."""

    def __init__(self, studio: Studio, fonts: Fonts | None = None) -> None:
        self.studio = studio
        self.fonts = fonts or studio.fonts
        self._shape = lru_cache(_KEPT)(self._build)

    def set(
        self, runs: Sequence[Run], width: float, language: Language, *, align: Align = Align.LEFT, right_to_left: bool
    ) -> Paragraph:
        """Set `runs` in lines of at most `width` px."""
        draft = Paragraph(Size(width, 0), tuple(runs), language.tag, right_to_left, align)
        return replace(draft, size=Size(width, self._shape(draft).Height))

    def one_line(self, run: Run, language: Language, *, right_to_left: bool) -> float:
        """The width in px of `run` without a break, to half a px: it is measured once for all sizes."""
        return float(self._at(_UNBOUNDED, run, language, right_to_left).MaxIntrinsicWidth) * run.style.size / _MEASURED

    def longest_word(self, run: Run, language: Language, *, right_to_left: bool) -> float:
        """The width in px of the widest part that must not be broken, to half a px."""
        return float(self._at(_NARROW, run, language, right_to_left).MinIntrinsicWidth) * run.style.size / _MEASURED

    def widest_line(self, paragraph: Paragraph) -> float:
        return float(self._shape(_unmeasured(paragraph)).LongestLine)

    def baseline(self, paragraph: Paragraph) -> float:
        """Px from the top of the paragraph's box to its first baseline."""
        return float(self._shape(_unmeasured(paragraph)).AlphabeticBaseline)

    def paint(self, canvas: skia.Canvas, paragraph: Paragraph, x: float, y: float) -> None:
        self._shape(_unmeasured(paragraph)).paint(canvas, x, y)

    def inked(self, paragraph: Paragraph) -> tuple[tuple[float, float], ...]:
        """Left and right edge in px of each line's ink, from the top; the binding tells no line's place, so we look."""
        line = max(run.style.size * run.style.leading for run in paragraph.runs)
        height, width = (max(1, ceil(side)) for side in (paragraph.size.height, paragraph.size.width))
        pixels = np.zeros((height, width), np.uint8)
        info = skia.ImageInfo.MakeA8(width, height)
        self.paint(skia.Surface.MakeRasterDirect(info, pixels, pixels.strides[0]).getCanvas(), paragraph, 0, 0)
        bands = (pixels[round(n * line) : round((n + 1) * line)].any(axis=0) for n in range(round(height / line)))
        edges = (np.flatnonzero(band) for band in bands)
        return tuple((float(columns[0]), float(columns[-1]) + 1) if len(columns) else (0.0, 0.0) for columns in edges)

    def carried(self, paragraphs: Iterable[Paragraph]) -> Self:
        """The same for a document that carries its fonts: each face with the letters that `paragraphs` ask of it."""
        wanted: dict[tuple[str, int], set[str]] = {}
        for paragraph in paragraphs:
            for run in paragraph.runs:
                for character in unbroken(run.text, paragraph.language):
                    family = self._family(character, run.style)
                    wanted.setdefault((family, run.style.weight), set()).add(character)
                leading = self._leading_family(paragraph.text, run.style)
                wanted.setdefault((leading, run.style.weight), set()).add("x")
        texts = {face: "".join(sorted(letters)) for face, letters in sorted(wanted.items())}
        return type(self)(self.studio, self.fonts.cut(texts))

    def missing(self, paragraph: Paragraph) -> str:
        """The characters that no family of their run has a glyph for, each once."""
        return "".join(
            dict.fromkeys(
                character
                for run in paragraph.runs
                for character in run.text
                if character not in _UNSEEN
                and not character.isspace()
                and not any(self.fonts.covers(family, character) for family in run.style.families)
            )
        )

    def _leading_family(self, text: str, style: TextStyle) -> str:
        """The family whose ascent and descent the lines follow: the first that has the text's first letter."""
        letter = next((character for character in text if character.isalpha()), "x")
        return next((family for family in style.families if self.fonts.covers(family, letter)), style.families[0])

    def _at(self, width: float, run: Run, language: Language, right_to_left: bool) -> skia.textlayout.Paragraph:
        given = run.style
        style = TextStyle(given.families, _MEASURED, given.weight, 1, _ANY_COLOUR, given.tracking)
        return self._shape(Paragraph(Size(width, 0), (Run(run.text, style),), language.tag, right_to_left))

    def _family(self, character: str, style: TextStyle) -> str:
        """The first family of `style` that has the character."""
        return next((family for family in style.families if self.fonts.covers(family, character)), style.families[0])

    def _needed(self, style: TextStyle, text: str) -> list[str]:
        """The families of `style` that `text` uses, in their order: Skia asks each one that it is given."""
        used = {self._family(character, style) for character in set(text)}
        return [family for family in style.families if family in used]

    def _build(self, paragraph: Paragraph) -> skia.textlayout.Paragraph:
        largest = max((run.style for run in paragraph.runs), key=lambda style: style.size)
        style = skia.textlayout.ParagraphStyle()
        style.setStrutStyle(_strut(largest, self._leading_family(paragraph.text, largest)))
        style.setTextAlign(_ALIGNMENTS[paragraph.align])
        style.setTextStyle(_skia_style(largest, list(largest.families[:1]), paragraph.language))
        builder = skia.textlayout.ParagraphBuilder.make(style, self.fonts.collection, self.fonts.unicode)
        begin = _ISOLATE[paragraph.right_to_left]
        for index, run in enumerate(paragraph.runs):
            text = unbroken(run.text, paragraph.language).replace("\n", f"{_END_ISOLATE}\n{begin}")
            builder.pushStyle(_skia_style(run.style, self._needed(run.style, run.text), paragraph.language))
            builder.addText((begin if index == 0 else "") + text)
            if index == len(paragraph.runs) - 1:
                builder.addText(_END_ISOLATE)
            builder.pop()
        built = builder.Build()
        built.layout(paragraph.size.width)
        return built


def unbroken(text: str, language: str) -> str:
    """`text` with joiners where a line must not end: inside 2015–2025, before a French colon or percent sign."""
    text = _RANGE.sub(f"\\1{_JOINER}\\2{_JOINER}\\3", text)
    text = _SPACED_PERCENT.sub("\\1\u00a0\\2", text)
    if language.partition("-")[0] != "fr":
        return text
    return _FRENCH_STOP.sub("\u00a0\\1", text).replace("« ", "«\u00a0")


_JOINER = "\u2060"
_RANGE = re.compile(r"(\d)([–-])(\d)")
_SPACED_PERCENT = re.compile(r"(\d) ([%٪])")
_FRENCH_STOP = re.compile(r" ([:;!?»])")

_ALIGNMENTS = {
    Align.LEFT: skia.textlayout.TextAlign.kLeft,
    Align.RIGHT: skia.textlayout.TextAlign.kRight,
    Align.CENTRE: skia.textlayout.TextAlign.kCenter,
}


def _unmeasured(paragraph: Paragraph) -> Paragraph:
    return Paragraph(
        Size(paragraph.size.width, 0), paragraph.runs, paragraph.language, paragraph.right_to_left, paragraph.align
    )


def _strut(style: TextStyle, family: str) -> skia.textlayout.StrutStyle:
    strut = skia.textlayout.StrutStyle()
    strut.setStrutEnabled(True)
    strut.setForceStrutHeight(True)
    strut.setHeightOverride(True)
    strut.setHalfLeading(True)
    strut.setFontFamilies([family])
    strut.setFontSize(style.size)
    strut.setHeight(style.leading)
    return strut


def _skia_style(style: TextStyle, families: list[str], language: str) -> skia.textlayout.TextStyle:
    text = skia.textlayout.TextStyle()
    text.setFontFamilies(families)
    text.setFontSize(style.size)
    text.setFontStyle(skia.FontStyle(style.weight, skia.FontStyle.kNormal_Width, skia.FontStyle.kUpright_Slant))
    text.setColor(int("FF" + style.colour[1:], 16))
    text.setLetterSpacing(style.tracking * style.size)
    text.setLocale(language)
    return text
