"""What one page is to show, and the arrangements that several themes share."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from media_tools.blocks import Block, Leaner, Part
from media_tools.blocks.headline import Headline
from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row
from media_tools.layout.footer import foot, signature
from media_tools.layout.frame import Frame, Paragraph, Placed, walk
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.geometry import Point, Size

_NARROWEST_PAIR = 20  # base sizes of width, under which two blocks do not stand side by side
_TALLEST_PAIR = 0.8  # of one block's width
_BESIDE_CODE = 0.62  # of the width: what a code stands beside
_SHOWN = {Part.PICTURE, Part.CHART}
_STANDFIRST_GAP = 0.8  # of the base size
_GROWTH, _ENOUGH = 7.0, 0.7  # steps of the headline for all the growth that blocks can use; past that share, none
_LEAD = 1.9  # steps of the headline that it is worth when something leads
_LEADS = 1.4  # times the next size: the least by which the largest words lead
_SUPPORT = 0.3  # of the growth they could use, for figures beside other evidence and charts after the first
_FIRST_CHART = 0.27  # of the height
_OVER_FOOT = (1.3, 0.5)  # base sizes between a cover's headline and its foot, at best and at least


@dataclass(frozen=True, slots=True)
class Content:
    """What one page is to show, in reading order."""

    headline: Headline
    blocks: tuple[Block, ...]
    source: str
    """Who says so, where no block names its own source."""
    source_word: str
    """"Source:" in the story's language."""
    date: str = ""
    right_to_left: bool = False

    @property
    def source_line(self) -> str:
        """Who says so and who made the pictures, of what is shown: Source: A; B. Photo: C."""
        unnamed = any(block.needs_source() and not block.fully_sourced() for block in self.blocks)
        named = [source for block in self.blocks for source in block.sources()]
        sources = dict.fromkeys((*named, self.source) if unnamed or not named else named)
        makers = dict.fromkeys(credit for block in self.blocks for credit in block.credits())
        said = "; ".join(self._apart(source) for source in sources if source)
        parts = (f"{self.source_word} {said}" if said else "", *(self._apart(maker) for maker in makers))
        return ". ".join(part for part in parts if part)

    def _apart(self, words: str) -> str:
        """Words without a stop of their own, and in their own direction where those around them run right to left."""
        plain = words.removesuffix(".")
        return f"\u2068{plain}\u2069" if plain and self.right_to_left else plain

    def of(self, *parts: Part) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.part in parts)

    def shows(self, block: Block) -> bool:
        """Whether all of a block is here: itself, or its picture for the edge and the rest of it."""
        if any(block is each for each in self.blocks):
            return True
        edge = block.edge()
        return edge is not None and all(part is None or part in self.blocks for part in edge)

    @property
    def evidence(self) -> tuple[Block, ...]:
        """What the headline rests on: all but calls to act and partners."""
        return tuple(block for block in self.body if block.part is not Part.CALL)

    def title_steps(self, page: Page) -> tuple[int, ...]:
        """Of the headline on this page, largest first: it gives way to evidence that leads, where there is no other."""
        steps = page.shape.title_steps
        largest = steps[0] - (self.evidence[0].headline_steps_down if len(self.evidence) == 1 else 0)
        return tuple(step for step in steps if step <= largest) or (largest,)

    @property
    def body(self) -> tuple[Block, ...]:
        """What stands between headline and foot."""
        return tuple(block for block in self.blocks if block.part is not Part.PARTNERS)

    def partners(self, page: Page, width: float) -> tuple[Frame, ...]:
        """Rows of logos, for the foot."""
        rows = (row_of(block, width, page) for block in self.of(Part.PARTNERS))
        return tuple(row.fill(row.least) for row in rows)


class Parted(NamedTuple):
    """A picture that may run over the page's edge, and everything else in reading order."""

    picture: Block
    rest: tuple[Block, ...]


class Richest(NamedTuple):
    """A page, what of the content it shows, and the names of what had to go, the first to go first."""

    frame: Frame
    shown: Content
    left_out: tuple[str, ...]


