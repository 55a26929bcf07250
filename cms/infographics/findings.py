"""What only the site can notice: the library knows no facts, and figures in its stories need none."""

from collections.abc import Iterator, Mapping
from typing import Any

from media_tools.infographic import Infographic
from media_tools.spec.figure import Figure
from media_tools.spec.finding import Finding, Level

TYPED = "figure-typed"


def typed_figures(spec: Mapping[str, Any]) -> Iterator[Finding]:
    """An advisory finding for each figure that was typed by hand, where a sourced fact could be corrected later."""
    for figure in _figures(Infographic.model_validate(spec)):
        if not figure.fact:
            yield Finding(
                level=Level.ADVISORY,
                code=TYPED,
                message=f"The figure “{figure.label}” was typed by hand, so a correction of a fact will not find it.",
                remedy="Choose a sourced fact in its place, or make one.",
            )


def _figures(story: Infographic) -> Iterator[Figure]:
    for block in story.blocks:
        for name in type(block).model_fields:
            value = getattr(block, name)
            yield from (part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Figure))
