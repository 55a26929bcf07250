"""Every way in for footage and sound goes through one door."""

import hashlib
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from cms.library.models import Media

WAYS = {"wagtailmedia:add": "", "wagtailmedia:chooser_upload": "media-chooser-upload-"}
"""Address, and what stands before the names of its fields."""
BROKEN = {
    "truncated": "sent again",
    "cut short": "incomplete",
    "disguised page": "neither footage nor sound",
    "disguised playlist": "neither footage nor sound",
    "bomb": "36 megapixels",
}
"""What is wrong with a file, and what the sentence says."""
PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"


def footage(path: Path, size: str, *options: str, seconds: int = 2) -> bytes:
    source = ["-f", "lavfi", "-i", f"testsrc=s={size}:r=4:d={seconds}", "-pix_fmt", "yuv420p", "-preset", "ultrafast"]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *source, *options, path], check=True)
    return path.read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> bytes:
    return footage(tmp_path_factory.mktemp("footage") / "whole.mp4", "64x48")


@pytest.fixture(scope="module")
def broken(whole, tmp_path_factory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("broken")
    streamed = footage(folder / "streamed.mp4", "64x48", "-movflags", "+faststart")  # its header comes first
    return {
        "truncated": whole[: len(whole) // 2],
        "cut short": streamed[: streamed.index(b"mdat") + 200],
        "disguised page": b"<html><script>alert(1)</script></html>" * 40,
        "disguised playlist": PLAYLIST,
        "bomb": footage(folder / "bomb.mp4", "6400x6400", "-frames:v", "1"),
    }


def send(client, way: str, kind: str, name: str, content: bytes, **more: object):
    fields = {
        "title": "Arrival", "file": SimpleUploadedFile(name, content), "duration": 0, "credit": "A. Name",
        "collection": Collection.get_first_root_node().pk, **more,
    }  # fmt: skip
    return client.post(reverse(way, args=[kind]), {WAYS[way] + name: value for name, value in fields.items()})


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("way", WAYS)
def test_what_does_not_play_is_refused_in_words_and_leaves_nothing(way, kind, enter, broken):
    answer = send(enter("designer"), way, "video", "arrival.mp4", broken[kind])

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "arrival.mp4" in page
    assert BROKEN[kind] in page
    assert "extension" not in page.replace("Allowed extensions", "")
    assert not Media.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_of_what_broke_off_on_the_way_the_good_part_is_offered_and_taken(way, enter, tmp_path):
    options = ("-movflags", "+faststart", "-bf", "0")
    whole = footage(tmp_path / "long.mp4", "320x240", *options, seconds=8)
    half = whole[: len(whole) * 2 // 3]
    designer = enter("designer")

    page = send(designer, way, "video", "arrival.mp4", half).content.decode()
    assert "of its 8.0 seconds are there" in page
    assert f'name="{WAYS[way]}good_part"' in page.replace("\\", "")
    assert not Media.objects.exists()

    send(designer, way, "video", "arrival.mp4", half, good_part="on")
    media = Media.objects.get(title="Arrival")
    assert 3 < media.duration < 7
    assert media.sha256 != hashlib.sha256(half).hexdigest()


@pytest.mark.parametrize("way", WAYS)
def test_footage_that_plays_comes_in_with_its_bytes_known(way, enter, whole):
    send(enter("designer"), way, "video", "arrival.mp4", whole)

    media = Media.objects.get(title="Arrival")
    assert media.sha256 == hashlib.sha256(whole).hexdigest()
    assert media.file.name.startswith("originals/")
    assert media.file.open().read() == whole


@pytest.mark.parametrize("name", ["anthem.mp3", "anthem.m4a", "anthem.wav", "anthem.ogg", "anthem.flac"])
def test_sound_comes_in(name, enter, tmp_path):
    source = ["-f", "lavfi", "-i", "sine=d=1", tmp_path / name]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *source], check=True)

    send(enter("designer"), "wagtailmedia:add", "audio", name, (tmp_path / name).read_bytes())

    assert len(Media.objects.get(title="Arrival").sha256) == 64


@pytest.mark.parametrize("way", WAYS)
def test_a_film_without_sound_is_no_sound(way, enter, whole):
    page = send(enter("designer"), way, "audio", "anthem.mp4", whole).content.decode()

    assert "anthem.mp4" in page
    assert "has no sound." in page
    assert not Media.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_what_is_no_sound_is_refused_in_words(way, enter, broken):
    page = send(enter("designer"), way, "audio", "anthem.mp3", broken["disguised page"]).content.decode()

    assert "neither footage nor sound" in page
    assert not Media.objects.exists()


def test_what_does_not_play_does_not_replace_what_did(enter, whole, broken):
    designer = enter("designer")
    send(designer, "wagtailmedia:add", "video", "arrival.mp4", whole)
    media = Media.objects.get(title="Arrival")
    fields = {"title": "Arrival", "duration": 0, "collection": media.collection_id}
    upload = SimpleUploadedFile("later.mp4", broken["truncated"])

    page = designer.post(reverse("wagtailmedia:edit", args=[media.pk]), {**fields, "file": upload}).content.decode()

    assert "later.mp4" in page
    assert Media.objects.get(pk=media.pk).file.open().read() == whole


def test_a_thumbnail_is_a_picture_that_opens(enter, whole, picture):
    thumbnails = {"half": picture.read_bytes()[:900], "page": b"<html></html>" * 40, "whole": picture.read_bytes()}
    for name, content in thumbnails.items():
        fields = {
            "title": name, "file": SimpleUploadedFile("arrival.mp4", whole), "duration": 0,
            "thumbnail": SimpleUploadedFile("still.jpg", content), "collection": Collection.get_first_root_node().pk,
        }  # fmt: skip
        enter("designer").post(reverse("wagtailmedia:add", args=["video"]), fields)

    assert [media.title for media in Media.objects.all()] == ["whole"]
