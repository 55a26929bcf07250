"""What the worker does for variants: make the files of an edition, each at most once."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

from django.db import transaction
from django.db.models.functions import Now

from cms.editions.finished import Finished, Wanted
from cms.editions.models import Edition
from cms.jobs.run import Progress
from cms.library import originals
from cms.variants.models import Sidecar, StoredFile, Variant
from media_tools.errors import MediaToolsError
from media_tools.made import write_whole
from media_tools.spec.finding import Finding

BENCH = "attache-files-"
"""What the names of temporary folders begin with, for whoever tidies up after a killed worker."""
STEPS = 100
"""How many steps of a job's progress a file is: one that takes minutes is seen to move."""


def make(progress: Progress, edition: int) -> None:
    """Every file that the edition still lacks. Killed at any moment and begun again, it makes nothing twice."""
    frozen = Edition.objects.get(pk=edition)
    for shown in (*frozen.images.all(), *frozen.drawings.all(), *frozen.footage.all()):
        originals.bring(shown.key, shown.name, progress.alive)
    failed_before = frozen.variants.filter(state=Variant.State.FAILED)
    failed_before.update(state=Variant.State.WAITING, problem="")
    open_ones = frozen.variants.filter(state__in=Variant.OPEN).order_by("pk")
    missing = {variant.wanted: variant for variant in open_ones if not _share(variant)}
    bench = _Bench(progress, frozen, frozen.variants.count(), missing)
    failed: MediaToolsError | None = None
    with tempfile.TemporaryDirectory(prefix=BENCH) as folder:
        bench.report(0, ())
        for finished in frozen.kind.files(frozen, list(missing), Path(folder), bench.report):
            failed = finished.problem or failed  # the others are made all the same
            bench.keep(finished)
    if failed:
        raise failed


@dataclass
class _Bench:
    """The files of one run: which are in the making, and how far they are."""

    progress: Progress
    edition: Edition
    total: int
    missing: dict[Wanted, Variant]
    _step: int = -1
    _making: list[Wanted] = field(default_factory=list)

    def report(self, share: float, making: Sequence[Wanted]) -> None:
        """Raises what `Progress` raises when the work must end."""
        there = self.total - len(self.missing)
        step = int(STEPS * (there + share * len(self.missing)))
        if (step, list(making)) == (self._step, self._making):
            self.progress.alive()
            return
        if making != self._making:
            waiting = self.edition.variants.among(making)
            waiting.filter(state=Variant.State.WAITING).update(state=Variant.State.MAKING)
        self._step, self._making = step, list(making)
        self.progress.advance(step, STEPS * self.total, ", ".join(each.label for each in making))

    def keep(self, finished: Finished) -> None:
        variant = self.missing[finished.wanted]
        findings = [_named(finding, self.edition).model_dump(mode="json") for finding in finished.findings]
        measured = ("width", "height", "seconds", "lufs", "peak")
        result = {"findings": findings, **{name: getattr(finished, name) for name in measured}}
        if finished.problem:
            _finish(variant, state=Variant.State.FAILED, problem=str(finished.problem))
        elif finished.path is None:
            _finish(variant, state=Variant.State.REFUSED, **result)
        else:
            _store(variant, finished, finished.path, result, self.progress.alive)


def _store(
    variant: Variant, finished: Finished, path: Path, result: dict[str, object], alive: Callable[[], None]
) -> None:
    small = path.with_suffix(".thumbnail.webp")
    write_whole(small, finished.thumbnail)
    file, thumbnail = StoredFile.keep(path, "variants", alive), StoredFile.keep(small, "thumbnails", alive)
    beside = [Sidecar(file=StoredFile.keep(sidecar, "sidecars", alive)) for sidecar in finished.sidecars]
    beside += [
        Sidecar(file=StoredFile.keep(page.path, "pages", alive), number=page.number, alt=page.alt)
        for page in finished.pages
    ]
    result |= {"state": Variant.State.READY, "file": file, "thumbnail": thumbnail, "alt": finished.alt}
    if not _finish(variant, beside, **result):
        for spare in (file, thumbnail, *(sidecar.file for sidecar in beside)):  # another run was faster
            spare.discard()
    for stored in (path, *(page.path for page in finished.pages)):
        stored.unlink()  # it is in the store, and the next one needs the room


def _share(variant: Variant) -> bool:
    """Take the file that another edition has of the same recipe, where there is one."""
    twin = Variant.objects.filter(fingerprint=variant.fingerprint, state=Variant.State.READY).first()
    if twin is None:
        return False
    same = ("state", "findings", "file", "thumbnail", "width", "height", "seconds", "lufs", "peak", "alt")
    beside = [
        Sidecar(file=sidecar.file, number=sidecar.number, alt=sidecar.alt)
        for sidecar in twin.sidecars.select_related("file")
    ]
    _finish(variant, beside, **{name: getattr(twin, name) for name in same})
    return True


def _named(finding: Finding, edition: Edition) -> Finding:
    """The library knows pictures, drawings and footage by their bytes; people know them by their titles."""
    images = edition.images.values_list("name", "image__title")
    drawings = edition.drawings.values_list("name", "drawing__title")
    titles = images.union(drawings, edition.footage.values_list("name", "media__title"), all=True)
    message = reduce(lambda words, title: words.replace(*title), titles, finding.message)
    return finding.model_copy(update={"message": message})


@transaction.atomic
def _finish(variant: Variant, beside: Sequence[Sidecar] = (), **result: object) -> bool:
    """Point the row at its file, once: False when another run already did."""
    rows = Variant.objects.filter(pk=variant.pk, state__in=Variant.OPEN)
    if not rows.update(**{"made_at": Now(), "problem": "", **result}):
        return False
    for sidecar in beside:
        sidecar.variant = variant
    Sidecar.objects.bulk_create(beside)
    return True
