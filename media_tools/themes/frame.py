from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, NamedTuple

from media_tools.blocks import Block, Part
from media_tools.blocks.quote import Quote
from media_tools.errors import DoesNotFit
from media_tools.layout.column import column, least_height
from media_tools.layout.crop import crop
from media_tools.layout.folio import kicker_and_date
from media_tools.layout.footer import foot
from media_tools.layout.frame import Align, Fill, Frame, Paragraph, Photograph, Placed, walk
from media_tools.layout.page import BANNER, LANDSCAPE, Page
from media_tools.layout.scrim import density, rising, sideways
from media_tools.layout.stack import stack
from media_tools.pages import Content, cover_words, heads, one_leads, row_of
from media_tools.pages.covers import foot_width
from media_tools.platforms import Use
from media_tools.spec.brand import Brand
from media_tools.spec.colour import Colour
from media_tools.spec.geometry import Box, Point, Size
from media_tools.spec.picture import Picture
from media_tools.themes import Theme, Unsuited

_CLEAR = 0.38  # least share of the height that stays picture alone
_WORDS = 0.56  # share of a landscape's width
_BANNER_WORDS = 0.78
_NARROWEST = 18  # base sizes of width that words need
_RISE = 0.22  # of the height: how far above the words the veil begins
_LEAD = 0.02  # of the height: how far above the words it is full
_CLOSING = 0.30  # of the height: over the foot of the photo, where the veil closes
_FADE = 0.35  # of the width: how far beside the words the veil ends
_LARGEST = 1.15  # how far a photo may be enlarged on a screen
_LARGEST_PRINT = 1.5  # in print: 200 dpi where 300 are asked for
_EASE = 0.8  # base sizes that the amounts may grow
_CLOSEST = 1.8  # how far in on the subject, so that it stands clear of the words
_CLOSE = 1.4  # the same where a lower photo helps as well
_LOWER = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # of the height: a photo over a foot that is ground
_INTO_WORDS = 0.14  # of the height: how far down behind the words a photo reaches at least
_SUBJECT, _STANDS_CLEAR = 0.5, 0.62  # of what is clear: where the subject's middle should be, and may be
_FOOT_RISE = 0.14  # of the height: how far over the foot of a wide page its own veil begins
_GAP = 1.2  # of the base size, between groups
_KICKER_GAP = 0.5


