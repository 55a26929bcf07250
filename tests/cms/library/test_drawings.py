"""Maps and logos come in through one door, opened by a child process, and are shown as we draw them."""

import json
from collections.abc import Iterator
from math import cos, sin

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.models import GroupCollectionPermission

from cms.jobs.easels import Easels
from cms.library.models import Drawing

TRIANGLE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path id="Delta" d="M1 1 9 1 5 9z"/>%s</svg>'
BROKEN = {
    "runs a script": TRIANGLE % b"<script>alert(1)</script>",
    "holds a photo or another file": TRIANGLE % b'<image href="https://example.org/a.png" width="9" height="9"/>',
    "declares a document type": b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + TRIANGLE % b"&b;",
    "up to 5 MB": TRIANGLE % (b" " * 5_000_000),
    "neither SVG nor GeoJSON": b"\xff\xd8\xff\xe0 JFIF",
    "shows nothing": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>',
}
"""What the sentence says, of which file."""
GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": name},
                "geometry": {"type": "Polygon", "coordinates": [[[x, 0], [x + 9, 0], [x + 9, 9], [x, 9], [x, 0]]]},
            }
            for name, x in (("North Coast", 0), ("دلتا", 9))
        ],
    }
).encode()


def fields(name: str, content: bytes, **more: str) -> dict[str, object]:
    words = {"title": "The island", "credit": "Map: A. Name", "licence": "CC BY 4.0", "description": "An island."}
    return {**words, "file": SimpleUploadedFile(name, content), **more}


@pytest.fixture
def send(enter):
    def send(name: str, content: bytes, who: str = "designer", **more: str):
        return enter(who).post(reverse("drawings:add"), fields(name, content, **more))

    return send


@pytest.fixture
def island(send, artwork) -> Drawing:
    send("island.svg", (artwork / "island.svg").read_bytes(), approved_by="The Surveyor", as_of="2026")
    return Drawing.objects.get(title="The island")


def test_a_map_comes_in_with_its_bytes_its_names_and_our_picture_of_it(island, people, artwork):
    assert island.file.name.startswith("originals/")
    assert len(island.sha256) == 64
    assert island.file_name == f"{island.sha256}.svg"
    assert island.uploaded_by_user == people["designer"]
    assert island.kind == Drawing.Kind.SVG
    assert {"Northern coast", "northern-coast", "Delta"} <= set(island.names)
    assert "northern-coast" not in island.parts
    with island.likeness.open() as file:
        assert Pillow.open(file).size == (island.width, island.height) == (640, 453)


def test_geojson_says_who_approved_its_borders_and_when(send):
    refused = send("land.geojson", GEOJSON).context["form"].errors

    assert set(refused) == {"approved_by", "as_of"}
    send("land.geojson", GEOJSON, approved_by="The Surveyor", as_of="2026")
    drawing = Drawing.objects.get()
    assert drawing.kind == Drawing.Kind.GEOJSON
    assert drawing.parts == ["North Coast", "دلتا"]
    assert drawing.has_part("north_coast")
    assert not drawing.has_part("South")


@pytest.mark.parametrize("said", BROKEN)
def test_what_does_not_open_is_refused_beside_the_field_and_leaves_nothing(said, send):
    answer = send("plan.svg", BROKEN[said])

    (sentence,) = answer.context["form"].errors["file"]
    assert sentence.startswith("plan.svg: ")
    assert said in sentence
    assert not Drawing.objects.exists()


@pytest.fixture
def hasty(tmp_path, monkeypatch) -> Iterator[None]:
    """Child processes that are given no time."""
    config, slow = apps.get_app_config("jobs"), Easels(tmp_path, 1, 0.01)
    monkeypatch.setitem(vars(config), "easels", slow)
    yield
    slow.stop()


def test_a_file_that_keeps_its_process_busy_too_long_is_refused(hasty, send):
    coast = [[20 * cos(turn / 9000), 20 * sin(turn / 9000)] for turn in range(56_000)]  # takes more than a second
    land = {"type": "Feature", "properties": {"name": "Land"}, "geometry": {"type": "Polygon", "coordinates": [coast]}}
    content = json.dumps({"type": "FeatureCollection", "features": [land]}).encode()

    (sentence,) = send("plan.geojson", content, approved_by="The Surveyor", as_of="2026").context["form"].errors["file"]

    assert sentence == "plan.geojson: is too much to draw. Simplify its outlines, and export it again."


