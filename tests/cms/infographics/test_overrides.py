"""One placement differs from the rest: designers say so once, and it outlives what is written later."""

import json
from collections.abc import Callable, Iterator

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Locale

from cms.accounts.models import User
from cms.infographics.chosen import Reading
from cms.infographics.inputs import BLOCK_FORMS
from cms.infographics.models import Infographic
from cms.infographics.override_input import OverridesComparison
from cms.library.models import Image
from cms.variants.models import Variant
from media_tools.infographic import Infographic as Story
from tests.cms.infographics.test_picture_rows import with_grid

STORY, POST = "instagram.feed_square", "x.post"


def ids(design: Infographic) -> dict[str, str]:
    """The id of each block by its kind."""
    return {child.block_type: child.id for child in design.body}


def image_of(design: Infographic, kind: str = "photo") -> Image:
    return next(child for child in design.body if child.block_type == kind).value["picture"]["image"]


def every_difference(design: Infographic) -> dict[str, object]:
    blocks = ids(design)
    return {
        "placement": STORY,
        "headline": "Ten thousand in a day",
        "hidden": [blocks["qr_call"]],
        "order": [blocks["photo"]],
        "crops": [{"block": blocks["photo"], "image": image_of(design).pk, "focal": [0.1, 0.9]}],
    }


def kept(design: Infographic, *overrides: dict[str, object]) -> Infographic:
    """The design with these, as a draft that was read back."""
    design.overrides = list(overrides)
    design.full_clean()
    design.save()
    design.save_revision(user=User.objects.get(username="editor"))
    return Infographic.objects.get(pk=design.pk)


def told(design: Infographic) -> Story:
    return Story.model_validate(design.raw(Reading(design.language)))


def kinds(story: Story, placement: str) -> list[str]:
    return [block.block for block in story.on(placement).blocks]


def posted(block: blocks.Block, value: object, prefix: str) -> Iterator[tuple[str, str]]:
    """What a browser sends of a block, whose inputs a script has written."""
    match block:
        case blocks.StreamBlock() | blocks.ListBlock():
            rows = list(value)
            yield f"{prefix}-count", str(len(rows))
            for number, row in enumerate(rows):
                own = f"{prefix}-{number}"
                kind = block.child_blocks[row["type"]] if isinstance(block, blocks.StreamBlock) else block.child_block
                yield from {f"{own}-deleted": "", f"{own}-order": str(number), f"{own}-id": row["id"]}.items()
                yield f"{own}-type", row["type"]
                yield from posted(kind, row["value"], f"{own}-value")
        case blocks.StructBlock():
            for name, child in block.child_blocks.items():
                yield from posted(child, (value or {}).get(name), f"{prefix}-{name}")
        case blocks.BooleanBlock():
            yield from [(prefix, "on")] if value else []
        case _:
            yield prefix, "" if value is None else str(value)


def shown(page: bytes) -> dict[str, list[str]]:
    """What a browser sends of the editor's form as it stands on the page, without the blocks."""
    form = BeautifulSoup(page, "html.parser").select_one("#w-editor-form")
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        off = field.get("type") in ("checkbox", "radio") and not field.has_attr("checked")
        if off or field.get("type") in ("file", "submit") or field.find_parent("template"):
            continue
        values = [field.get("value", "")]
        if field.name == "textarea":
            values = [field.get_text()]
        if field.name == "select":
            values = [option["value"] for option in field.select("option[selected]")]
        sent.setdefault(field["name"], []).extend(values)
    return sent


@pytest.fixture
def address(design) -> str:
    return reverse(Infographic.snippet_viewset.get_url_name("edit"), args=[design.pk])


@pytest.fixture
def save(design, address, enter) -> Callable[..., HttpResponse]:
    """Open the design in the editor, let placements differ, press Save draft."""

    def save(overrides: object, name: str = "editor") -> HttpResponse:
        client = enter(name)
        body = posted(design.body.stream_block, design.body.get_prep_value(), "body")
        sent = {**shown(enter("editor").get(address).content), **dict(body)}
        sent["overrides"] = overrides if isinstance(overrides, str) else json.dumps(overrides)
        return client.post(address, sent)

    return save


