"""The files of a clip's edition, in the worker itself: four placements by one ffmpeg process, a mission's by no coding.

A mission's own clip is the shared one with its own end card.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from django.conf import settings

from cms.editions.finished import Finished, Own, Report, Wanted
from cms.editions.models import Edition
from cms.library import originals
from media_tools.clips.film import Film, FilmJob, make_films
from media_tools.clips.missions import Mission, own_film
from media_tools.clips.story import Clip
from media_tools.errors import MediaToolsError
from media_tools.layout.text import Typesetter
from media_tools.open.image import open_image
from media_tools.platforms import placements
from media_tools.preview import thumbnail_of
from media_tools.spec.brand import Brand
from media_tools.studio import Studio

_OWN = "own"
"""What the library calls any mission: each run is for one."""


def film_files(edition: Edition, wanted: Sequence[Wanted], folder: Path, report: Report) -> Iterator[Finished]:
    """Raises MediaToolsError where ffmpeg fails: then the whole batch is not there."""
    if not wanted:
        return
    job, left = _job(edition, wanted, folder), list(wanted)
    for film in make_films(job, lambda share: report(share, left)):
        left.remove(Wanted(film.placement))
        yield _finished(film)


def own_film_files(
    edition: Edition, own: Own, wanted: Sequence[Wanted], folder: Path, report: Report
) -> Iterator[Finished]:
    """A file that cannot be joined says why, and the others are joined all the same. No footage is read."""
    job = _job(edition, wanted, folder)
    job.cache.mkdir(parents=True, exist_ok=True)
    mission = Mission(name=_OWN, names=Brand.model_validate(own.brand).names)
    typesetter = Typesetter(Studio(job.source))
    for number, each in enumerate(wanted):
        told = partial(_told, report, each, number, len(wanted))
        told(0)
        try:
            shared = own.shared(each)
            film = own_film(job, _film(edition, shared), mission, typesetter, told)
            finished = replace(shared, path=film.path, seconds=film.seconds, findings=film.findings, as_shared=True)
        except MediaToolsError as error:
            finished = Finished(each, problem=error)
        yield finished


def _job(edition: Edition, wanted: Sequence[Wanted], folder: Path) -> FilmJob:
    clip, brand = Clip.model_validate(edition.spec), Brand.model_validate(edition.brand)
    slots = tuple(placements()[each.placement] for each in wanted)
    return FilmJob(clip, brand, originals.folder(), slots, "clip", folder, Path(settings.CARDS))


def _film(edition: Edition, shared: Finished) -> Film:
    """As the library handed it over when it was made."""
    return Film(
        shared.wanted.placement, edition.language, shared.path, shared.width, shared.height, shared.seconds, 0, "",
        edition.content, "", shared.findings, None, (),
    )  # fmt: skip


def _told(report: Report, wanted: Wanted, number: int, count: int, share: float) -> None:
    report((number + share) / count, [wanted])


def _finished(film: Film) -> Finished:
    poster = film.poster
    return Finished(
        Wanted(film.placement), film.path, film.width, film.height, film.seconds, film.findings,
        thumbnail=thumbnail_of(open_image(poster)) if poster else b"",
        sidecars=(*film.sidecars, poster) if poster else (),
        lufs=film.sound.lufs if film.sound else None, peak=film.sound.peak if film.sound else None,
    )  # fmt: skip
