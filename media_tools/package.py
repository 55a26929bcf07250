"""Finished files as a ZIP that is the same, byte for byte, whenever the files are."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from media_tools.errors import CannotOpen, CannotWrite
from media_tools.open.image import probe_image
from media_tools.open.video import measured, probe_video

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest day that ZIP knows: a real date would change the bytes
_READABLE = 0o644 << 16
_CHUNK = 1024 * 1024
_PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_DOCUMENTS = {".pdf": "application/pdf"}
_FILMS = (".mp4",)
_CAPTIONS = {".srt": "application/x-subrip", ".vtt": "text/vtt", ".txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class Part:
    """One finished file for a package; `sha256` is known from when it was made."""

    name: str
    sha256: str
    size: int
    open: Callable[[], BinaryIO]


def package_folder(folder: Path, target: Path) -> dict[str, Any]:
    """Bundle the pictures, documents and clips of `folder` with a manifest and checksums; returns the manifest.

    Captions come with them, and a transcript where there are captions of its name. The package appears whole under its
    name or not at all. Raises CannotOpen when the folder holds nothing to post, an unfinished file or a broken one,
    and CannotWrite when the target takes no file.
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
    posted = [name for name in files if Path(name).suffix.lower() in (*_PICTURES, *_DOCUMENTS, *_FILMS)]
    if not posted:
        why, remedy = "holds no pictures and no clips.", "Make some with `infographic --out` or `clip --out` first."
        raise CannotOpen(repr(folder.name), why, remedy)
    return sorted([*posted, *(name for name in files if _captions(name, files))])


def _captions(name: str, files: Sequence[str]) -> bool:
    """Captions, the transcript beside them, or that of a silent clip: other texts are somebody's notes."""
    path = PurePosixPath(name)
    own = (path.with_suffix(".srt"), path.with_suffix("").with_suffix(_FILMS[0]))
    return path.suffix in _CAPTIONS and any(str(each) in files for each in own)


def _entry(path: Path, name: str) -> dict[str, Any]:
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return {"name": name, **_facts(path), "bytes": path.stat().st_size, "sha256": sha256}


def _facts(path: Path) -> dict[str, Any]:
    suffix = path.suffix.lower()
    if suffix in _CAPTIONS | _DOCUMENTS:
        return {"type": (_CAPTIONS | _DOCUMENTS)[suffix]}
    if suffix in _FILMS:
        film = probe_video(path)
        return {"type": "video/mp4", "width": film.width, "height": film.height, "seconds": round(measured(path), 3)}
    picture = probe_image(path)
    return {"type": f"image/{picture.format}", "width": picture.width, "height": picture.height}


def _info(name: str, method: int) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.compress_type = method
    info.external_attr = _READABLE
    info.create_system = 3  # Unix, on every system
    return info
