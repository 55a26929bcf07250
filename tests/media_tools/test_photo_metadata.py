"""What photos say of themselves: written here as agencies, cameras and telephones write it."""

import struct
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from media_tools.errors import CannotOpen
from media_tools.open.photo_metadata import PhotoMetadata, of_name, photo_metadata

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 photoshop:City="Hà Nội" photoshop:Country="Việt Nam" photoshop:DateCreated="2026-05-01T09:30:00+07:00"
 photoshop:Credit="Ministry of Foreign Affairs">
<dc:title><rdf:Alt><rdf:li xml:lang="vi">Lễ ký</rdf:li><rdf:li xml:lang="x-default">Signing</rdf:li></rdf:Alt>
</dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The two ministers sign.</rdf:li></rdf:Alt></dc:description>
<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">Two men at a table.</rdf:li></rdf:Alt>
</Iptc4xmpCore:AltTextAccessibility>
<dc:creator><rdf:Seq><rdf:li>An Nguyễn</rdf:li><rdf:li>Lê Bình</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>summit</rdf:li><rdf:li>hội nghị</rdf:li><rdf:li>summit</rdf:li></rdf:Bag></dc:subject>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">For editorial use.</rdf:li></rdf:Alt></xmpRights:UsageTerms>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@pytest.fixture
def photo(tmp_path: Path) -> Callable[..., Path]:
    def save(name: str = "photo.jpg", iptc: bytes = b"", **said: object) -> Path:
        path = tmp_path / name
        Image.new("RGB", (8, 6), "teal").save(path, **said)
        if iptc:
            content = path.read_bytes()
            path.write_bytes(content[:2] + iptc + content[2:])
        return path

    return save


def iim(*values: tuple[int, bytes], utf_8: bool = False) -> bytes:
    """A JPEG segment with datasets of record 2, as Photoshop wraps them."""
    told = b"\x1c\x01\x5a\0\x03\x1b%G" if utf_8 else b""
    told += b"".join(struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value for number, value in values)
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(told)) + told + b"\0" * (len(told) % 2)
    body = b"Photoshop 3.0\0" + block
    return b"\xff\xed" + struct.pack(">H", len(body) + 2) + body


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "tif"])
def test_what_an_agency_wrote_is_read_from_every_kind_of_picture(photo, ending):
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", XMP)
    how = {"png": {"pnginfo": text}, "tif": {"tiffinfo": {700: XMP.encode()}}}

    said = photo_metadata(photo(f"IMG_0001.{ending}", **how.get(ending, {"xmp": XMP.encode()})))

    assert said == PhotoMetadata(
        title="Signing",
        caption="The two ministers sign.",
        alt="Two men at a table.",
        credit="An Nguyễn, Lê Bình / Ministry of Foreign Affairs",
        rights="For editorial use.",
        keywords=("summit", "hội nghị"),
        taken=date(2026, 5, 1),
        place="Hà Nội, Việt Nam",
    )


def test_the_older_record_is_read_in_its_own_letters(photo):
    latin = photo_metadata(photo(iptc=iim((105, "Café à Évian".encode("cp1252")), (80, b"Ren\xe9"))))
    utf_8 = photo_metadata(photo(iptc=iim((105, "Hội nghị".encode()), (25, b"sea"), (25, b"port"), utf_8=True)))

    assert (latin.title, latin.credit) == ("Café à Évian", "René")
    assert (utf_8.title, utf_8.keywords) == ("Hội nghị", ("sea", "port"))


def test_newer_words_are_believed_before_older_ones_and_fill_up_from_them(photo):
    exif = Image.Exif()
    exif[ExifTags.Base.Artist], exif[ExifTags.Base.Copyright] = "Camera's owner", "(c) 2026 Ministry"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:04:30 23:59:59"
    told = iim((105, b"From the older record"), (80, b"By-line"))

    said = photo_metadata(photo(iptc=told, exif=exif))

    assert (said.title, said.credit, said.rights) == ("From the older record", "By-line", "(c) 2026 Ministry")
    assert said.taken == date(2026, 4, 30)


def test_words_of_cameras_are_nobodys(photo):
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription], exif[ExifTags.Base.Artist] = "OLYMPUS DIGITAL CAMERA         ", "   "

    assert photo_metadata(photo("DSCN0042.jpg", exif=exif)) == PhotoMetadata()


@pytest.mark.parametrize(
    ("name", "title", "taken"),
    [
        ("2026-05-01_hanoi_summit.jpg", "Hanoi summit", date(2026, 5, 1)),
        ("20260501-Gipfel Hanoi-v2.jpeg", "Gipfel Hanoi", date(2026, 5, 1)),
        ("C:\\photos\\Lễ ký kết 2026.05.01.png", "Lễ ký kết", date(2026, 5, 1)),
        ("IMG_20260501_093000.jpg", "", date(2026, 5, 1)),
        ("WhatsApp Image 2026-05-01 at 09.30.00.jpeg", "", date(2026, 5, 1)),
        ("DSC00042.JPG", "", None),
        ("summit_2026-13-45.jpg", "Summit", None),
        ("مؤتمر_هانوي.jpg", "مؤتمر هانوي", None),
        ("1080x1920.jpg", "", None),
    ],
)
def test_a_name_that_people_gave_tells_what_and_when(name, title, taken):
    assert of_name(name) == PhotoMetadata(title=title, taken=taken)


def test_the_name_it_was_sent_under_fills_what_the_photo_leaves_open(photo):
    said = photo_metadata(photo("upload.jpg"), "2026-05-01_harbour.jpg")

    assert (said.title, said.taken) == ("Harbour", date(2026, 5, 1))


@pytest.mark.parametrize(
    "packet",
    [
        b"<x:xmpmeta",
        b"\xff\xfe\0",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        b"<a/>" + b" " * 5_000_000,
    ],
)
def test_a_packet_that_is_broken_or_a_trap_says_nothing(photo, packet):
    assert photo_metadata(photo("summit.webp", xmp=packet)) == PhotoMetadata(title="Summit")


def test_a_field_is_one_line_without_signs_that_nobody_sees(photo):
    said = photo_metadata(photo(iptc=iim((105, "Two\r\nlines\0 and \u202eturned".encode()), utf_8=True)))

    assert said.title == "Two lines and turned"


def test_no_picture_has_nothing_to_say(tmp_path):
    (tmp_path / "words.jpg").write_bytes(b"these are words, not pixels")

    with pytest.raises(CannotOpen, match="not a picture"):
        photo_metadata(tmp_path / "words.jpg")


@given(st.binary(max_size=400))
def test_any_bytes_for_a_record_are_survived(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "any.jpg"
    Image.new("RGB", (8, 6)).save(path, xmp=content)
    whole = path.read_bytes()
    body = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(content)) + content
    path.write_bytes(whole[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + whole[2:])

    assert isinstance(photo_metadata(path), PhotoMetadata)
