"""Orders in, checked files out: each is made, looked at, and only then gets its name."""

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import batched
from multiprocessing import get_context
from pathlib import Path

from media_tools import checks as check_package
from media_tools.checks import Check
from media_tools.discover import discover
from media_tools.draw import draw
from media_tools.errors import DoesNotFit
from media_tools.infographic import Infographic, lay_out
from media_tools.layout.text import Typesetter
from media_tools.made import FORMATS, Made, Order, make, put_in_place
from media_tools.platforms import Placement
from media_tools.recipe import Recipe, content_digest
from media_tools.spec.brand import Brand
from media_tools.spec.finding import Finding, Level
from media_tools.studio import Studio

CHECKS: Mapping[str, Check] = {name: check() for name, check in discover(check_package, Check).items()}  # type: ignore[type-abstract]
_SHARE = 4  # placements a process takes at a time: few enough to balance, enough to share decoded photos


@dataclass(frozen=True, slots=True)
class Still:
    """One finished file, or the reasons why there is none (`path` is None)."""

    placement: str
    language: str
    path: Path | None
    width: int
    height: int
    bytes: int
    sha256: str
    content: str
    fingerprint: str
    findings: tuple[Finding, ...]
    settings: str

    @property
    def refused(self) -> bool:
        return self.path is None


@dataclass(frozen=True, slots=True)
class Job:
    """A story to be made for some placements, and where to."""

    story: Infographic
    brand: Brand
    source: Path
    """The story's folder, where its pictures are."""
    placements: tuple[Placement, ...]
    format: str
    name: str
    """What file names begin with."""
    out: Path


def make_stills(job: Job, processes: int = 1) -> Iterator[Still]:
    """Every placement's file, in the order asked for; each is in its place when its row comes.

    Raises MediaToolsError when the story or the brand cannot be used at all.
    """
    if processes <= 1 or len(job.placements) <= 1:
        yield from _share(job, job.placements)
        return
    shares = list(batched(job.placements, _SHARE))
    with ProcessPoolExecutor(min(processes, len(shares)), get_context("spawn")) as pool:
        for stills in pool.map(_listed_share, [job] * len(shares), shares):
            yield from stills


def rehearse(job: Job) -> None:
    """Lay out the first placement, so that a story or brand that cannot be used is known before anything is written.

    Raises MediaToolsError.
    """
    typesetter = Typesetter(Studio(job.source))
    with suppress(DoesNotFit):
        laid = lay_out(job.story, job.placements[0], job.brand, typesetter)
        draw(laid.frame, typesetter)


def inspect(made: Made) -> tuple[Finding, ...]:
    """What every check says of a file."""
    looked_at = (check for check in CHECKS.values() if (made.problem is not None) == (check.code == "does-not-fit"))
    return tuple(finding for check in looked_at for finding in check.findings(made))


def _listed_share(job: Job, placements: tuple[Placement, ...]) -> list[Still]:
    return list(_share(job, placements))


def _share(job: Job, placements: tuple[Placement, ...]) -> Iterator[Still]:
    studio = Studio(job.source)
    typesetter = Typesetter(studio)
    content = content_digest(job.story, job.brand, studio.sha256)
    for placement in placements:
        yield still(job, placement, content, typesetter)


def still(job: Job, placement: Placement, content: str, typesetter: Typesetter) -> Still:
    """One placement's file, checked and in its place, or the findings that refuse it; `content` is the job's digest."""
    fingerprint = Recipe(content, placement, job.format).fingerprint
    path = job.out / f"{job.name}_{job.story.language}_{placement.name}{FORMATS[job.format].suffix}"
    made = make(Order(job.story, placement, job.brand, job.format), typesetter, path)
    findings = inspect(made)
    refused = any(finding.level is Level.BLOCKING for finding in findings)
    sha256, size = "", 0
    if made.problem is None:
        if refused:
            made.path.unlink()
        else:
            sha256, size = hashlib.sha256(made.path.read_bytes()).hexdigest(), made.bytes
            put_in_place(made.path, path)
    if refused and path.is_file():
        path.unlink()  # an earlier story's file must not pass for this one's
    return Still(
        placement.name, job.story.language, None if refused else path, placement.width, placement.height,
        size, sha256, content, fingerprint, findings, made.settings,
    )  # fmt: skip
