"""The only place that measures or draws text: Skia's paragraphs over the studio's fonts.

The binding has no text direction, so each line is wrapped in U+2067 or U+2066 and U+2069; no fallback among
registered fonts, so a style names its whole chain of families; no line metrics, so every line is forced to one height.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from math import ceil, floor
from typing import Any, Self
from unicodedata import normalize

import numpy as np
import skia

from media_tools.layout.breaks import unbroken
from media_tools.layout.emoji import each_emoji, parts
from media_tools.layout.frame import Align, Paragraph, Run, TextStyle
from media_tools.spec.geometry import Size
from media_tools.spec.language import Language, Parting, Script
from media_tools.studio import Fonts, Memory, Studio

_ISOLATE = {False: "\u2066", True: "\u2067"}
_END_ISOLATE = "\u2069"
_UNSEEN = re.compile("[\u200b-\u200f\u2060\u2066-\u2069\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]+")
_SPLIT = re.compile("[\u0900-\u109f\u1780-\u17ff]")  # from Devanagari to Burmese, and Khmer: vowels stand round letters
_ENDS_LINE = re.compile("[\v\f\r\x85\u2028\u2029]")  # besides the \n that we write ourselves
_CONTROLS = re.compile("([\u2060\u2066-\u2069\n]+)")
_INVISIBLE = " "  # what shaping puts for signs that are not seen: a font without it shows an empty box
_CARRIER = "\u25cc"  # stands under signs that follow no letter
_UNBOUNDED = 1e6  # px, wider than any page
_NARROW = 1.0  # px: only where every break is taken does Skia look for those inside Thai, Lao, Khmer and Burmese
_MEASURED = 100.0  # px: the size at which widths are measured, large enough that rounding does not tell
_UNSURE = 1e-3  # of the room, and a px: a line that is narrower by so much does not break
_ANY_COLOUR = "#000000"
_KEPT = 4096  # paragraphs: some twenty pages' worth
_KEPT_WIDTHS = 16384  # of words, for each of which a page asks some ten times
_AS_ONE = 1.5  # times as wide as its first part: an emoji wider than this is drawn as several


class Typesetter:
    """Sets text in the studio's fonts; the same question is answered once."""

    def __init__(self, studio: Studio, fonts: Fonts | None = None) -> None:
        self.studio = studio
        self.fonts = fonts or studio.fonts
        self._shape = lru_cache(_KEPT)(self._build)
        self._measured = lru_cache(_KEPT_WIDTHS)(self._measure)
        self._known = Memory[Any](_KEPT, lambda _: 1)

    def set(
        self, runs: Sequence[Run], width: float, language: Language, *, align: Align = Align.LEFT, right_to_left: bool
    ) -> Paragraph:
        """Set `runs` in lines of at most `width` px."""
        given = tuple(runs)
        height = self._height(given, width, language, align, right_to_left)
        return Paragraph(Size(width, height), given, language.tag, right_to_left, align)

    def set_lines(
        self, lines: Sequence[str], style: TextStyle, width: float, language: Language, *, align: Align,
        right_to_left: bool,
    ) -> Paragraph:  # fmt: skip
        """The same of lines that are known to be narrower than `width` px: nothing is measured."""
        runs = (Run("\n".join(lines), style),)
        return Paragraph(Size(width, len(lines) * _line_height(style)), runs, language.tag, right_to_left, align)

    def once[Answer](self, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """The answer to a question about texts in these fonts, remembered for all pages."""
        answer: Answer = self._known.recall(question, find)
        return answer

    def one_line(self, run: Run, language: Language, *, right_to_left: bool) -> float:
        """The width in px of `run` without a break, to half a px: it is measured once for all sizes."""
        return self._wide(_UNBOUNDED, run, language, right_to_left)

    def longest_word(self, run: Run, language: Language, *, right_to_left: bool) -> float:
        """The width in px of the widest part that must not be broken, to half a px."""
        return self._wide(_NARROW, run, language, right_to_left)

    def widest_line(self, paragraph: Paragraph) -> float:
        as_written = paragraph.text.count("\n") + 1 == paragraph.lines
        width = _UNBOUNDED if as_written else paragraph.size.width  # the same lines, measured once for all widths
        return float(self._shape(replace(paragraph, size=Size(width, 0), align=Align.LEFT)).LongestLine)

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
                for part, style in self._parts(unbroken(run.text, paragraph.language), run.style, paragraph.language):
                    for character in {*part, *normalize("NFC", part)}:  # shaping puts letters and their marks together
                        face = self._family(character, style), style.weight
                        wanted.setdefault(face, {_INVISIBLE}).update(_parts_of(character))
                leading = self._leading_family(paragraph.text, run.style)
                wanted.setdefault((leading, run.style.weight), {_INVISIBLE}).add("x")
        texts = {face: "".join(sorted(letters)) for face, letters in sorted(wanted.items())}
        return type(self)(self.studio, self.fonts.cut(texts))

    def missing(self, paragraph: Paragraph) -> tuple[str, ...]:
        """The characters that no family of their run has a glyph for, and emoji of several that none draws as one."""
        language = Language(paragraph.language)
        found = (letter for run in paragraph.runs for letter in self._missing(run, language))
        return tuple(dict.fromkeys(found))

    def _missing(self, run: Run, language: Language) -> Iterator[str]:
        for part in parts(run.text):
            if part.emoji:
                yield from (emoji for emoji in each_emoji(part.text) if not self._drawn(emoji, run.style, language))
                continue
            for character in part.text:
                seen = not (character.isspace() or _UNSEEN.match(character))
                if seen and not any(self.fonts.covers(family, character) for family in run.style.families):
                    yield character

    def _drawn(self, emoji: str, style: TextStyle, language: Language) -> bool:
        """Whether some family draws the emoji, and all of it as one picture."""
        seen = _UNSEEN.sub("", emoji)
        if not any(all(self.fonts.covers(family, part) for part in seen) for family in self.fonts.emoji):
            return False
        first = self.one_line(Run(f"{emoji[0]}\ufe0f", style), language, right_to_left=False)
        whole = self.one_line(Run(emoji, style), language, right_to_left=False)
        return len(seen) == 1 or whole <= _AS_ONE * max(first, style.size)

    def _height(
        self, runs: tuple[Run, ...], width: float, language: Language, align: Align, right_to_left: bool
    ) -> float:
        """Of as many lines as the text has itself, where each fits; where one may break, Skia is to say."""
        if len(runs) == 1 and not _ENDS_LINE.search(runs[0].text):
            style, lines = runs[0].style, [Run(line, runs[0].style) for line in runs[0].text.split("\n")]
            room = width - max(1, _UNSURE * width)
            if all(self._wide(_UNBOUNDED, line, language, right_to_left) <= room for line in lines):
                return len(lines) * _line_height(style)
        return float(self._shape(Paragraph(Size(width, 0), runs, language.tag, right_to_left, align)).Height)

    def _leading_family(self, text: str, style: TextStyle) -> str:
        """The family whose ascent and descent the lines follow: the first that has the text's first letter."""
        letter = next((character for character in text if character.isalpha()), "x")
        return next((family for family in style.families if self.fonts.covers(family, letter)), style.families[0])

    def _wide(self, room: float, run: Run, language: Language, right_to_left: bool) -> float:
        """Px of the whole run without a break, or, in a room in which nothing fits, of its widest part."""
        style = run.style
        shape = (style.families, style.weight, style.tracking)
        return self._measured(room, run.text, *shape, language.tag, right_to_left) * style.size / _MEASURED

    def _measure(
        self, room: float, text: str, families: tuple[str, ...], weight: int, tracking: float, tag: str,
        right_to_left: bool,
    ) -> float:  # fmt: skip
        style = TextStyle(families, _MEASURED, weight, 1, _ANY_COLOUR, tracking)
        shaped = self._shape(Paragraph(Size(room, 0), (Run(text, style),), tag, right_to_left))
        return float(shaped.MinIntrinsicWidth if room == _NARROW else shaped.MaxIntrinsicWidth)

    def _family(self, character: str, style: TextStyle) -> str:
        """The first family of `style` that has the character."""
        return next((family for family in style.families if self.fonts.covers(family, character)), style.families[0])

    def _needed(self, style: TextStyle, text: str) -> list[str]:
        """The families of `style` that `text` uses, in their order: Skia asks each one that it is given."""
        used = {self._family(character, style) for character in set(_UNSEEN.sub("", text))}
        return [family for family in style.families if family in used] or [style.families[0]]

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
            first, last = index == 0, index == len(paragraph.runs) - 1
            self._add(builder, run.style, f"{begin * first}{text}{_END_ISOLATE * last}", paragraph.language)
        built = builder.Build()
        built.layout(paragraph.size.width)
        return built

    def _add(self, builder: skia.textlayout.ParagraphBuilder, style: TextStyle, text: str, language: str) -> None:
        for part, fit in self._parts(text, style, language):
            families = self._needed(fit, part)
            for index, letters in enumerate(_CONTROLS.split(part) if style.tracking else [part]):
                tracked = fit if index % 2 == 0 else replace(fit, tracking=0)  # what nobody sees takes no room
                builder.pushStyle(_skia_style(tracked, families, language))
                builder.addText(letters)
                builder.pop()

    def _parts(self, text: str, style: TextStyle, language: str) -> Iterator[tuple[str, TextStyle]]:
        """`text` in parts, each with the style whose families are in the order that it asks for."""
        script = _script(language)
        for part in parts(text, full_width=script.parting is Parting.CHARACTERS):
            first = self.fonts.emoji if part.emoji else (script.family,) if part.full_width else ()
            yield (
                part.text,
                replace(style, families=tuple(dict.fromkeys((*first, *style.families)))) if first else style,
            )


_ALIGNMENTS = {
    Align.LEFT: skia.textlayout.TextAlign.kLeft,
    Align.RIGHT: skia.textlayout.TextAlign.kRight,
    Align.CENTRE: skia.textlayout.TextAlign.kCenter,
}


@cache
def _script(tag: str) -> Script:
    return Language(tag).script


def _parts_of(character: str) -> set[str]:
    """What shaping may make of a character: itself, letter and mark apart, and signs of its script."""
    parts = {character, *normalize("NFD", character)}
    if _SPLIT.match(character):
        block = ord(character) & ~0x7F
        parts |= {_CARRIER, *(chr(code) for code in range(block, block + 0x80))}
    return parts


def _line_height(style: TextStyle) -> float:
    """Px, as Skia rounds it."""
    return float(floor(style.size * style.leading + 0.5))


def _unmeasured(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, size=Size(paragraph.size.width, 0))


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
