import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, Self

from media_tools.checks import Bench, Check, Examples, changed
from media_tools.infographic import BLOCKS
from media_tools.layout.frame import Item, Paragraph
from media_tools.made import Made
from media_tools.readback.amounts import Notation, Read, plain
from media_tools.readback.charts import AXIS
from media_tools.readback.told import Datum, Group, Shown, page_group, shown_blocks, spaced, words_in
from media_tools.spec.finding import Finding, Level

_COUNTED = frozenset({"numeral", "page marks"})
"""Groups whose numbers count what is on the page."""
_PLOTS = frozenset({"lines", "columns"})
"""Groups in which names of one amount stand beside other amounts."""
_ISOLATED = re.compile("\u2066[^\u2069]*\u2069")
_SIGNED = re.compile(r"[-+~\u2212]\d|\d\s?[+%\u066a]")
_REMEDY = (
    "Do not publish this page: compare it with blocks, and report it, for layout should write amounts as they are."
)


class NumberDiffers(Check):
    """Every number on the page is one that the story gives, written as CLDR writes it, beside its own label."""

    code: ClassVar[str] = "number-differs"
    level: ClassVar[Level] = Level.BLOCKING

    def findings(self, made: Made) -> Iterator[Finding]:
        reader = _Reader.of(made)
        around = (
            group for group in page_group(made.page.frame).within() if not {group.name, *group.around} & set(BLOCKS)
        )
        said = [words for group in around for words in reader.unknown(group, ())]
        said += [words for shown in shown_blocks(made.page) for words in reader.block(shown)]
        for words in dict.fromkeys(said):
            yield self.finding(words, _REMEDY)

    def examples(self, bench: Bench) -> Examples:
        good = bench.make()
        return Examples(good, bench.with_frame(changed(good.page.frame, _cut)))


@dataclass(frozen=True)
class _Reader:
    """How a page writes numbers, and which numbers its story has among its words."""

    notation: Notation
    typed: frozenset[str]
    right_to_left: bool

    @classmethod
    def of(cls, made: Made) -> Self:
        page = made.page.page
        notation = Notation(page.language, page.digits)
        words = words_in((made.order.story, made.order.brand.names))
        typed = frozenset(read.text for text in words for read in notation.read(text))
        return cls(notation, typed, page.right_to_left)

    def block(self, shown: Shown) -> Iterator[str]:
        for group in shown.groups():
            texts = _about_amounts(group)
            whole = "\n".join(texts)
            yield from self.unknown(group, shown.data)
            for text in (whole,) if group.name not in _PLOTS and _named(whole, shown.data) else texts:
                if datum := _named(text, shown.data):
                    yield from self._beside(text, datum)
            yield from (f"The sign of “{plain(text)}” changes sides." for text in group.texts if self._turns(text))

    def unknown(self, group: Group, data: Sequence[Datum]) -> Iterator[str]:
        """Numbers that neither the data nor any words of the story hold."""
        if _COUNTED & {group.name, *group.around}:
            return
        sayable = frozenset[Decimal]().union(*(datum.sayable for datum in data))
        for read in self._made("\n".join(_about_amounts(group))):
            if read.value not in sayable:
                yield f"“{read.text}” is no amount of the story, or not as its language writes it."

    def _beside(self, text: str, datum: Datum) -> Iterator[str]:
        """What is wrong with the numbers that stand with a label, where no other label stands."""
        reads = self._made(text)
        for read in reads:
            if read.value is not None and read.value not in datum.sayable:
                yield f"Beside “{datum.label}” stands {read.text}, which is another's amount."
        if datum.figure and reads:
            due = plain(datum.figure.written(self.notation.language, self.notation.digits).digits)
            if due not in plain(text):
                yield f"Beside “{datum.label}” stands no {due}."

    def _turns(self, text: str) -> bool:
        """Whether a sign has no words of its own direction round it, where Latin digits stand among others."""
        if not self.right_to_left or self.notation.digits != "latn":
            return False
        bare = _ISOLATED.sub("", text)
        return bool(_SIGNED.search(bare)) and bool(self._made(bare))

    def _made(self, text: str) -> tuple[Read, ...]:
        """The numbers that were not typed so."""
        return tuple(read for read in self.notation.read(text) if read.text not in self.typed)


def _about_amounts(group: Group) -> tuple[str, ...]:
    """What stands in a group; the round numbers of an axis are nobody's."""
    return () if AXIS in (group.name, *group.around) else group.texts


def _named(text: str, data: Sequence[Datum]) -> Datum | None:
    """The one datum whose label stands in `text`."""
    present = [datum for datum in data if datum.label and _holds(text, datum.label)]
    longest = [
        datum
        for datum in present
        if not any(_holds(other.label, datum.label) for other in present if other is not datum)
    ]
    return longest[0] if len(longest) == 1 else None


def _holds(text: str, label: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(label)}(?!\w)", spaced(text)) is not None


def _cut(item: Item) -> Item:
    """A paragraph without the last digit of its amounts."""
    if not isinstance(item, Paragraph):
        return item
    return replace(item, runs=tuple(run._replace(text=re.sub(r"(?<=\d)\d\b", "", run.text)) for run in item.runs))
