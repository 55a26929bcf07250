"""What a page must keep whatever its story says, judged from the finished files."""

from collections.abc import Iterator
from pathlib import Path

from media_tools.layout.text import Typesetter
from media_tools.made import Order, make, suited
from media_tools.platforms import Placement
from media_tools.spec.finding import Level
from media_tools.stills import inspect
from tests.declaration import brand_in
from tests.sweep.stories import story

_NO_ROOM = "does-not-fit"


def faults(tag: str, length: str, placement: Placement, typesetter: Typesetter, folder: Path) -> Iterator[str]:
    """What would stop a file of one of LENGTHS, and what was refused without a remedy.

    A very long story may have no room, and on a low cover any. Nothing else is the story's fault: its words, amounts
    and pictures are sound.
    """
    may_lack_room = length == "very long" or placement.use.at_a_glance
    order = Order(story(tag, length), placement, brand_in(tag), suited(placement))
    for made in make(order, typesetter, folder / f"{placement.name}.{suited(placement)}"):
        for finding in inspect(made):
            expected = finding.code == _NO_ROOM and may_lack_room
            if finding.level is Level.BLOCKING and not expected:
                yield f"{tag} {length} {placement.name} {made.number}: {finding.code}: {finding.message}"
            elif not finding.remedy:
                yield f"{tag} {length} {placement.name}: {finding.code} has no remedy"
    for file in folder.iterdir():
        file.unlink()
