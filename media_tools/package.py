"""Finished files as a ZIP that is the same, byte for byte, whenever the files are."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from media_tools.errors import CannotOpen, CannotWrite
from media_tools.open.image import probe_image

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that ZIP knows: a real date would change the bytes
_READABLE = 0o644 << 16
_CHUNK = 1024 * 1024
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class Part:
    """One finished file for a package; `sha256` is known from when it was made."""

    name: str
    sha256: str
    size: int
    open: Callable[[], BinaryIO]


def package_folder(folder: Path, target: Path) -> dict[str, Any]:
    """Bundle the pictures of `folder` with a manifest and checksums; returns the manifest.

    The package appears whole under its name or not at all. Raises CannotOpen when the folder holds no picture, an
    unfinished file or a broken one, and CannotWrite when the target takes no file.
    """
    names = _names(folder)
    manifest: dict[str, Any] = {"version": 1, "files": [_entry(folder / name, name) for name in names]}
    parts = [
        Part(entry["name"], entry["sha256"], entry["bytes"], partial((folder / entry["name"]).open, "rb"))
        for entry in manifest["files"]
    ]
    write_package(parts, {}, manifest, target)
    return manifest


def write_package(parts: Iterable[Part], texts: Mapping[str, str], manifest: Mapping[str, Any], target: Path) -> None:
    """Bundle finished files, texts by name, the manifest and everybody's checksums, sorted by name.

    Each file is read once and compared with its SHA-256 on the way. The package appears whole under its name or not at
    all. Raises CannotOpen for a part that is missing or damaged, and CannotWrite when the target takes no file.
    """
    ordered = sorted(parts, key=lambda part: part.name)
    notes = {**texts, MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True) + "\n"}
    sums = {part.name: part.sha256 for part in ordered} | {name: _sha256(text) for name, text in texts.items()}
    notes[SUMS] = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(sums.items()))
    unfinished = target.with_name(target.name + ".part")
    try:
        with ZipFile(unfinished, "w") as archive:
            for part in ordered:
                _copy(part, archive)
            for name, text in sorted(notes.items()):
                archive.writestr(_info(name, ZIP_DEFLATED), text)
        unfinished.replace(target)
    except OSError as error:
        raise CannotWrite(
            repr(target.name), f"could not be written ({error.strerror}).", "Make room, or name another place."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _copy(part: Part, archive: ZipFile) -> None:
    info = _info(part.name, ZIP_STORED)
    info.file_size = part.size
    total = hashlib.sha256()
    with _reading(part) as source, archive.open(info, "w") as copy:
        while chunk := source.read(_CHUNK):
            total.update(chunk)
            copy.write(chunk)
    if total.hexdigest() != part.sha256:
        raise CannotOpen(repr(part.name), "has other bytes than when it was made.", "Make it again.")


def _reading(part: Part) -> BinaryIO:
    try:
        return part.open()
    except OSError as error:
        raise CannotOpen(repr(part.name), "is not in the store.", "Make it again.") from error


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
