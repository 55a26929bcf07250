"""What is looked at before a file leaves, one check a file. A new file here is a new check everywhere."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from media_tools.infographic import Infographic
from media_tools.layout.frame import Frame, Item, Placed
from media_tools.layout.text import Typesetter
from media_tools.made import FORMATS, Made, Order, make, write_part
from media_tools.platforms import placements
from media_tools.render import Paper
from media_tools.spec.brand import Brand
from media_tools.spec.finding import Finding, Level

_QUOTED = 32  # characters
_POINTS = 0.5  # to a px, of examples that are documents
_TURNS = dict.fromkeys(range(0x2066, 0x206A))  # marks that turn the direction of words, which a message needs not


class Examples(NamedTuple):
    """A file that the check has nothing to say of, and one that it finds fault with."""

    passing: Made
    failing: Made


@dataclass(frozen=True)
class Bench:
    """Where checks make their examples: a good story, its brand and a folder to write in."""

    story: Infographic
    brand: Brand
    typesetter: Typesetter
    folder: Path

    def make(
        self,
        placement: str = "instagram.feed_portrait",
        story: dict[str, Any] | None = None,
        brand: Brand | None = None,
        kind: str = "jpeg",
    ) -> Made:
        """The story, with some fields changed, as a file."""
        changed = Infographic.model_validate({**self.story.model_dump(), "carousel": False, **(story or {})})
        order = Order(changed, placements()[placement], brand or self.brand, kind)
        return make(order, self.typesetter, self.folder / f"{placement}.{kind}")[0]

    def blocks(self, name: str, **changes: Any) -> dict[str, Any]:
        """The story's blocks with fields of one of them changed."""
        blocks = [block.model_dump() for block in self.story.blocks]
        return {"blocks": [{**block, **changes} if block["block"] == name else block for block in blocks]}

    def with_frame(self, frame: Frame, of: Made | None = None) -> Made:
        """A file that shows another frame than the one laid out: what a bug in a layout would give."""
        made = of or self.make()
        paper = Paper(made.order.story.headline.text, made.order.story.language, _POINTS)
        written = FORMATS[made.order.format].write((frame,), paper, self.typesetter, None)
        path = made.path.with_name(f"{sha256(written.content).hexdigest()}_{made.path.name}")
        write_part(path, written.content)
        return replace(made, laid=replace(made.page, frame=frame), path=path, number=1)


def changed(frame: Frame, change: Callable[[Item], Item]) -> Frame:
    """The page with each of its items changed, those of groups before their groups."""
    items = tuple(
        Placed(placed.at, change(changed(placed.item, change) if isinstance(placed.item, Frame) else placed.item))
        for placed in frame.items
    )
    return replace(frame, items=items)


def quoted(text: str) -> str:
    """Words of the page as a message names them: their beginning, on one line."""
    spaced = " ".join(text.translate(_TURNS).split())
    return f"“{spaced[:_QUOTED].rstrip()}…”" if len(spaced) > _QUOTED else f"“{spaced}”"


class Check(ABC):
    """One thing to look at. Its code is stored with findings, for ever."""

    code: ClassVar[str]
    level: ClassVar[Level]

    @abstractmethod
    def findings(self, made: Made) -> Iterator[Finding]:
        """What is to be said of a file that was laid out."""

    @abstractmethod
    def examples(self, bench: Bench) -> Examples: ...

    def finding(self, message: str, remedy: str, level: Level | None = None) -> Finding:
        """What is said at the check's own level, or at another where that is not yet reason to refuse the file."""
        return Finding(level=level or self.level, code=self.code, message=message, remedy=remedy)