class FullFrame(Theme):
    """The photo fills the frame; words hang from its foot over a veil. For people, places and events."""

    parts: ClassVar[frozenset[Part]] = frozenset({Part.HEADLINE, Part.FIGURES, Part.PICTURE, Part.CALL, Part.PARTNERS})
    """And quotes, whose portrait may be the photo."""
    stays: ClassVar[frozenset[Part]] = frozenset({Part.PICTURE})

    def ground(self, brand: Brand) -> Colour:
        return brand.colours.veil

    def shown(self, content: Content) -> tuple[Block, ...]:
        """One picture fills the frame, a quote's portrait where there is no other; there is no place for a second."""
        first = next(iter(_photos(content)), None)
        shown: list[Block] = []
        for block in content.blocks:
            if block is first and (edge := block.edge()):
                shown += [edge.picture, *([edge.rest] if edge.rest else [])]
            elif isinstance(block, Quote) or block.part in self.parts - {Part.PICTURE}:
                edge = block.edge()
                shown.append(edge.rest if edge and edge.rest else block)
        return tuple(shown)

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
        box, height = page.box, page.size.height
        words = self._words(content, page, Size(box.width, min(box.height, box.bottom - _CLEAR * height)))
        top = box.bottom - words.size.height
        shot = _shot_over(content, page, top)
        start, end = max(0, top - _RISE * height), shot.area.bottom
        full = (top - _LEAD * height - start) / (end - start)
        solid = max(full, 1 - _CLOSING * height / (end - start))
        veil = rising(page.ground.colour, _opacity(shot, words, Point(box.x, top), page), full, solid)
        return (
            page.flood(),
            shot.placed,
            Placed(Point(shot.area.x, start), Fill(Size(shot.area.width, end - start), veil)),
            Placed(Point(box.x, top), words),
        )

    def _beside(self, content: Content, page: Page) -> tuple[Placed, ...]:
        """The words at the start; the subject at the end; the foot under both, on a veil of its own."""
        box = page.box
        left = max(box.x, page.covered_start + page.gutter) if page.covered_start else box.x
        share = _BANNER_WORDS if page.shape is BANNER else _WORDS
        width = min(box.right, max(share * page.size.width, left + _NARROWEST * page.base)) - left
        low = None if page.use.at_a_glance else _foot(content, page, box.right - left)
        room = box.height - (low.size.height + _GAP * page.base if low else 0)
        words = _spread(self._words(content, page, Size(width, room)), room)
        end = left + _widest(words, page)
        shot = _shot(content, page, page.bled, Point(min(0.85, (end / page.size.width + 1) / 2), 0.5), _CLOSEST)
        reach = min(page.size.width, end + _FADE * page.size.width)
        veil = sideways(page.ground.colour, _opacity(shot, words, Point(left, box.y), page), full=end / reach)
        placed = [shot.placed, Placed(Point(0, 0), Fill(Size(reach, page.size.height), veil))]
        if low:
            foot = Point(left, box.bottom - low.size.height)
            placed += [_low_veil(shot, low, foot, page), Placed(foot, low)]
        return (*placed, Placed(Point(left, box.y), words))

    def _words(self, content: Content, page: Page, size: Size) -> Frame:
        """Headline, amounts, call and foot, as high as they need to be, at the largest title that fits."""
        if page.use.at_a_glance:
            return cover_words(content, page, size, foot_width(content, page, size.width))
        gap = _GAP * page.base
        low = None if page.shape in (LANDSCAPE, BANNER) else _foot(content, page, size.width)
        blocks = tuple(block for block in content.body if block.part is not Part.PICTURE)
        rows = [row_of(block, size.width, page) for block in blocks]
        least = least_height(rows, gap)
        growth = sum(row.most - row.least for row in rows) if _quoted(content) else _EASE * page.base
        under = low.size.height + gap if low else 0
        for head in _heads(content, page, size.width):
            spare = size.height - head.size.height - least - under - (gap if rows else 0)
            if spare >= 0:
                grown = Size(size.width, least + min(spare, growth))
                sizes = (grown, Size(size.width, least)) if rows else ()
                bodies = [column(rows, each, gap) for each in sizes]
                body = [next((each for each in bodies if one_leads(head, each)), bodies[0])] if rows else []
                items = [head, *body, *([low] if low else [])]
                return stack(items, [gap] * (len(items) - 1), size.width, "words")
        raise DoesNotFit("The page", None, size.height)


def _heads(content: Content, page: Page, width: float) -> Iterator[Frame]:
    """Kicker, date and headline, the largest first; small where a quote is all that is said over the photo."""
    over = kicker_and_date(page, content.headline.kicker, content.date, width)
    said = tuple(block for block in content.blocks if block.part is not Part.PICTURE)
    for head in heads(replace(content, blocks=said) if _quoted(content) else content, page, width):
        yield stack([over, head], [_KICKER_GAP * page.base], width)


def _quoted(content: Content) -> bool:
    return any(isinstance(block, Quote) for block in content.blocks)


def _foot(content: Content, page: Page, width: float) -> Frame:
    logos = content.partners(page, width)
    return stack([*logos, foot(page, content.source_line, width)], [page.gap(0.9)] * len(logos), width)


def _spread(words: Frame, height: float) -> Frame:
    """The headline at the top of `height`, everything else at its foot."""
    drop = height - words.size.height
    head, *rest = words.items
    lower = (replace(placed, at=Point(placed.at.x, placed.at.y + drop)) for placed in rest)
    return Frame(Size(words.size.width, height), (head, *lower), words.name)


