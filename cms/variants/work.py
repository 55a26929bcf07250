"""What the worker does for variants: make the files of an edition, each at most once."""

import tempfile
from functools import reduce
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models.functions import Now

from cms.editions.models import Edition
from cms.jobs.easels import Easels
from cms.jobs.run import Progress
from cms.library import originals
from cms.variants.findings import typed_figures
from cms.variants.models import FORMAT, StoredFile, Variant
from media_tools.errors import MediaToolsError
from media_tools.made import write_whole


def make(progress: Progress, edition: int) -> None:
    """Every file that the edition still lacks. Killed at any moment and begun again, it makes nothing twice."""
    frozen = Edition.objects.get(pk=edition)
    for image in frozen.images.all():
        originals.bring(image.key, image.name)
    variants = list(frozen.variants.filter(state__in=Variant.OPEN).order_by("pk"))
    total = frozen.variants.count()
    done = total - len(variants)
    failed: MediaToolsError | None = None
    for variant in variants:
        progress.advance(done, total, variant.label)
        try:
            if not _share(variant):
                _make(variant)
        except MediaToolsError as error:  # the others are made all the same
            failed = error
            _finish(variant, state=Variant.State.FAILED, problem=str(error))
        done += 1
    progress.advance(done, total)
    if failed:
        raise failed


def _share(variant: Variant) -> bool:
    """Take the file that another edition has of the same recipe, where there is one."""
    twin = Variant.objects.filter(fingerprint=variant.fingerprint, state=Variant.State.READY).first()
    if twin is None:
        return False
    same = ("state", "findings", "file", "thumbnail", "width", "height")
    _finish(variant, **{name: getattr(twin, name) for name in same})
    return True


def _make(variant: Variant) -> None:
    Variant.objects.filter(pk=variant.pk).update(state=Variant.State.MAKING)
    with tempfile.TemporaryDirectory() as folder:
        easels: Easels = apps.get_app_config("jobs").easels
        edition = variant.edition
        drawn = easels.still(edition.spec, edition.brand, variant.placement, FORMAT, Path(folder))
        findings = [_named(finding.model_dump(mode="json"), edition) for finding in drawn.still.findings]
        findings += typed_figures(edition.spec)
        size = {"width": drawn.still.width, "height": drawn.still.height, "findings": findings}
        if drawn.still.path is None:
            _finish(variant, state=Variant.State.REFUSED, **size)
            return
        small = Path(folder) / "thumbnail.webp"
        write_whole(small, drawn.thumbnail)
        kept = [StoredFile.keep(drawn.still.path, "variants"), StoredFile.keep(small, "thumbnails")]
    if not _finish(variant, state=Variant.State.READY, file=kept[0], thumbnail=kept[1], **size):
        for spare in kept:  # another run was faster
            spare.discard()


def _named(finding: dict[str, Any], edition: Edition) -> dict[str, Any]:
    """The library knows pictures by their bytes; people know them by their titles."""
    titles = edition.images.values_list("name", "image__title")
    message = reduce(lambda words, title: words.replace(*title), titles, finding["message"])
    return {**finding, "message": message}


@transaction.atomic
def _finish(variant: Variant, **result: object) -> bool:
    """Point the row at its file, once: False when another run already did."""
    rows = Variant.objects.filter(pk=variant.pk, state__in=Variant.OPEN)
    return bool(rows.update(**{"made_at": Now(), "problem": "", **result}))
