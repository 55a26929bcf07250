"""An infographic that also moves: its clips are files of the same edition, and go the way of all files."""

import json
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import TestCase
from django.urls import reverse
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.campaigns.models import Campaign
from cms.demo import load
from cms.editions.finished import Wanted
from cms.editions.judging import obstacles
from cms.editions.models import Edition
from cms.infographics.models import Infographic
from cms.jobs.models import Job
from cms.packages.build import order_package
from cms.packages.models import Package
from cms.variants.models import StoredFile, Variant
from media_tools.open.video import probe_video

pytestmark = pytest.mark.xdist_group("animated")

SQUARE = "instagram.feed_square"
CLIP = Wanted(SQUARE, animated=True)
WORDS = "A test of what moves"


def draft(story: str = "expo", **changes: object) -> Infographic:
    """A headline and a figure: as short as clips are."""
    made = load.design(story, "en", Campaign.objects.get(slug="expo-2025"))
    told = {
        "placements": [SQUARE], "animated": [SQUARE], "carousel": False,
        "body": body(420),
    }  # fmt: skip
    for name, value in {**told, **changes}.items():
        setattr(made, name, value)
    made.save()
    made.save_revision(user=User.objects.get(username="editor"))
    return Infographic.objects.get(pk=made.pk)


def body(value: int) -> str:
    row = {"value": value, "label": "visits", "source": "A test"}
    figures = {"figures": [{"type": "item", "value": row, "id": "row"}]}
    headline = {"type": "headline", "value": {"text": WORDS}, "id": "headline"}
    return json.dumps([headline, {"type": "key_figures", "value": figures, "id": "figures"}])