def richest(content: Content, stays: frozenset[Part], compose: Callable[[Content], Frame]) -> Richest:
    """The page with all of `content`, or with as much as fits.

    Parts are tried from the highest rank to the lowest, and each that fits is kept; those of `stays` are never left
    out. Raises DoesNotFit when not even what must stay fits.
    """
    with suppress(DoesNotFit):
        return Richest(compose(content), content, ())
    blocks = (content.headline, *content.blocks)
    ladders = [[Leaner(0, block, "")] if block.part in stays else _ladder(block) for block in blocks]
    levels = [len(ladder) - 1 for ladder in ladders]
    frame = compose(_at(content, ladders, levels))
    for index, level in _by_rank(ladders):
        if levels[index] == level + 1:  # its leaner forms fitted
            tried = [*levels[:index], level, *levels[index + 1 :]]
            with suppress(DoesNotFit):
                frame, levels = compose(_at(content, ladders, tried)), tried
    gone = [rung for ladder, level in zip(ladders, levels, strict=True) for rung in ladder[1 : level + 1]]
    left_out = tuple(rung.what for rung in sorted(gone, key=lambda rung: rung.rank))
    return Richest(frame, _at(content, ladders, levels), left_out)


def _by_rank(ladders: Sequence[Sequence[Leaner]]) -> list[tuple[int, int]]:
    """Each block's index with a level that it can be raised to, what matters most first, then in reading order."""
    steps = [(index, level) for index, ladder in enumerate(ladders) for level in range(len(ladder) - 1)]
    return sorted(steps, key=lambda step: (-ladders[step[0]][step[1] + 1].rank, step[0], -step[1]))


def _ladder(block: Block) -> list[Leaner]:
    """The block whole, then without one part after another; ranks rise from the second on."""
    rungs = [Leaner(0, block, "")]
    while (last := rungs[-1].remains) is not None and (leaner := last.leaner()) is not None:
        rungs.append(leaner)
    return rungs


def _at(content: Content, ladders: Sequence[Sequence[Leaner]], levels: Sequence[int]) -> Content:
    headline, *blocks = (ladder[level].remains for ladder, level in zip(ladders, levels, strict=True))
    if not isinstance(headline, Headline):
        raise TypeError("A headline always stays.")
    return replace(content, headline=headline, blocks=tuple(block for block in blocks if block is not None))


def arrangements(blocks: Sequence[Block], width: float, page: Page) -> Iterator[list[Row]]:
    """Ways to put blocks in rows: each on its own, then two beside each other that go together."""
    yield rows_of(blocks, width, page)
    for index, pair in enumerate(pairwise(blocks)):
        share = _beside(*pair, page)
        if share and width >= _NARROWEST_PAIR * page.base:
            with suppress(DoesNotFit):  # one of the two needs more width
                rows = rows_of((*blocks[:index], *blocks[index + 2 :]), width, page)
                rows.insert(index, _pair(pair, share, width, page))
                yield rows


def _beside(first: Block, second: Block, page: Page) -> float:
    """The share of the width that the first has where the two stand beside each other; 0 where they never do."""
    parts = {first.part, second.part}
    if parts == {Part.PICTURE, Part.CHART}:
        return 0.5
    return _BESIDE_CODE if page.scannable and second.part is Part.CALL and parts & _SHOWN else 0


def parted(content: Content, candidates: Sequence[Block]) -> Parted | None:
    """The first of `candidates` with a picture for the page's edge, taken apart; None where none has one."""
    for block in candidates:
        if edge := block.edge():
            place = content.blocks.index(block)
            rest = (edge.rest,) if edge.rest else ()
            return Parted(edge.picture, (*content.blocks[:place], *rest, *content.blocks[place + 1 :]))
    return None


def heads(content: Content, page: Page, width: float) -> Iterator[Frame]:
    """Headline and standfirst at each step of the title at which they fit `width`, the largest first.

    Raises DoesNotFit where there is none.
    """
    headline, steps = content.headline, content.title_steps(page)
    titles = [title for step in steps if (title := headline.title(page, step, width))]
    if not titles:
        longest = page.longest_word(headline.text, page.title(steps[-1]))
        raise DoesNotFit("The longest word of the headline", longest, width)
    standfirst = headline.standfirst_lines(page, width)
    below = [standfirst] if standfirst else []
    for title in titles:
        yield stack([title, *below], [page.gap(_STANDFIRST_GAP)] * len(below), width, "headline")


class Choice(NamedTuple):
    """A headline with what stands round it, and how good that is in steps of the headline."""

    worth: float
    head: Frame
    drawn: Callable[[], Frame]
    """The rest, laid out."""


def worth(step: int, ease: float) -> float:
    """Of a headline `step` steps under the largest, with so much of the growth (0 to 1) that the blocks can use."""
    return _GROWTH * min(ease, _ENOUGH) - step


MOST_WORTH = worth(0, 1)


def may_be_best(worth: float, choices: Sequence[Choice]) -> bool:
    """Whether another choice of so much worth could be taken before these."""
    return worth >= max(choice.worth for choice in choices) - _LEAD


