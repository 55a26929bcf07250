"""Small copies of footage and sound: made by the worker, whole or not there, for those who may see the original."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, ReferenceIndex

from cms.jobs.models import Job
from cms.jobs.queue import enqueue
from cms.jobs.run import Cancelled, Progress
from cms.library import work
from cms.library.models import Media, Proxy
from cms.library.proxies import make_missing_proxies


def shoot(path: Path, *options: str) -> bytes:
    """A pattern with a tone, 160 x 90, of one second."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x90:r=30:d=1",
               "-f", "lavfi", "-i", "sine=d=1", "-pix_fmt", "yuv420p", "-preset", "ultrafast", *options,
               path]  # fmt: skip
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path.read_bytes()


@pytest.fixture(scope="module")
def opening(tmp_path_factory) -> bytes:
    return shoot(tmp_path_factory.mktemp("footage") / "opening.mp4", "-movflags", "+faststart")


@pytest.fixture(scope="module")
def closing(tmp_path_factory) -> bytes:
    return shoot(tmp_path_factory.mktemp("footage") / "closing.mp4", "-vf", "negate")


def stored() -> set[str]:
    """The keys of all small copies that are in the store."""
    return set(default_storage.listdir("proxies")[1]) if default_storage.exists("proxies") else set()


@pytest.fixture(autouse=True)
def before(db) -> set[str]:
    """Those that other tests have left: what a test's end undoes is rows, not objects."""
    return stored()


def send(
    client: Client, content: bytes, way: str = "wagtailmedia:add", at: object = "video", **changes: object
) -> None:
    fields = {
        "title": "Opening", "file": SimpleUploadedFile("opening.mp4", content), "duration": 0,
        "collection": Collection.get_first_root_node().pk, **changes,
    }  # fmt: skip
    client.post(reverse(way, args=[at]), fields)


@pytest.fixture
def media(enter, opening, at_commit) -> Media:
    with at_commit():
        send(enter("designer"), opening)
    return Media.objects.get(title="Opening")


def test_what_comes_in_has_its_small_copies_once_the_worker_was_there(media):
    proxy = media.proxy

    assert Job.objects.get(key=f"proxy {media.pk}").state == Job.State.DONE
    assert (proxy.width, proxy.height, proxy.seconds) == (160, 90, 1.0)
    assert media.proxy_url == proxy.film.url
    assert len(proxy.peaks) == 600
    for file in proxy.files:
        assert file.storage.exists(file.name)
    assert b"moov" in proxy.film.open().read(1000)


def test_sound_has_a_small_track_and_a_waveform(enter, at_commit, tmp_path):
    shoot(tmp_path / "speech.wav", "-vn")
    with at_commit():
        upload = SimpleUploadedFile("speech.wav", (tmp_path / "speech.wav").read_bytes())
        send(enter("designer"), b"", at="audio", file=upload)

    media = Media.objects.get(title="Opening")

    assert media.proxy.film.name.endswith(".m4a")
    assert media.proxy.waveform.startswith("M0 100L0 ")
    assert not media.proxy.poster
    page = enter("designer").get(reverse("wagtailmedia:edit", args=[media.pk])).content.decode()
    assert "<audio" in page
    assert "How loud it is" in page


def test_its_page_shows_them_in_words_too(media, enter):
    page = enter("designer").get(reverse("wagtailmedia:edit", args=[media.pk])).content.decode()

    proxy = media.proxy
    for file in proxy.files:
        assert file.url in page
    assert media.file.url not in page.partition("<form")[0]
    assert "10 pictures of it, from beginning to end." in page
    assert 'aria-label="How loud it is, from beginning to end."' in page
    assert "160 × 90 px" in page


@pytest.mark.parametrize("name", ["film", "poster", "strip"])
def test_only_who_may_see_the_original_may_see_them(name, media, enter):
    address = getattr(media.proxy, name).url

    assert enter("designer").get(address).status_code == 200
    for client in (Client(), enter("rabat")):
        assert client.get(media.file.url).status_code == 404
        assert client.get(address).status_code == 404


def test_a_player_can_begin_anywhere_in_it(media, enter):
    answer = enter("designer").get(media.proxy.film.url, headers={"range": "bytes=100-199"})

    assert (answer.status_code, answer["Content-Type"]) == (206, "video/mp4")
    assert len(b"".join(answer)) == 100


def test_they_go_with_the_footage(media, at_commit, before):
    assert stored() - before

    with at_commit():
        media.delete()

    assert stored() <= before
    assert not Proxy.objects.exists()


