"""What the worker does for variants: make the files of an edition, each at most once."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from cms.editions.finished import Finished, Own, Wanted
from cms.editions.models import Edition
from cms.jobs.run import Progress
from cms.library import originals
from cms.missions.models import Mission
from cms.variants.models import Sidecar, StoredFile, Variant, VariantQuerySet
from media_tools.account_kit import Account
from media_tools.checks.left_out import LeftOut
from media_tools.errors import CannotOpen, InvalidInput, MediaToolsError
from media_tools.made import write_whole
from media_tools.open.document import parsed
from media_tools.spec.brand import Brand
from media_tools.spec.finding import Finding, Level

BENCH = "attache-files-"
"""What the names of temporary folders begin with, for whoever tidies up after a killed worker."""
STEPS = 100
"""How many steps of a job's progress a file is: one that takes minutes is seen to move."""
_OTHER_PAGES = Finding(
    level=Level.BLOCKING,
    code=LeftOut.code,
    message="Under the mission's name there are not as many pages as were approved.",
    remedy="Shorten the name or a block.",
)


def make(progress: Progress, edition: int) -> None:
    """Every shared file that the edition still lacks. Killed at any moment and begun again, it makes nothing twice."""
    frozen = Edition.objects.get(pk=edition)
    _refuse_what_is_over(frozen)
    for shown in (*frozen.images.all(), *frozen.drawings.all(), *frozen.footage.all()):
        originals.bring(shown.key, shown.name, progress.alive)
    bench = _Bench.of(progress, frozen, frozen.variants.filter(mission=None))
    with tempfile.TemporaryDirectory(prefix=BENCH) as folder:
        bench.report(0, ())
        bench.keep_all(frozen.kind.files(frozen, list(bench.missing), Path(folder), bench.report))


def make_own(progress: Progress, edition: int, mission: int) -> None:
    """As `make`, every file of one mission under the name that it has by now; no kind needs footage again."""
    frozen, owner = Edition.objects.get(pk=edition), Mission.objects.get(pk=mission)
    name = owner.name_in(frozen.language)
    _refuse_what_is_over(frozen)
    for shown in (*frozen.images.all(), *frozen.drawings.all()):
        originals.bring(shown.key, shown.name, progress.alive)
    bench = _Bench.of(progress, frozen, frozen.variants.filter(mission=owner, named=name))
    own = Own(_brand_under(name, frozen), lambda wanted: _handed_over(_shared(frozen, wanted), progress.alive))
    with tempfile.TemporaryDirectory(prefix=BENCH) as folder:
        bench.report(0, ())
        bench.keep_all(frozen.kind.own_files(frozen, own, list(bench.missing), Path(folder), bench.report))


def _refuse_what_is_over(edition: Edition) -> None:
    """Raises InvalidInput for an edition with something in it that may not be used any more."""
    for asset in edition.assets:
        if asset.validity.is_over:
            raise InvalidInput(f"“{asset}”", "may not be used any more.", "Put something else in its place.")


def _brand_under(name: str, edition: Edition) -> dict[str, Any]:
    """The edition's brand with a mission's name, which moves nothing else on the page. Raises InvalidInput."""
    account = parsed({"language": edition.language, "mission": name}, Account)
    brand = account.named(Brand.model_validate(edition.brand))
    names = {language: names.model_copy(update={"within": True}) for language, names in brand.names.items()}
    return brand.model_copy(update={"names": names}).model_dump(mode="json")


@dataclass
class _Bench:
    """The files of one run: which are in the making, and how far they are."""

    progress: Progress
    edition: Edition
    rows: VariantQuerySet
    missing: dict[Wanted, Variant]
    _step: int = -1
    _making: list[Wanted] = field(default_factory=list)

    @classmethod
    def of(cls, progress: Progress, edition: Edition, rows: VariantQuerySet) -> "_Bench":
        """What `rows` still lack: what failed is tried again, and what another edition has is taken from there."""
        rows.filter(state=Variant.State.FAILED).update(state=Variant.State.WAITING, problem="")
        open_ones = rows.filter(state__in=Variant.OPEN).order_by("pk")
        return cls(progress, edition, rows, {variant.wanted: variant for variant in open_ones if not _share(variant)})

    @cached_property
    def total(self) -> int:
        return self.rows.count()

    def report(self, share: float, making: Sequence[Wanted]) -> None:
        """Raises what `Progress` raises when the work must end."""
        there = self.total - len(self.missing)
        step = int(STEPS * (there + share * len(self.missing)))
        if (step, list(making)) == (self._step, self._making):
            self.progress.alive()
            return
        if making != self._making:
            waiting = self.rows.among(making)
            waiting.filter(state=Variant.State.WAITING).update(state=Variant.State.MAKING)
        self._step, self._making = step, list(making)
        self.progress.advance(step, STEPS * self.total, ", ".join(each.label for each in making))

    def keep_all(self, files: Iterator[Finished]) -> None:
        """Each as soon as it is there. Raises the last problem; the others are made all the same."""
        failed: MediaToolsError | None = None
        for finished in files:
            failed = finished.problem or failed
            self._keep(finished)
        if failed:
            raise failed

    def _keep(self, finished: Finished) -> None:
        variant = self.missing[finished.wanted]
        told = replace(finished, findings=tuple(_named(finding, self.edition) for finding in finished.findings))
        if variant.mission_id and told.path:
            told = _as_judged(told, _shared(self.edition, told.wanted))
        findings = [finding.model_dump(mode="json") for finding in told.findings]
        measured = ("width", "height", "seconds", "lufs", "peak")
        result = {"findings": findings, **{name: getattr(told, name) for name in measured}}
        if told.problem:
            _finish(variant, state=Variant.State.FAILED, problem=str(told.problem))
        elif told.path is None:
            _finish(variant, state=Variant.State.REFUSED, **result)
        elif variant.mission_id and _alike(told, told.path, _shared(self.edition, told.wanted)):
            _finish(variant, state=Variant.State.SAME)
        else:
            _store(variant, told, told.path, result, self.progress.alive)


