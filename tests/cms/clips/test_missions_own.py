"""A mission's own clip: the shared one, bit for bit, up to its own end card."""

import subprocess

import imageio_ffmpeg
import pytest
from django.core.files.storage import default_storage

from cms.jobs.models import Job
from cms.library import originals
from cms.missions.models import Mission
from cms.variants.models import Variant
from cms.variants.own import nameable, order_own
from media_tools.clips.story import FPS
from tests.cms.clips.conftest import CUES, FEW, draft

pytestmark = pytest.mark.xdist_group("clips")

CARD = 3  # seconds
BODY = 2 * FPS  # pictures before it


@pytest.fixture
def own(edition, rabat, people, at_commit) -> dict[str, Variant]:
    """By placement."""
    with at_commit():
        order_own(rabat, nameable(rabat, [edition.pk]), people["rabat"])
    return {row.placement: row for row in Variant.objects.own(rabat).select_related("file", "thumbnail")}


def hashes(variant: Variant, stream: str) -> list[str]:
    """Of each packet as it is stored."""
    path = default_storage.path(variant.file.key)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", path, "-map", f"0:{stream}", "-c", "copy",
               "-f", "framehash", "-"]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout
    return [line.rsplit(",", 1)[1].strip() for line in told.splitlines() if not line.startswith("#")]


def test_its_sound_is_the_shared_one_s_and_so_are_its_pictures_up_to_the_card(own, edition):
    assert set(own) == set(FEW)
    for placement, row in own.items():
        shared = edition.variants.get(mission=None, placement=placement)
        assert (row.state, row.seconds) == (Variant.State.READY, shared.seconds)
        assert hashes(row, "a") == hashes(shared, "a")
        mine, theirs = hashes(row, "v"), hashes(shared, "v")
        assert mine[:BODY] == theirs[:BODY]
        assert mine[BODY] != theirs[BODY]
        assert len(mine) == len(theirs) == BODY + CARD * FPS


def test_what_travels_with_it_are_the_very_same_objects_under_its_own_name(own, edition):
    row = own["x.post"]
    shared = edition.variants.get(mission=None, placement="x.post")

    assert row.thumbnail == shared.thumbnail
    assert [each.file for each in row.sidecars.all()] == [each.file for each in shared.sidecars.all()]
    assert (row.lufs, row.peak) == (shared.lufs, shared.peak)
    assert all("embassy-in-rabat" in each.name for each in row.sidecars.all())


def test_no_footage_is_brought_again(edition, rabat, people, at_commit):
    default_storage.delete(edition.footage.get().key)

    with at_commit():
        order_own(rabat, nameable(rabat, [edition.pk]), people["rabat"])

    assert Job.objects.get(kind="variants.make_own").state == Job.State.DONE


def test_a_shared_file_that_vanished_is_named_and_the_others_are_joined(edition, rabat, people, at_commit):
    lost = edition.variants.get(mission=None, placement="x.post")
    default_storage.delete(lost.file.key)
    (originals.folder() / f"{lost.file.sha256}.mp4").unlink(missing_ok=True)  # what another test brought

    with at_commit():
        order_own(rabat, nameable(rabat, [edition.pk]), people["rabat"])

    states = dict(Variant.objects.own(rabat).values_list("placement", "state"))
    assert states == {"x.post": "failed", "instagram.feed_square": "ready"}
    assert Job.objects.get(kind="variants.make_own").state == Job.State.FAILED


def test_a_clip_without_an_end_card_is_not_offered(footage, rabat, submit, approve):
    short = {"placements": ["x.post"], "cues": CUES, "card_verb": "", "card_link": None}
    edition = approve(submit(draft(footage, **short)))

    assert nameable(rabat, [edition.pk]) == []
    assert Variant.objects.leaving(Mission.objects.get(pk=rabat.pk)).filter(edition=edition).count() == 1