def test_they_are_made_anew_when_the_file_is_replaced(media, enter, closing, at_commit, before):
    old = {file.name for file in media.proxy.files}
    with at_commit():
        send(enter("designer"), closing, "wagtailmedia:edit", media.pk)
        assert Media.objects.get(pk=media.pk).proxy is None  # what is of other bytes is shown to nobody

    proxy = Media.objects.get(pk=media.pk).proxy
    assert stored() - before == {Path(file.name).name for file in proxy.files}
    assert not old & {file.name for file in proxy.files}


def test_other_changes_make_nothing_anew(media, at_commit):
    made = media.proxy
    with at_commit():
        media.title = "The opening"
        media.save()

    assert media.proxy.film.name == made.film.name
    assert Job.objects.filter(key=f"proxy {media.pk}").count() == 1


def test_what_cannot_be_copied_says_why_and_is_tried_again(enter, opening, at_commit, before):
    with at_commit():
        media = Media(title="Half", type="video", duration=1)
        media.file.save("half.mp4", ContentFile(opening[: len(opening) // 2]))
    address = reverse("wagtailmedia:edit", args=[media.pk])
    page = enter("designer").get(address).content.decode()

    assert media.proxy_job.state == Job.State.FAILED
    assert stored() <= before
    assert "Half: is incomplete" in page
    assert "Try again" in page
    assert media.proxy_url == media.file.url

    with at_commit():
        again = enter("designer").post(reverse("footage_proxy", args=[media.pk]))
    assert again["Location"] == address
    assert Job.objects.filter(key=f"proxy {media.pk}").count() == 2


def test_nobody_else_asks_for_them(media, enter):
    address = reverse("footage_proxy", args=[media.pk])

    for name in ("rabat", "editor"):
        assert enter(name).post(address).status_code in (302, 403)
    assert Job.objects.filter(key=f"proxy {media.pk}").count() == 1


@pytest.fixture
def waiting(enter, opening) -> Media:
    """Uploaded, with no worker there."""
    send(enter("designer"), opening)
    return Media.objects.get(title="Opening")


def test_meanwhile_its_page_says_how_far_they_are(waiting, enter):
    Job.objects.filter(key=f"proxy {waiting.pk}").update(state=Job.State.RUNNING, done=40)

    page = enter("designer").get(reverse("footage_proxy", args=[waiting.pk])).content.decode()

    assert "Making a small copy to look at: 40 %." in page
    assert waiting.file.url in page


class Interrupted(Progress):
    """Something happens while the copies are made."""

    def __init__(self, happens) -> None:
        self.happens = happens

    def advance(self, done: int, total: int | None = None, message: str = "") -> None:
        del done, total, message
        self.happens()

    def alive(self) -> None:
        pass


def test_who_cancels_leaves_nothing(waiting, before):
    def cancel() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        work.make_proxy(Interrupted(cancel), media=waiting.pk)

    assert stored() <= before
    assert waiting.proxy is None


@pytest.mark.parametrize("happens", ["replaced", "deleted"])
def test_copies_of_what_is_no_longer_there_are_not_kept(happens, waiting, at_commit, before):
    row = Media.objects.filter(pk=waiting.pk)
    progress = Interrupted(lambda: row.delete() if happens == "deleted" else row.update(sha256="0" * 64))

    with at_commit():
        work.make_proxy(progress, media=waiting.pk)

    assert stored() <= before
    assert not Proxy.objects.exists()


def test_what_a_killed_worker_left_is_shown_to_nobody_and_goes_with_the_next(waiting, at_commit, before):
    left = Proxy(media=waiting, film="proxies/left.mp4", seconds=1)
    left.save()
    default_storage.save("proxies/left.mp4", ContentFile(b"half of it"))
    assert waiting.proxy is None

    with at_commit():
        work.make_proxy(Interrupted(lambda: None), media=waiting.pk)

    assert waiting.proxy
    assert "left.mp4" not in stored() - before


def test_footage_that_came_in_before_is_not_forgotten(waiting, at_commit):
    Job.objects.all().delete()

    with at_commit():
        make_missing_proxies()
        make_missing_proxies()

    assert waiting.proxy
    assert Job.objects.filter(key=f"proxy {waiting.pk}").count() == 1


def test_what_failed_waits_for_somebody(waiting):
    Job.objects.filter(key=f"proxy {waiting.pk}").update(state=Job.State.FAILED)

    make_missing_proxies()

    assert not Job.objects.filter(state__in=Job.OPEN).exists()


def test_made_twice_they_are_made_once(media, at_commit):
    made = media.proxy
    with at_commit(), transaction.atomic():
        enqueue("library.make_proxy", "another key", media=media.pk)

    assert media.proxy.pk == made.pk


def test_they_are_no_use_of_the_footage(media):
    assert not ReferenceIndex.get_references_to(media).exists()


def test_the_clip_editor_plays_the_small_copy(media, enter):
    answer = enter("editor").get(reverse("clip_footage", args=[media.pk]))

    assert answer.json() == {"address": media.proxy.film.url}
