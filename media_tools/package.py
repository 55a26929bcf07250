"""Files of one folder as a ZIP that is the same, byte for byte, whenever the files are."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from media_tools.errors import CannotOpen, CannotWrite
from media_tools.open.image import probe_image

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that ZIP knows: a real date would change the bytes
_READABLE = 0o644 << 16
_CHUNK = 1024 * 1024
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


def package_folder(folder: Path, target: Path) -> dict[str, Any]:
    """Bundle the pictures of `folder` with a manifest and checksums; returns the manifest.

    The package appears whole under its name or not at all. Raises CannotOpen when the folder holds no picture, an
    unfinished file or a broken one, and CannotWrite when the target takes no file.
    """
    names = _names(folder)
    manifest: dict[str, Any] = {"version": 1, "files": [_entry(folder / name, name) for name in names]}
    sums = "".join(f"{entry['sha256']}  {entry['name']}\n" for entry in manifest["files"])
    part = target.with_name(target.name + ".part")
    try:
        with ZipFile(part, "w") as archive:
            for name in names:
                _copy(folder / name, archive, _info(name, ZIP_STORED))
            text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
            archive.writestr(_info(MANIFEST, ZIP_DEFLATED), text)
            archive.writestr(_info(SUMS, ZIP_DEFLATED), sums)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CannotWrite(
            repr(target.name), f"could not be written ({error.strerror}).", "Make room, or name another place."
        ) from error
    return manifest


def _names(folder: Path) -> list[str]:
    if not folder.is_dir():
        raise CannotOpen(repr(folder.name), "is not a folder.", "Name the folder that holds the finished files.")
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    unfinished = [name for name in files if name.endswith(".part")]
    if unfinished:
        raise CannotOpen(repr(unfinished[0]), "is an unfinished file.", "Make the files again, then package them.")
    links = [name for name in files if (folder / name).is_symlink()]
    if links:
        raise CannotOpen(repr(links[0]), "is a link to another place.", "Put the file itself into the folder.")
    pictures = [name for name in files if Path(name).suffix.lower() in _PICTURES]
    if not pictures:
        raise CannotOpen(repr(folder.name), "holds no pictures.", "Make some with `infographic --out` first.")
    return pictures


def _entry(path: Path, name: str) -> dict[str, Any]:
    facts = probe_image(path)
    return {
        "name": name,
        "type": f"image/{facts.format}",
        "width": facts.width,
        "height": facts.height,
        "bytes": facts.bytes,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _info(name: str, method: int) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = method
    info.external_attr = _READABLE
    info.create_system = 3  # Unix, on every system
    return info


def _copy(path: Path, archive: ZipFile, info: ZipInfo) -> None:
    info.file_size = path.stat().st_size
    with path.open("rb") as source, archive.open(info, "w") as target:
        for chunk in _chunks(source):
            target.write(chunk)


def _chunks(source: Any) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk
