"""Several ranges of footage and the title card, from the clip's form to its files."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale

from cms.accounts.models import User
from cms.clips.faces import Search
from cms.clips.models import Clip, Framing, Range
from cms.clips.ranges import Edges
from cms.editions.refusals import NotReady
from cms.jobs.models import Job
from media_tools.clips.story import MOST_RANGES
from tests.cms.clips.conftest import draft, shoot, soup, typed, upload

pytestmark = pytest.mark.xdist_group("clips")


@pytest.fixture
def longer(db, tmp_path) -> Clip:
    """A draft of four seconds of footage that shows the first, the last and what lies behind the first, in turn."""
    made = draft(upload(shoot(tmp_path / "long.mp4", seconds=4)), ends=1000, cues={"cues": []}, placements=["x.post"])
    made.ranges.add(Range(begins=3000, ends=None, sort_order=1), Range(begins=1500, ends=2500, sort_order=2))
    made.save()
    made.save_revision()
    return Clip.objects.get(pk=made.pk)


def test_ranges_are_frozen_in_the_order_in_which_they_are_shown(longer):
    before = longer.frozen()

    assert (before.spec["footage"]["start"], before.spec["footage"]["end"]) == (0.0, 1.0)
    assert before.spec["footage"]["then"] == [{"start": 3.0, "end": None}, {"start": 1.5, "end": 2.5}]
    first, second = sorted(longer.ranges.all(), key=lambda row: row.sort_order)
    first.sort_order, second.sort_order = 2, 1
    longer.ranges.set([first, second])
    assert [each["start"] for each in longer.frozen().spec["footage"]["then"]] == [1.5, 3.0]
    assert longer.frozen().content != before.content


def test_a_clip_of_one_range_keeps_the_digest_that_it_had(clip):
    """What was approved before there were ranges and title cards is the same as what would be submitted now."""
    search = Search("a" * 64, (Edges(0, None),), "1:1", (0.5, 0.5))

    assert search.digest == "9276670ee7bd160d536787bed8638ac3b527890b3feec49f78e53f9bcedd50cf"
    assert clip.frozen().spec["title_card"] is None


def test_a_range_of_less_than_a_second_is_refused_where_it_is_typed():
    with pytest.raises(ValidationError) as refused:
        Range(begins=2000, ends=2500).clean()

    assert list(refused.value.message_dict) == ["ends"]


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (500, 2000, r"Footage: shows what comes at 0\.5 s twice"),
        (1000, 9000, r"Further range 1, Out: lies past the end: the footage lasts 0:02"),
        (5000, None, r"Further range 1, In: lies past the end"),
    ],
)
def test_ranges_that_cannot_be_shown_are_refused_with_their_place_in_the_form(begins, ends, words, clip):
    clip.ends = 1000
    clip.ranges.add(Range(begins=begins, ends=ends))

    with pytest.raises(NotReady, match=words):
        clip.frozen()


def test_a_copy_in_another_language_shows_the_same_ranges(longer):
    copy = longer.copy_for_translation(Locale.objects.get(language_code="vi"))
    copy.save()

    assert Clip.objects.get(pk=copy.pk).shown == longer.shown


def test_the_form_adds_reorders_and_removes_ranges(client, longer):
    client.force_login(User.objects.get(username="editor"))
    address = reverse("wagtailsnippets_clips_clip:edit", args=[longer.pk])
    form = typed(soup(client.get(address).content).select_one("form[data-edit-form]"))
    assert (form["ranges-0-begins"], form["ranges-0-ends"], form["ranges-1-begins"]) == (["0:03"], [""], ["0:01.5"])

    added = {"ranges-TOTAL_FORMS": "3", "ranges-2-begins": "2.5", "ranges-2-ends": "3", "ranges-2-id": ""}
    orders = {"ranges-0-DELETE": "on", "ranges-1-ORDER": "3", "ranges-2-ORDER": "2", "ranges-2-ends": "3.5"}
    client.post(address, {**form, **added, **orders, "titled": "on", "title_kicker": "Expo"})

    changed = Clip.objects.get(pk=longer.pk).get_latest_revision_as_object()
    assert changed.shown == (Edges(0, 1000), Edges(2500, 3500), Edges(1500, 2500))
    assert changed.raw()["title_card"] == {"kicker": "Expo", "seconds": 2.5}


def test_the_form_takes_no_more_ranges_than_the_library_shows(client, clip):
    client.force_login(User.objects.get(username="editor"))

    page = soup(client.get(reverse("wagtailsnippets_clips_clip:edit", args=[clip.pk])).content)

    assert page.find(attrs={"name": "ranges-MAX_NUM_FORMS"})["value"] == str(MOST_RANGES - 1)


def test_faces_are_looked_for_in_all_ranges(client, longer):
    client.force_login(User.objects.get(username="editor"))
    told = {
        "footage": longer.footage.pk, "begins": "0", "ends": "0:01", "then": ["0:03 ", "0:01.5 0:02.5"], "begin": "1",
        "frame": ["1:1 50 50"],
    }  # fmt: skip

    answer = client.post(reverse("find_faces"), told)

    job = Job.objects.get(kind="clips.find_faces")
    assert answer.status_code == 202
    assert job.arguments["ranges"] == [[0, 1000], [3000, None], [1500, 2500]]
    longer.framings.add(Framing(aspect="1:1", fit="faces"))
    assert longer.searches["1:1"].digest == job.arguments["frames"][0]["digest"]


@pytest.mark.parametrize("then", ["0:00.5 0:02", "x", "0:02 0:01"])
def test_ranges_in_which_nobody_can_look_are_told(then, client, longer):
    client.force_login(User.objects.get(username="editor"))
    told = {"footage": longer.footage.pk, "begins": "0", "ends": "0:01", "then": then, "frame": "1:1 50 50"}

    answer = client.post(reverse("find_faces"), told)

    assert answer.status_code == 422
    assert answer.content.decode().strip()


def test_the_film_has_title_ranges_and_card_in_turn(longer, submit):
    longer.titled = True
    longer.save_revision()

    state = submit(longer.get_latest_revision_as_object())

    (variant,) = state.submission.edition.variants.all()
    assert variant.seconds == 2.5 + 3 + 3


def test_a_title_card_is_seen_before_it_is_made(longer):
    assert [view.drawn_by for view in longer.sketch().views] == ["clip", "end_card", "thumbnail"]
    longer.titled = True

    assert [view.drawn_by for view in longer.sketch().views] == ["clip", "title_card", "end_card", "thumbnail"]
    assert longer.sketch().spec["title_card"] == {"kicker": "", "seconds": 2.5}
