"""Every way in for a picture goes through one door."""

from pathlib import Path

import pytest
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
