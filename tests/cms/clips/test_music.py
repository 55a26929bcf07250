"""Music under a clip comes from the library, and is judged, kept and named like footage."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import imageio_ffmpeg
import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, ReferenceIndex

from cms.accounts.models import User
from cms.clips.models import Clip
from cms.editions.judging import obstacles
from cms.editions.models import Edition
from cms.editions.refusals import InUse, NotReady
from cms.library.models import Media
from cms.packages.build import order_package
from cms.packages.models import Package
from cms.variants.models import Variant, may_leave
from tests.cms.clips.conftest import SHORT, draft, later, soup, submitted_by_the_editor, typed, upload

pytestmark = pytest.mark.xdist_group("clips")

SOUND = {"title": "Anthem", "credit": "Music: B. Name", "licence": "CC BY 4.0"}
PITCH = 1000  # Hz: far from the footage's tone


def bring_in(path: Path, **changes: str) -> Media:
    """A sound of three seconds, as designers bring it in."""
    source = ["-f", "lavfi", "-i", f"sine=f={PITCH}:r=48000:d=3", path]
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *source], check=True, stdin=subprocess.DEVNULL)
    fields = {
        **SOUND, "file": SimpleUploadedFile(path.name, path.read_bytes(), "audio/wav"), "duration": 0,
        "description": "", "collection": Collection.get_first_root_node().pk, "tags": "", **changes,
    }  # fmt: skip
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="designer"))
    client.post(reverse("wagtailmedia:add", args=["audio"]), fields)
    return Media.objects.filter(type="audio", title=fields["title"]).latest("pk")


@pytest.fixture(scope="module")
def submission(filmed, tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[int]:
    """The number of a task whose one file has music in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        anthem = bring_in(tmp_path_factory.mktemp("sound") / "anthem.wav")
        yield submitted_by_the_editor(draft(upload(filmed), **SHORT, music=anthem, music_begins=200)).pk
        transaction.set_rollback(True)


@pytest.fixture
def design(state) -> Clip:
    return state.submission.edition.design


@pytest.fixture
def anthem(tmp_path, db) -> Media:
    return bring_in(tmp_path / "anthem.wav")


def loudness_at(pitch: float, file: Path) -> float:
    """How much of a film's sound is a tone of `pitch` Hz, as a share of its power."""
    decoder = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-i",
        file,
        "-f",
        "f32le",
        "-ac",
        "1",
        "-ar",
        "48000",
        "-",
    ]
    told = subprocess.run(decoder, check=True, capture_output=True, stdin=subprocess.DEVNULL).stdout
    samples = np.frombuffer(told, np.float32)
    power = np.abs(np.fft.rfft(samples)) ** 2
    pitches = np.fft.rfftfreq(len(samples), 1 / 48000)
    return float(power[np.abs(pitches - pitch) < 20].sum() / power.sum())


def test_the_worker_lays_it_under_the_footage_and_measures_what_came_out(state):
    (variant,) = state.submission.edition.variants.all()

    assert (variant.state, variant.blocking) == ("ready", [])
    share = loudness_at(PITCH, Path(default_storage.path(variant.file.key)))
    assert 0.001 < share < 0.1  # 20 dB under the footage's own, and weighed by the ear
    assert -40 < variant.lufs < 0
    assert -40 < variant.peak < 0


def test_an_edition_knows_it_by_its_bytes_and_names_who_made_it(state, design):
    edition, anthem = state.submission.edition, design.music

    shown = {row.media: (row.sha256, row.key) for row in edition.footage.all()}
    assert shown == {media: (media.sha256, media.file.name) for media in (design.footage, anthem)}
    assert edition.spec["music"] == {
        "path": f"{anthem.sha256}.wav", "start": 0.2, "level": -8, "credit": "Music: B. Name", "licence": "CC BY 4.0"
    }  # fmt: skip
    assert edition.credits == [["Film: A. Name", "CC BY 4.0"], ["Music: B. Name", "CC BY 4.0"]]


def test_who_made_both_is_named_once(design):
    Media.objects.update(credit="Film and music: A. Name")

    assert Edition.of(later(design)).credits == (("Film and music: A. Name", "CC BY 4.0"),)


def test_a_package_names_who_made_it(edition, rabat, people, at_commit):
    with at_commit():
        package = order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])

    with default_storage.open(Package.objects.get(pk=package.pk).file.key) as stored:
        archive = ZipFile(BytesIO(stored.read()))
    (words,) = [name for name in archive.namelist() if "transcript" not in name and _says(archive, name, "must appear")]
    assert "Film: A. Name\nMusic: B. Name" in archive.read(words).decode()


def _says(archive: ZipFile, name: str, words: str) -> bool:
    return name.endswith(".txt") and words in archive.read(name).decode()


