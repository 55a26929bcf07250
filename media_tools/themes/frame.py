from dataclasses import replace
from typing import ClassVar

from media_tools.blocks import Block, Part
from media_tools.errors import DoesNotFit
from media_tools.layout.column import column, least_height
from media_tools.layout.crop import crop
from media_tools.layout.folio import kicker_and_date
from media_tools.layout.footer import foot
from media_tools.layout.frame import Fill, Frame, Item, Paragraph, Photograph, Placed, walk
from media_tools.layout.page import BANNER, LANDSCAPE, Page
from media_tools.layout.scrim import density, rising, sideways
from media_tools.layout.stack import stack
from media_tools.pages import Content, cover_words, row_of
from media_tools.platforms import Use
from media_tools.spec.brand import Brand
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Box, Point, Size
from media_tools.spec.picture import Picture
from media_tools.themes import Theme, Unsuited

_CLEAR = 0.30  # least share of the height that stays picture alone
_WORDS = 0.56  # share of a landscape's width
_BANNER_WORDS = 0.78
_NARROWEST = 18  # base sizes of width that words need
_RISE = 0.22  # of the height: how far above the words the veil begins
_LEAD = 0.02  # of the height: how far above the words it is full
_SOLID = 0.70  # of the height: from here down the veil closes
_FADE = 0.35  # of the width: how far beside the words the veil ends
_LARGEST = 1.15  # how far a photo may be enlarged on a screen
_LARGEST_PRINT = 1.5  # in print: 200 dpi where 300 are asked for
_EASE = 0.8  # base sizes that the amounts may grow
_CLOSEST = 1.8  # how far in on the subject, so that it stands clear of the words
_GAP = 1.2  # of the base size, between groups
_KICKER_GAP, _STANDFIRST_GAP = 0.4, 0.6


