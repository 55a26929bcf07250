"""A story that is too long for one page: a cover, then its blocks in reading order on slides of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from media_tools.blocks import Block, Part
from media_tools.blocks.photo import Photo
from media_tools.errors import DoesNotFit
from media_tools.infographic import THEMES, Infographic, LaidOut, content_of, lay_out, page_for, spending
from media_tools.layout.column import column, eased_height
from media_tools.layout.footer import foot, footer
from media_tools.layout.frame import Fill, Frame, Item, Placed
from media_tools.layout.meridians import risen
from media_tools.layout.mirror import mirror
from media_tools.layout.page import BANNER, LANDSCAPE, Page
from media_tools.layout.page_marks import arrow, page_marks
from media_tools.layout.stack import stack
from media_tools.layout.text import Typesetter
from media_tools.pages import Content, arrangements, richest, row_of
from media_tools.platforms import Placement
from media_tools.spec.brand import Brand
from media_tools.spec.geometry import Point, Size

_GAP, _HEAD_GAP, _FOOT_GAP = 1.8, 1.6, 1.1  # of the base size: between blocks, under the marks, over the footer
_KICKER_GAP, _STANDFIRST_GAP = 1.2, 0.8
_EASE = 0.5  # how much of their growth blocks must get to share a slide
_GLOBE, _BEYOND = 1.1, 0.12  # of the short side: the globe at most, and how much of it is past the edge
_LEAST_PHOTO = 0.28  # of the height: a lower photo says nothing
_PHOTO_BESIDE = 0.34  # of a wide cover's width


@dataclass(frozen=True, slots=True)
class Place:
    """Which slide, from 1, of how many."""

    number: int
    count: int


def lay_out_slides(
    story: Infographic, placement: Placement, brand: Brand, typesetter: Typesetter
) -> tuple[LaidOut, ...]:
    """One page where it has something of every block, or where the placement has no more; else a carousel's slides.

    Raises DoesNotFit when the headline has no room at the smallest legible size, and InvalidInput for a brand that
    cannot be used.
    """
    single = lay_out(story, placement, brand, typesetter)
    content = content_of(story.on(placement.name), placement)
    whole = len(single.shown.blocks) == len(content.blocks)
    if whole or placement.slides == 1 or not story.carousel:
        return (single,)
    theme = THEMES[single.theme]
    page = page_for(story, placement, brand, typesetter, theme)
    page = page.in_sans() if theme.sans else page
    inner = page.on(page.brand.colours.surface if theme.sans else page.brand.colours.paper)
    deep = page.on(page.brand.colours.deep)
    opening, rest = _opened(content, deep)
    partners = content.of(Part.PARTNERS)
    shares = tuple(_shared_out([block for block in rest if block not in partners], inner))
    if not shares:
        return (single,)
    kept, lost = shares[: placement.slides - 1], shares[placement.slides - 1 :]
    count = len(kept) + 1
    slides = [_cover(opening, deep, Place(1, count))]
    for number, blocks in enumerate(kept, start=2):
        shown = (*blocks, *partners) if number == count else blocks
        slides.append(_slide(replace(content, blocks=shown), inner, Place(number, count)))
    told = [replace(slide, theme=single.theme, unsuited=single.unsuited) for slide in slides]
    gone = tuple(block.block.replace("_", " ") for blocks in lost for block in blocks)
    told[-1] = replace(told[-1], left_out=(*told[-1].left_out, *gone))
    return tuple(_turned(slide) for slide in told)


def _turned(slide: LaidOut) -> LaidOut:
    return replace(slide, frame=mirror(slide.frame)) if slide.page.right_to_left else slide


def _opened(content: Content, page: Page) -> tuple[Content, tuple[Block, ...]]:
    """What the cover shows, and the blocks of the other slides: the first photo opens the story where it has room."""
    lead = next((block for block in content.blocks if isinstance(block, Photo)), None)
    plain = replace(content, blocks=(), source="")
    if lead is None:
        return plain, content.blocks
    with_photo = replace(plain, blocks=(lead,))
    try:
        _cover(with_photo, page, Place(1, 2))
    except DoesNotFit:
        return plain, content.blocks
    return with_photo, tuple(block for block in content.blocks if block is not lead)


def _shared_out(blocks: Sequence[Block], page: Page) -> Iterator[tuple[Block, ...]]:
    """Blocks in their order on as few slides as let them breathe; a call to act joins what comes before it."""
    box = page.box
    room = box.height - _head_height(page) - footer(page, "X", box.width).size.height - page.gap(_FOOT_GAP)
    share: tuple[Block, ...] = ()
    for block in blocks:
        ease = 0.0 if block.part is Part.CALL else _EASE
        if share and not _breathes((*share, block), Size(box.width, room), ease, page):
            yield share
            share = ()
        share = (*share, block)
    if share:
        yield share


def _breathes(blocks: Sequence[Block], size: Size, ease: float, page: Page) -> bool:
    try:
        rows = [row_of(block, size.width, page) for block in blocks]
    except DoesNotFit:  # too wide a word: its own slide will say so
        return False
    return eased_height(rows, page.gap(_GAP), ease) <= size.height


def _head_height(page: Page) -> float:
    return page.kicker.size * page.kicker.leading + page.gap(_HEAD_GAP)


def _head(content: Content, page: Page, place: Place, width: float) -> Frame:
    """Kicker at the start, page marks at the end of one line."""
    marks = page_marks(page, place.number, place.count)
    over = content.headline.kicker_line(page, width - marks.size.width - page.gutter)
    height = over.size.height if over else page.kicker.size * page.kicker.leading
    placed = [Placed(Point(width - marks.size.width, (height - marks.size.height) / 2), marks)]
    return Frame(Size(width, height), (*([Placed(Point(0, 0), over)] if over else ()), *placed), "folio")


def _slide(content: Content, page: Page, place: Place) -> LaidOut:
    """Blocks between marks and footer, with as much of each as fits."""

    def compose(content: Content) -> Frame:
        return _inner(content, spending(page, content), place)

    frame, shown, left_out = richest(content, frozenset(), compose)
    return LaidOut(frame, page, "", shown, left_out, (), None)


def _inner(content: Content, page: Page, place: Place) -> Frame:
    box = page.box
    head = _head(content, page, place, box.width)
    low = footer(page, content.source_line, box.width, content.partners(page, box.width))
    top = box.y + head.size.height + page.gap(_HEAD_GAP)
    room = Size(box.width, box.bottom - low.size.height - page.gap(_FOOT_GAP) - top)
    body = _body(content.body, room, page)
    items = (
        page.flood(),
        Placed(Point(box.x, box.y), head),
        Placed(Point(box.x, top), body),
        Placed(Point(box.x, box.bottom - low.size.height), low),
    )
    return Frame(page.size, items, "page")


def _body(blocks: Sequence[Block], room: Size, page: Page) -> Frame:
    gap = page.gap(_GAP)
    options = list(arrangements(blocks, room.width, page))
    for ease in (_EASE, 0.0):
        for rows in options:
            if eased_height(rows, gap, ease) <= room.height:
                return column(rows, room, gap)
    return column(options[0], room, gap)


def _cover(content: Content, page: Page, place: Place) -> LaidOut:
    """The headline on the deep ground, with the first photo or the rising meridians.

    Raises DoesNotFit when the headline, or the photo beside it, has no room at the smallest step.
    """
    photo = next((block for block in content.blocks if isinstance(block, Photo)), None)
    if photo is None:
        items = _cover_of_words(content, page, place)
    elif page.shape in (LANDSCAPE, BANNER):
        items = _cover_beside(photo, content, page, place)
    else:
        items = _cover_over(photo, content, page, place)
    return LaidOut(Frame(page.size, (page.flood(), *items), "page"), page, "", content, (), (), None)


def _cover_of_words(content: Content, page: Page, place: Place) -> tuple[Placed, ...]:
    box = page.box
    words, _ = _opening(content, page, place, box.width, box.height)
    widest, foot_top = _GLOBE * page.short, box.bottom - words[-1].item.size.height
    centre = Point(page.size.width - (0.5 - _BEYOND) * widest, foot_top)
    return (*risen(page, centre, widest, words), *words)


def _cover_over(photo: Photo, content: Content, page: Page, place: Place) -> tuple[Placed, ...]:
    """The words over a photo from edge to edge."""
    box, bled = page.box, page.bled
    least = max(_LEAST_PHOTO * page.size.height, photo.least(bled.width, page))
    words, used = _opening(content, page, place, box.width, box.height - least - page.gap(_GAP))
    free = box.height - used - page.gap(_GAP) - words[-1].item.size.height - page.gap(_FOOT_GAP)
    picture = photo.layout(Size(round(bled.width), round(free)), page)
    return (Placed(Point(bled.x, box.y + used + page.gap(_GAP)), picture), *words)


def _cover_beside(photo: Photo, content: Content, page: Page, place: Place) -> tuple[Placed, ...]:
    """The photo over the end edge, as high as the page, and the words beside it."""
    box, bled = page.box, page.bled
    start = round((1 - _PHOTO_BESIDE) * page.size.width)
    picture = photo.layout(Size(round(bled.right - start), round(bled.height)), page)
    words, _ = _opening(content, page, place, start - 1.5 * page.gutter - box.x, box.height)
    return (Placed(Point(start, bled.y), picture), *words)


def _opening(
    content: Content, page: Page, place: Place, width: float, height: float
) -> tuple[tuple[Placed, ...], float]:
    """Marks, headline and foot in `width`, the first two in `height` less the foot; and the px that those two take."""
    box = page.box
    head = _head(content, page, place, width)
    low = _foot_with_arrow(content, page, width)
    top = head.size.height + page.gap(_KICKER_GAP)
    words = _words(content, page, Size(width, height - low.size.height - page.gap(_FOOT_GAP) - top))
    placed = (
        Placed(Point(box.x, box.y), head),
        Placed(Point(box.x, box.y + top), words),
        Placed(Point(box.x, box.bottom - low.size.height), low),
    )
    return placed, top + words.size.height


def _words(content: Content, page: Page, size: Size) -> Frame:
    headline = content.headline
    standfirst = headline.standfirst_lines(page, size.width)
    lower = [standfirst] if standfirst else []
    for below in (lower, []):
        for step in page.shape.title_steps:
            title = headline.title(page, step, size.width)
            if title is None:
                continue
            items: list[Item] = [title, *below]
            words = stack(items, [page.gap(_STANDFIRST_GAP)] * len(below), size.width, "headline")
            if words.size.height <= size.height:
                return words
    raise DoesNotFit("The headline", None, size.height)


def _foot_with_arrow(content: Content, page: Page, width: float) -> Frame:
    """Lock-up, credit and the arrow under a hairline."""
    sign = arrow(page)
    low = foot(page, content.source_line, width - sign.size.width - page.gutter)
    rule = Fill(Size(width, page.hairline), page.ground.line)
    under = page.gap(0.9)
    middle = page.hairline + under + (low.size.height - sign.size.height) / 2
    items = (
        Placed(Point(0, 0), rule),
        Placed(Point(0, page.hairline + under), low),
        Placed(Point(width - sign.size.width, middle), sign),
    )
    return Frame(Size(width, page.hairline + under + low.size.height), items)
