"""Key frames are found once, seen and corrected by people, and frozen as they stand."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.clips.faces import KIND
from cms.clips.models import Clip, FoundPath, Framing
from cms.clips.paths import PathRow, PathsInput, TypedPaths, typed_paths
from cms.editions.models import Edition
from cms.editions.refusals import NotReady
from cms.jobs.models import Job
from media_tools.clips.story import Clip as Story
from tests.cms.clips.conftest import draft, soup, typed, upload

pytestmark = pytest.mark.xdist_group("clips")

TALL, SQUARE = "9:16", "1:1"
KEPT = {
    TALL: {
        "keys": [
            {"at": 0, "x": 0.31, "y": 0.5, "scale": 1.25, "cut": False},
            {"at": 1200, "x": 0.6875, "y": 0.5, "scale": 1.25, "cut": True},
        ],
        "found": "a" * 64,
        "footage": "b" * 64,
    }
}


@pytest.fixture
def following(footage) -> Clip:
    """A draft whose square frame follows faces."""
    clip = draft(footage)
    clip.framings.add(Framing(aspect=SQUARE, fit="faces", focal_x=40))
    return later_with(clip)


def later_with(clip: Clip, **changes: object) -> Clip:
    for name, value in changes.items():
        setattr(clip, name, value)
    return clip.save_revision().as_object()


def found(clip: Clip, x: float = 0.4) -> FoundPath:
    """As the worker keeps what it finds for the square frame."""
    key = {"at": 0, "x": x, "y": 0.5, "scale": 1, "cut": False}
    return FoundPath.objects.create(digest=clip.searches[SQUARE].digest, keys=[key])


def test_key_frames_come_out_of_the_form_as_they_went_in():
    assert PathsInput(required=False).clean(typed_paths(KEPT)) == KEPT
    assert not PathsInput(required=False).has_changed(KEPT, typed_paths(KEPT))


def test_rows_are_put_in_order_and_empty_ones_are_none():
    rows = (PathRow(TALL, "1.5", "70", "50"), PathRow(TALL, "0:00.2", "30,5", "50", "cut"))

    kept = PathsInput(required=False).clean(TypedPaths(rows))

    assert [(key["at"], key["x"], key["cut"]) for key in kept[TALL]["keys"]] == [(200, 0.305, True), (1500, 0.7, False)]
    assert PathRow(TALL).empty


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (PathRow("", "1", "50", "50"), "Key frame 1: belongs to no frame. Choose one."),
        (PathRow(TALL, "soon", "50", "50"), "Key frame 1: “soon” is no time. Write it as 1:23.5 or 83.5."),
        (PathRow(TALL, "1", "101", "50"), "Key frame 1: “101” is no place. Write per cent, from 0 to 100."),
        (PathRow(TALL, "1", "nan", "50"), "Key frame 1: “nan” is no place. Write per cent, from 0 to 100."),
        (
            PathRow(TALL, "1", "50", "50", "", "5"),
            "Key frame 1: “5” times closer cannot be shown. Write a number from 1 to 4.",
        ),
        (
            PathRow(TALL, "1", "50", "50", "", "near"),
            "Key frame 1: “near” times closer cannot be shown. Write a number from 1 to 4.",
        ),
    ],
)
def test_what_is_wrong_with_a_key_frame_is_said_with_its_number(row, sentence):
    with pytest.raises(ValidationError) as refused:
        PathsInput(required=False).clean(TypedPaths((row,)))

    assert refused.value.messages == [sentence]


def test_two_key_frames_of_one_moment_are_refused():
    rows = (PathRow(TALL, "1", "50", "50"), PathRow(TALL, "0:01", "60", "50"))

    with pytest.raises(ValidationError, match=r"9:16 has two key frames at 0:01\. Keep one\."):
        PathsInput(required=False).clean(TypedPaths(rows))


@pytest.mark.parametrize("made_for", ["[", "[]", '{"9:16": 1}', '{"9:16": {"nobody": 1}}', '{"9:16": {"found": []}}'])
def test_what_no_page_of_ours_sent_is_refused(made_for):
    with pytest.raises(ValidationError, match="sent damaged"):
        PathsInput(required=False).clean(TypedPaths((PathRow(TALL, "1", "50", "50"),), made_for))


def test_the_page_without_a_script_has_a_row_for_each_key_frame_and_saves_what_is_typed(clip, enter):
    address = reverse(Clip.snippet_viewset.get_url_name("edit"), args=[later_with(clip, paths=KEPT).pk])
    editor = enter("editor")
    fields = typed(soup(editor.get(address).content).select_one("form[data-edit-form]"))
    assert fields["paths-at"] == ["0:00", "0:01.2", "", ""]
    fields["paths-x"][0], fields["paths-way"][1], fields["paths-scale"][1] = "44", "", "2,5"

    editor.post(address, fields)

    (one, other) = Clip.objects.get(pk=clip.pk).get_latest_revision_as_object().paths[TALL]["keys"]
    assert (one["x"], one["scale"], other["cut"], other["x"]) == (0.44, 1.25, False, 0.6875)
    assert other["scale"] == 2.5


def test_a_search_looks_through_the_footage_once_for_every_frame(following, enter, at_commit):
    asked = {"footage": following.footage_id, "begins": "0", "ends": "", "begin": "1"}
    frames = [f"{SQUARE} 40 50", f"{TALL} 50 50"]
    editor = enter("editor")

    with at_commit():
        begun = editor.post(reverse("find_faces"), {**asked, "frame": frames})
    told = editor.get(begun.json()["job"]).json()
    answer = editor.post(reverse("find_faces"), {**asked, "begin": "", "frame": frames}).json()

    assert (begun.status_code, told["state"], Job.objects.filter(kind=KIND).count()) == (202, "done", 1)
    assert set(answer["paths"]) == {SQUARE, TALL}
    assert answer["paths"][SQUARE]["found"] == following.searches[SQUARE].digest
    assert answer["paths"][SQUARE]["keys"][0]["x"] == pytest.approx(0.4, abs=0.001)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends": "0.2"}, "Give it an end at least 1 s after its beginning"),
        ({"begins": "soon"}, "is no time"),
        ({"frame": []}, "No frame follows faces."),
        ({"frame": ["9:16 50"]}, "No frame follows faces."),
        ({"frame": ["9:16 50 -1"]}, "is no place"),
    ],
)
def test_a_search_that_cannot_be_begun_says_why(changes, sentence, footage, enter):
    asked = {"footage": footage.pk, "begins": "0", "ends": "", "begin": "1", "frame": ["9:16 50 50"], **changes}

    answer = enter("editor").post(reverse("find_faces"), asked)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Job.objects.filter(kind=KIND).exists()


def test_faces_are_looked_for_by_those_who_write_clips_alone(footage, enter):
    asked = {"footage": footage.pk, "begin": "1", "frame": ["9:16 50 50"]}

    assert enter("approver").post(reverse("find_faces"), asked).status_code in (302, 403)
    assert enter("editor").get(reverse("clip_footage", args=[footage.pk])).json() == {"address": footage.file.url}
    assert not Job.objects.filter(kind=KIND).exists()


def test_submitting_before_faces_are_found_begins_the_search_and_says_so(following, enter, at_commit):
    address = reverse(Clip.snippet_viewset.get_url_name("edit"), args=[following.pk])
    editor = enter("editor")
    fields = typed(soup(editor.get(address).content).select_one("form[data-edit-form]"))

    with at_commit():
        refused = editor.post(address, {**fields, "action-submit": "1"}, follow=True).content.decode()
    assert "Framing 1:1: follows faces that are being looked for now." in refused
    assert Job.objects.get(kind=KIND).state == Job.State.DONE
    assert not Edition.objects.exists()

    kept = Clip.objects.get(pk=following.pk).get_latest_revision_as_object()
    later_with(kept)
    frozen = Story.model_validate(Edition.of(kept).spec).footage
    assert frozen.by_aspect[SQUARE].fit == "faces"
    assert len(frozen.by_aspect[SQUARE].path) > 0
    assert not frozen.sought


def test_a_frozen_path_is_the_one_that_the_draft_holds_and_no_file_needs_another_search(following):
    found(following)
    clip = later_with(following)
    clip.paths[SQUARE]["keys"][0]["x"] = 0.7

    frozen = Story.model_validate(Edition.of(later_with(clip)).spec).footage

    assert [key.x for key in frozen.by_aspect[SQUARE].path] == [0.7]
    assert not frozen.sought


def test_a_clip_that_follows_faces_throughout_leaves_no_proportions_to_a_search(footage):
    clip = draft(footage, fit="faces")
    for search in clip.searches.values():
        key = {"at": 0, "x": 0.5, "y": 0.5, "scale": 1, "cut": False}
        FoundPath.objects.create(digest=search.digest, keys=[key])

    frozen = Story.model_validate(Edition.of(later_with(clip)).spec).footage

    assert set(frozen.by_aspect) == set(clip.searches)
    assert not frozen.sought


def test_another_language_of_a_clip_finds_what_was_found_for_the_first(following, clip):
    found(following)
    clip.framings.add(Framing(aspect=SQUARE, fit="faces", focal_x=40))

    assert later_with(clip).unfound == []


@pytest.mark.parametrize("change", [{"begins": 500}, {"ends": 1500}])
def test_another_part_of_the_footage_makes_found_key_frames_outdated(change, following):
    found(following)
    clip = later_with(later_with(following), **change)

    assert clip.outdated == [SQUARE]
    with pytest.raises(NotReady, match=r"made for other footage, or another part of it\. Find faces again"):
        Edition.of(clip)


def test_outdated_key_frames_give_way_to_new_ones_unless_somebody_corrected_them(following):
    found(following)
    as_found = later_with(following)
    corrected = later_with(following)
    corrected.paths[SQUARE]["keys"][0]["x"] = 0.7
    as_found.begins = corrected.begins = 500
    found(as_found, x=0.2)

    as_found, corrected = later_with(as_found), later_with(corrected)

    assert (as_found.outdated, as_found.paths[SQUARE]["keys"][0]["x"]) == ([], 0.2)
    assert (corrected.outdated, corrected.paths[SQUARE]["keys"][0]["x"]) == ([SQUARE], 0.7)


def test_submitting_outdated_key_frames_looks_again_and_the_next_draft_has_what_was_found(following, enter, at_commit):
    found(following)
    clip = later_with(later_with(following), begins=500)
    address = reverse(Clip.snippet_viewset.get_url_name("edit"), args=[clip.pk])
    editor = enter("editor")
    fields = typed(soup(editor.get(address).content).select_one("form[data-edit-form]"))

    with at_commit():
        refused = editor.post(address, {**fields, "action-submit": "1"}, follow=True).content.decode()
    assert "Find faces again, or take the key frames out." in refused

    assert later_with(Clip.objects.get(pk=clip.pk).get_latest_revision_as_object()).outdated == []


def test_key_frames_by_hand_outlive_another_in_and_not_another_file(clip, filmed_otherwise):
    by_hand = {SQUARE: {"keys": [{"at": 0, "x": 0.3, "y": 0.5}], "found": "", "footage": ""}}
    clip = later_with(clip, paths=by_hand)

    assert later_with(clip, begins=500).outdated == []
    assert later_with(clip, footage=upload(filmed_otherwise)).outdated == [SQUARE]


def test_the_page_says_that_key_frames_are_outdated(following, enter):
    found(following)
    clip = later_with(later_with(following), begins=500)

    page = enter("editor").get(reverse(Clip.snippet_viewset.get_url_name("edit"), args=[clip.pk])).content.decode()

    assert "changed after the key frames of 1:1 were made. Find faces again." in page


def test_a_whole_picture_needs_no_key_frames_and_shows_none(clip):
    clip.framings.add(Framing(aspect=TALL, fit="pad"))
    clip = later_with(clip, paths=KEPT)

    assert clip.outdated == []
    assert clip.raw()["footage"]["by_aspect"][TALL] == {"fit": "pad", "focal": [0.5, 0.5]}
