"""One page to fill: its size, its room, its type scale and the colours that read on its ground.

Shares and steps are the visual language's: a base size `b` as a share of the short side, and sizes b x 1.2^k.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from media_tools.layout.frame import Align, Fill, Paragraph, Placed, Run, TextStyle
from media_tools.layout.text import Typesetter
from media_tools.platforms import Placement, Use
from media_tools.spec.brand import Brand, LockUp
from media_tools.spec.colour import WHITE, Colour, is_dark, mix, readable
from media_tools.spec.geometry import Box, Insets, Point, Size
from media_tools.spec.language import LATIN, Language
from media_tools.studio import Studio

SCALE = 1.2
_BOLD = 700
_HEAVY = 0.0026  # of the short side: 1.5 pt on A4
_SAFE_GAP = 0.02  # share of the short side between the platform's covered zone and our text

_SEEN_TO_SHORT = 1.3  # a banner with 12 % of margin above and below counts whole; one cropped to a strip, as the strip


class Meaning(StrEnum):
    """What the accent says. On one page it says one thing, however many wear it."""

    GROUND = "ground"
    SUBJECT = "subject"
    SPOKEN_OF = "spoken of"
    """The datum that the headline speaks of, in as many charts as show it."""
    NOW = "now"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a class of frames is measured: shares of the short side."""

    name: str
    base: float
    side: float
    top: float
    bottom: float
    gutter: float
    title_steps: tuple[int, ...]
    title_lines: int
    body_step: int = 0
    """Labels' place on the scale: where height is short they are as small as is legible."""
    small_step: int = -1
    """The place of chart labels and sources: on paper they are smaller than what is read."""
    tight: float = 1
    """Times the gaps that stand between groups."""
    hairline: float = 0.0014


PORTRAIT = Shape("portrait", 0.0269, 0.067, 0.067, 0.067, 0.022, (8, 7, 6, 5, 4), 3)
SQUARE = Shape("square", 0.0269, 0.067, 0.067, 0.067, 0.022, (7, 6, 5, 4), 3)
STORY = Shape("story", 0.0287, 0.067, 0.067, 0.067, 0.022, (8, 7, 6, 5, 4), 3)
LANDSCAPE = Shape("landscape", 0.0370, 0.077, 0.068, 0.059, 0.030, (6, 5, 4, 3), 3, body_step=-1, tight=0.65)
BANNER = Shape("banner", 0.0480, 0.12, 0.12, 0.12, 0.040, (6, 5, 4, 3, 2), 2)
PRINT = Shape(
    "page", 0.0194, 0.071, 0.068, 0.058, 0.019, (9, 8, 7, 6, 5, 4), 3, body_step=-1, small_step=-2, hairline=0.00085
)


def shape_of(placement: Placement) -> Shape:
    """The class of a placement by its proportions; of a cover, by those of the part that is always seen."""
    if placement.use is Use.PRINT:
        return PRINT
    frame = Box.of(placement.size)
    seen = frame.inset(placement.safe_area.insets(placement.size)) if placement.use is Use.COVER else frame
    ratio = seen.width / seen.height
    for limit, shape in ((0.70, STORY), (0.95, PORTRAIT), (1.15, SQUARE), (2.4, LANDSCAPE)):
        if ratio < limit:
            return shape
    return BANNER


@dataclass(frozen=True, slots=True)
class Ground:
    """A background colour with the brand's roles moved, where they must be, until they read on it."""

    colour: Colour
    text: Colour
    strong: Colour
    quiet: Colour
    accent: Colour
    line: Colour
    empty: Colour

    @classmethod
    def of(cls, colour: Colour, brand: Brand) -> Self:
        colours = brand.colours
        dark = is_dark(colour)
        text = WHITE if dark else colours.ink
        return cls(
            colour=colour,
            text=readable(text, colour),
            strong=WHITE if dark else readable(colours.primary, colour),
            quiet=readable(mix(WHITE, colour, 0.82) if dark else colours.quiet, colour),
            accent=readable(colours.accent_in_dark if dark else colours.accent, colour),
            line=mix(text, colour, 0.45 if dark else 0.22),
            empty=mix(text, colour, 0.25 if dark else 0.17),
        )


class _Unknown:
    """Stands for an answer that is still to be found: none of them is one of these."""


_UNKNOWN = _Unknown()


@dataclass(slots=True)
class _Known:
    """Answers by their questions."""

    here: dict[Hashable, Any] = field(default_factory=dict)
    measures: dict[Hashable, Any] = field(default_factory=dict)


def _found[Answer](known: dict[Hashable, Any], question: Hashable, find: Callable[[], Answer]) -> Answer:
    answer: Answer | _Unknown = known.get(question, _UNKNOWN)
    if isinstance(answer, _Unknown):
        answer = known[question] = find()
    return answer