def saved(design: Infographic) -> list[dict[str, object]]:
    return Infographic.objects.get(pk=design.pk).get_latest_revision_as_object().overrides


def test_no_form_of_a_block_asks_for_its_key():
    asked = {(name, field) for name, form in BLOCK_FORMS for field in form.child_blocks}

    assert {(name, field) for name, field in asked if field in ("key", "block")} == set()
    assert ("headline", "text") in asked


def test_what_is_said_in_the_editor_is_kept_in_the_draft_and_shown_again(save, design, address, enter):
    answer = save([every_difference(design)])

    assert answer.status_code == 302
    assert saved(design) == [every_difference(design)]
    (again,) = shown(enter("editor").get(address).content)["overrides"]
    assert json.loads(again) == [every_difference(design)]


def test_a_placement_that_differs_in_nothing_is_not_kept(save, design):
    save([{"placement": STORY, "headline": " ", "hidden": [], "order": [], "crops": []}])

    assert saved(design) == []


def test_each_difference_is_told_to_the_library_by_its_block(design):
    blocks = ids(design)

    story = told(kept(design, every_difference(design)))

    (override,) = story.overrides
    assert (override.placement, override.headline) == (STORY, "Ten thousand in a day")
    assert (override.hidden, override.order) == ((blocks["qr_call"],), (blocks["photo"],))
    assert [(crop.block, crop.picture, crop.focal) for crop in override.crops] == [(blocks["photo"], 0, (0.1, 0.9))]
    assert kinds(story, STORY) == ["photo", "headline", "key_figures"]
    assert kinds(story, POST) == kinds(told(design), POST)


def test_only_blocks_that_are_spoken_of_have_a_key(design):
    blocks = ids(design)

    story = told(kept(design, {"placement": STORY, "hidden": [blocks["photo"]]}))

    assert {block.block: block.key for block in story.blocks if block.key} == {"photo": blocks["photo"]}
    assert all(not block.key for block in told(kept(design)).blocks)


def test_it_is_frozen_with_the_design_and_equal_content_stays_equal(design):
    before = design.frozen()

    after = kept(design, every_difference(design)).frozen()

    assert [override["placement"] for override in after.spec["overrides"]] == [STORY]
    assert after.content != before.content
    assert kept(design).frozen().content == before.content


def test_a_placement_that_is_not_ticked_changes_nothing_until_it_is(design):
    difference = {"placement": "instagram.story", "headline": "Kept for later"}

    idle = kept(design, difference)

    assert told(idle).overrides == ()
    assert idle.frozen().content == kept(design).frozen().content
    idle.placements = [*idle.placements, "instagram.story"]
    assert told(kept(idle, difference)).on("instagram.story").headline.text == "Kept for later"


def test_a_placement_that_has_left_the_sheet_is_in_nobodys_way(design):
    design.overrides = [{"placement": "myspace.post", "headline": "For an older release"}]

    assert told(design).overrides == ()
    assert design.sketch().spec["overrides"] == []
    compared = OverridesComparison(Infographic._meta.get_field("overrides"), Infographic(), design)
    assert "myspace.post: another headline: “For an older release”" in compared.val_b


def test_only_the_files_of_that_placement_look_different(design, submit):
    files = []
    for differences in ([], [every_difference(design)]):
        edition = submit(kept(design, *differences)).submission.edition
        files.append({row.placement: row.file.sha256 for row in Variant.objects.filter(edition=edition, mission=None)})
        Infographic.objects.get(pk=design.pk).current_workflow_state.cancel()

    before, after = files
    assert set(before) == set(after) == {STORY, POST}
    assert {name for name in before if before[name] != after[name]} == {STORY}


