"""The end card: who speaks, and what to do next. The code stands still from the first picture on."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from media_tools.blocks.qr_call import qr_frame
from media_tools.clips.motion import Arrival, film
from media_tools.clips.story import FPS, Clip, EndCard
from media_tools.draw import draw
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.blank import Told, blank_page
from media_tools.layout.footer import mark_of
from media_tools.layout.frame import Align, Fill, Frame, Item, Paragraph, Placed, TextStyle
from media_tools.layout.meridians import meridians
from media_tools.layout.mirror import mirror
from media_tools.layout.page import STORY, Page
from media_tools.layout.text import Typesetter
from media_tools.made import PART
from media_tools.platforms import Placement
from media_tools.recipe import DRAWING, canonical_json, content_digest
from media_tools.spec.brand import Brand
from media_tools.spec.geometry import Point

_CODE = {True: 0.40, False: 0.34}  # share of the short side: stacked in the middle, or at the end
_MARK = {True: 0.125, False: 0.10}
_TITLE_STEPS = (7, 6, 5, 4, 3)
_VERB_LINES = 3
_SEEN = 0.75  # of the globe's width: the rest is beyond the end edge


@dataclass(frozen=True)
class Card:
    """A card's parts, each as large as the frame, in the order in which they come."""

    ground: Frame
    groups: tuple[Frame, ...]

    @property
    def frame(self) -> Frame:
        """The whole card, as it stands in the end."""
        return replace(self.ground, items=tuple(item for part in (self.ground, *self.groups) for item in part.items))


def end_card(clip: Clip, card: EndCard, placement: Placement, brand: Brand, typesetter: Typesetter) -> Card:
    """Raises DoesNotFit where the verb has no room, and InvalidInput for a brand that cannot be used."""
    page = blank_page(Told(clip.language, clip.qr), placement.film, brand, typesetter, brand.colours.primary)
    laid = _stacked(card, page) if page.shape is STORY else _side_by_side(card, page)
    return laid if not page.right_to_left else Card(mirror(laid.ground), tuple(mirror(part) for part in laid.groups))


def filmed(
    clip: Clip, placement: Placement, brand: Brand, typesetter: Typesetter, cache: Path,
    alive: Callable[[], None] = lambda: None,
) -> Path | None:  # fmt: skip
    """The card's arrival as a lossless film, made once for its brand, placement and words; its last picture stands on.

    None for a clip without a card. `alive` is called before each of its pictures; what it raises ends the work.
    """
    wanted = clip.end_card
    if wanted is None:
        return None
    shown = wanted.model_copy(update={"seconds": EndCard.model_fields["seconds"].default})
    parts = [content_digest(shown, brand, str), clip.language, clip.qr, placement.film.drawn_by(), DRAWING]

    def arriving() -> Arrival:
        card = end_card(clip, wanted, placement, brand, typesetter)
        return Arrival(draw(card.ground, typesetter)[..., :3], tuple(draw(part, typesetter) for part in card.groups))

    return kept(parts, cache, arriving, alive)


def kept(parts: Sequence[object], cache: Path, arriving: Callable[[], Arrival], alive: Callable[[], None]) -> Path:
    """The film of an arrival that is made from `parts`: made once, and then found in the cache."""
    path = cache / f"{hashlib.sha256(canonical_json(parts)).hexdigest()[:32]}.mkv"
    if not path.exists():
        part = path.with_name(PART[1:] + path.name)
        try:
            film(arriving(), part, alive)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    path.touch()  # whoever tidies the cache sees that it is in use
    return path


def card_frames(clip: Clip) -> int:
    return round(clip.end_card.seconds * FPS) if clip.end_card else 0


