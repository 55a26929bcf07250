from dataclasses import replace
from math import ceil, inf
from typing import ClassVar, Literal, NamedTuple, Self

from pydantic import Field

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.frame import Fill, Frame, Paragraph, Path, Placed
from media_tools.layout.heading import heading
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec import Words
from media_tools.spec.colour import WHITE, Colour, contrast
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language
from media_tools.spec.link import Link

_CODE = 0.20  # least share of the short side
_LARGEST_CODE = 0.30
_LARGEST_ABOVE = 0.34  # the same of a code over its words
_CODE_CONTRAST = 7.0  # of the modules on white
_PAD = 0.9  # of the base size, round the code on its card
_UNDER_CODE = 0.5  # base sizes between a code and the words under it
_PAPER_SIDE, _PAPER_MODULE = 20, 0.4  # mm: a code on paper at least, and one of its modules
_PAPER_BASES, _PAPER_LARGEST = 5.0, 1.3  # base sizes of a code on paper at least, and how much larger it may be
_BESIDE = 1.2  # base sizes between a code on paper and the words beside it
_NARROWEST = 7  # base sizes of width that words beside the code need; in less they stand under it


class _Sides(NamedTuple):
    """Px of the code's side: the least, and the most beside and over its words."""

    least: float
    beside_words: float
    over_words: float


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

    def spans(self) -> tuple[int, int]:
        return 4, 5

    def least(self, width: float, page: Page) -> float:
        if not page.scannable:
            return self._line(width, page).size.height
        if page.ruled:
            return self._ruled(Size(width, 0), page).size.height
        return self._card_height(self._sides(page).least, width, page)

    def most(self, width: float, page: Page) -> float:
        if not page.scannable:
            return self.least(width, page)
        if page.ruled:
            return max(self._ruled(Size(width, height), page).size.height for height in (0, inf))
        sides = self._sides(page)
        return self._card_height(sides.over_words if self._narrow(width, page) else sides.beside_words, width, page)

    def layout(self, size: Size, page: Page) -> Frame:
        least = self.least(size.width, page)
        if least > size.height + 0.5:
            raise DoesNotFit("The QR call", least, size.height)
        if not page.scannable:
            return self._line(size.width, page)
        return self._ruled(size, page) if page.ruled else self._card(size, page)

    def _card(self, size: Size, page: Page) -> Frame:
        """A white card: the code at the start, verb and address beside it; under the card where it is narrow."""
        if self._narrow(size.width, page):
            return self._upright_card(size, page)
        card = page.on(WHITE)
        pad, sides = _PAD * page.base, self._sides(page)
        side = min(size.height - 2 * pad, sides.beside_words)
        if self._words_height(side, size.width, page) > size.height - 2 * pad:
            side = sides.least
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

    def _upright_card(self, size: Size, page: Page) -> Frame:
        """The code on its own white, and verb and address under it."""
        words = stack(self._words(size.width, page), [0], size.width)
        room = size.height - words.size.height - _UNDER_CODE * page.base
        code = qr_frame(self.link.url, min(size.width, room, self._sides(page).over_words), page)
        return replace(stack([code, words], [_UNDER_CODE * page.base], size.width), name=self.block)

    def _ruled(self, size: Size, page: Page) -> Frame:
        """Under the rule of a printed page: the code as large as `size` lets it be with its words."""
        over = heading(page, "", size.width)
        sides = self._sides(page)
        calls = (
            stack([over, self._beside_words(side, size.width, page)], [0], size.width, self.block)
            for side in (min(max(sides.least, size.height - over.size.height), sides.beside_words), sides.least)
        )
        larger = next(calls)
        return larger if larger.size.height <= size.height + 0.5 else next(calls)

    def _beside_words(self, side: float, width: float, page: Page) -> Frame:
        """The code, verb and address beside it; under it where a word is wider than what it leaves."""
        code = qr_frame(self.link.url, side, page)
        start = code.size.width + _BESIDE * page.base
        longest = max(page.longest_word(self.verb, page.strong), page.longest_word(self.link.spoken, page.label))
        if longest > width - start:
            return stack([code, *self._words(width, page)], [_UNDER_CODE * page.base, 0], width)
        words = stack(self._words(width - start, page), [0], width - start)
        height = max(code.size.height, words.size.height)
        beside = Placed(Point(start, (height - words.size.height) / 2), words)
        return Frame(Size(width, height), (Placed(Point(0, (height - code.size.height) / 2), code), beside))

    def _sides(self, page: Page) -> _Sides:
        """Shares of a screen's short side; mm of paper, in whole px a module."""
        if not page.mm:
            return _Sides(*(share * page.size.short for share in (_CODE, _LARGEST_CODE, _LARGEST_ABOVE)))
        modules = page.studio.matrix(self.link.url).side
        side = max(_PAPER_SIDE * page.mm, _PAPER_MODULE * modules * page.mm, _PAPER_BASES * page.base)
        least = modules * ceil(side / modules)
        return _Sides(least, _PAPER_LARGEST * least, _PAPER_LARGEST * least)

    def _narrow(self, width: float, page: Page) -> bool:
        """Whether verb and address have no room beside the code."""
        room = width - self._sides(page).least - (2 * _PAD + 1.2) * page.base
        longest = max(page.longest_word(self.verb, page.strong), page.longest_word(self.link.spoken, page.label))
        return room < max(_NARROWEST * page.base, longest)

    def _line(self, width: float, page: Page) -> Frame:
        """Verb and address under a rule, on one line where they fit."""
        verb, address = self._words(width, page)
        top = 0.55 * page.base
        beside = page.type.widest_line(verb) + 0.8 * page.base
        rule = Placed(Point(0, 0), page.rule(width))
        if beside + page.type.widest_line(address) <= width:
            verb, narrow = page.set(self.verb, page.strong, beside), self._address(width - beside, page)
            if narrow.lines == address.lines:  # a px too little breaks it
                items = (Placed(Point(0, top), verb), Placed(Point(beside, top), narrow))
                return Frame(Size(width, top + verb.size.height), (rule, *items), self.block)
        items = (Placed(Point(0, top), verb), Placed(Point(0, top + verb.size.height), address))
        return Frame(Size(width, top + verb.size.height + address.size.height), (rule, *items), self.block)

    def _words(self, width: float, page: Page) -> tuple[Paragraph, Paragraph]:
        return page.set(self.verb, page.strong, width), self._address(width, page)

    def _address(self, width: float, page: Page) -> Paragraph:
        """The address for people to type, left to right in every language."""
        return replace(page.set(self.link.spoken, page.label, width), right_to_left=False)

    def _card_height(self, side: float, width: float, page: Page) -> float:
        if self._narrow(width, page):
            words = sum(lines.size.height for lines in self._words(width, page))
            return min(side, width) + _UNDER_CODE * page.base + words
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