def moved(design: Infographic) -> Infographic:
    """The story as somebody wrote on: turned round, one block gone, one new, the headline in other words."""
    stream = [block for block in design.body.get_prep_value() if block["type"] != "key_figures"][::-1]
    next(block for block in stream if block["type"] == "headline")["value"]["text"] = "Twelve thousand came"
    design.body = [{"type": "steps", "value": {"steps": []}}, *stream]
    return design


def test_it_survives_later_changes_of_the_story(design):
    blocks, difference = ids(design), every_difference(design)
    difference["order"] = [blocks["photo"], blocks["key_figures"]]

    later = kept(moved(kept(design, difference)), difference)

    (override,) = later.raw(Reading("en"))["overrides"]
    assert override["headline"] == "Ten thousand in a day"
    assert (override["hidden"], override["order"]) == ([blocks["qr_call"]], [blocks["photo"]])
    assert later.overrides == [difference]  # nothing is lost that nobody took out


def test_a_picture_that_moved_to_another_row_keeps_its_focal_point(design):
    first, second = Image.objects.order_by("title")[:2]
    grids = [with_grid(design, rows) for rows in ([first, second], [second, first])]

    places = []
    for grid in grids:
        block = ids(grid)["photo_grid"]
        crop = {"block": block, "image": second.pk, "focal": [0.2, 0.3]}
        (override,) = told(kept(grid, {"placement": STORY, "crops": [crop]})).overrides
        places.append([crop.picture for crop in override.crops])

    assert places == [[1], [0]]


def test_another_image_in_its_place_is_not_cut_where_the_old_one_was(design):
    block, other = ids(design)["photo"], Image.objects.exclude(pk=image_of(design).pk)[0]

    story = told(kept(design, {"placement": STORY, "crops": [{"block": block, "image": other.pk, "focal": [0, 0]}]}))

    assert story.overrides == ()


def test_the_preview_shows_it_while_the_block_is_unfinished(design, people):
    difference = every_difference(design)
    stream = design.body.get_prep_value()
    next(block for block in stream if block["type"] == "photo")["value"]["picture"] = {"image": None, "alt": ""}
    design.body, design.overrides = stream, [difference]

    sketch = design.sketch()

    (override,) = sketch.spec["overrides"]
    assert (override["headline"], override["order"], override["crops"]) == ("Ten thousand in a day", [], [])
    assert any("Photo" in sentence for sentence in sketch.missing)


def test_a_translation_begins_with_the_same_differences(design):
    source = kept(design, every_difference(design))

    copy = source.copy_for_translation(Locale.objects.get(language_code="vi"))
    copy.save()
    copy = Infographic.objects.get(pk=copy.pk)

    assert ids(copy) == ids(source)
    assert copy.overrides == source.overrides
    assert [override.hidden for override in told(copy).overrides] == [(ids(source)["qr_call"],)]


def test_a_copy_begins_with_the_same_differences(design, enter):
    source = kept(design, every_difference(design))

    page = enter("editor").get(reverse(Infographic.snippet_viewset.get_url_name("copy"), args=[source.pk])).content

    assert json.loads(shown(page)["overrides"][0]) == source.overrides
    assert all(key in page.decode() for key in ids(source).values())


def test_an_older_version_brings_its_own_differences_back(design):
    first = kept(design, every_difference(design)).latest_revision
    kept(design)

    assert first.as_object().overrides == [every_difference(design)]
    assert saved(design) == []


def test_two_versions_are_compared_in_words(design):
    before, after = kept(design), kept(design, every_difference(design))
    panel = Infographic.snippet_viewset.get_edit_handler()

    compared = OverridesComparison(Infographic._meta.get_field("overrides"), before, after)

    text = BeautifulSoup(compared.htmldiff(), "html.parser").get_text()
    assert "Instagram feed square: another headline: “Ten thousand in a day”" in text
    assert "not shown: QR call: " in text
    assert "first come: Photo: " in text
    assert f"{image_of(design).title} around 10 % from the left, 90 % from the top" in text
    assert not {*ids(design).values()} & {*text.split()}
    comparisons = [each(before, after) for each in panel.get_bound_panel(instance=after).get_comparison()]
    assert any(isinstance(each, OverridesComparison) and each.has_changed() for each in comparisons)