def later(design: Infographic, **changes: object) -> Infographic:
    fresh = Infographic.objects.get(pk=design.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save_revision(user=User.objects.get(username="editor"))
    return fresh.get_latest_revision_as_object()


def submitted(design: Infographic) -> TaskState:
    with TestCase.captureOnCommitCallbacks(execute=True):
        design.get_workflow().start(design, User.objects.get(username="editor"))
    return Infographic.objects.get(pk=design.pk).current_workflow_task_state


def soup(content: bytes) -> BeautifulSoup:
    return BeautifulSoup(content, "html.parser")


def address(file: StoredFile) -> str:
    return reverse("file", args=[file.key])


@pytest.fixture(scope="module")
def submission(django_db_setup, django_db_blocker) -> Iterator[int]:
    """The number of a task whose files are made once: each test finds them, and what it changes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield submitted(draft()).pk
        transaction.set_rollback(True)


@pytest.fixture
def state(submission, db) -> TaskState:
    return TaskState.objects.get(pk=submission)


@pytest.fixture
def edition(state, approve) -> Edition:
    return approve(state)


@pytest.fixture
def clip(state) -> Variant:
    return state.submission.edition.variants.get(animated=True)


@pytest.fixture
def still(state) -> Variant:
    return state.submission.edition.variants.get(animated=False)


def test_submitting_makes_the_still_and_its_clip_of_one_edition(state, still, clip):
    assert state.submission.wanted == (Wanted(SQUARE), CLIP)
    assert (still.state, still.moving) == ("ready", False)
    assert (clip.state, clip.moving, clip.blocking) == ("ready", True, [])
    assert clip.fingerprint != still.fingerprint
    assert 6 <= clip.seconds <= 20


def test_a_clip_is_an_mp4_with_a_poster_that_is_its_still_and_its_words(clip, tmp_path):
    film = tmp_path / "clip.mp4"
    film.write_bytes(default_storage.open(clip.file.key).read())
    facts = probe_video(film)

    assert (facts.width, facts.height, facts.has_sound) == (clip.width, clip.height, True)
    assert {row.kind for row in clip.sidecars.all()} == {"txt", "jpg"}
    words = next(row.file for row in clip.sidecars.all() if row.kind == "txt")
    assert WORDS in default_storage.open(words.key).read().decode()
    assert WORDS in clip.shown_alt
    assert clip.poster.key.endswith(".jpg")


def test_one_run_of_the_worker_makes_both_and_says_how_far_it_is(state):
    job = Job.objects.get(kind="variants.make", arguments={"edition": state.submission.edition_id})

    assert (job.state, job.total) == (Job.State.DONE, 200)


def test_nothing_is_approved_before_the_clip_is_made(state, clip, people):
    Variant.objects.filter(pk=clip.pk).update(state=Variant.State.WAITING)

    assert obstacles(state.submission, people["approver"]) == [
        "1 of 2 files are made; you can approve when all are here."
    ]


def test_a_refused_clip_stands_in_the_way_and_the_list_says_why(state, clip, people, enter):
    why = {"level": "blocking", "code": "too-long", "message": "The clip lasts 7.0 s.", "remedy": "Shorten the text."}
    Variant.objects.filter(pk=clip.pk).update(state=Variant.State.REFUSED, file=None, thumbnail=None, findings=[why])

    page = enter("editor").get(reverse("files", args=[state.submission.edition.translation_key])).content.decode()

    assert "The clip lasts 7.0 s. Shorten the text." in page
    assert obstacles(state.submission, people["approver"]) == ["1 file is refused; the list says why. Ask for changes."]


def test_a_page_without_room_makes_no_clip_and_says_why(db):
    words = [{"type": "headline", "value": {"text": "Unbreakable" * 12}, "id": "headline"}]

    edition = submitted(draft("missions", body=json.dumps(words))).submission.edition

    refused = edition.variants.get(animated=True)
    assert (refused.state, refused.file) == ("refused", None)
    assert [finding["code"] for finding in refused.blocking] == ["does-not-fit"]


def test_another_figure_is_another_edition_with_another_clip(state, clip):
    other = Edition.of(later(state.submission.edition.design, body=body(421)))

    assert other != state.submission.edition
    Variant.order(other, [CLIP])
    assert other.variants.get().fingerprint != clip.fingerprint


def test_a_clip_that_is_wanted_later_is_of_the_same_edition_and_needs_a_yes_of_its_own(rabat, approve):
    first = approve(submitted(draft("missions", animated=[])))
    before = first.variants.get()

    again = submitted(later(first.design, animated=[SQUARE]))

    assert again.submission.edition == first
    assert set(first.variants.values_list("animated", "state")) == {(False, "ready"), (True, "ready")}
    assert first.variants.get(animated=False).file == before.file
    assert list(Variant.objects.leaving(rabat).filter(edition=first)) == [before]
    approve(again)
    assert Variant.objects.leaving(rabat).filter(edition=first).count() == 2


def test_a_clip_that_is_wanted_no_more_leaves_no_more(state, edition, rabat, submit, approve):
    design = later(edition.design, animated=[])

    approve(submit(design))

    assert [row.wanted for row in Variant.objects.leaving(rabat).filter(edition=edition)] == [Wanted(SQUARE)]


def test_a_withdrawn_edition_takes_its_clips_with_it(edition, clip, enter):
    client = enter("rabat")
    addresses = [address(file) for file in (clip.file, clip.thumbnail, *(row.file for row in clip.sidecars.all()))]
    assert {client.get(one).status_code for one in addresses} == {200}

    Edition.objects.filter(pk=edition.pk).update(withdrawn_because="Wrong.", withdrawn_at=edition.created_at)

    assert {client.get(one).status_code for one in addresses} == {404}


def test_the_approver_sees_the_still_and_its_clip_play(state, still, clip, enter):
    page = soup(enter("approver").get(reverse("approve", args=[state.pk])).content)

    one, other = page.select(f"figure[data-placement='{SQUARE}']")
    assert one.select_one("img")["src"] == address(still.file)
    player = other.select_one("video")
    assert (player["src"], player["poster"]) == (address(clip.file), address(clip.poster))
    assert player["aria-label"] == clip.shown_alt
    assert "Instagram feed square, as a clip" in other.get_text()


def test_the_list_of_files_has_a_row_for_each(state, still, clip, enter):
    page = soup(enter("editor").get(reverse("files", args=[state.submission.edition.translation_key])).content)

    rows = page.select(".at-files tbody tr")
    assert [row.select_one("th").find(string=True).strip() for row in rows] == [
        "Instagram feed square", "Instagram feed square, as a clip",
    ]  # fmt: skip
    assert [row.select_one("img")["src"] for row in rows] == [address(still.thumbnail), address(clip.thumbnail)]


def test_a_mission_finds_both_and_plays_the_clip_on_its_own_page(edition, still, clip, enter):
    client = enter("rabat")
    page = soup(client.get(reverse("design", args=[edition.pk, SQUARE])).content)
    to_the_clip = reverse("design_clip", args=[edition.pk, SQUARE])

    assert page.select_one("#stage img")["src"] == address(still.file)
    assert page.select(f".sizesec a[href='{to_the_clip}']")
    moving = soup(client.get(to_the_clip).content)
    player = moving.select_one("#stage video")
    assert (player["src"], player["poster"]) == (address(clip.file), address(clip.poster))
    assert player["aria-label"] == clip.shown_alt
    taken = [link["href"] for link in moving.select("aside a[href$='?download']")]
    assert taken == [f"{address(file)}?download" for file in (clip.file, *(row.file for row in clip.sidecars.all()))]
    tile = next(each for each in soup(client.get("/").content).select(".tile, li") if edition.title in each.get_text())
    assert tile.select_one(f"a[href='{reverse('design', args=[edition.pk, SQUARE])}']")


def test_a_package_holds_both_under_names_of_their_own(edition, clip, rabat, people, at_commit):
    with at_commit():
        made = order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])
    with default_storage.open(Package.objects.get(pk=made.pk).file.key) as stored:
        archive = ZipFile(BytesIO(stored.read()))

    names = archive.namelist()
    stem = f"en/instagram/{clip.stem}"
    assert stem.endswith(f"_{SQUARE}_clip")
    assert {f"{stem}.mp4", f"{stem}.jpg", f"{stem}.en_US.txt", f"{stem.removesuffix('_clip')}.jpg"} <= set(names)
    assert len(names) == len(set(names))
    entries = {entry["name"]: entry for entry in json.loads(archive.read("manifest.json"))["files"]}
    told = entries[f"{stem}.mp4"]
    assert (told["animated"], told["seconds"], told["alt"]) == (True, clip.seconds, clip.shown_alt)
    assert {row["kind"] for row in told["beside"]} == {"txt", "jpg"}


def test_the_preview_shows_moments_of_the_clip_below_the_still(db, rf, people):
    request = rf.get("/")
    request.user = people["editor"]
    design = draft()

    page = soup(design.serve_preview(request, SQUARE).render().content)
    sheet = soup(design.serve_preview(request, "sheet").render().content)

    captions = [" ".join(each.get_text().split()) for each in page.select("figcaption")]
    assert captions[0].startswith("Instagram feed square 1080")
    assert captions[1].startswith("Instagram feed square, as a clip 1080")
    assert "Moments of a clip of 6.0 s; the last is its end" in captions[1]
    assert len({each["src"] for each in sheet.select("img")}) == 2


def test_a_placement_for_clips_alone_has_its_preview_and_its_file(db, rf, people):
    request = rf.get("/")
    request.user = people["editor"]
    design = draft(animated=["tiktok.video"])

    assert [name for name, _label in design.preview_modes] == ["sheet", SQUARE, "tiktok.video"]
    (one,) = soup(design.serve_preview(request, "tiktok.video").render().content).select("figure")
    assert "TikTok video, as a clip" in one.get_text()
    assert Infographic.format_of(Wanted("tiktok.video", animated=True)) == "mp4"


def test_the_editor_ticks_placements_that_take_clips(db, enter):
    design = draft()
    address = reverse(Infographic.snippet_viewset.get_url_name("edit"), args=[design.pk])
    page = soup(enter("editor").get(address).content)

    boxes = {box["value"]: box.has_attr("checked") for box in page.select("input[name=animated]")}
    assert boxes[SQUARE]
    assert not boxes["tiktok.video"]
    assert "print.a4" not in boxes
