"""What a kind of design hands over when it has made a placement's file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext

from media_tools.errors import MediaToolsError
from media_tools.platforms import placements
from media_tools.spec.finding import Finding


class Wanted(NamedTuple):
    """A file that a design is to have: in which placement, and whether it moves there though its design stands still.

    In one placement an edition may have both.
    """

    placement: str
    animated: bool = False

    def __str__(self) -> str:
        return f"{self.placement} (clip)" if self.animated else self.placement

    @property
    def label(self) -> str:
        """What people call it, in the reader's language."""
        slot = gettext(placements()[self.placement].label)
        return gettext("%(placement)s, as a clip") % {"placement": slot} if self.animated else slot


type Report = Callable[[float, Sequence[Wanted]], None]
"""Called with the share that is done, 0 to 1, and the files in the making. What it raises ends the work."""


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

    wanted: Wanted
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
    lufs: float | None = None
    """How loud it came out; None for silence."""
    peak: float | None = None
    """dBTP; None for silence."""
    problem: MediaToolsError | None = None
    as_shared: bool = False
    """Of a mission's own: its small picture and what travels with it are the shared file's."""


@dataclass(frozen=True, slots=True)
class Own:
    """What a mission's own files are made from, besides the edition."""

    brand: dict[str, Any]
    """The edition's, under the mission's name."""
    shared: Callable[[Wanted], Finished]
    """Fetches the shared file as it was handed over, without its small picture and what travels with it."""
