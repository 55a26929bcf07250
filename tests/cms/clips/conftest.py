"""A clip of two small seconds: as a draft, and as what was submitted once for all tests of a module."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import imageio_ffmpeg
import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import Collection, Locale, TaskState

from cms.accounts.models import User
from cms.brands.models import Brand
from cms.campaigns.models import Campaign
from cms.clips.models import Clip
from cms.editions.models import Edition
from cms.library.models import Media
from cms.links.models import Link

FEW = ["x.post", "instagram.feed_square"]
SECONDS = 2
CUES = {
    "cues": [
        {"start": 100, "end": 900, "text": "Ten thousand people"},
        {"start": 1000, "end": 1900, "text": "came on one day."},
    ]
}
SHORT = {"placements": ["x.post"], "ends": 1000, "cues": {"cues": []}, "card_verb": "", "card_link": None}
"""What makes of the draft one file of one second: done in a moment."""


def shoot(path: Path, seconds: int = SECONDS, pitch: int = 330) -> Path:
    """A moving pattern with a tone, 640 x 360 at 30."""
    picture, tone = f"testsrc2=s=640x360:r=30:d={seconds}", f"sine=f={pitch}:r=48000:d={seconds}"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", tone,
               "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-shortest", path]  # fmt: skip
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def upload(path: Path) -> Media:
    """As designers do it."""
    fields = {
        "title": path.stem, "file": SimpleUploadedFile(path.name, path.read_bytes(), "video/mp4"), "duration": 0,
        "description": "A pattern that moves.", "credit": "Film: A. Name", "licence": "CC BY 4.0",
        "collection": Collection.get_first_root_node().pk, "tags": "",
    }  # fmt: skip
    client = Client(SERVER_NAME="127.0.0.1")  # which real workshops know as well
    client.force_login(User.objects.get(username="designer"))
    client.post(reverse("wagtailmedia:add", args=["video"]), fields)
    return Media.objects.filter(title=path.stem).latest("pk")


def draft(footage: Media, **changes: object) -> Clip:
    """In English, for two placements, with two captions and an end card."""
    campaign = Campaign.objects.get(slug="expo-2025")
    told = {
        "title": "One day at the pavilion", "campaign": campaign, "message": campaign.messages.first(),
        "brand": Brand.objects.get(), "locale": Locale.objects.get(language_code="en"), "footage": footage,
        "placements": FEW, "cues": CUES, "card_verb": "See the pavilion", "card_link": Link.objects.first(),
        "card_seconds": 3, "post_text": "Ten thousand people came.", "live": False,
    }  # fmt: skip
    made = Clip(**{**told, **changes})
    made.full_clean()
    made.save()
    made.save_revision(user=User.objects.get(username="editor"))
    return Clip.objects.get(pk=made.pk)


def submitted_by_the_editor(clip: Clip) -> TaskState:
    """With the files that the worker made of it."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        clip.get_workflow().start(clip, User.objects.get(username="editor"))
    return Clip.objects.get(pk=clip.pk).current_workflow_task_state


def later(clip: Clip, **changes: object) -> Clip:
    """The clip as a newer draft has it."""
    fresh = Clip.objects.get(pk=clip.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save_revision(user=User.objects.get(username="editor"))
    return fresh.get_latest_revision_as_object()


def typed(form: Tag) -> dict[str, list[str]]:
    """What a browser sends of a form as it stands on the page, without files and buttons."""
    told: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.find_parent("template") or field.get("type") in ("file", "submit"):
            continue
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        values = [field.get("value", "")]
        if field.name == "textarea":
            values = [field.get_text()]
        if field.name == "select":
            values = [option["value"] for option in field.select("option[selected]")]
        told.setdefault(field["name"], []).extend(values)
    return told


def soup(content: bytes) -> BeautifulSoup:
    return BeautifulSoup(content, "html.parser")


@pytest.fixture(scope="session")
def filmed(tmp_path_factory) -> Path:
    return shoot(tmp_path_factory.mktemp("footage") / "opening.mp4")


@pytest.fixture(scope="session")
def filmed_otherwise(tmp_path_factory) -> Path:
    return shoot(tmp_path_factory.mktemp("footage") / "closing.mp4", pitch=440)


@pytest.fixture
def footage(filmed, db) -> Media:
    return upload(filmed)


@pytest.fixture
def clip(footage) -> Clip:
    """A draft."""
    return draft(footage)


@pytest.fixture
def submit() -> Callable[[Clip], TaskState]:
    return submitted_by_the_editor


@pytest.fixture(scope="module")
def submission(filmed, django_db_setup, django_db_blocker) -> Iterator[int]:
    """The number of a task whose files are made once: each test finds them, and what it changes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield submitted_by_the_editor(draft(upload(filmed))).pk
        transaction.set_rollback(True)


@pytest.fixture
def state(submission, db) -> TaskState:
    """What waits for the approver, with its files."""
    return TaskState.objects.get(pk=submission)


@pytest.fixture
def edition(state, approve) -> Edition:
    """An approved edition with its files, which leave at once."""
    return approve(state)
