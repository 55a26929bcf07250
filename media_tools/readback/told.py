"""What a story says in amounts, and where its page shows them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from media_tools.blocks import Block
from media_tools.blocks.table import CELLS, Holds, Table, TableRow
from media_tools.infographic import BLOCKS, LaidOut
from media_tools.layout.frame import Frame, Paragraph, walk
from media_tools.readback.amounts import plain
from media_tools.spec import Beside, Spec
from media_tools.spec.figure import Figure
from media_tools.spec.geometry import Box, Point
from media_tools.spec.series import SeriesRow

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_PLACES = (Decimal(1), Decimal("0.1"))  # of a percentage


@dataclass(frozen=True, slots=True)
class Datum:
    """The amounts of one thing; None where nobody counted."""

    label: str
    values: tuple[Decimal | None, ...]
    derived: frozenset[Decimal] = frozenset()
    """Amounts that follow from these: a sum, a share in percent."""
    figure: Figure | None = None

    @property
    def sayable(self) -> frozenset[Decimal]:
        return self.derived.union(value for value in self.values if value is not None)


@dataclass(frozen=True, slots=True)
class Group:
    """A frame where it stands on the page, with the names of the frames round it."""

    frame: Frame
    box: Box
    around: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.frame.name

    @property
    def paragraphs(self) -> tuple[tuple[Point, Paragraph], ...]:
        """What stands in it, and in no frame within it, each from the group's corner."""
        return tuple((placed.at, placed.item) for placed in self.frame.items if isinstance(placed.item, Paragraph))

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(paragraph.text for _, paragraph in self.paragraphs)

    def within(self) -> Iterator["Group"]:
        """The group and every group in it, itself first."""
        for found in walk(self.frame, Point(self.box.x, self.box.y), self.around):
            if isinstance(found.item, Frame):
                yield Group(found.item, found.box, found.names)


@dataclass(frozen=True, slots=True)
class Shown:
    """A block, where the page shows it, and what it says in amounts."""

    block: Block
    group: Group
    data: tuple[Datum, ...]

    @property
    def words(self) -> str:
        return self.block.block.replace("_", " ")

    def groups(self) -> Iterator[Group]:
        """The frames of the block, without those of others that stand among them."""
        depth = len(self.group.around)
        for group in self.group.within():
            within = (*group.around, group.name)[depth:]
            if next(name for name in reversed(within) if name in BLOCKS) == self.block.block:
                yield group


def shown_blocks(laid: LaidOut) -> Iterator[Shown]:
    """The blocks that the page shows, each with where; none of a kind of which it does not show each once."""
    blocks = (laid.shown.headline, *laid.shown.blocks)
    outermost = [group for group in page_group(laid.frame).within() if group.name not in group.around]
    for name in dict.fromkeys(block.block for block in blocks):
        told = [block for block in blocks if block.block == name]
        found = [group for group in outermost if group.name == name]
        if len(told) == len(found):
            for block, group in zip(told, found, strict=True):
                yield Shown(block, group, tuple(data_in(block)))


def page_group(frame: Frame) -> Group:
    """The whole page."""
    return Group(frame, Box.of(frame.size), ())


def data_in(value: object) -> Iterator[Datum]:
    """Every amount of a block in its order, with the label that it has in the story."""
    match value:
        case Figure():
            yield Datum(value.label, (value.value,), figure=value)
        case SeriesRow():
            values = (value.first, value.second, value.third, value.fourth)
            yield Datum(value.label, values, frozenset([sum((each for each in values if each), Decimal(0))]))
        case Table():
            yield from (Datum(row.label, tuple(map(Decimal, _amounts(value, row).values()))) for row in value.rows)
        case Spec():
            fields = {name: getattr(value, name) for name in type(value).model_fields}
            amounts = {
                name: Decimal(each)
                for name, each in fields.items()
                if isinstance(each, Decimal | int) and not isinstance(each, bool)
            }
            if amounts:
                yield Datum(str(fields.get("label", "")), tuple(amounts.values()), _shares(amounts))
            for each in fields.values():
                yield from data_in(each)
        case tuple():
            for each in value:
                yield from data_in(each)


def words_in(value: object) -> Iterator[str]:
    """Everything that was typed as words."""
    match value:
        case str():
            yield value
        case Beside():
            yield from words_in((getattr(value, "credit", ""), getattr(value, "as_of", "")))
        case Table():
            amounts = {(row.label, name) for row in value.rows for name in _amounts(value, row)}
            yield from words_in((value.title, value.names, value.source, *(column.name for column in value.columns)))
            yield from (row.label for row in value.rows)
            yield from (
                str(getattr(row, name)) for row in value.rows for name in CELLS if (row.label, name) not in amounts
            )
        case Spec():
            for name in type(value).model_fields:
                yield from words_in(getattr(value, name))
        case tuple():
            for each in value:
                yield from words_in(each)
        case dict():
            yield from words_in(tuple(value.values()))


def absent(due: Iterable[str], laid: LaidOut) -> Iterator[str]:
    """Those of some words that stand nowhere on the page."""
    page = _solid("\n".join(text for group in page_group(laid.frame).within() for text in group.texts))
    return (words for words in dict.fromkeys(due) if _solid(words).removesuffix(".") not in page)


def spaced(text: str) -> str:
    """Words as they are read: without the marks that turn or join them, each space alike."""
    return " ".join(plain(text).split())


def _solid(text: str) -> str:
    """Words without spaces, which Chinese lines do not end with."""
    return "".join(plain(text).split())


def _amounts(table: Table, row: TableRow) -> dict[str, str]:
    """The cells of a row that are written as the language writes amounts."""
    cells = zip(table.columns, CELLS, row.cells, strict=False)
    return {name: cell for column, name, cell in cells if column.holds is Holds.AMOUNTS and _PLAIN.fullmatch(cell)}


def _shares(amounts: Mapping[str, Decimal]) -> frozenset[Decimal]:
    """An amount of a whole in percent: to the whole number unless that says none or all, and to one decimal."""
    if set(amounts) != {"amount", "whole"}:
        return frozenset()
    exact = 100 * amounts["amount"] / amounts["whole"]
    rounded = (exact.quantize(places, ROUND_HALF_UP) for places in _PLACES)
    return frozenset(percent for percent in rounded if 0 < percent < 100 or percent == exact)
