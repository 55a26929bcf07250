"""What one page is to show, and the arrangements that several themes share."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from media_tools.blocks import Block, Leaner, Part
from media_tools.blocks.headline import Headline
from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row
from media_tools.layout.footer import foot, signature
from media_tools.layout.frame import Frame, Item, Paragraph, Placed
from media_tools.layout.page import Page
from media_tools.layout.stack import stack
from media_tools.spec.geometry import Point, Size

_NARROWEST_PAIR = 20  # base sizes of width, under which two blocks do not stand side by side
_TALLEST_PAIR = 0.8  # of one block's width
_SIDE_BY_SIDE = {Part.PICTURE, Part.CHART}


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

    @property
    def source_line(self) -> str:
        """Who says so and who made the pictures, of what is shown: Source: A; B. Photo: C."""
        named = dict.fromkeys(source for block in self.blocks for source in block.sources())
        sources = "; ".join(named) or self.source
        makers = dict.fromkeys(picture.credit for block in self.blocks for picture in block.pictures())
        parts = (f"{self.source_word} {sources}" if sources else "", *makers)
        return ". ".join(part for part in parts if part)

    def of(self, *parts: Part) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.part in parts)


def richest(
    content: Content, stays: frozenset[Part], compose: Callable[[Content], Frame]
) -> tuple[Frame, tuple[str, ...]]:
    """The page with all of `content`, or with as much as fits, and the names of what had to go.

    Parts are tried from the highest rank to the lowest, and each that fits is kept; those of `stays` are never left
    out. Raises DoesNotFit when not even what must stay fits.
    """
    with suppress(DoesNotFit):
        return compose(content), ()
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
    return frame, tuple(rung.what for rung in sorted(gone, key=lambda rung: rung.rank))


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
    """Ways to put blocks in rows: each on its own, then a picture and a chart beside each other."""
    yield [row_of(block, width, page) for block in blocks]
    pair = next(
        (
            index
            for index in range(len(blocks) - 1)
            if {block.part for block in blocks[index : index + 2]} == _SIDE_BY_SIDE
        ),
        None,
    )
    if pair is not None and width >= _NARROWEST_PAIR * page.base:
        rows = [row_of(block, width, page) for block in (*blocks[:pair], *blocks[pair + 2 :])]
        rows.insert(pair, _pair(blocks[pair], blocks[pair + 1], width, page))
        yield rows


def row_of(block: Block, width: float, page: Page) -> Row:
    least, most = page.once((block, width), lambda: (block.least(width, page), block.most(width, page)))
    return Row(least, most, lambda height: block.layout(Size(width, height), page))


def _pair(first: Block, second: Block, width: float, page: Page) -> Row:
    half = (width - 1.5 * page.gutter) / 2

    def fill(height: float) -> Frame:
        size = Size(half, height)
        left, right = first.layout(size, page), second.layout(size, page)
        return Frame(
            Size(width, max(left.size.height, right.size.height)),
            (Placed(Point(0, 0), left), Placed(Point(width - half, 0), right)),
            "pair",
        )

    least = max(block.least(half, page) for block in (first, second))
    return Row(least, max(least, _TALLEST_PAIR * half), fill)


def cover_words(content: Content, page: Page, size: Size) -> Frame:
    """Kicker and headline at the top of `size`, who speaks at its foot; the short headline where the long is too much.

    Raises DoesNotFit when even the short headline has no room at the smallest step.
    """
    titles = list(_cover_titles(content.headline, page, size.width))
    for low in (foot(page, content.source_line, size.width), signature(page, content.source_line, size.width)):
        room = size.height - low.size.height - 0.5 * page.base
        for words in titles:
            if words.size.height <= room:
                items = (Placed(Point(0, 0), words), Placed(Point(0, size.height - low.size.height), low))
                return Frame(size, items, "words")
    last = page.title(page.shape.title_steps[-1])
    plain = page.set(content.headline.short or content.headline.text, last, size.width).size.height
    smallest = min((words.size.height for words in titles), default=plain)
    raise DoesNotFit("The headline", size.height - room + smallest, size.height)


def _cover_titles(headline: Headline, page: Page, width: float) -> Iterator[Frame]:
    """Every way to set a cover's headline, the fullest first."""
    kicker = headline.kicker_line(page, width)
    for over in (kicker, None) if kicker else (None,):
        for title_at in (headline.title, headline.short_title):
            for step in page.shape.title_steps:
                title: Paragraph | None = title_at(page, step, width)
                if title is not None:
                    items: list[Item] = [title] if over is None else [over, title]
                    yield stack(items, [0.3 * page.base] * (len(items) - 1), width, "headline")