def _photos(content: Content) -> tuple[Block, ...]:
    """The blocks that can fill the frame: of one picture each, for of a grid all the others would be lost."""
    edges = ((block, block.edge()) for block in content.blocks)
    return tuple(block for block, edge in edges if edge and len(edge.picture.pictures()) == 1)


def _picture(content: Content) -> Picture:
    edge = _photos(content)[0].edge()
    if edge is None:
        raise TypeError("A block that fills the frame has a picture for its edge.")
    return edge.picture.pictures()[0]


class _Shot(NamedTuple):
    """A part of the photo, and the part of the page that it fills."""

    picture: Picture
    part: Box
    area: Box

    @property
    def placed(self) -> Placed:
        size = Size(round(self.area.width), round(self.area.height))
        whole = Photograph(size, self.picture.path, self.part)
        return Placed(Point(self.area.x, self.area.y), Frame(size, (Placed(Point(0, 0), whole),), "photo"))

    @property
    def subject(self) -> float:
        """Px from the top of the page to the middle of what the photo is of."""
        return self.area.y + (self.picture.focal[1] - self.part.y) / self.part.height * self.area.height


def _shot(content: Content, page: Page, area: Box, want: Point, closest: float) -> _Shot:
    picture = _picture(content)
    facts = page.studio.facts(picture.path)
    want = Point(1 - want.x, want.y) if page.right_to_left else want  # the words change sides, the photo does not turn
    enlarged = _most_enlarged(page)
    part = crop(Size(facts.width, facts.height), area.size, picture.focal, want, closest, enlarged)
    return _Shot(picture, part, area)


def _shot_over(content: Content, page: Page, top: float) -> _Shot:
    """The largest photo whose subject stands clear of words that begin at `top`, or the one where it nearly does."""
    bled, shots = page.bled, []
    for share in _LOWER:
        height = share * bled.height
        if share < 1 and bled.y + height < top + _INTO_WORDS * page.size.height:
            break
        want = Point(0.5, _SUBJECT * top / height)
        shots.append(_shot(content, page, Box(bled.x, bled.y, bled.width, height), want, _CLOSE))
        if shots[-1].subject <= _STANDS_CLEAR * top:
            return shots[-1]
    return min(shots, key=lambda shot: shot.subject)


def _opacity(shot: _Shot, words: Frame, at: Point, page: Page) -> float:
    """How dense the veil must be for words at a place of the page."""
    return density(page, shot.picture.path, shot.part, shot.area, _lines(words, at, page))


def _low_veil(shot: _Shot, low: Frame, at: Point, page: Page) -> Placed:
    """The veil under the foot of a wide page."""
    start, bottom = at.y - _FOOT_RISE * page.size.height, page.bled.bottom
    veil = rising(page.ground.colour, _opacity(shot, low, at, page), (at.y - start) / (bottom - start), 1)
    return Placed(Point(page.bled.x, start), Fill(Size(page.bled.width, bottom - start), veil))


def _widest(words: Frame, page: Page) -> float:
    """Px from the start edge to where the last letter stands."""
    ends = []
    for found in walk(words):
        if isinstance(text := found.item, Paragraph):
            short = text.size.width - page.type.widest_line(text) if text.align is Align.LEFT else 0
            ends.append(found.box.right - max(0, short))
    return max(ends)


def _lines(words: Frame, at: Point, page: Page) -> list[Box]:
    """Where the text will stand on the finished page."""
    boxes = [found.box for found in walk(words, at) if isinstance(found.item, Paragraph)]
    if page.right_to_left:
        return [Box(page.size.width - box.right, box.y, box.width, box.height) for box in boxes]
    return boxes


def _most_enlarged(page: Page) -> float:
    return _LARGEST_PRINT if page.use is Use.PRINT else _LARGEST
