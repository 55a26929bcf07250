"""When the making of a clip fails, it fails in words, leaves nothing behind, and can be begun again."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from cms.clips.models import Clip
from cms.jobs.models import Job
from cms.library import originals
from cms.variants.models import StoredFile, Variant
from tests.cms.clips.conftest import SHORT, draft

pytestmark = pytest.mark.xdist_group("clips")

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()
DIES = {
    "at the sound": "kill -9 $$",
    "at the pictures": f'case "$*" in *-filter_complex*) kill -9 $$;; *) exec {FFMPEG} "$@";; esac',
    "after the pictures": f'{FFMPEG} "$@"; case "$*" in *-filter_complex*) kill -9 $$;; esac',
}


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    """Where the work of this test puts what it throws away."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def short(footage) -> Clip:
    return draft(footage, **SHORT)


@pytest.fixture
def again(enter, at_commit) -> Callable[[Clip], None]:
    """Press the button on the page of files."""

    def again(clip: Clip) -> None:
        with at_commit():
            enter("editor").post(reverse("files", args=[clip.translation_key]), {"retry": "1"})

    return again


def files_page(enter, clip: Clip) -> str:
    return enter("editor").get(reverse("files", args=[clip.translation_key])).content.decode()


def nothing_half_made(temporary: Path) -> bool:
    return not list(temporary.iterdir()) and not StoredFile.objects.exists() and not _parts()


def _parts() -> list[Path]:
    return [*originals.folder().glob("*.part"), *Path(default_storage.location).rglob("*.part")]


@pytest.mark.parametrize("script", DIES.values(), ids=DIES)
def test_an_ffmpeg_that_is_killed_fails_in_words_and_is_begun_again(
    script, short, submit, again, enter, tmp_path, temporary, monkeypatch
):
    dying = tmp_path / "ffmpeg"
    dying.write_text(f"#!/bin/sh\n{script}\n")
    dying.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr(imageio_ffmpeg, "get_ffmpeg_exe", lambda: str(dying))
        edition = submit(short).submission.edition

    job = Job.objects.get(kind="variants.make")
    assert job.state == "failed"
    assert job.problem == "The clip could not be made: ffmpeg was ended from outside. Try again."
    assert not edition.variants.filter(state=Variant.State.READY).exists()
    assert nothing_half_made(temporary)
    assert "ffmpeg was ended from outside. Try again." in files_page(enter, short)

    again(short)

    assert edition.variants.get().state == "ready"
    assert not list(temporary.iterdir())


def test_an_original_that_vanished_fails_with_a_number_and_comes_back_with_it(
    short, submit, again, enter, temporary, footage, filmed
):
    default_storage.delete(footage.file.name)
    (originals.folder() / footage.file_name).unlink(missing_ok=True)

    edition = submit(short).submission.edition

    job = Job.objects.get(kind="variants.make")
    assert job.state == "failed"
    assert job.number in job.problem
    assert "Your text is saved." in job.problem
    assert edition.variants.get().state != "ready"
    assert nothing_half_made(temporary)
    assert job.number in files_page(enter, short)

    default_storage.save(footage.file.name, ContentFile(filmed.read_bytes()))
    again(short)

    assert edition.variants.get().state == "ready"
    assert Job.objects.filter(kind="variants.make").latest("pk").state == "done"
