from collections.abc import Iterator
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples, quoted
from media_tools.ink import Ink
from media_tools.layout.frame import Frame, Paragraph, Placed
from media_tools.layout.text import Typesetter
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Box, Point
from media_tools.spec.language import Language

_REACH, _RISE = 0.12, 0.75  # em that letters may lean past the sides of their box, and that marks may rise over it

_REMEDY = "Shorten these words in blocks or choose another theme, and report this page: layout should prevent it."


class TextOutside(Check):
    """Every letter's ink, measured in pixels, lies on the page and in its text's own box, and no word is torn."""

    code: ClassVar[str] = "text-outside"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        page = Box.of(made.page.frame.size)
        for ink in made.letters:
            box = ink.box
            if box is None or not isinstance(ink.found.item, Paragraph):
                continue
            text = ink.found.item.text
            if cut := page.overhang(box):
                yield self._outside(text, cut, "the edge of the page, where it is cut off")
            elif (over := _room(ink, ink.found.item).overhang(box)) > 1:
                yield self._outside(text, over, "the room that it was given")
            elif (torn := _torn(ink.found.item, made.typesetter)) > 1:
                yield self.finding(f"A word of {quoted(text)} is torn: it needs {torn:.0f} px more width.", _REMEDY)

    def examples(self, bench: Bench) -> Examples:
        good = bench.make()
        frame = good.page.frame
        moved = Frame(frame.size, (Placed(Point(-0.1 * frame.size.width, 0), frame),))
        return Examples(good, bench.with_frame(moved))

    def _outside(self, text: str, by: float, what: str) -> Finding:
        return self.finding(f"{quoted(text)} stands {by:.0f} px past {what}.", _REMEDY)


def _room(ink: Ink, paragraph: Paragraph) -> Box:
    """The paragraph's box with the little that letters of any script reach out of theirs."""
    em, box = max(run.style.size for run in paragraph.runs), ink.found.box
    return Box(box.x - _REACH * em, box.y - _RISE * em, box.width + 2 * _REACH * em, box.height + 2 * _RISE * em)


def _torn(paragraph: Paragraph, typesetter: Typesetter) -> float:
    """How many px the longest word is wider than its paragraph."""
    language, rtl = Language(paragraph.language), paragraph.right_to_left
    longest = max(typesetter.longest_word(run, language, right_to_left=rtl) for run in paragraph.runs)
    return longest - paragraph.size.width
