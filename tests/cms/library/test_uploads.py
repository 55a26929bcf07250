"""Every way in for a picture goes through one door, and every row knows the bytes of its file."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
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
    image = Image.objects.get(title="bay.jpg")
    Pillow.new("RGB", (40, 30)).save(tmp_path / "other.png")
    other = (tmp_path / "other.png").read_bytes()

    image.file = ContentFile(other, "other.png")
    image.save()

    assert Image.objects.get(pk=image.pk).sha256 == sha256(other)

    upload = SimpleUploadedFile("photo.jpg", picture.read_bytes(), "image/jpeg")
    fields = {"title": "bay.jpg", "file": upload, "collection": image.collection_id}
    enter("designer").post(reverse("wagtailimages:edit", args=[image.pk]), fields)

    assert Image.objects.get(pk=image.pk).sha256 == sha256(picture.read_bytes())


def test_saving_words_does_not_read_the_file_again(db):
    image = Image.objects.get(title="bay.jpg")
    image.file.storage.delete(image.file.name)
    image.title = "The bay"

    image.save()

    assert Image.objects.get(pk=image.pk).title == "The bay"