@dataclass(frozen=True)
class Page:
    """Where a design is laid out. Everything is placed as for left to right; `mirror` turns the finished page."""

    size: Size
    shape: Shape
    use: Use
    safe: Insets
    covered_start: float
    """Px of width at the start edge that the account's own picture covers."""
    legible: float
    scannable: bool
    language: Language
    right_to_left: bool
    brand: Brand
    ground: Ground
    date: str
    """The day or period that the story speaks of."""
    accent: Meaning | None
    """What the accent means on this page, so that it means nothing else; None while nothing has claimed it."""
    studio: Studio
    type: Typesetter
    bleed: float = 0
    """Px past each edge that are printed and cut off."""
    mm: float = 0
    """Px of a millimetre of paper; 0 on screens."""
    ruled: bool = False
    """Whether every block stands under a heavy rule, as on a printed page, not under a hairline or none."""
    title_weight: int = 600
    """Of titles in scripts that ask for no other."""
    _known: _Known = field(init=False, default_factory=_Known, repr=False, compare=False)

    def once[Answer](self, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """The answer to a question about this page, found the first time and remembered with the page."""
        return _found(self._known.here, question, find)

    def measured[Answer](self, question: Hashable, find: Callable[[], Answer]) -> Answer:
        """The same of what does not depend on the accent's meaning: remembered for all meanings."""
        return _found(self._known.measures, question, find)

    def meaning(self, accent: Meaning) -> Self:
        """The same page on which the accent says something."""
        return self.once(("accent", accent), lambda: self._meaning(accent))

    def _meaning(self, accent: Meaning) -> Self:
        page = replace(self, accent=accent)
        page._known.measures = self._known.measures
        return page

    @cached_property
    def base(self) -> float:
        """The scale's step 0 in px: a share of the short side, so large that the smallest type is still legible."""
        return max(self.shape.base * self.short, self.legible * SCALE**-self.shape.small_step)

    @cached_property
    def short(self) -> float:
        """The side that shares are of, in px: the frame's short side, less where little of its height is seen."""
        return min(self.size.short, _SEEN_TO_SHORT * Box.of(self.size).inset(self.safe).height)

    @cached_property
    def box(self) -> Box:
        """Where text may stand: inside the margins and the platform's safe area, never both added."""
        short = self.short
        gap = _SAFE_GAP * short
        return Box.of(self.size).inset(
            Insets(
                top=max(self.shape.top * short, self.safe.top + gap),
                right=max(self.shape.side * short, self.safe.right + gap),
                bottom=max(self.shape.bottom * short, self.safe.bottom + gap),
                left=max(self.shape.side * short, self.safe.left + gap),
            )
        )

    @property
    def bled(self) -> Box:
        """The page with what is cut off: grounds and pictures that reach an edge reach this."""
        return Box.of(self.size).inset(Insets(-self.bleed, -self.bleed, -self.bleed, -self.bleed))

    def flood(self) -> Placed:
        """The ground all over the page."""
        bled = self.bled
        return Placed(Point(bled.x, bled.y), Fill(bled.size, self.ground.colour))

    @property
    def gutter(self) -> float:
        return self.shape.gutter * self.short

    def gap(self, bases: float) -> float:
        """Px of space between groups."""
        return bases * self.base * self.shape.tight

    @property
    def hairline(self) -> float:
        return max(1, round(self.shape.hairline * self.short))

    @property
    def heavy(self) -> float:
        """Px of the rule over a block of a printed page."""
        return max(2, round(_HEAVY * self.short))

    def rule(self, width: float) -> Fill:
        """What a block begins with: a hairline, or the heavy rule of a printed page."""
        if self.ruled:
            return Fill(Size(width, self.heavy), self.ground.text)
        return Fill(Size(width, self.hairline), self.ground.line)

    @property
    def names(self) -> LockUp:
        return self.brand.named(self.language)

    @property
    def digits(self) -> str:
        return self.brand.digits_of(self.language)

    def step(self, steps: float) -> float:
        """Px of type size: `steps` up the scale from body."""
        return float(self.base * SCALE**steps)

    def accented(self, meaning: Meaning) -> Colour:
        """The accent, or the strong colour where the accent already says something else."""
        return self.ground.accent if self.accent in (None, meaning) else self.ground.strong

    def on(self, colour: Colour) -> Self:
        return self.once(("on", colour), lambda: replace(self, ground=Ground.of(colour, self.brand)))

    def in_sans(self) -> Self:
        """The same page with titles and figures in the brand's text face, bold: for charts and tables."""
        fonts = self.brand.fonts.model_copy(update={"display": self.brand.fonts.text})
        brand = self.brand.model_copy(update={"fonts": fonts})
        return self.once("in sans", lambda: replace(self, brand=brand, title_weight=_BOLD))

    # Styles by role. Leading grows with the script where letters stack.

    def title(self, step: float) -> TextStyle:
        return self.measured(("title style", step), lambda: self._title(step))

    def _title(self, step: float) -> TextStyle:
        script = self.language.script
        return TextStyle(
            families=self._display,
            size=self.step(step - script.title_steps_down),
            weight=script.title_weight or self.title_weight,
            leading=script.title_leading,
            colour=self.ground.text,
            tracking=-0.014 if script.capitals else 0,
        )

    def figure(self, size: float) -> TextStyle:
        return self.measured(("figure", size), lambda: self._figure(size))

    def _figure(self, size: float) -> TextStyle:
        return TextStyle(
            families=self._display,
            size=size,
            weight=self.language.script.title_weight or 600,
            leading=1.0 if self.language.script.tracked else 1.15,
            colour=self.ground.strong,
            tracking=-0.02 if self.language.script.tracked else 0,
        )

    def unit(self, figure_size: float) -> TextStyle:
        small = self.unit_size(figure_size)
        return self.measured(("unit", small), lambda: replace(self._figure(small), weight=500, tracking=0))

    def unit_size(self, figure_size: float) -> float:
        return max(0.44 * figure_size, self.step(-1))

    @cached_property
    def kicker(self) -> TextStyle:
        script = self.language.script
        tracking = 0.045 if script.capitals else 0.03 if script.tracked else 0
        return replace(
            self._text(-1, 600, 1.25),
            colour=self.accented(Meaning.SUBJECT),
            tracking=tracking,
        )

    @cached_property
    def standfirst(self) -> TextStyle:
        return replace(self._text(self.shape.body_step + 1, 400, 1.38), colour=self.ground.quiet)

    @cached_property
    def label(self) -> TextStyle:
        return self._text(self.shape.body_step, 400, 1.32)

    @cached_property
    def strong(self) -> TextStyle:
        return self._text(self.shape.body_step, 600, 1.32)

    @cached_property
    def small(self) -> TextStyle:
        """Chart labels, dates, sources: the smallest type of the page."""
        return self._text(self.shape.small_step, 400, 1.32)

    @cached_property
    def quiet(self) -> TextStyle:
        return replace(self.small, colour=self.ground.quiet)

    def set(self, text: str, style: TextStyle, width: float, align: Align = Align.LEFT) -> Paragraph:
        return self.type.set([Run(text, style)], width, self.language, align=align, right_to_left=self.right_to_left)

    def set_lines(self, lines: Sequence[str], style: TextStyle, width: float, align: Align = Align.LEFT) -> Paragraph:
        """The same of lines that are known to be narrower than `width`: nothing is measured."""
        return self.type.set_lines(lines, style, width, self.language, align=align, right_to_left=self.right_to_left)

    def set_runs(self, runs: list[Run], width: float, align: Align = Align.LEFT) -> Paragraph:
        return self.type.set(runs, width, self.language, align=align, right_to_left=self.right_to_left)

    def width_of(self, text: str, style: TextStyle) -> float:
        return self.type.one_line(Run(text, style), self.language, right_to_left=self.right_to_left)

    def longest_word(self, text: str, style: TextStyle) -> float:
        return self.type.longest_word(Run(text, style), self.language, right_to_left=self.right_to_left)

    def amount(self, digits: str) -> str:
        """Digits with their signs, kept in their own order among words that run right to left: +500%, not 500%+."""
        return f"\u2066{digits}\u2069" if self.right_to_left and self.digits == "latn" else digits

    def headed(self, text: str) -> str:
        """Kicker text: in capitals where the script has them and they are safe."""
        return self.language.capitals(text) if self.language.script.capitals else text

    def _text(self, step: float, weight: int, leading: float) -> TextStyle:
        return TextStyle(
            families=self._plain,
            size=self.step(step),
            weight=weight,
            leading=leading * self.language.script.body_leading / LATIN.body_leading,
            colour=self.ground.text,
        )

    @cached_property
    def _display(self) -> tuple[str, ...]:
        return self._families(self.brand.fonts.display)

    @cached_property
    def _plain(self) -> tuple[str, ...]:
        return self._families(self.brand.fonts.text)

    def _families(self, family: str) -> tuple[str, ...]:
        """The face for script and role, the brand's text face, the script's packaged one, then all others.

        A face without the script's letters gives way to the text face: its digits would stand apart from the words.
        """
        script, fonts, packaged = self.language.script, self.brand.fonts, self.studio.fonts
        own = fonts.of(script, family)
        if not (script.letter and packaged.covers(own, script.letter)):
            own = fonts.text
        return tuple(dict.fromkeys(name for name in (own, fonts.text, script.family, *packaged.families) if name))
