"""What one page is to show, and the arrangements that several themes share."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from media_tools.blocks import Block, Leaner, Part
from media_tools.blocks.headline import Headline
from media_tools.errors import DoesNotFit
from media_tools.layout.column import Row
from media_tools.layout.footer import foot, signature
from media_tools.layout.frame import Frame, Item, Placed
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
    right_to_left: bool = False

    @property
    def source_line(self) -> str:
        """Who says so and who made the pictures, of what is shown: Source: A; B. Photo: C."""
        unnamed = any(block.needs_source() and not block.fully_sourced() for block in self.blocks)
        named = [source for block in self.blocks for source in block.sources()]
        sources = dict.fromkeys((*named, self.source) if unnamed or not named else named)
        makers = dict.fromkeys(picture.credit for block in self.blocks for picture in block.pictures())
        said = "; ".join(self._apart(source) for source in sources if source)
        parts = (f"{self.source_word} {said}" if said else "", *(self._apart(maker) for maker in makers))
        return ". ".join(part for part in parts if part)

    def _apart(self, words: str) -> str:
        """Words without a stop of their own, and in their own direction where those around them run right to left."""
        plain = words.removesuffix(".")
        return f"\u2068{plain}\u2069" if plain and self.right_to_left else plain

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
        with suppress(DoesNotFit):  # one of the two needs more than half the width
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
    """Kicker and headline at the top of `size`, at the largest step that fits; who speaks at its foot.

    Raises DoesNotFit when they have no room at the smallest step.
    """
    headline, source = content.headline, content.source_line
    kicker = headline.kicker_line(page, size.width)
    titles = [title for step in page.shape.title_steps if (title := headline.title(page, step, size.width))]
    if not titles:
        last = page.title(page.shape.title_steps[-1])
        plain = page.set(headline.text, last, size.width)
        raise DoesNotFit("The headline", plain.size.height + size.height, size.height)
    room = 0.0
    for low in (foot(page, source, size.width), signature(page, source, size.width)):
        room = size.height - low.size.height - 0.5 * page.base
        for title in titles:
            items: list[Item] = [title] if kicker is None else [kicker, title]
            words = stack(items, [0.3 * page.base] * (len(items) - 1), size.width, "headline")
            if words.size.height <= room:
                return Frame(
                    size, (Placed(Point(0, 0), words), Placed(Point(0, size.height - low.size.height), low)), "words"
                )
    over = kicker.size.height + 0.3 * page.base if kicker else 0
    raise DoesNotFit("The headline", over + titles[-1].size.height + size.height - room, size.height)
