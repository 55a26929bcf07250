"""Unfinished stories: what of them can be drawn already, and what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from media_tools.blocks import Block, Part
from media_tools.blocks.headline import Headline
from media_tools.errors import InvalidInput
from media_tools.infographic import BLOCKS, Infographic
from media_tools.open.document import problems

_STAND_IN = Headline(text="…")


@dataclass(frozen=True, slots=True)
class Draft:
    """The story as far as it goes, and a problem for everything that is missing, by its place in the whole story."""

    story: Infographic | None
    missing: tuple[InvalidInput, ...]


def drawable(raw: Mapping[str, Any]) -> Draft:
    """What can be drawn of a story's JSON in which blocks may be incomplete; no story where nothing can."""
    missing: list[InvalidInput] = []
    blocks = [block for index, entry in enumerate(raw.get("blocks") or ()) for block in _usable(entry, index, missing)]
    headlines = [block for block in blocks if block.part is Part.HEADLINE]
    if not headlines:
        if not any(problem.field.startswith("blocks") for problem in missing):
            missing.append(InvalidInput("blocks", "has no headline.", "Add one: it says what is so."))
        blocks.insert(0, _STAND_IN)
    for spare in headlines[1:]:
        missing.append(InvalidInput("blocks", "has more than one headline.", "Take one out."))
        blocks = [block for block in blocks if block is not spare]
    gone = {str(entry.get("key", "")) for entry in raw.get("blocks") or ()} - {block.key for block in blocks}
    overrides = [_without(override, gone) for override in raw.get("overrides") or ()]
    try:
        return Draft(Infographic.model_validate({**raw, "blocks": blocks, "overrides": overrides}), tuple(missing))
    except ValidationError as error:
        return Draft(None, (*missing, *problems(error)))


def _usable(entry: Mapping[str, Any], index: int, missing: list[InvalidInput]) -> Iterator[Block]:
    """The block, without the rows that are incomplete; nothing when the rest does not make one."""
    place = f"blocks[{index}]"
    kind = BLOCKS.get(str(entry.get("block")))
    if kind is None:
        missing.append(InvalidInput(place, "is of a kind that we do not know.", f"Use one of {', '.join(BLOCKS)}."))
        return
    try:
        yield kind.model_validate(entry)
        return
    except ValidationError as error:
        found = problems(error)
        broken = {(where[0], where[1]) for one in error.errors() if (where := _row(one["loc"]))}
    missing += (InvalidInput(f"{place}.{problem.field}", problem.why, problem.remedy) for problem in found)
    rest = {
        name: [row for number, row in enumerate(value) if (name, number) not in broken]
        if isinstance(value, list | tuple)
        else value
        for name, value in entry.items()
    }
    if broken:
        try:
            yield kind.model_validate(rest)
        except ValidationError:
            return  # what is missing was said above, row by row


def _without(override: Mapping[str, Any], gone: set[str]) -> dict[str, Any]:
    """The override, naming none of the blocks that are gone."""
    named = {part: [key for key in override.get(part, ()) if key not in gone] for part in ("hidden", "order")}
    crops = [crop for crop in override.get("crops", ()) if crop.get("block") not in gone]
    return {**override, **named, "crops": crops}


def _row(place: tuple[int | str, ...]) -> tuple[str, int] | None:
    """The list and the number in it that an error lies in."""
    match place:
        case (str(name), int(number), *_):
            return name, number
        case _:
            return None
