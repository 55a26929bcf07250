"""What the worker does for packages."""

import tempfile
from functools import partial
from pathlib import Path

from django.core.files.storage import default_storage

from cms.jobs.run import Progress
from cms.packages.contents import arc_name, describe, post_texts
from cms.packages.models import Package
from cms.variants.models import StoredFile, Variant
from media_tools.errors import InvalidInput
from media_tools.package import Part, write_package


def make(progress: Progress, package: int) -> None:
    """The ZIP of a package, once; it is published whole or not at all."""
    row = Package.objects.select_related("mission", "campaign").get(pk=package)
    variants = list(
        Variant.objects.filter(pk__in=row.parts.values("variant")).select_related("edition", "file").order_by("pk")
    )
    _check_leaving(row, variants)
    progress.advance(0, len(variants), row.file_name)
    manifest = describe(row.mission, row.campaign, variants)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / row.file_name
        write_package([_part(variant) for variant in variants], post_texts(variants), manifest, target)
        kept = StoredFile.keep(target, "packages")
    if not Package.objects.filter(pk=row.pk, file=None).update(file=kept):
        kept.discard()  # another run was faster
    progress.advance(len(variants), len(variants))


def _check_leaving(package: Package, variants: list[Variant]) -> None:
    """Rights, times and withdrawals may have changed since it was ordered."""
    leaving = set(Variant.objects.leaving(package.mission).values_list("pk", flat=True))
    gone = next((variant for variant in variants if variant.pk not in leaving), None)
    if gone is not None:
        raise InvalidInput(arc_name(gone), "may not leave any more.", "Make the package again; it is left out then.")


def _part(variant: Variant) -> Part:
    return Part(
        arc_name(variant),
        variant.file.sha256,
        variant.file.bytes,
        partial(default_storage.open, variant.file.key, "rb"),
    )