def _stacked(card: EndCard, page: Page) -> Card:
    """Everything in the middle, one under another: the only centred page that there is."""
    box, step = page.box, page.base
    mark = mark_of(page, _MARK[True] * page.short)
    names = [_centred(page, page.names.ministry, replace(page.strong, size=page.step(1)), box.width)]
    if page.names.mission:
        names.append(_centred(page, page.names.mission, page.label, box.width))
    code = [qr_frame(card.link.url, _CODE[True] * page.short, page)] if page.scannable else []
    words = [_verb(page, card, box.width, Align.CENTRE), _address(page, card, box.width, Align.CENTRE)]
    items: list[Item] = [mark, *names, *code, *words]
    gaps = [0.9, *[0.1] * (len(names) - 1), 1.2, *[1.0] * len(code), 0.3]
    height = sum(item.size.height for item in items) + step * sum(gaps)
    if height > box.height:
        raise DoesNotFit("The end card", height, box.height)
    top, placed = box.y + (box.height - height) / 2, []
    for item, gap in zip(items, [*gaps, 0], strict=True):
        placed.append(Placed(Point(box.x + (box.width - item.size.width) / 2, top), item))
        top += item.size.height + gap * step
    cut = 1 + len(names)
    still, moving = placed[cut : cut + len(code)], placed[cut + len(code) :]
    rising = min(1.1 * page.size.width, 1.7 * (page.size.height - max(top, box.bottom - step)))
    return _card(page, still, [placed[:cut], *[[item] for item in moving]], rising, (page.size.width - rising) / 2)


def _side_by_side(card: EndCard, page: Page) -> Card:
    """Mark, verb and address at the start, the code at the end, names at the foot."""
    box = page.box
    code = qr_frame(card.link.url, _CODE[False] * page.short, page) if page.scannable else None
    width = box.width - (code.size.width + 2 * page.gutter if code else 0)
    mark = mark_of(page, _MARK[False] * page.short)
    verb, address = _verb(page, card, width, Align.LEFT), _address(page, card, width, Align.LEFT)
    names = page.set("\u2002".join(filter(None, (page.names.ministry, page.names.mission))), page.strong, width)
    items: list[Item] = [mark, verb, address, names]
    gaps, step = [1.4, 0.6, 1.4], page.base
    height = sum(item.size.height for item in items) + step * sum(gaps)
    if height > box.height:
        raise DoesNotFit("The end card", height, box.height)
    top, placed = box.y + (box.height - height) / 2, []
    for item, gap in zip(items, [*gaps, 0], strict=True):
        placed.append(Placed(Point(box.x, top), item))
        top += item.size.height + gap * step
    still = []
    if code:
        at = Point(box.right - code.size.width, box.y + (box.height - code.size.height) / 2)
        still.append(Placed(at, code))
    right = box.x + max(page.type.widest_line(line) for line in (verb, address, names))
    below, beside = 2 * (page.size.height - top - step), (page.size.width - right - step) / _SEEN
    rising = min(1.1 * page.size.short, max(below, beside))
    return _card(page, still, [[item] for item in placed], rising, page.size.width - _SEEN * rising)


def _card(page: Page, still: list[Placed], groups: list[list[Placed]], rising: float, x: float) -> Card:
    size = page.size
    ground = [Placed(Point(0, 0), Fill(size, page.ground.colour))]
    if page.brand.meridians and rising > 0.35 * size.short:
        globe = meridians(rising, page.ground.colour)
        ground.append(Placed(Point(x, size.height - globe.size.height), globe))
    return Card(
        Frame(size, (*ground, *still), "end card"), tuple(Frame(size, tuple(group), "arriving") for group in groups)
    )


def _verb(page: Page, card: EndCard, width: float, align: Align) -> Paragraph:
    """As large as three lines allow."""
    for step in _TITLE_STEPS:
        style = page.title(step)
        if page.longest_word(card.verb, style) <= width:
            lines = balanced(page, card.verb, style, width, align)
            if lines.size.height <= _VERB_LINES * style.size * style.leading + 0.5:
                return lines
    raise DoesNotFit("The end card's verb", page.longest_word(card.verb, page.title(_TITLE_STEPS[-1])), width)


def _address(page: Page, card: EndCard, width: float, align: Align) -> Paragraph:
    return replace(page.set(card.link.spoken, page.label, width, align), right_to_left=False)


def _centred(page: Page, text: str, style: TextStyle, width: float) -> Paragraph:
    return balanced(page, text, style, width, Align.CENTRE)
