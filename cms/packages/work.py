"""What the worker does for packages."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.core.files.storage import default_storage

from cms.jobs.run import Progress
from cms.packages.contents import arc_name, describe, post_texts, sidecar_name
from cms.packages.models import Package, as_said
from cms.variants.models import StoredFile, Variant, Watched
from cms.variants.work import BENCH
from media_tools.errors import InvalidInput
from media_tools.package import Part, write_package


def make(progress: Progress, package: int) -> None:
    """The ZIP of a package, once; it is published whole or not at all."""
    row = Package.objects.select_related("mission", "campaign").get(pk=package)
    if row.file is not None:  # it was ordered again while it was being made
        return
    variants = _parts(row)
    progress.advance(0, len(variants), row.file_name)
    manifest = describe(row.mission, row.campaign, variants)
    with tempfile.TemporaryDirectory(prefix=BENCH) as folder:
        target = Path(folder) / row.file_name
        parts = [part for variant in variants for part in _parts_of(variant, progress)]
        write_package(parts, post_texts(variants), manifest, target)
        kept = StoredFile.keep(target, "packages", progress.alive)
    if not Package.objects.filter(pk=row.pk, file=None).update(file=kept):
        kept.discard()  # another run was faster
    progress.advance(len(variants), len(variants))


def _parts(package: Package) -> list[Variant]:
    """Its files. Raises InvalidInput for one whose rights, times or approval have changed since it was ordered."""
    gone = package.parts.exclude(as_said(package.mission)).select_related("variant__edition", "variant__file").first()
    if gone is not None:
        raise InvalidInput(
            arc_name(gone.variant), "may not leave any more as it was chosen.", "Make the package again."
        )
    wanted = package.parts.values("variant")
    rows = Variant.objects.leaving(package.mission).filter(pk__in=wanted).select_related("edition", "file")
    return list(rows.order_by("pk"))


def _parts_of(variant: Variant, progress: Progress) -> Iterator[Part]:
    """Its file and what travels with it."""
    yield _part(arc_name(variant), variant.file, progress)
    for sidecar in variant.sidecars.all():
        yield _part(sidecar_name(sidecar), sidecar.file, progress)


def _part(name: str, file: StoredFile, progress: Progress) -> Part:
    return Part(name, file.sha256, file.bytes, partial(_opened, file.key, progress))


def _opened(key: str, progress: Progress) -> Watched:
    progress.alive()
    return Watched(default_storage.open(key, "rb"), progress.alive)