def _store(
    variant: Variant, finished: Finished, path: Path, result: dict[str, object], alive: Callable[[], None]
) -> None:
    file = StoredFile.keep(path, "variants", alive)
    if finished.as_shared:
        shared = _shared(variant.edition, finished.wanted)
        thumbnail, beside = shared.thumbnail, _same_beside(shared)
    else:
        thumbnail, beside = _stored_beside(finished, path, alive)
    result |= {"state": Variant.State.READY, "file": file, "thumbnail": thumbnail, "alt": finished.alt}
    if not _finish(variant, beside, **result):
        for spare in (file, thumbnail, *(sidecar.file for sidecar in beside)):  # another run was faster
            spare.discard()  # what the shared file points at stays
    for stored in (path, *(page.path for page in finished.pages)):
        stored.unlink()  # it is in the store, and the next one needs the room


def _stored_beside(finished: Finished, path: Path, alive: Callable[[], None]) -> tuple[StoredFile, list[Sidecar]]:
    """The small picture, and what travels with the file."""
    small = path.with_suffix(".thumbnail.webp")
    write_whole(small, finished.thumbnail)
    beside = [Sidecar(file=StoredFile.keep(sidecar, "sidecars", alive)) for sidecar in finished.sidecars]
    beside += [
        Sidecar(file=StoredFile.keep(page.path, "pages", alive), number=page.number, alt=page.alt)
        for page in finished.pages
    ]
    return StoredFile.keep(small, "thumbnails", alive), beside


def _same_beside(variant: Variant) -> list[Sidecar]:
    """The same objects, for another row."""
    rows = variant.sidecars.select_related("file")
    return [Sidecar(file=row.file, number=row.number, alt=row.alt) for row in rows]


def _shared(edition: Edition, wanted: Wanted) -> Variant:
    return edition.variants.select_related("file", "thumbnail").get(mission=None, **wanted._asdict())


def _handed_over(shared: Variant, alive: Callable[[], None]) -> Finished:
    """A shared file as it was when it was made, its bytes on this machine. Raises CannotOpen for one that vanished."""
    name = f"{shared.file.sha256}{PurePosixPath(shared.file.key).suffix}"
    try:
        path = originals.bring(shared.file.key, name, alive)
    except FileNotFoundError as error:
        raise CannotOpen(repr(shared.file_name), "is not in the store.", "Make it again.") from error
    findings = tuple(Finding.model_validate(finding) for finding in shared.findings)
    return Finished(
        shared.wanted, path, shared.width, shared.height, shared.seconds, findings, alt=shared.alt, lufs=shared.lufs,
        peak=shared.peak,
    )  # fmt: skip


def _as_judged(own: Finished, shared: Variant) -> Finished:
    """A name takes room: where something lost its own to it, nobody judged such a page, and the file is refused."""
    accepted = {finding["message"] for finding in shared.findings}
    lost = [each for each in own.findings if each.code == LeftOut.code and each.message not in accepted]
    if not lost and len(own.pages) == shared.sidecars.filter(number__gt=0).count():
        return own
    refusing = [each.model_copy(update={"level": Level.BLOCKING}) for each in lost] or [_OTHER_PAGES]
    return replace(own, path=None, findings=(*refusing, *(each for each in own.findings if each not in lost)))


def _alike(finished: Finished, path: Path, shared: Variant) -> bool:
    """Whether a mission's own file came out as the shared one: it has no place for a name."""
    pages = {page.number: _sha256(page.path) for page in finished.pages}
    return _sha256(path) == shared.file.sha256 and pages == {
        row.number: row.file.sha256 for row in shared.sidecars.select_related("file") if row.number
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _share(variant: Variant) -> bool:
    """Take the file that another edition has of the same recipe, where there is one."""
    twin = Variant.objects.filter(fingerprint=variant.fingerprint, state=Variant.State.READY).first()
    if twin is None:
        return False
    same = ("state", "findings", "file", "thumbnail", "width", "height", "seconds", "lufs", "peak", "alt")
    _finish(variant, _same_beside(twin), **{name: getattr(twin, name) for name in same})
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
