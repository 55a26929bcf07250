"""What the worker does for the library: small copies of footage and sound."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import File
from django.db import transaction
from django.db.models.fields.files import FieldFile

from cms.jobs.run import Progress
from cms.library import originals
from cms.library.keys import proxy_key
from cms.library.models import Media, Proxy
from media_tools.clips import proxy
from media_tools.errors import CannotOpen

COPYING = "attache-proxy-"
"""What the names of temporary folders begin with."""


def make_proxy(progress: Progress, *, media: int) -> None:
    """All small copies of one file, or none. Done again, it finds them there."""
    row = Media.objects.filter(pk=media).first()
    if row is None or row.proxy:
        return
    path = originals.bring(row.file.name, row.file_name, progress.alive)
    with TemporaryDirectory(prefix=COPYING) as folder:
        try:
            made = proxy.make_proxy(path, Path(folder), _in_per_cent(progress))
        except CannotOpen as error:
            raise CannotOpen(row.title, error.why, error.remedy) from error
        _keep(row, made)


def _in_per_cent(progress: Progress) -> Callable[[float], None]:
    said = 0

    def report(share: float) -> None:
        nonlocal said
        if int(100 * share) > said:
            said = int(100 * share)
            progress.advance(said, 100)
        else:
            progress.alive()

    return report


def _keep(row: Media, made: proxy.Proxy) -> None:
    """In the place of older ones. Where the objects will lie is written first: a killed worker leaves none unknown."""
    kept = Proxy(
        media=row, seconds=made.seconds, width=made.width, height=made.height, cells=made.cells, peaks=list(made.peaks)
    )
    for field, path in ((kept.film, made.film), (kept.poster, made.poster), (kept.strip, made.strip)):
        field.name = proxy_key(kept, path.name) if path else ""
    is_whole = False
    try:
        if _announce(kept):
            for field, path in zip(kept.files, (made.film, made.poster, made.strip), strict=False):
                _store(field, path)
            is_whole = _is_of(kept, row.sha256)
    finally:
        if kept.pk and not is_whole:
            kept.delete()


@transaction.atomic
def _announce(kept: Proxy) -> bool:
    """As those of no bytes yet, so that nobody is shown them. Not where the footage has gone."""
    if not Media.objects.select_for_update().filter(pk=kept.media_id).first():
        return False
    Proxy.objects.filter(media=kept.media_id).delete()
    kept.save()
    return True


def _store(field: FieldFile, path: Path | None) -> None:
    if path:
        with path.open("rb") as stream:
            field.storage.save(field.name, File(stream))


def _is_of(kept: Proxy, sha256: str) -> bool:
    """They are whole, unless the footage has other bytes by now, or is gone."""
    return bool(Proxy.objects.filter(pk=kept.pk, media__sha256=sha256).update(sha256=sha256))
