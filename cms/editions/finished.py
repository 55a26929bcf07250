"""What a kind of design hands over when it has made a placement's file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from media_tools.errors import MediaToolsError
from media_tools.spec.finding import Finding

type Report = Callable[[float, Sequence[str]], None]
"""Called with the share that is done, 0 to 1, and the placements in the making. What it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Page:
    """One of several pages: a slide that is a file of its own, or the picture of a document's page."""

    number: int
    """From 1. Where slides are files, the first is the placement's file itself, and no page."""
    path: Path
    alt: str


@dataclass(frozen=True, slots=True)
class Finished:
    """A placement's file, or why there is none: findings that refuse it, or a problem that somebody may mend."""

    placement: str
    path: Path | None = None
    width: int = 0
    height: int = 0
    seconds: float = 0
    """How long it plays; 0 for a still."""
    findings: tuple[Finding, ...] = ()
    thumbnail: bytes = b""
    alt: str = ""
    """What the file, or its first slide, shows, where that is not what the whole design says."""
    pages: tuple[Page, ...] = ()
    sidecars: tuple[Path, ...] = ()
    """Files that travel with it, each told by its ending."""
    problem: MediaToolsError | None = None
