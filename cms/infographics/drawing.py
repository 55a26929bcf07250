"""The files of an infographic's edition: stills by child processes one after another, clips in the worker itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps

from cms.editions.finished import Finished, Page, Report, Wanted
from cms.editions.models import Edition
from cms.infographics.findings import typed_figures
from cms.jobs.easels import Easels
from cms.library import originals
from media_tools.animate import AnimationJob, animate
from media_tools.clips.film import Film
from media_tools.easel import Drawn
from media_tools.errors import MediaToolsError
from media_tools.infographic import Infographic
from media_tools.open.image import open_image
from media_tools.platforms import placements
from media_tools.preview import thumbnail_of
from media_tools.spec.brand import Brand
from media_tools.spec.finding import Finding


def draw_files(
    edition: Edition, brand: Mapping[str, Any], wanted: Sequence[Wanted], folder: Path, report: Report
) -> Iterator[Finished]:
    """The edition under `brand`: its own, or that under a mission's name.

    A file that cannot be drawn says why, and the others are drawn all the same.
    """
    typed = tuple(typed_figures(edition.spec))
    for number, each in enumerate(wanted):
        told = partial(_told, report, each, number, len(wanted))
        told(0)
        try:
            if each.animated:
                finished = _animated(_animation(edition, brand, each, folder), each, typed, told)
            else:
                finished = _still(edition, brand, each, folder, typed)
        except MediaToolsError as error:
            finished = Finished(each, problem=error)
        yield finished


def _still(
    edition: Edition, brand: Mapping[str, Any], wanted: Wanted, folder: Path, typed: tuple[Finding, ...]
) -> Finished:
    easels: Easels = apps.get_app_config("jobs").easels
    kind = edition.kind.format_of(wanted)
    return _drawn(easels.still(edition.spec, brand, wanted.placement, kind, folder), wanted, typed)


def _drawn(drawn: Drawn, wanted: Wanted, typed: tuple[Finding, ...]) -> Finished:
    still = drawn.still
    several = len(still.alts) > 1
    files = enumerate(drawn.pages, start=1) if drawn.pages else enumerate(still.slides, start=2)
    return Finished(
        wanted,
        still.path,
        still.width,
        still.height,
        findings=(*still.findings, *typed),
        thumbnail=drawn.thumbnail,
        alt=still.alts[0] if several else "",
        pages=tuple(Page(number, path, still.alts[number - 1] if several else "") for number, path in files),
    )


def _animation(edition: Edition, brand: Mapping[str, Any], wanted: Wanted, folder: Path) -> AnimationJob:
    story, kit = Infographic.model_validate(edition.spec), Brand.model_validate(brand)
    return AnimationJob(story, kit, originals.folder(), (placements()[wanted.placement],), "clip", folder)


def _animated(job: AnimationJob, wanted: Wanted, typed: tuple[Finding, ...], told: Callable[[float], None]) -> Finished:
    (film,) = animate(job, told)
    return _filmed(film, wanted, typed)


def _filmed(film: Film, wanted: Wanted, typed: tuple[Finding, ...]) -> Finished:
    poster = film.poster
    return Finished(
        wanted, film.path, film.width, film.height, film.seconds, (*film.findings, *typed),
        thumbnail=thumbnail_of(open_image(poster)) if poster else b"", alt=film.alt,
        sidecars=(*film.sidecars, poster) if poster else (),
    )  # fmt: skip


def _told(report: Report, wanted: Wanted, number: int, count: int, share: float) -> None:
    report((number + share) / count, [wanted])