def test_lists_and_the_form_show_our_picture_and_the_file_itself_is_never_served(island, enter):
    designer = enter("designer")

    index = designer.get(reverse("drawings:index")).content.decode()
    form = designer.get(reverse("drawings:edit", args=[island.pk])).content.decode()

    assert island.likeness.url in index
    assert island.likeness.url in form
    assert island.file.name not in index + form
    assert designer.get(island.likeness.url).headers["Content-Type"] == "image/png"
    assert designer.get(default_storage.url(island.file.name)).status_code == 404


@pytest.mark.parametrize(
    ("who", "looks", "chooses", "adds"),
    [("designer", 200, 200, 200), ("editor", 302, 200, 302), ("approver", 302, 200, 302)],
)
def test_designers_keep_them_and_the_others_choose(who, looks, chooses, adds, island, enter):
    person = enter(who)

    assert person.get(reverse("drawings:edit", args=[island.pk])).status_code == looks
    assert person.get(reverse("drawings:add")).status_code == adds
    assert person.get(reverse("drawing_chooser:chosen", args=[island.pk])).status_code == chooses
    assert person.get(reverse("parts_of_drawing", args=[island.pk])).status_code == chooses
    assert person.get(island.likeness.url).status_code == 200


def test_missions_and_the_public_see_none_of_it(island, enter, client):
    for visitor in (enter("rabat"), client):
        assert visitor.get(reverse("parts_of_drawing", args=[island.pk])).status_code == 302
        assert visitor.get(island.likeness.url).status_code in (302, 404)


def test_what_lies_in_another_collection_is_for_its_own_people(island, enter, people):
    GroupCollectionPermission.objects.filter(permission__content_type__model="drawing").delete()
    designer, editor = enter("designer"), enter("editor")

    assert designer.get(reverse("drawings:edit", args=[island.pk])).status_code == 302
    assert editor.get(reverse("drawing_chooser:chosen", args=[island.pk])).status_code == 302
    assert editor.get(island.likeness.url).status_code == 404
    assert island.title not in editor.get(reverse("drawing_chooser:choose")).json()["html"]


def test_the_chooser_finds_by_title_and_shows_the_picture(island, enter):
    found = enter("editor").get(reverse("drawing_chooser:choose_results"), {"q": "isl"}).content.decode()
    chosen = enter("editor").get(reverse("drawing_chooser:chosen", args=[island.pk])).json()["result"]

    assert island.likeness.url in found
    assert (chosen["title"], chosen["preview"]["url"]) == ("The island", island.likeness.url)


def test_other_words_leave_the_file_as_it_is_and_another_file_leaves_the_old_object(island, enter, at_commit):
    edit = reverse("drawings:edit", args=[island.pk])
    words = {"title": "Our island", "approved_by": "The Surveyor", "as_of": "2027"}

    enter("designer").post(edit, words)

    renamed = Drawing.objects.get()
    assert (renamed.title, renamed.as_of, renamed.sha256) == ("Our island", "2027", island.sha256)
    assert renamed.likeness.name == island.likeness.name

    with at_commit():
        enter("designer").post(edit, {**words, "file": SimpleUploadedFile("triangle.svg", TRIANGLE % b"")})

    changed = Drawing.objects.get()
    assert (changed.parts, changed.sha256 == island.sha256) == (["Delta"], False)
    assert default_storage.exists(island.file.name)
    assert not default_storage.exists(island.likeness.name)
    assert default_storage.exists(changed.likeness.name)


def test_of_a_deleted_one_nothing_stays_in_the_store(island, enter, at_commit):
    with at_commit():
        enter("designer").post(reverse("drawings:delete", args=[island.pk]))

    assert not Drawing.objects.exists()
    assert not default_storage.exists(island.file.name)
    assert not default_storage.exists(island.likeness.name)


def test_permissions_are_given_for_a_collection(people, enter):
    people["admin"].is_superuser = True
    people["admin"].save()
    group = people["designer"].groups.get()

    page = enter("admin").get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()

    assert "Select maps and logos in choosers" in page
    assert "Can add drawing" not in page  # without a collection it would give nothing
