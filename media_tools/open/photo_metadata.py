"""What a photo says of itself, in IPTC, XMP and EXIF, and what its name says: words and dates, and never where it lay.

Names of fields are those of the IPTC Photo Metadata Standard 2023.1. XMP is believed before IPTC-IIM, and that before
EXIF, by the Metadata Working Group's guidelines (2010): newer programs write all three, older ones the last two.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from PIL import ExifTags
from PIL.ImageFile import ImageFile
from PIL.IptcImagePlugin import getiptcinfo

from media_tools.open.image import BROKEN, opened_header

_RDF, _XML = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}", "{http://www.w3.org/XML/1998/namespace}"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rights": "http://ns.adobe.com/xap/1.0/rights/",
    "core": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}
_XMP = {
    "headline": "photoshop:Headline",
    "title": "dc:title",
    "caption": "dc:description",
    "alt": "core:AltTextAccessibility",
    "creator": "dc:creator",
    "credit": "photoshop:Credit",
    "notice": "dc:rights",
    "terms": "rights:UsageTerms",
    "keywords": "dc:subject",
    "date": "photoshop:DateCreated",
    "sublocation": "core:Location",
    "city": "photoshop:City",
    "country": "photoshop:Country",
}
_IIM = {
    "headline": 105, "title": 5, "caption": 120, "creator": 80, "credit": 110, "notice": 116, "keywords": 25,
    "date": 55, "sublocation": 92, "city": 90, "country": 101,
}  # fmt: skip
"""Datasets of record 2, by IPTC-IIM 4.2."""
_EXIF = {
    "caption": ExifTags.Base.ImageDescription,
    "creator": ExifTags.Base.Artist,
    "notice": ExifTags.Base.Copyright,
}
_UTF_8 = b"\x1b%G"  # ISO 2022: what IIM's coded character set says where it is UTF-8
_LARGEST_XMP = 4 * 1024 * 1024  # bytes; a packet fits 64 kB, and extended ones of retouched photos have a few hundred
_LONGEST = 2000  # characters of a field: the longest that IIM has
_MOST_KEYWORDS = 64
_BY_PROGRAMS = re.compile(
    r"(ascii )?(olympus digital camera|sony dsc|default|untitled|digital camera|samsung|[\s\d.,:-]*)", re.IGNORECASE
)
"""What cameras write where a person could have written a caption."""
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.: ]?([01]\d)[-_.: ]?([0-3]\d)(?!\d)")
_NUMBERED = re.compile(
    r"(img|dsc|dscn|dscf|dji|pxl|mvi|vid|gopr|p|photo|image|screenshot|whatsapp|untitled|final|copy|edit|v)?[\d.x]*"
    r"|at|of|am|pm",
    re.IGNORECASE,
)
"""What cameras and telephones call a file: such words of a name tell nothing."""


@dataclass(frozen=True, slots=True)
class PhotoMetadata:
    """Fields are empty, or None, where nothing is said."""

    title: str = ""
    caption: str = ""
    """What it shows, for readers of a newspaper."""
    alt: str = ""
    """What it shows, for people who cannot see it."""
    credit: str = ""
    rights: str = ""
    """Usage terms, or else the copyright notice."""
    keywords: tuple[str, ...] = ()
    taken: date | None = None
    place: str = ""

    def or_else(self, other: "PhotoMetadata") -> "PhotoMetadata":
        """What this says, and where it says nothing, what `other` does."""
        return PhotoMetadata(*(getattr(self, name) or getattr(other, name) for name in PhotoMetadata.__slots__))


def photo_metadata(path: Path, name: str = "") -> PhotoMetadata:
    """What the photo itself says, and where it says nothing, what its `name` does; without one, that of `path`.

    Metadata that is broken says nothing. Raises CannotOpen for a file that is no picture.
    """
    with opened_header(path) as picture:
        sources = [_from_xmp(picture), _from_iim(picture), _from_exif(picture)]
    return _told(sources).or_else(of_name(name or path.name))


def of_name(name: str) -> PhotoMetadata:
    """What a file's name says: 2026-05-01_hanoi_summit.jpg is of 1 May 2026, and shows Hanoi summit."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    found = _DATE.search(stem)
    words = [word for word in re.split(r"[\s_.+-]+", _DATE.sub(" ", stem)) if word and not _NUMBERED.fullmatch(word)]
    title = " ".join(words)
    return PhotoMetadata(title=title[:1].upper() + title[1:], taken=_day(found) if found else None)


