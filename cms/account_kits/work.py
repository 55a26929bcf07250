"""What the worker does for account kits: each picture at most once, and one ZIP of them all."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext

from cms.account_kits.models import AccountKit, AccountPicture
from cms.jobs.easels import Easels
from cms.jobs.run import Progress
from cms.variants.models import StoredFile, Watched
from cms.variants.work import BENCH
from media_tools.easel import Drawn
from media_tools.errors import MediaToolsError
from media_tools.made import write_whole
from media_tools.package import Part, write_package
from media_tools.platforms import placements


def make(progress: Progress, kit: int) -> None:
    """Every picture that the kit still lacks, then its ZIP. Killed and begun again, it makes none twice."""
    row = AccountKit.objects.filter(pk=kit).first()
    if row is None or row.file is not None:  # a newer kit took its place, or it was ordered again while it was made
        return
    with tempfile.TemporaryDirectory(prefix=BENCH) as folder:
        _draw(row, Path(folder), progress)
        _pack(row, Path(folder), progress)


def _draw(kit: AccountKit, folder: Path, progress: Progress) -> None:
    """Raises the last problem; the other pictures are made all the same."""
    easels: Easels = apps.get_app_config("jobs").easels
    failed: MediaToolsError | None = None
    missing = list(_missing(kit))
    for number, (account, placement) in enumerate(missing, start=kit.total - len(missing)):
        progress.advance(number, kit.total, gettext(placements()[placement].label))
        try:
            drawn = easels.kit(account, kit.wanted["brand"], placement, folder)
        except MediaToolsError as error:
            failed = error
            continue
        _keep(kit, drawn, progress)
    if failed:
        raise failed


def _missing(kit: AccountKit) -> Iterator[tuple[Mapping[str, Any], str]]:
    there = set(kit.pictures.values_list("language", "placement"))
    for account in kit.wanted["accounts"]:
        for placement in kit.wanted["placements"]:
            if (account["language"], placement) not in there:
                yield account, placement


def _keep(kit: AccountKit, drawn: Drawn, progress: Progress) -> None:
    still = drawn.still
    files: dict[str, Any] = {}
    if still.path is not None:
        small = still.path.with_suffix(".thumbnail.webp")
        write_whole(small, drawn.thumbnail)
        files = {
            "file": StoredFile.keep(still.path, "accounts", progress.alive),
            "thumbnail": StoredFile.keep(small, "thumbnails", progress.alive),
            "file_name": f"{kit.wanted['stem']}_{still.language}_{still.placement}{still.path.suffix}",
            "alt": still.alts[0],
        }
    findings = [finding.model_dump(mode="json") for finding in still.findings]
    rest = {"width": still.width, "height": still.height, "findings": findings}
    _picture, made = AccountPicture.objects.get_or_create(
        kit=kit, language=still.language, placement=still.placement, defaults={**files, **rest}
    )
    if not made:  # another run was faster
        for spare in ("file", "thumbnail"):
            if spare in files:
                files[spare].discard()


def _pack(kit: AccountKit, folder: Path, progress: Progress) -> None:
    """The ZIP is published whole or not at all; of refused pictures alone there is none."""
    pictures = list(kit.pictures.select_related("file").order_by("language", "placement"))
    made = [picture for picture in pictures if picture.file]
    if not made:
        return
    target = folder / kit.file_name
    parts = [
        Part(row.arc_name, row.file.sha256, row.file.bytes, partial(_opened, row.file.key, progress)) for row in made
    ]
    write_package(parts, {}, _manifest(kit, pictures), target)
    kept = StoredFile.keep(target, "packages", progress.alive)
    if not _publish(kit, kept):
        kept.discard()  # another run was faster


@transaction.atomic
def _publish(kit: AccountKit, kept: StoredFile) -> bool:
    """The kit takes the place of the older ones, whose look is no longer the ministry's."""
    if not AccountKit.objects.filter(pk=kit.pk, file=None).update(file=kept):
        return False
    AccountKit.objects.filter(mission=kit.mission_id, brand_kit=kit.brand_kit_id, pk__lt=kit.pk).delete()
    return True


def _manifest(kit: AccountKit, pictures: Iterable[AccountPicture]) -> dict[str, Any]:
    """It holds no date of its making."""
    return {
        "version": 1,
        "mission": kit.mission.name,
        "brand": kit.wanted["brand"]["name"],
        "content": kit.digest,
        "files": [_entry(picture) for picture in pictures if picture.file],
        "refused": [
            {"language": row.language, "placement": row.placement, "findings": row.refusals}
            for row in pictures
            if not row.file
        ],
    }


def _entry(picture: AccountPicture) -> dict[str, Any]:
    return {
        "name": picture.arc_name,
        "language": picture.language,
        "placement": picture.placement,
        "width": picture.width,
        "height": picture.height,
        "bytes": picture.file.bytes,
        "sha256": picture.file.sha256,
        "alt": picture.alt,
    }


def _opened(key: str, progress: Progress) -> Watched:
    progress.alive()
    return Watched(default_storage.open(key, "rb"), progress.alive)
