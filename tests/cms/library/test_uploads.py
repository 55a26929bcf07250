"""Every way in for a picture goes through one door, and every row knows the bytes of its file."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags
from PIL import Image as Pillow
from wagtail.models import Collection

from cms.library.models import Image

WAYS = ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"]


def broken(kind: str, picture: Path) -> bytes:
    whole = picture.read_bytes()
    if kind == "truncated":
        return whole[: len(whole) // 2]
    if kind == "disguised":
        return b"<html><script>alert(1)</script></html>" * 40
    return b"\x89PNG\r\n\x1a\n" + bytes.fromhex("0000000d49484452000111700001117008020000006e7b4e6b")


@pytest.mark.parametrize("kind", ["truncated", "disguised", "bomb"])
@pytest.mark.parametrize("way", WAYS)
def test_what_does_not_open_is_refused_in_words_and_leaves_nothing(way, kind, enter, picture):
    before = Image.objects.count()
    upload = SimpleUploadedFile("photo.jpg", broken(kind, picture), "image/jpeg")
    prefix = "image-chooser-upload-" if "chooser" in way else ""
    fields = {"title": "Photo", "file": upload, "files[]": upload, "collection": Collection.get_first_root_node().pk}
    headers = {"X-Requested-With": "XMLHttpRequest"} if "multiple" in way else {}

    answer = enter("designer").post(
        reverse(way), {(name if name == "files[]" else prefix + name): value for name, value in fields.items()},
        headers=headers,
    )  # fmt: skip

    assert answer.status_code == 200
    assert Image.objects.count() == before


def test_a_whole_picture_comes_in_with_its_bytes_known(enter, picture):
    upload = SimpleUploadedFile("photo.jpg", picture.read_bytes(), "image/jpeg")
    fields = {"title": "Photo", "file": upload, "collection": Collection.get_first_root_node().pk, "credit": "Me"}

    enter("designer").post(reverse("wagtailimages:add"), fields)

    image = Image.objects.get(title="Photo")
    assert len(image.sha256) == 64
    assert image.file.name.startswith("originals/")
    assert Pillow.open(image.file.open()).size == (400, 300)


def test_the_sentence_names_the_person_s_own_file(enter, picture):
    upload = SimpleUploadedFile("summit.jpg", broken("truncated", picture), "image/jpeg")
    fields = {"title": "Photo", "file": upload, "collection": Collection.get_first_root_node().pk}

    page = enter("designer").post(reverse("wagtailimages:add"), fields).content.decode()

    assert "summit.jpg" in page
    assert "incomplete" in page


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def send_many(client, title: str, picture: Path) -> dict:
    upload = SimpleUploadedFile("photo.jpg", picture.read_bytes(), "image/jpeg")
    fields = {"title": title, "files[]": upload, "collection": Collection.get_first_root_node().pk}
    return client.post(reverse("wagtailimages:add_multiple"), fields).json()


def test_the_uploader_of_many_keeps_what_is_written_beside_each_picture(enter, picture):
    designer = enter("designer")
    key = send_many(designer, "Photo", picture)["image_id"]
    words = {"title": "The bay", "credit": "A. Name", "licence": "CC BY 4.0", "description": "A bay.", "tags": ""}
    fields = {f"image-{key}-{name}": value for name, value in words.items()}

    answer = designer.post(
        reverse("wagtailimages:edit_multiple", args=[key]),
        {**fields, f"image-{key}-collection": Collection.get_first_root_node().pk},
    )

    assert answer.json() == {"success": True, "image_id": key}
    image = Image.objects.get(pk=key)
    assert (image.title, image.credit, image.licence) == ("The bay", "A. Name", "CC BY 4.0")
    assert (image.description, image.sha256) == ("A bay.", sha256(picture.read_bytes()))


def test_a_picture_that_waited_for_its_title_knows_its_bytes(enter, picture):
    designer = enter("designer")
    key = send_many(designer, "too long " * 40, picture)["uploaded_file_id"]
    words = {"title": "The bay", "credit": "A. Name", "collection": Collection.get_first_root_node().pk, "tags": ""}

    answer = designer.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[key]),
        {f"uploaded-image-{key}-{name}": value for name, value in words.items()},
    )

    image = Image.objects.get(pk=answer.json()["image_id"])
    assert (image.title, image.credit, image.sha256) == ("The bay", "A. Name", sha256(picture.read_bytes()))


def test_another_file_is_known_by_its_own_bytes_however_it_comes_in(enter, picture, tmp_path):
    image = Image.objects.get(title="Bay")
    Pillow.new("RGB", (40, 30)).save(tmp_path / "other.png")
    other = (tmp_path / "other.png").read_bytes()

    image.file = ContentFile(other, "other.png")
    image.save()

    assert Image.objects.get(pk=image.pk).sha256 == sha256(other)

    upload = SimpleUploadedFile("photo.jpg", picture.read_bytes(), "image/jpeg")
    fields = {"title": "Bay", "file": upload, "collection": image.collection_id}
    enter("designer").post(reverse("wagtailimages:edit", args=[image.pk]), fields)

    assert Image.objects.get(pk=image.pk).sha256 == sha256(picture.read_bytes())


def test_saving_words_does_not_read_the_file_again(db):
    image = Image.objects.get(title="Bay")
    image.file.storage.delete(image.file.name)
    image.title = "The bay"

    image.save()

    assert Image.objects.get(pk=image.pk).title == "The bay"


def told(picture: Path, tmp_path: Path) -> bytes:
    """The picture as an agency sends it."""
    exif = Pillow.Exif()
    exif[ExifTags.Base.Artist], exif[ExifTags.Base.ImageDescription] = "A. Nguyen", "Boats in the bay."
    exif[ExifTags.Base.Copyright] = "(c) Ministry"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (21.0, 2.0, 0.0)
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" '
        b'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:City="Hanoi" photoshop:Country="Vietnam">'
        b"<dc:subject><rdf:Bag><rdf:li>sea</rdf:li><rdf:li>ports</rdf:li></rdf:Bag></dc:subject>"
        b"</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    path = tmp_path / "told.jpg"
    Pillow.open(picture).save(path, exif=exif, xmp=xmp)
    return path.read_bytes()


@pytest.mark.parametrize("way", WAYS)
def test_what_a_photo_says_of_itself_is_not_asked_for(way, enter, picture, tmp_path):
    upload = SimpleUploadedFile("2026-05-01_ha_long.jpg", told(picture, tmp_path), "image/jpeg")
    prefix = "image-chooser-upload-" if "chooser" in way else ""
    fields = {"title": "2026-05-01_ha_long", "file": upload, "collection": Collection.get_first_root_node().pk}
    sent = {"files[]": upload, **fields} if "multiple" in way else fields
    headers = {"X-Requested-With": "XMLHttpRequest"} if "multiple" in way else {}

    enter("designer").post(
        reverse(way), {(name if name == "files[]" else prefix + name): value for name, value in sent.items()},
        headers=headers,
    )  # fmt: skip

    image = Image.objects.get(title="Ha long")
    assert (image.credit, image.licence, image.description) == ("A. Nguyen", "(c) Ministry", "Boats in the bay.")
    assert (image.taken, image.place) == (date(2026, 5, 1), "Hanoi, Vietnam")
    assert sorted(image.tags.names()) == ["ports", "sea"]


def test_what_somebody_wrote_is_theirs(enter, picture, tmp_path):
    upload = SimpleUploadedFile("ha_long.jpg", told(picture, tmp_path), "image/jpeg")
    fields = {"title": "The bay", "file": upload, "collection": Collection.get_first_root_node().pk}
    written = {"credit": "Photo: Ministry", "description": "Boats.", "place": "Ha Long", "tags": "bay"}

    enter("designer").post(reverse("wagtailimages:add"), {**fields, **written})

    image = Image.objects.get(title="The bay")
    assert (image.credit, image.description, image.place) == ("Photo: Ministry", "Boats.", "Ha Long")
    assert [*image.tags.names()] == ["bay"]


def test_words_too_long_for_their_field_are_left_to_people(enter, picture, tmp_path):
    exif = Pillow.Exif()
    exif[ExifTags.Base.Artist] = "A name that is longer than any credit line, " * 4
    Pillow.open(picture).save(tmp_path / "long.jpg", exif=exif)
    upload = SimpleUploadedFile("long.jpg", (tmp_path / "long.jpg").read_bytes(), "image/jpeg")
    fields = {"title": "Long", "file": upload, "collection": Collection.get_first_root_node().pk}

    enter("designer").post(reverse("wagtailimages:add"), fields)

    assert Image.objects.get(title="Long").credit == ""
