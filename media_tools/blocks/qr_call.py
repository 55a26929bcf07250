from dataclasses import replace
from typing import ClassVar, Literal, Self

from pydantic import Field

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Fill, Frame, Paragraph, Path, Placed
from media_tools.layout.page import Page
from media_tools.spec import Words
from media_tools.spec.colour import WHITE, Colour, contrast
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language
from media_tools.spec.link import Link

_CODE = 0.20  # least share of the short side
_LARGEST_CODE = 0.30
_CODE_CONTRAST = 7.0  # of the modules on white
_PAD = 0.9  # of the base size, round the code on its card


class QRCall(Block):
    """What to do next: a verb and an address, as a QR code where a second device can see the page."""

    rank: ClassVar[int] = 70
    part: ClassVar[Part] = Part.CALL

    block: Literal["qr_call"] = "qr_call"
    verb: Words = Field(min_length=1, max_length=60, description="What the reader is asked to do: See the pavilion.")
    link: Link

    @classmethod
    def example(cls) -> Self:
        return cls(verb="See how it works", link=Link(url="https://go.mfa.example/harbour"))

    def links(self) -> tuple[Link, ...]:
        return (self.link,)

    def described(self, language: Language, digits: str) -> tuple[str, ...]:  # noqa: ARG002
        return (f"{self.verb}: {self.link.spoken}",)

    def least(self, width: float, page: Page) -> float:
        return self._card_height(_CODE, width, page) if page.scannable else self._line(width, page).size.height

    def most(self, width: float, page: Page) -> float:
        return self._card_height(_LARGEST_CODE, width, page) if page.scannable else self.least(width, page)

    def layout(self, size: Size, page: Page) -> Frame:
        least = self.least(size.width, page)
        if least > size.height + 0.5:
            raise DoesNotFit("The QR call", least, size.height)
        return self._card(size, page) if page.scannable else self._line(size.width, page)

    def _card(self, size: Size, page: Page) -> Frame:
        """A white card: the code at the start, verb and address beside it."""
        card = page.on(WHITE)
        pad = _PAD * page.base
        side = min(size.height - 2 * pad, _LARGEST_CODE * page.size.short)
        if self._words_height(side, size.width, page) > size.height - 2 * pad:
            side = _CODE * page.size.short
        height = 2 * pad + max(side, self._words_height(side, size.width, page))
        code = qr_frame(self.link.url, side, card)
        start = pad + code.size.width + 1.2 * page.base
        verb, address = self._words(size.width - start - pad, card)
        top = (height - verb.size.height - address.size.height) / 2
        items = (
            Placed(Point(0, 0), Fill(Size(size.width, height), card.ground.colour)),
            Placed(Point(pad, (height - code.size.height) / 2), code),
            Placed(Point(start, top), verb),
            Placed(Point(start, top + verb.size.height), address),
        )
        return Frame(Size(size.width, height), items, self.block)

    def _line(self, width: float, page: Page) -> Frame:
        """Verb and address under a hairline, on one line where they fit."""
        verb, address = self._words(width, page)
        top = 0.55 * page.base
        beside = page.type.widest_line(verb) + 0.8 * page.base
        rule = Placed(Point(0, 0), Fill(Size(width, page.hairline), page.ground.line))
        if beside + page.type.widest_line(address) <= width:
            address = self._address(width - beside, page)
            items = (Placed(Point(0, top), verb), Placed(Point(beside, top), address))
            return Frame(Size(width, top + verb.size.height), (rule, *items), self.block)
        items = (Placed(Point(0, top), verb), Placed(Point(0, top + verb.size.height), address))
        return Frame(Size(width, top + verb.size.height + address.size.height), (rule, *items), self.block)

    def _words(self, width: float, page: Page) -> tuple[Paragraph, Paragraph]:
        return page.set(self.verb, page.strong, width), self._address(width, page)

    def _address(self, width: float, page: Page) -> Paragraph:
        """The address for people to type, left to right in every language."""
        return replace(page.set(self.link.spoken, page.label, width), right_to_left=False)

    def _card_height(self, code: float, width: float, page: Page) -> float:
        side = code * page.size.short
        return max(side, self._words_height(side, width, page)) + 2 * _PAD * page.base

    def _words_height(self, side: float, width: float, page: Page) -> float:
        """The height of verb and address beside a code of `side` px on a card `width` px wide."""
        room = width - side - (2 * _PAD + 1.2) * page.base
        return sum(lines.size.height for lines in self._words(room, page))


def _code_ink(page: Page) -> Colour:
    """The brand's ink where it is dark: readers want dark modules on white."""
    ink = page.brand.colours.ink
    return ink if contrast(ink, WHITE) >= _CODE_CONTRAST else "#000000"


def qr_frame(text: str, side: float, page: Page) -> Frame:
    """The code of `text` in whole px a module, at most `side` px, quiet zone included: ink on white."""
    code = page.studio.matrix(text)
    module = max(1, int(side / code.side))
    size = Size(module * code.side, module * code.side)
    items = (
        Placed(Point(0, 0), Fill(size, WHITE)),
        Placed(Point(0, 0), Path(size, code.path, _code_ink(page), scale=module)),
    )
    return Frame(size, items, "qr")
