"""Orders in, checked files out: each is made, looked at, and only then gets its name."""

import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import batched
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from threading import active_count

from media_tools import checks as check_package
from media_tools.alt_text import alt_texts
from media_tools.checks import Check
from media_tools.discover import discover
from media_tools.draw import draw
from media_tools.errors import CannotWrite, DoesNotFit
from media_tools.infographic import Infographic, lay_out
from media_tools.layout.text import Typesetter
from media_tools.made import FORMATS, PART, Made, Order, make, numbered, put_in_place, suited
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
    slides: tuple[Path, ...] = ()
    """The files of a carousel after the first, in order; none where they are pages of one file."""
    alts: tuple[str, ...] = ()
    """What each page shows, in words, in the story's language."""

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
    """Empty: the one that suits each placement."""
    name: str
    """What file names begin with."""
    out: Path


def make_stills(job: Job, processes: int = 1, typesetter: Typesetter | None = None) -> Iterator[Still]:
    """Every placement's file, in the order asked for; each is in its place when its row comes.

    What `typesetter` knows of the job's folder is not found again. Raises MediaToolsError when the story or the brand
    cannot be used at all.
    """
    own = typesetter or Typesetter(Studio(job.source))
    if processes <= 1 or len(job.placements) <= 1:
        yield from _share(job, job.placements, own)
        return
    shares = list(batched(job.placements, _SHARE))
    with _pool(min(processes, len(shares)), own) as pool:
        for stills in pool.map(_listed_share, [job] * len(shares), shares):
            yield from stills


def _pool(processes: int, typesetter: Typesetter) -> ProcessPoolExecutor:
    """Processes that know all that this one knows, where it can be doubled; else such as begin with all imported."""
    if sys.platform == "linux" and active_count() == 1:  # threads do not live on in a double, but their locks do
        return ProcessPoolExecutor(processes, get_context("fork"), _OWN.set, (typesetter,))
    return ProcessPoolExecutor(processes, _quick_start(), _begin, (typesetter.studio.folder,))


def _quick_start() -> BaseContext:
    """Processes that begin with everything imported, once for all of them, where the system can fork."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


_OWN = ContextVar[Typesetter]("the typesetter of a process that makes several shares of one job")


def _begin(folder: Path) -> None:
    _OWN.set(Typesetter(Studio(folder)))


def rehearse(job: Job, typesetter: Typesetter) -> None:
    """Lay out the first placement, so that a story or brand that cannot be used is known before anything is written.

    Raises MediaToolsError.
    """
    with suppress(DoesNotFit):
        laid = lay_out(job.story, job.placements[0], job.brand, typesetter)
        draw(laid.frame, typesetter)


def inspect(made: Made) -> tuple[Finding, ...]:
    """What every check says of a file."""
    looked_at = (check for check in CHECKS.values() if (made.problem is not None) == (check.code == "does-not-fit"))
    return tuple(finding for check in looked_at for finding in check.findings(made))


def _listed_share(job: Job, placements: tuple[Placement, ...]) -> list[Still]:
    return list(_share(job, placements, _OWN.get()))


def _share(job: Job, placements: tuple[Placement, ...], typesetter: Typesetter) -> Iterator[Still]:
    content = content_digest(job.story, job.brand, typesetter.studio.sha256)
    for placement in placements:
        yield still(job, placement, content, typesetter)


def still(job: Job, placement: Placement, content: str, typesetter: Typesetter) -> Still:
    """One placement's file, checked and in its place, or the findings that refuse it; `content` is the job's digest."""
    kind = job.format or suited(placement)
    fingerprint = Recipe(content, placement, kind).fingerprint
    path = job.out / f"{job.name}_{job.story.language}_{placement.name}{FORMATS[kind].suffix}"
    pages = make(Order(job.story, placement, job.brand, kind), typesetter, path)
    findings = _told([inspect(page) for page in pages])
    alts = alt_texts([page.laid for page in pages if page.laid], job.brand)
    parts = tuple(dict.fromkeys(page.path for page in pages if page.problem is None))
    refused = any(finding.level is Level.BLOCKING for finding in findings)
    finished = () if refused else _named(parts)
    for part in parts:
        part.unlink(missing_ok=True)
    _clear(path, placement, but=finished)
    return Still(
        placement.name, job.story.language, finished[0] if finished else None, placement.width, placement.height,
        finished[0].stat().st_size if finished else 0, _digest(finished), content, fingerprint, findings,
        pages[0].settings, finished[1:], alts,
    )  # fmt: skip


def _named(parts: Sequence[Path]) -> tuple[Path, ...]:
    """The files under their names. Raises CannotWrite, and leaves nothing half made, where one has no place."""
    finished = tuple(part.with_name(part.name.removesuffix(PART)) for part in parts)
    try:
        for part, name in zip(parts, finished, strict=True):
            put_in_place(part, name)
    except CannotWrite:
        for part in parts:
            part.unlink(missing_ok=True)
        raise
    return finished


def _told(findings: Sequence[Sequence[Finding]]) -> tuple[Finding, ...]:
    """What was found on every slide once, the rest with the number of its slide."""
    shared = set(findings[0]).intersection(*findings[1:])
    told = list(dict.fromkeys(finding for finding in findings[0] if finding in shared))
    for number, of_slide in enumerate(findings, start=1):
        told += [
            finding.model_copy(update={"message": f"Slide {number}: {finding.message}"})
            for finding in of_slide
            if finding not in shared
        ]
    return tuple(told)


def _clear(path: Path, placement: Placement, but: Sequence[Path]) -> None:
    """Take an earlier story's files away: they must not pass for this one's."""
    for number in range(1, placement.slides + 1):
        old = numbered(path, number)
        if old not in but and old.is_file():
            old.unlink()


def _digest(files: Sequence[Path]) -> str:
    """SHA-256 of the first file, in hex; empty where there is none."""
    return hashlib.sha256(files[0].read_bytes()).hexdigest() if files else ""
