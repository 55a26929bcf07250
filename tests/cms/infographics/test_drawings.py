"""Maps and logos of the library in infographics: chosen, frozen, drawn, guarded and credited as photos are."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError

from cms.campaigns.models import Campaign
from cms.demo import load
from cms.editions.in_use import users_of
from cms.editions.judging import obstacles
from cms.editions.models import EditionDrawing
from cms.editions.refusals import NotReady
from cms.infographics.inputs import BLOCK_FORMS
from cms.infographics.models import Infographic
from cms.infographics.references import referenced, vanished
from cms.library.forms import DrawingForm
from cms.library.models import Drawing
from cms.packages.build import order_package
from cms.packages.models import Package
from cms.variants.models import PUBLIC, Variant, may_leave
from tests.cms.infographics.test_overrides import posted, shown

FORMS = dict(BLOCK_FORMS)


@pytest.fixture
def artwork(tmp_path: Path, db) -> Path:
    load.drawings(tmp_path)
    return tmp_path


@pytest.fixture
def island(artwork) -> Drawing:
    return Drawing.objects.get(title=load.MAP)


@pytest.fixture
def lantern(artwork) -> Drawing:
    return Drawing.objects.get(title="Lantern Fund")


def item(**value: object) -> dict[str, object]:
    return {"type": "item", "value": value, "id": str(sorted(value.items()))}


def a_map(drawing: Drawing, *places: str) -> dict[str, object]:
    rows = [item(place=place, label=place, value="12") for place in places]
    value = {"title": "Calls answered", "artwork": drawing.pk, "places": rows, "source": "Harbour Office, 2026"}
    return {"type": "map", "value": value, "id": "the-map"}


def logos(drawing: Drawing) -> dict[str, object]:
    return {"type": "logos", "value": {"partners": [item(name="Lantern Fund", artwork=drawing.pk)]}, "id": "the-logos"}


def facts(drawing: Drawing) -> dict[str, object]:
    rows = [
        item(term="8 minutes", sentence="A boat leaves the quay.", icon=drawing.pk),
        item(term="1 in 3", sentence="One call in three.", icon=None),
    ]
    return {"type": "facts_list", "value": {"rows": rows, "source": "Harbour Office, 2026"}, "id": "the-facts"}


def with_blocks(design: Infographic, *blocks: dict[str, object]) -> Infographic:
    """The design with its headline, these blocks and its way on."""
    stream = [block for block in design.body.get_prep_value() if block["type"] in ("headline", "qr_call")]
    design.body = [stream[0], *blocks, *stream[1:]]
    design.save()
    design.save_revision()
    return Infographic.objects.get(pk=design.pk)


@pytest.fixture
def mapped(design, island, lantern) -> Infographic:
    return with_blocks(design, a_map(island, "Northern coast", "delta"), logos(lantern))


def wrong(design: Infographic) -> dict[str, object]:
    """What the editor's form says of the second block, by its fields."""
    with pytest.raises(StreamBlockValidationError) as refused:
        design.body.stream_block.clean(design.body)
    return refused.value.as_json_data()["blockErrors"][1]


def test_both_blocks_ask_for_a_drawing_of_the_library():
    assert FORMS["map"].child_blocks["artwork"].target_model is Drawing
    assert FORMS["logos"].child_blocks["partners"].child_block.child_blocks["artwork"].target_model is Drawing


def test_what_an_editor_chooses_is_kept_and_shown_again_by_its_picture(design, island, lantern, enter):
    address = reverse(Infographic.snippet_viewset.get_url_name("edit"), args=[design.pk])
    editor = enter("editor")
    stream = [*design.body.get_prep_value(), a_map(island, "Northern coast"), logos(lantern)]

    answer = editor.post(
        address, {**shown(editor.get(address).content), **dict(posted(design.body.stream_block, stream, "body"))}
    )

    assert answer.status_code == 302
    kept = Infographic.objects.get(pk=design.pk).get_latest_revision_as_object()
    assert referenced(kept.body).drawings == [island, lantern]
    page = editor.get(address).content.decode()
    assert island.likeness.url in page
    assert "infographics/places.js" in page


def test_a_place_that_is_not_on_the_map_is_named_beside_its_row(design, island):
    told = wrong(with_blocks(design, a_map(island, "Delta", "Northern cost")))

    ((row, error),) = told["blockErrors"]["places"]["blockErrors"].items()
    assert str(row) == "1"
    (sentence,) = error["blockErrors"]["place"]["messages"]
    assert sentence.startswith("“Northern cost” is no name in “An invented island”. ")
    assert sentence.endswith("such as Northern coast.")


def test_a_map_that_nobody_approved_is_not_taken(design, lantern):
    told = wrong(with_blocks(design, a_map(lantern, "Harbour")))

    (sentence,) = told["blockErrors"]["artwork"]["messages"]
    assert sentence == "Nobody has approved “Lantern Fund” as a map. Say who did, in the library."


def test_a_partner_has_one_logo(design):
    told = wrong(with_blocks(design, {"type": "logos", "value": {"partners": [item(name="Lantern Fund")]}}))

    (row,) = told["blockErrors"]["partners"]["blockErrors"].values()
    assert row["messages"] == ["Lantern Fund has no logo, or two. Give artwork or a picture."]


def test_it_is_frozen_with_its_file_its_credit_and_who_approved_it(mapped, island, lantern):
    frozen = mapped.frozen()

    assert frozen.drawings == {island, lantern}
    shown = next(block for block in frozen.spec["blocks"] if block["block"] == "map")["artwork"]
    assert shown["path"] == f"{island.sha256}.svg"
    assert (shown["approved_by"], shown["as_of"]) == (island.approved_by, island.as_of)
    assert {("Map: Attaché, of an invented island", "Apache-2.0"), ("Drawing: Attaché", "Apache-2.0")} <= set(
        frozen.credits
    )