class FullFrame(Theme):
    """The photo fills the frame; words hang from its foot over a veil. For people, places and events."""

    parts: ClassVar[frozenset[Part]] = frozenset({Part.HEADLINE, Part.FIGURES, Part.PICTURE, Part.CALL})
    stays: ClassVar[frozenset[Part]] = frozenset({Part.PICTURE})

    def ground(self, brand: Brand) -> Colour:
        return brand.colours.veil

    def shown(self, content: Content) -> tuple[Block, ...]:
        """One picture fills the frame; there is no place for a second."""
        first = next(iter(_photos(content)), None)
        return tuple(block for block in super().shown(content) if block.part is not Part.PICTURE or block is first)

    def unsuited(self, content: Content, page: Page) -> Unsuited | None:
        if not _photos(content):
            return Unsuited("needs a photo to fill the frame", "Add a photo to blocks")
        photo = _picture(content)
        facts = page.studio.facts(photo.path)
        enlarged = max(page.size.width / facts.width, page.size.height / facts.height)
        most = _most_enlarged(page)
        if enlarged > most:
            least = f"{page.size.width / most:.0f} × {page.size.height / most:.0f} px"
            return Unsuited(f"would enlarge {photo.path} {enlarged:.1f} times", f"Give a photo of at least {least}")
        return None

    def compose(self, content: Content, page: Page) -> Frame:
        wide = page.shape in (LANDSCAPE, BANNER)
        items = self._beside(content, page) if wide else self._over(content, page)
        return Frame(page.size, items, "page")

    def _over(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """The words at the foot; the subject in what they leave free."""
        box = page.box
        room = min(box.height, box.bottom - _CLEAR * page.size.height)
        words = self._words(content, page, Size(box.width, room))
        top = box.bottom - words.size.height
        part = _crop(content, page, Point(0.5, 0.55 * top / page.size.height))
        start = max(0, top - _RISE * page.size.height)
        full = (top - _LEAD * page.size.height - start) / (page.size.height - start)
        solid = max(full, (_SOLID * page.size.height - start) / (page.size.height - start))
        opacity = density(page, _picture(content).path, part, _lines(words, Point(box.x, top), page))
        veil = rising(page.ground.colour, opacity, full, solid)
        return (
            _photograph(content, page, part),
            Placed(Point(0, start), Fill(Size(page.size.width, page.size.height - start), veil)),
            Placed(Point(box.x, top), words),
        )

    def _beside(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """The words at the start; the subject at the end."""
        box = page.box
        left = max(box.x, page.covered_start + page.gutter) if page.covered_start else box.x
        share = _BANNER_WORDS if page.shape is BANNER else _WORDS
        width = min(box.right, max(share * page.size.width, left + _NARROWEST * page.base)) - left
        words = _spread(self._words(content, page, Size(width, box.height)), box.height)
        end = left + width
        part = _crop(content, page, Point(min(0.85, (end / page.size.width + 1) / 2), 0.5))
        reach = min(page.size.width, end + _FADE * page.size.width)
        opacity = density(page, _picture(content).path, part, _lines(words, Point(left, box.y), page))
        veil = sideways(page.ground.colour, opacity, full=end / reach)
        return (
            _photograph(content, page, part),
            Placed(Point(0, 0), Fill(Size(reach, page.size.height), veil)),
            Placed(Point(left, box.y), words),
        )

    def _words(self, content: Content, page: Page, size: Size) -> Frame:
        """Headline, amounts, call and foot, as high as they need to be, at the largest title that fits."""
        if page.use is Use.COVER:
            return cover_words(content, page, size)
        gap = _GAP * page.base
        low = foot(page, content.source_line, size.width)
        blocks = content.of(Part.FIGURES, Part.CALL)
        rows = [row_of(block, size.width, page) for block in blocks]
        body = least_height(rows, gap)
        for step in page.shape.title_steps:
            head = _head(content, page, step, size.width)
            if head is None:
                continue
            spare = size.height - head.size.height - body - low.size.height - gap * (2 if rows else 1)
            if spare >= 0:
                height = body + min(spare, _EASE * page.base)
                items: list[Item] = [head, *([column(rows, Size(size.width, height), gap)] if rows else []), low]
                return stack(items, [gap] * (len(items) - 1), size.width, "words")
        raise DoesNotFit("The page", size.height + 1, size.height)


def _head(content: Content, page: Page, step: int, width: float) -> Frame | None:
    headline = content.headline
    title = headline.title(page, step, width)
    if title is None:
        return None
    over = kicker_and_date(page, headline.kicker, content.date, width)
    standfirst = headline.standfirst_lines(page, width)
    items: list[Item] = [over, title, *([standfirst] if standfirst else [])]
    return stack(items, [_KICKER_GAP * page.base, _STANDFIRST_GAP * page.base][: len(items) - 1], width, "headline")


def _spread(words: Frame, height: float) -> Frame:
    """The headline at the top of `height`, everything else at its foot."""
    drop = height - words.size.height
    head, *rest = words.items
    lower = (replace(placed, at=Point(placed.at.x, placed.at.y + drop)) for placed in rest)
    return Frame(Size(words.size.width, height), (head, *lower), words.name)


def _photos(content: Content) -> tuple[Block, ...]:
    """The blocks that can fill the frame: of one picture each, for of a grid all the others would be lost."""
    return tuple(block for block in content.of(Part.PICTURE) if len(block.pictures()) == 1)


def _picture(content: Content) -> Picture:
    return _photos(content)[0].pictures()[0]


def _crop(content: Content, page: Page, want: Point) -> Box:
    picture = _picture(content)
    facts = page.studio.facts(picture.path)
    want = Point(1 - want.x, want.y) if page.right_to_left else want  # the words change sides, the photo does not turn
    return crop(Size(facts.width, facts.height), page.size, picture.focal, want, _CLOSEST, _most_enlarged(page))


def _lines(words: Frame, at: Point, page: Page) -> list[Box]:
    """Where the text will stand on the finished page."""
    boxes = [found.box for found in walk(words, at) if isinstance(found.item, Paragraph)]
    if page.right_to_left:
        return [Box(page.size.width - box.right, box.y, box.width, box.height) for box in boxes]
    return boxes


def _most_enlarged(page: Page) -> float:
    return _LARGEST_PRINT if page.use is Use.PRINT else _LARGEST


def _photograph(content: Content, page: Page, part: Box) -> Placed:
    whole = Photograph(page.size, _picture(content).path, part)
    return Placed(Point(0, 0), Frame(page.size, (Placed(Point(0, 0), whole),), _photos(content)[0].block))
