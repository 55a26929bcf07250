"""A photo or drawing that a story shows, with what must travel beside it."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any

from pydantic import Field

from media_tools.spec import Beside, Spec, Words, parts_in

Share = Annotated[float, Field(ge=0, le=1)]


class Picture(Beside):
    """A picture file beside the story; checks ask for what is left empty here."""

    path: str = Field(min_length=1, description="File name, inside the story's own folder.")
    focal: tuple[Share, Share] = Field(
        default=(0.5, 0.5), description="The subject's centre, as shares of width and height from the top left."
    )
    alt: Words = Field(default="", max_length=1000, description="What the picture shows, for people who cannot see it.")
    credit: Words = Field(default="", max_length=120, description="Who made it, as it must be named: Photo: A. Name.")
    licence: Words = Field(default="", max_length=120, description="Under which terms it may be published.")


def pictures_in(value: object, field: str) -> Iterator[tuple[str, Picture]]:
    """Each picture of `value`, which stands in `field`, with the field that it stands in itself: pictures[1]."""
    return parts_in(value, field, Picture)


def with_pictures[Value](value: Value, change: Callable[[Picture], Picture]) -> Value:
    """`value` with each of its pictures changed, in the order of `pictures_in`."""
    changed: Any = value
    match value:
        case Picture():
            changed = change(value)
        case Spec():
            fields = {name: with_pictures(getattr(value, name), change) for name in type(value).model_fields}
            changed = value.model_copy(update=fields)
        case tuple():
            changed = tuple(with_pictures(each, change) for each in value)
    return changed  # type: ignore[no-any-return]
