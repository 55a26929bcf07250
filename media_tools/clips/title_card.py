"""The title card: what the clip is called, over a veil on the picture with which its footage begins."""

from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

from media_tools.clips.cards import Card, kept
from media_tools.clips.motion import Arrival
from media_tools.clips.overlay import clip_page, standing_mark
from media_tools.clips.story import FPS, Clip, TitleCard
from media_tools.draw import draw
from media_tools.errors import DoesNotFit
from media_tools.layout.balance import balanced
from media_tools.layout.breaks import pieces
from media_tools.layout.frame import Fill, Frame, Item, Paragraph, Placed
from media_tools.layout.mirror import mirror
from media_tools.layout.page import BANNER, LANDSCAPE, Page
from media_tools.layout.scrim import rising, sideways, surest
from media_tools.layout.text import Typesetter
from media_tools.platforms import Placement
from media_tools.recipe import DRAWING
from media_tools.spec.brand import Brand
from media_tools.spec.cues import bare
from media_tools.spec.geometry import Point, Size
from media_tools.spec.language import Language

_STEPS = {True: (7, 6, 5, 4, 3), False: (8, 7, 6, 5, 4, 3)}
"""Of the title: on wide frames the scale is larger."""
_LINES = 4
_PHRASE = 0.05  # what it costs to part words; more parts what belongs together
_WORDS = 0.56  # of a wide frame's width
_BAR = (0.078, 0.0083)  # of the width, and of the short side: ART.md, section 10
_RISE, _LEAD = 0.22, 0.02  # of the height: where the veil begins above the words, and where it is full
_CLOSING = 0.85  # of the veil's way down: from there on it closes
_FADE = 0.35  # of the width: how far beside the words it ends
_KICKER_GAP, _BAR_GAP = 0.6, 1.1  # of the base size


def title_card(clip: Clip, card: TitleCard, placement: Placement, brand: Brand, typesetter: Typesetter) -> Card:
    """Its ground is the veil alone: the footage is seen through it.

    Raises DoesNotFit where the title has no room, and InvalidInput for a brand that cannot be used.
    """
    page = clip_page(clip, placement, brand, typesetter).on(brand.colours.veil)
    laid = _laid(clip.title, card.kicker, page)
    return laid if not page.right_to_left else Card(mirror(laid.ground), tuple(mirror(part) for part in laid.groups))


def filmed_title(
    clip: Clip, placement: Placement, brand: Brand, typesetter: Typesetter, cache: Path,
    alive: Callable[[], None] = lambda: None,
) -> Path | None:  # fmt: skip
    """The title's arrival as a lossless film that is seen through; as `filmed` makes that of an end card."""
    wanted = clip.title_card
    if wanted is None:
        return None

    def arriving() -> Arrival:
        card = title_card(clip, wanted, placement, brand, typesetter)
        return Arrival(draw(card.ground, typesetter), tuple(draw(part, typesetter) for part in card.groups))

    told = ["title", clip.title, wanted.kicker, clip.language, brand.model_dump(mode="json")]
    return kept([*told, placement.film.drawn_by(), DRAWING], cache, arriving, alive)


def title_frames(clip: Clip) -> int:
    return round(clip.title_card.seconds * FPS) if clip.title_card else 0


def _laid(title: str, kicker: str, page: Page) -> Card:
    wide = page.shape in (LANDSCAPE, BANNER)
    box, size = page.box, page.size
    width = min(box.width, _WORDS * size.width) if wide else box.width
    mark = standing_mark(page)
    free = box.height if wide else box.bottom - max(box.y, mark.at.y + mark.item.size.height + page.base)
    over = [balanced(page, page.headed(kicker), page.kicker, width)] if kicker else []
    bar = Fill(Size(_BAR[0] * size.width, max(2, round(_BAR[1] * size.short))), page.brand.colours.accent)
    gaps = [*[_KICKER_GAP * page.base] * len(over), _BAR_GAP * page.base]
    least = sum(lines.size.height for lines in over) + bar.size.height + sum(gaps)
    words = _title(title, page, Size(width, free - least), _STEPS[wide])
    items: list[Item] = [*over, words, bar]
    height = least + words.size.height
    top = box.y + (box.height - height) / 2 if wide else box.bottom - height
    groups, at = [], top
    for item, gap in zip(items, [*gaps, 0], strict=True):
        groups.append(Frame(size, (Placed(Point(box.x, at), item),), "arriving"))
        at += item.size.height + gap
    reach = box.x + max(page.type.widest_line(lines) for lines in (*over, words))
    veil = _beside(page, reach) if wide else _below(page, top)
    return Card(Frame(size, (veil,), "title card"), tuple(groups))


def _title(text: str, page: Page, room: Size, steps: tuple[int, ...]) -> Paragraph:
    """As large as so many lines, and the room, allow; up to two steps smaller where lines then end with phrases."""
    held = [lines for step in steps if (lines := _held(text, page, room, step))]
    if not held:
        raise DoesNotFit("The title card", None, room.height)
    return min(held[:3], key=lambda lines: _torn(lines.text, text, page.language))


def _held(text: str, page: Page, room: Size, step: int) -> Paragraph | None:
    style = page.title(step)
    if page.longest_word(text, style) > room.width:
        return None
    lines = balanced(page, text, style, room.width)
    return lines if lines.lines <= _LINES and lines.size.height <= room.height else None


def _torn(lines: str, text: str, language: Language) -> float:
    """What the worst end of a line costs, where scripts without spaces are parted inside a phrase."""
    parts = pieces(text, language)
    costs = dict(zip(accumulate(len(bare(part.text)) for part in parts), (part.cost for part in parts), strict=True))
    ends = accumulate(len(bare(line)) for line in lines.split("\n")[:-1])
    worst = max((costs.get(end, 0.0) for end in ends), default=0.0)
    return worst if worst > _PHRASE else 0.0


def _beside(page: Page, reach: float) -> Placed:
    """From the start edge: full as far as the words reach."""
    size = page.size
    end = min(size.width, reach + _FADE * size.width)
    veil = sideways(page.ground.colour, surest(page), reach / end)
    return Placed(Point(0, 0), Fill(Size(end, size.height), veil))


def _below(page: Page, top: float) -> Placed:
    """From above the words down to the foot."""
    size = page.size
    start = max(0.0, top - _RISE * size.height)
    full = (top - _LEAD * size.height - start) / (size.height - start)
    veil = rising(page.ground.colour, surest(page), max(0.0, full), max(_CLOSING, full))
    return Placed(Point(0, start), Fill(Size(size.width, size.height - start), veil))