type _Fields = Mapping[str, tuple[str, ...]]
"""What a source says, each field with its values in order."""


def _told(sources: Iterable[_Fields]) -> PhotoMetadata:
    said: dict[str, tuple[str, ...]] = {}
    for source in sources:
        said = {**source, **said}
    first = {name: values[0] for name, values in said.items()}
    creator, credit = ", ".join(said.get("creator", ())), first.get("credit", "")
    by = creator if creator and creator.casefold() not in credit.casefold() else ""
    where = (first.get(part, "") for part in ("sublocation", "city", "country"))
    day = _DATE.search(first.get("date", ""))
    return PhotoMetadata(
        title=first.get("headline") or first.get("title", ""),
        caption=first.get("caption", ""),
        alt=first.get("alt", ""),
        credit=" / ".join(part for part in (by, credit) if part),
        rights=first.get("terms") or first.get("notice", ""),
        keywords=said.get("keywords", ()),
        taken=_day(day) if day else None,
        place=", ".join(dict.fromkeys(part for part in where if part)),
    )


def _from_xmp(picture: ImageFile) -> _Fields:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    content = packet.encode() if isinstance(packet, str) else packet
    if not isinstance(content, bytes) or not content or len(content) > _LARGEST_XMP:
        return {}
    try:
        root = fromstring(content.strip(b"\0 \n\r\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # an unknown encoding is a LookupError
        return {}
    described = list(root.iter(f"{_RDF}Description"))
    found = {field: _clean(_values(described, name)) for field, name in _XMP.items()}
    return {field: values for field, values in found.items() if values}


def _values(described: Iterable[Element], name: str) -> Iterator[str]:
    """A property's values: one, as attribute or element, or several in a bag; of languages, the default one first."""
    prefix, local = name.split(":")
    full = f"{{{_SPACES[prefix]}}}{local}"
    for about in described:
        yield from (value for value in (about.get(full),) if value)
        for element in about.findall(full):
            items = list(element.iter(f"{_RDF}li"))
            ranked = sorted(items, key=lambda item: item.get(f"{_XML}lang", "x-default") != "x-default")
            yield from (item.text or "" for item in ranked) if items else (element.text or "",)


def _from_iim(picture: ImageFile) -> _Fields:
    with suppress(*BROKEN):
        records: Mapping[tuple[int, int], Any] = getiptcinfo(picture) or {}
        utf_8 = _UTF_8 in b"".join(_listed(records.get((1, 90))))
        found = {
            field: _clean(_decoded(value, utf_8=utf_8) for value in _listed(records.get((2, dataset))))
            for field, dataset in _IIM.items()
        }
        return {field: values for field, values in found.items() if values}
    return {}


def _from_exif(picture: ImageFile) -> _Fields:
    with suppress(*BROKEN):
        exif = picture.getexif()
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, "")
        said = {field: exif.get(tag, "") for field, tag in _EXIF.items()} | {"date": taken}
        found = {field: _clean(_decoded(value, utf_8=False) for value in _listed(raw)) for field, raw in said.items()}
        return {field: values for field, values in found.items() if values}
    return {}


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _decoded(value: Any, *, utf_8: bool) -> str:
    """UTF-8 by what the file says or by how it looks; else as Windows wrote it in the West."""
    if not isinstance(value, bytes):  # Pillow reads EXIF as Latin-1
        value = str(value).encode("latin-1", "ignore") if _is_latin(str(value)) else str(value).encode()
    with suppress(UnicodeDecodeError):
        return bytes(value).decode("utf-8")
    return bytes(value).decode("utf-8" if utf_8 else "cp1252", "replace")


def _is_latin(text: str) -> bool:
    return all(ord(character) < 256 for character in text)


def _clean(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, on one line, as long as a field may be; none that programs wrote for want of a better one."""
    lines = (" ".join("".join(c if c.isprintable() else " " for c in value).split()) for value in values)
    kept = (line[:_LONGEST] for line in lines if not _BY_PROGRAMS.fullmatch(line) or _DATE.search(line))
    return tuple(dict.fromkeys(kept))[:_MOST_KEYWORDS]


def _day(found: re.Match[str]) -> date | None:
    with suppress(ValueError):
        return date(*(int(part) for part in found.groups()))
    return None
