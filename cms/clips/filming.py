"""The files of a clip's edition: four placements by one ffmpeg process, in the worker itself."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings

from cms.editions.finished import Finished, Report, Wanted
from cms.editions.models import Edition
from cms.library import originals
from media_tools.clips.film import Film, FilmJob, make_films
from media_tools.clips.story import Clip
from media_tools.open.image import open_image
from media_tools.platforms import placements
from media_tools.preview import thumbnail_of
from media_tools.spec.brand import Brand


def film_files(edition: Edition, wanted: Sequence[Wanted], folder: Path, report: Report) -> Iterator[Finished]:
    """Raises MediaToolsError where ffmpeg fails: then the whole batch is not there."""
    if not wanted:
        return
    clip, brand = Clip.model_validate(edition.spec), Brand.model_validate(edition.brand)
    slots = tuple(placements()[each.placement] for each in wanted)
    job = FilmJob(clip, brand, originals.folder(), slots, "clip", folder, Path(settings.CARDS))
    left = list(wanted)
    for film in make_films(job, lambda share: report(share, left)):
        left.remove(Wanted(film.placement))
        yield _finished(film)


def _finished(film: Film) -> Finished:
    poster = film.poster
    return Finished(
        Wanted(film.placement), film.path, film.width, film.height, film.seconds, film.findings,
        thumbnail=thumbnail_of(open_image(poster)) if poster else b"",
        sidecars=(*film.sidecars, poster) if poster else (),
        lufs=film.sound.lufs if film.sound else None, peak=film.sound.peak if film.sound else None,
    )  # fmt: skip