NOT_OURS = "What was sent is not what this page writes."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ("{", NOT_OURS),
        ("[" * 100_000, NOT_OURS),
        ('{"placement": "x.post"}', NOT_OURS),
        ('["x.post"]', NOT_OURS),
        ("3", NOT_OURS),
        ('[{"placement": "myspace.post"}]', "name “myspace.post”, which is no placement. Take it out."),
        ('[{"placement": "x.post"}, {"placement": "x.post"}]', "name X post twice. Keep one."),
        ('[{"placement": "x.post", "headline": "%s"}]' % ("w" * 141), "X post: headline: has 141, and"),
        ('[{"placement": "x.post", "hidden": "all"}]', "X post: hidden:"),
        ('[{"placement": "x.post", "colour": "red"}]', "X post: colour: is not a field we know."),
        ('[{"placement": "x.post", "crops": [{"block": "a", "image": 1, "focal": [0, 2]}]}]', "X post: crops 0: focal"),
        ('[{"headline": "Nowhere"}]', "1: placement: is missing."),
    ],
    ids=["broken", "deep", "one alone", "names only", "a number", "no placement of ours", "twice", "too long",
         "no list", "unknown field", "outside the picture", "of no placement"],
)  # fmt: skip
def test_what_is_not_ours_is_refused_in_a_sentence_and_nothing_is_lost(sent, sentence, save, design):
    kept(design, every_difference(design))

    answer = save(sent)

    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    assert sentence in page.get_text(" ", strip=True)
    assert page.select_one("[name=overrides]").get_text() == sent
    assert saved(design) == [every_difference(design)]


def test_a_row_written_by_other_means_is_checked_as_well(design):
    design.overrides = [{"placement": STORY, "headline": "w" * 141}]

    with pytest.raises(ValidationError, match="has 141, and 140 is the most"):
        design.full_clean()


def test_headlines_are_never_taken_for_markup(save, design, address, enter):
    save([{"placement": STORY, "headline": "</textarea><script>5 < 6 & so on"}])

    page = enter("editor").get(address).content
    assert b"</textarea><script>5" not in page
    assert json.loads(shown(page)["overrides"][0])[0]["headline"] == "</textarea><script>5 < 6 & so on"


@pytest.mark.parametrize("name", ["designer", "approver", "rabat"])
def test_who_may_not_write_the_design_may_not_let_it_differ(name, save, design):
    answer = save([every_difference(design)], name)

    assert answer.status_code == 302
    assert saved(design) == []


def test_focal_points_of_the_library_are_told_to_those_who_write_designs(design, enter):
    image = image_of(design)
    image.focal_point_x, image.focal_point_y = image.width // 4, image.height // 2
    image.save()
    address = f"{reverse('focal_points')}?image={image.pk}&image=987654&image=x"

    assert enter("editor").get(address).json() == {str(image.pk): list(image.focal)}
    assert enter("approver").get(address).status_code == 302
    assert enter("rabat").get(address).status_code == 302


def test_no_block_asks_for_more_than_the_fields_that_the_script_reads():
    """It finds pictures by their field's name: one of another name could not be cut."""
    found = {name for form in dict(BLOCK_FORMS).values() for name in images_in(form)}

    assert found == {"image"}


def images_in(block: blocks.Block, name: str = "") -> Iterator[str]:
    match block:
        case ImageChooserBlock():
            yield name
        case blocks.StructBlock():
            for own, child in block.child_blocks.items():
                yield from images_in(child, own)
        case blocks.ListBlock():
            yield from images_in(block.child_block, "value")