CHANGES: dict[str, dict[str, object]] = {
    "none": {"music": None},
    "louder": {"music_level": -2},
    "from elsewhere": {"music_begins": 300},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_is_heard_otherwise_is_another_edition(change, state, design):
    other = Edition.of(later(design, **change))

    assert other.content != state.submission.edition.content


def test_another_file_of_the_same_name_is_another_edition(state, design, tmp_path):
    edition, music = state.submission.edition, design.music
    Media.objects.filter(pk=music.pk).update(sha256="0" * 64)

    assert Edition.of(later(design)).content != edition.content


def test_where_nobody_chose_music_nothing_else_counts(clip):
    before = Edition.of(clip).content

    assert Edition.of(later(clip, music_level=3, music_begins=900)).content == before


def test_music_that_begins_too_late_is_told(clip, anthem):
    clip.music, clip.music_begins = anthem, 2500

    with pytest.raises(NotReady) as refused:
        Edition.of(clip)

    assert refused.value.problems == (
        "Music: begins too late: it lasts 0:03. Begin at least a second before its end, or choose longer music.",
    )


@pytest.mark.parametrize(("field", "code"), [("credit", "credit-missing"), ("licence", "licence-missing")])
def test_music_that_may_not_be_heard_as_it_is_makes_no_file(field, code, footage, anthem, submit, people):
    Media.objects.filter(pk=anthem.pk).update(**{field: ""})

    state = submit(draft(footage, **SHORT, music=Media.objects.get(pk=anthem.pk)))

    (variant,) = state.submission.edition.variants.all()
    assert (variant.state, variant.file) == ("refused", None)
    assert [finding["code"] for finding in variant.blocking] == [code]
    assert any("1 file is refused" in sentence for sentence in obstacles(state.submission, people["approver"]))


def test_nothing_with_music_whose_rights_ended_leaves(edition, design, rabat):
    (variant,) = edition.variants.all()
    assert may_leave(variant, rabat)

    Media.objects.filter(pk=design.music.pk).update(rights_until=timezone.now())

    assert not may_leave(variant, rabat)
    assert Variant.objects.leaving(rabat).count() == 0


def test_music_whose_rights_ended_stands_in_the_way_of_approval(state, design, people):
    Media.objects.filter(pk=design.music.pk).update(rights_until=timezone.now())

    assert obstacles(state.submission, people["approver"]) == [
        "The right to use “Anthem” has ended. Put something else in its place."
    ]


def test_music_in_use_is_not_deleted(state, design):
    with pytest.raises((InUse, ProtectedError)):
        design.music.delete()


def test_music_that_only_a_later_draft_has_is_kept_too(design, tmp_path):
    other = bring_in(tmp_path / "other.wav", title="Other")
    later(design, music=other)

    with pytest.raises(InUse, match=design.title):
        other.delete()


def test_its_page_in_the_library_says_where_it_is_used(clip, anthem, enter):
    clip.music = anthem
    clip.save()

    assert ReferenceIndex.get_references_to(anthem).count() == 1
    page = enter("admin").get(reverse("wagtailmedia:media_usage", args=[anthem.pk])).content.decode()
    assert clip.title in page


@pytest.fixture
def address(clip) -> str:
    return reverse(Clip.snippet_viewset.get_url_name("edit"), args=[clip.pk])


def test_it_is_chosen_in_plain_fields(clip, anthem, address, enter):
    editor = enter("editor")
    fields = typed(soup(editor.get(address).content).select_one("form[data-edit-form]"))
    assert (fields["music"], fields["music_begins"], fields["music_level"]) == ([""], ["0:00"], ["-8.0"])

    editor.post(address, {**fields, "music": anthem.pk, "music_begins": "0:01.5", "music_level": "-14"})

    saved = Clip.objects.get(pk=clip.pk).get_latest_revision_as_object()
    assert (saved.music, saved.music_begins, saved.music_level) == (anthem, 1500, -14)
    panel = soup(editor.get(address).content).select_one("[data-music]")
    assert panel.audio["src"] == anthem.proxy_url
    assert "Music: B. Name · CC BY 4.0" in panel.get_text()


@pytest.mark.parametrize("level", ["7", "-31"])
def test_a_loudness_that_nobody_would_hear_or_bear_is_refused(level, clip, anthem, address, enter):
    editor = enter("editor")
    fields = typed(soup(editor.get(address).content).select_one("form[data-edit-form]"))

    editor.post(address, {**fields, "music": anthem.pk, "music_level": level})

    assert Clip.objects.get(pk=clip.pk).latest_revision == clip.latest_revision


def test_footage_is_no_music(clip, address, enter):
    editor = enter("editor")
    fields = typed(soup(editor.get(address).content).select_one("form[data-edit-form]"))

    editor.post(address, {**fields, "music": clip.footage.pk})

    assert Clip.objects.get(pk=clip.pk).get_latest_revision_as_object().music is None
    assert editor.get(reverse("clip_music", args=[clip.footage.pk])).status_code == 404


def test_what_the_library_does_not_say_yet_is_said_beside_the_player(anthem, enter):
    Media.objects.filter(pk=anthem.pk).update(licence="")

    answer = enter("editor").get(reverse("clip_music", args=[anthem.pk]))

    assert "The library does not say yet who made it" in answer.content.decode()


def test_music_is_heard_by_those_who_write_clips_alone(anthem, enter):
    assert enter("rabat").get(reverse("clip_music", args=[anthem.pk])).status_code in (302, 403)


def test_previews_are_drawn_without_it(clip, anthem):
    before = clip.sketch()
    clip.music = anthem

    assert clip.sketch() == before


@pytest.mark.parametrize("page", ["files", "approve"])
def test_how_loud_a_file_came_out_is_said_beside_it(page, state, enter):
    edition = state.submission.edition
    (variant,) = edition.variants.all()
    number = {"files": edition.translation_key, "approve": state.pk}[page]

    shown = soup(enter("approver").get(reverse(page, args=[number])).content)

    told = " ".join(shown.get_text().split())
    assert f"Sound: {variant.lufs:.1f} LUFS, peak {variant.peak:.1f} dBTP" in told


def test_an_edition_that_shares_the_file_says_the_same_of_it(edition, submit):
    (variant,) = edition.variants.all()

    (other,) = submit(later(edition.design, post_text="Other words.")).submission.edition.variants.all()

    assert (other.file, other.lufs, other.peak) == (variant.file, variant.lufs, variant.peak)