def best(choices: Sequence[Choice]) -> tuple[Frame, Frame]:
    """Headline and the rest of the choice that is worth most; a page on which something leads is worth more."""
    ranked = sorted(choices, key=lambda choice: -choice.worth)
    first = (ranked[0].head, ranked[0].drawn())
    if one_leads(*first):
        return first
    others = (choice for choice in ranked[1:] if choice.worth >= ranked[0].worth - _LEAD)
    pages = ((choice.head, choice.drawn()) for choice in others)
    return next((page for page in pages if one_leads(*page)), first)


def one_leads(frame: Frame, other: Frame) -> bool:
    """Whether the largest words of one are so much larger than the other's that a reader knows where to begin."""
    small, large = sorted((largest_type(frame), largest_type(other)))
    return large >= _LEADS * small


def largest_type(frame: Frame) -> float:
    """The size in px of the largest letters; 0 where there are none."""
    sizes = (run.style.size for found in walk(frame) if isinstance(found.item, Paragraph) for run in found.item.runs)
    return max(sizes, default=0)


def row_of(block: Block, width: float, page: Page) -> Row:
    least, most = page.measured((block, width), lambda: (block.least(width, page), block.most(width, page)))
    return Row(least, most, lambda height: block.layout(Size(width, height), page))


def rows_of(blocks: Sequence[Block], width: float, page: Page) -> list[Row]:
    """A row each. Figures and further charts support what else is shown; a chart before another is never low."""
    rows = [row_of(block, width, page) for block in blocks]
    charts = [index for index, block in enumerate(blocks) if block.part is Part.CHART]
    shown = any(block.part in _SHOWN for block in blocks)
    for index, (block, row) in enumerate(zip(blocks, rows, strict=True)):
        if (block.part is Part.FIGURES and shown) or index in charts[1:]:
            rows[index] = replace(row, most=row.least + _SUPPORT * (row.most - row.least))
    if len(charts) > 1:
        first = rows[charts[0]]
        rows[charts[0]] = replace(first, least=max(first.least, min(first.most, _FIRST_CHART * page.size.height)))
    return rows


def _pair(pair: tuple[Block, Block], share: float, width: float, page: Page) -> Row:
    room = width - 1.5 * page.gutter
    wide, narrow = share * room, (1 - share) * room
    first, second = row_of(pair[0], wide, page), row_of(pair[1], narrow, page)

    def fill(height: float) -> Frame:
        left, right = (row.fill(height) for row in (first, second))
        return Frame(
            Size(width, max(left.size.height, right.size.height)),
            (Placed(Point(0, 0), left), Placed(Point(width - narrow, 0), right)),
            "pair",
        )

    least = max(first.least, second.least)
    return Row(least, max(least, min(max(first.most, second.most), _TALLEST_PAIR * wide)), fill)


def cover_words(content: Content, page: Page, size: Size, foot_width: float | None = None) -> Frame:
    """Kicker and headline at the top of `size`, at the largest step that fits; who speaks at its foot.

    The foot is `foot_width` px wide, or as wide as the rest. Raises DoesNotFit when they have no room at the smallest
    step.
    """
    heads, source = _cover_heads(content.headline, page, size), content.source_line
    room = 0.0
    for low in (form(page, source, foot_width or size.width) for form in (foot, signature)):
        room = size.height - low.size.height - _OVER_FOOT[-1] * page.base
        largest = next((index for index, head in enumerate(heads) if head.size.height <= room), None)
        if largest is not None:
            airy = size.height - low.size.height - _OVER_FOOT[0] * page.base
            smaller = heads[largest : largest + 2]  # a step less is worth the air over the foot
            head = next((head for head in smaller if head.size.height <= airy), smaller[0])
            items = (Placed(Point(0, 0), head), Placed(Point(0, size.height - low.size.height), low))
            return Frame(size, items, "words")
    raise DoesNotFit("The headline", heads[-1].size.height + size.height - room, size.height)


def _cover_heads(headline: Headline, page: Page, size: Size) -> list[Frame]:
    """Kicker and title at every step of the title, the largest first."""
    kicker, gap = headline.kicker_line(page, size.width), [0.3 * page.base]
    titles = [title for step in page.shape.title_steps if (title := headline.title(page, step, size.width))]
    if not titles:
        last = page.title(page.shape.title_steps[-1])
        plain = page.set(headline.text, last, size.width)
        raise DoesNotFit("The headline", plain.size.height + size.height, size.height)
    return [
        stack([kicker, title], gap, size.width, "headline") if kicker else stack([title], [], size.width, "headline")
        for title in titles
    ]
