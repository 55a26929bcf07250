"""What the worker does for playlists: each film at most once, published whole or not at all."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now

from cms.jobs.run import Progress
from cms.missions.models import Mission
from cms.playlists.build import STEPS
from cms.playlists.models import Film, FilmWords
from cms.variants.models import StoredFile, Variant, Watched
from cms.variants.work import BENCH
from media_tools.clips.film import Film as Made
from media_tools.clips.loop import PlaylistJob, make_playlist
from media_tools.clips.playlist import Hearing, Playlist
from media_tools.errors import InvalidInput
from media_tools.made import write_whole
from media_tools.open.document import parsed
from media_tools.open.image import open_image
from media_tools.preview import thumbnail_of

_CHUNK = 1024 * 1024  # bytes copied at a time
_FIELDS = {Hearing.BOTH: ("sound", "silent"), Hearing.SOUND: ("sound",), Hearing.SILENT: ("silent",)}
"""Where the films of a playlist are kept, in the order in which they are made."""


def make(progress: Progress, film: int) -> None:
    """Killed and begun again, it makes nothing twice."""
    row = Film.objects.filter(pk=film).select_related("playlist").first()
    if row is None or row.made_at is not None:  # a newer film took its place, or it was ordered again meanwhile
        return
    with tempfile.TemporaryDirectory(prefix=BENCH) as name:
        folder = Path(name)
        told = {**row.wanted, "version": 1, "parts": list(_brought(row, folder, progress))}
        job = PlaylistJob(parsed(told, Playlist), folder, "loop", folder)
        made = list(make_playlist(job, _steps(progress, row)))
        _keep(row, made, progress)


def _brought(film: Film, folder: Path, progress: Progress) -> Iterator[dict[str, Any]]:
    """Each part with its files in `folder`. Raises InvalidInput for one that is gone."""
    rows = {part.number: part.variant for part in film.parts.select_related("variant__edition", "variant__file")}
    for number, part in enumerate(film.wanted["parts"]):
        variant = rows[number]
        beside = {row.kind: row.file for row in variant.sidecars.select_related("file")}
        path = _copy(variant.file, folder / f"{number:03}", part["title"], progress.alive)
        told: dict[str, Any] = {"path": path.name, "title": part["title"]}
        if not variant.moving:
            told |= {"seconds": part["seconds"], "transcript": _words(variant, folder / f"{number:03}.txt")}
        for kind, field in (("vtt", "captions"), ("txt", "transcript")):
            if kind in beside:
                told[field] = _copy(beside[kind], folder / f"{number:03}", part["title"], progress.alive).name
        yield told


def _copy(stored: StoredFile, target: Path, title: str, alive: Callable[[], None]) -> Path:
    path = target.with_suffix(PurePosixPath(stored.key).suffix)
    try:
        with default_storage.open(stored.key, "rb") as source, path.open("wb") as copy:
            for chunk in Watched(source, alive).chunks(_CHUNK):
                copy.write(chunk)
    except FileNotFoundError as error:
        raise InvalidInput(title, "is not in the store any more.", "Make its files again, then the film.") from error
    return path


def _words(variant: Variant, path: Path) -> str:
    """What a picture says, as it is told to people who cannot see it."""
    write_whole(path, variant.shown_alt.encode())
    return path.name


def _steps(progress: Progress, film: Film) -> Callable[[float], None]:
    step = -1

    def report(share: float) -> None:
        nonlocal step
        if int(STEPS * share) <= step:
            progress.alive()
            return
        step = int(STEPS * share)
        progress.advance(step, STEPS, film.wanted["title"])

    return report


def _keep(film: Film, made: Sequence[Made], progress: Progress) -> None:
    """The films with what travels beside them, or the findings that refuse them."""
    findings = {finding.code: finding.model_dump(mode="json") for each in made for finding in each.findings}
    result: dict[str, Any] = {"findings": list(findings.values()), "seconds": made[0].seconds}
    if any(each.refused for each in made):
        Film.objects.filter(pk=film.pk, made_at=None).update(**result)
        return
    for field, each in zip(_FIELDS[Hearing(film.wanted["hearing"])], made, strict=True):
        result[field] = StoredFile.keep(each.path, "playlists", progress.alive)
    small = made[0].path.with_suffix(".thumbnail.webp")
    write_whole(small, thumbnail_of(open_image(made[0].poster)))
    result["thumbnail"] = StoredFile.keep(small, "thumbnails", progress.alive)
    words = [StoredFile.keep(path, "sidecars", progress.alive) for path in made[0].sidecars]
    if not _publish(film, result, words):
        for spare in (*(value for value in result.values() if isinstance(value, StoredFile)), *words):
            spare.discard()  # another run was faster


@transaction.atomic
def _publish(film: Film, result: dict[str, Any], words: Sequence[StoredFile]) -> bool:
    """The film takes the place of the older ones, unless one of those leaves now and this one does not yet."""
    if not Film.objects.filter(pk=film.pk, made_at=None).update(made_at=Now(), **result):
        return False
    FilmWords.objects.bulk_create(FilmWords(film=film, file=file) for file in words)
    mission = Mission.objects.first()  # what missions share leaves to all of them alike
    leaving = Film.objects.leaving(mission) if mission else Film.objects.none()
    if leaving.filter(pk=film.pk).exists():
        film.playlist.films.filter(pk__lt=film.pk).delete()
    return True