def test_an_icon_of_a_fact_is_chosen_frozen_and_drawn_as_a_logo_is(design, submit, lantern):
    design.placements = ["instagram.feed_portrait"]
    edition = submit(with_blocks(design, facts(lantern))).submission.edition

    listed = next(block for block in edition.spec["blocks"] if block["block"] == "facts_list")
    assert listed["rows"][0]["icon"]["path"] == f"{lantern.sha256}.svg"
    assert listed["rows"][1].get("icon") is None
    assert [row.drawing for row in EditionDrawing.objects.filter(edition=edition)] == [lantern]
    (variant,) = Variant.objects.filter(edition=edition, mission=None)
    assert (variant.state, variant.problem) == (Variant.State.READY, "")


def test_another_file_of_the_same_drawing_is_other_content_and_another_title_is_not(mapped, island, artwork):
    before = mapped.frozen()

    Drawing.objects.filter(pk=island.pk).update(title="Our island")
    assert Infographic.objects.get(pk=mapped.pk).frozen().content == before.content

    changed = (artwork / "island.svg").read_bytes().replace(b"fill-rule", b"fill-rule ").replace(b"#cfd6d6", b"#cfd6d7")
    words = {"title": "Our island", "approved_by": "The Surveyor", "as_of": "2027"}
    form = DrawingForm(
        words, {"file": SimpleUploadedFile("island.svg", changed)}, instance=Drawing.objects.get(pk=island.pk)
    )
    assert form.is_valid(), form.errors
    form.save()
    assert Infographic.objects.get(pk=mapped.pk).frozen().content != before.content


def test_the_preview_draws_it(mapped, people):
    request = {"user": people["editor"]}

    page = mapped.make_preview_request(preview_mode="x.post", extra_request_attrs=request).content.decode()

    assert "data:image/webp;base64," in page
    assert "no name" not in page


def test_a_place_that_is_gone_from_the_map_is_said_in_the_draft_and_at_submission(mapped, island):
    Drawing.objects.filter(pk=island.pk).update(names=["Delta"])
    changed = Infographic.objects.get(pk=mapped.pk)
    sentence = "Map: “Northern coast” is no name in “An invented island”. Choose one of those that are offered, such as"

    assert any(missing.startswith(sentence) for missing in changed.sketch().missing)
    with pytest.raises(NotReady, match="“Northern coast” is no name"):
        changed.frozen()


def test_the_worker_draws_it_from_the_frozen_file(design, submit, island):
    design.placements = ["instagram.feed_portrait"]
    edition = submit(with_blocks(design, a_map(island, "Northern coast", "Delta"))).submission.edition

    (frozen,) = EditionDrawing.objects.filter(edition=edition)
    (variant,) = Variant.objects.filter(edition=edition, mission=None)
    assert (frozen.sha256, frozen.key) == (island.sha256, island.file.name)
    assert (variant.state, variant.problem) == (Variant.State.READY, "")
    assert [finding["message"] for finding in variant.findings if "map" in finding["message"]] == []


def test_expired_rights_stand_in_the_way_of_approval_and_stop_what_has_left(
    mapped, submit, approve, island, people, rabat
):
    state = submit(mapped)
    variant = state.submission.edition.variants.get(placement="x.post", mission=None)
    approve(state)
    assert may_leave(variant, rabat)

    Drawing.objects.filter(pk=island.pk).update(rights_until=Now() - timedelta(seconds=1))

    assert not may_leave(variant, rabat)
    assert not may_leave(variant, PUBLIC)
    assert any("“An invented island” has ended" in told for told in obstacles(state.submission, people["approver"]))


def test_the_page_of_a_drawing_says_which_designs_show_it(mapped, island, enter):
    assert "Used 1 time" in enter("designer").get(reverse("drawings:edit", args=[island.pk])).content.decode()
    assert mapped.title in enter("admin").get(reverse("drawings:usage", args=[island.pk])).content.decode()


@pytest.mark.parametrize("stage", ["draft", "edition"])
def test_what_a_draft_or_an_edition_shows_is_not_deleted(stage, mapped, submit, island, enter):
    if stage == "edition":
        submit(mapped)
        with_blocks(mapped)

    answer = enter("designer").post(reverse("drawings:delete", args=[island.pk]), follow=True)

    assert mapped.title in answer.content.decode()
    assert Drawing.objects.filter(pk=island.pk).exists()
    assert mapped.title in set(users_of(island))


def test_a_drawing_that_is_gone_is_named(mapped, island, lantern):
    Drawing.objects.filter(pk=lantern.pk)._raw_delete("default")

    (sentence,) = vanished(Infographic.objects.get(pk=mapped.pk).body)

    assert sentence == "Logos shows a map or logo that no longer exists. Choose another."


def test_its_credit_travels_in_the_package(mapped, submit, approve, rabat, people, at_commit):
    edition = approve(submit(mapped))
    with at_commit():
        made = order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])
    with default_storage.open(Package.objects.get(pk=made.pk).file.key) as stored:
        manifest = json.loads(ZipFile(BytesIO(stored.read())).read("manifest.json"))

    named = {credit["credit"] for entry in manifest["files"] for credit in entry["credits"]}
    assert "Map: Attaché, of an invented island" in named


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_demo_has_a_map_of_a_drawing_in_the_library(language, artwork):
    design = load.design("exercise", language, Campaign.objects.get(slug="digital-diplomacy"))

    (drawing,) = design.frozen().drawings
    assert drawing.title == "bay.geojson"
    assert drawing.has_part("Old Harbour")
    assert len(design.placements) == 4
