from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from media_tools.checks import Bench, Check, Examples, quoted
from media_tools.ink import SOLID, Ink
from media_tools.layout.frame import Frame, Paragraph, Placed
from media_tools.made import Made
from media_tools.spec.finding import Finding, Level
from media_tools.spec.geometry import Box, Insets, Point

_SLACK = 1.0  # px: the soft edge of a letter
_RING = 4.0  # px: the ring round an account's own picture, over which a letter may lean
_MARKS = {"mark": "The mark", "logo": "A partner's logo", "qr": "The QR code"}
_REMEDY = "Shorten these words in blocks or choose another theme, and report this page: layout should prevent it."


class OutsideSafeArea(Check):
    """What must be read or scanned lies where the platform neither covers nor crops the file, measured in pixels.

    Photographs, grounds and the motif may reach into those parts.
    """

    code: ClassVar[str] = "outside-safe-area"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        page, placement = made.page.page, made.order.placement
        seen = Box.of(page.size).inset(page.safe)
        things = tuple(_read_or_scanned(made))
        for name, ink in things:
            hidden = seen.overhang(ink.box) if ink.box and not placement.circle else 0  # a circle has no such edges
            if hidden > _SLACK:
                yield self.finding(
                    f"{name} stands {hidden:.0f} px in a part that {placement.label} covers or crops.", _REMEDY
                )
        patches = tuple(_covered(made))
        under = [name for name, ink in things if any((ink.within(patch) >= SOLID).any() for patch in patches)]
        if under:
            yield self._under_picture(under, made)

    def examples(self, bench: Bench) -> Examples:
        good = bench.make("instagram.story")
        frame, safe = good.page.frame, good.page.page.safe
        raised = Frame(frame.size, (Placed(Point(0, -0.5 * safe.top), frame),), frame.name)
        return Examples(good, bench.with_frame(raised, good))

    def _under_picture(self, names: Sequence[str], made: Made) -> Finding:
        """Which side is covered depends on the reader's own interface where pages run from the right."""
        either = made.page.page.right_to_left
        whose = "some readers see" if either else "readers see"
        return self.finding(
            f"{', '.join(names)}: {whose} the account's own picture over it on {made.order.placement.label}.",
            _REMEDY,
            Level.ADVISORY if either else Level.BLOCKING,
        )


def _read_or_scanned(made: Made) -> Iterator[tuple[str, Ink]]:
    """Every paragraph, mark and code, as messages call it, with its ink."""
    for ink in (*made.letters, *made.marks):
        match ink.found.item:
            case Paragraph(text=text):
                yield quoted(text), ink
            case Frame(name=name):
                yield _MARKS[name], ink


def _covered(made: Made) -> Iterator[Box]:
    """Where the account's own picture lies: at the left, and for readers from the right also at the other side."""
    avatar, size = made.order.placement.avatar, made.page.frame.size
    if avatar is None:
        return
    box = avatar.box(size)
    box = box.inset(Insets(_RING, _RING, _RING, _RING))
    whole = Box(round(box.x), round(box.y), round(box.width), round(box.height))
    yield whole
    if made.page.page.right_to_left:
        yield replace(whole, x=round(size.width) - whole.right)
