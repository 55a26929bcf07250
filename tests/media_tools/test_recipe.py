import json
import random
import shutil
from datetime import date

import pytest
from PIL import Image

from media_tools.infographic import BLOCKS, Infographic
from media_tools.platforms import placements
from media_tools.recipe import Recipe, canonical_json, content_digest, ingredients
from media_tools.spec.brand import Brand
from media_tools.studio import Studio

PLACEMENT = placements()["zalo.post"]
RECIPE = Recipe("0" * 64, PLACEMENT, "jpeg")


def shuffled(value: object, by: random.Random) -> object:
    """The same JSON with its keys in another order."""
    match value:
        case dict():
            keys = by.sample(list(value), len(value))
            return {key: shuffled(value[key], by) for key in keys}
        case list():
            return [shuffled(item, by) for item in value]
        case _:
            return value


@pytest.fixture
def folder(pictures, tmp_path):
    shutil.copy(pictures / "crowd.jpg", tmp_path / "crowd.jpg")
    return tmp_path


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_keys_is_no_difference(missions, kit, pictures, seed):
    by = random.Random(seed)  # noqa: S311
    story = Infographic.model_validate(shuffled(missions.model_dump(mode="json"), by))
    brand = Brand.model_validate(shuffled(kit.model_dump(mode="json"), by))

    assert canonical_json(shuffled(missions.model_dump(mode="json"), by)) == canonical_json(
        missions.model_dump(mode="json")
    )
    assert content_digest(story, brand, Studio(pictures).sha256) == content_digest(
        missions, kit, Studio(pictures).sha256
    )


def test_canonical_json_has_one_spelling():
    text = canonical_json({"b": [1, 2.5, None], "a": "Việt Nam"})

    assert text.decode() == '{"a":"Việt Nam","b":[1,2.5,null]}'
    assert json.loads(text) == {"a": "Việt Nam", "b": [1, 2.5, None]}


def test_canonical_json_has_no_word_for_what_is_no_number():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json(float("nan"))


def test_a_fingerprint_is_32_hex_digits_and_the_same_for_the_same_recipe():
    again = Recipe("0" * 64, PLACEMENT.model_copy(), "jpeg")

    assert again.fingerprint == RECIPE.fingerprint
    assert len(RECIPE.fingerprint) == 32
    assert int(RECIPE.fingerprint, 16) >= 0


@pytest.mark.parametrize(
    "other",
    [
        Recipe("1" * 64, PLACEMENT, "jpeg"),
        Recipe("0" * 64, placements()["x.post"], "jpeg"),
        Recipe("0" * 64, PLACEMENT.model_copy(update={"width": PLACEMENT.width + 1}), "jpeg"),
        Recipe("0" * 64, PLACEMENT.model_copy(update={"limits": {"max_dimension": 1}}), "jpeg"),
        Recipe("0" * 64, PLACEMENT, "png"),
        Recipe("0" * 64, PLACEMENT, "jpeg", mission="tokyo"),
        Recipe("0" * 64, PLACEMENT, "jpeg", drawing=RECIPE.drawing + 1),
    ],
    ids=["content", "placement", "width", "limits", "format", "mission", "drawing"],
)
def test_every_ingredient_changes_the_fingerprint(other):
    assert other.fingerprint != RECIPE.fingerprint


@pytest.mark.parametrize("name", placements())
def test_every_placement_has_a_fingerprint_of_its_own(name):
    others = {Recipe("", each, "png").fingerprint for each in placements().values() if each.name != name}

    assert Recipe("", placements()[name], "png").fingerprint not in others


@pytest.mark.parametrize(
    "change",
    [
        lambda story: story.update(date="Late 2026"),
        lambda story: story.update(language="en-GB"),
        lambda story: story.update(theme="frame"),
        lambda story: story["blocks"][0].update(text="Eight in ten missions now speak on social media"),
        lambda story: story["blocks"][1]["figures"][0].update(value=71),
        lambda story: story["blocks"][2]["picture"].update(focal=[0.1, 0.1]),
        lambda story: story["blocks"][2]["picture"].update(alt="Another description"),
        lambda story: story["blocks"].reverse(),
    ],
    ids=["date", "language", "theme", "word", "amount", "focal", "alt", "order"],
)
def test_a_changed_story_is_another_content(missions, kit, pictures, change):
    changed = json.loads(missions.model_dump_json())
    change(changed)

    digests = {
        content_digest(story, kit, Studio(pictures).sha256) for story in (missions, Infographic.model_validate(changed))
    }

    assert len(digests) == 2


def test_a_changed_brand_is_another_content(missions, kit, pictures):
    colours = kit.colours.model_copy(update={"accent": "#C43A1E"})

    digests = {
        content_digest(missions, brand, Studio(pictures).sha256)
        for brand in (kit, kit.model_copy(update={"colours": colours}))
    }

    assert len(digests) == 2


def test_a_picture_counts_by_its_bytes_and_not_by_its_name(missions, kit, folder):
    before = content_digest(missions, kit, Studio(folder).sha256)
    (folder / "crowd.jpg").rename(folder / "visitors.jpg")
    renamed = Infographic.model_validate_json(missions.model_dump_json().replace("crowd.jpg", "visitors.jpg"))
    after = content_digest(renamed, kit, Studio(folder).sha256)

    with Image.open(folder / "visitors.jpg") as picture:
        picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(folder / "visitors.jpg")
    redrawn = content_digest(renamed, kit, Studio(folder).sha256)

    assert after == before
    assert redrawn != before


def test_every_picture_of_a_block_counts_by_its_bytes(missions, kit, folder):
    """Also those in a list, or in fields of other names."""
    shutil.copy(folder / "crowd.jpg", folder / "bay.jpg")
    blocks = [block for block in missions.blocks if not block.pictures()]
    photos = [{"path": "bay.jpg", "alt": "A bay."}, {"path": "crowd.jpg", "alt": "A crowd."}]
    grid = BLOCKS["photo_grid"].model_validate({"photos": photos})
    before = missions.model_copy(update={"blocks": (*blocks, grid)})
    first = content_digest(before, kit, Studio(folder).sha256)

    (folder / "crowd.jpg").rename(folder / "visitors.jpg")
    renamed = Infographic.model_validate_json(before.model_dump_json().replace("crowd.jpg", "visitors.jpg"))
    second = content_digest(renamed, kit, Studio(folder).sha256)
    with Image.open(folder / "visitors.jpg") as picture:
        picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(folder / "visitors.jpg")
    third = content_digest(renamed, kit, Studio(folder).sha256)

    assert second == first
    assert third != first


def test_a_field_that_a_later_release_adds_changes_nothing_that_was_approved(missions, kit):
    class Later(type(missions)):
        mood: str = ""

    later = Later.model_validate(missions.model_dump())

    assert content_digest(later, kit, str) == content_digest(missions, kit, str)
    assert content_digest(later.model_copy(update={"mood": "calm"}), kit, str) != content_digest(missions, kit, str)


def test_blocks_of_two_kinds_with_the_same_fields_are_two_contents():
    def told(kind: str) -> Infographic:
        headline = {"block": "headline", "text": "Nine ports"}
        rows = [{"label": name, "value": value} for name, value in (("North", 4), ("South", 5))]
        return Infographic.model_validate(
            {"version": 1, "language": "en", "blocks": [headline, {"block": kind, "title": "Ports", "rows": rows}]}
        )

    assert "block" in ingredients(told("bar_chart"), str)["blocks"][1]


def test_reading_a_platforms_page_again_renames_no_file():
    slot = placements()["instagram.story"]
    read_again = slot.model_copy(update={"checked": date(2027, 1, 1), "source": "Elsewhere", "note": "Read."})

    assert Recipe("c", read_again, "jpeg").fingerprint == Recipe("c", slot, "jpeg").fingerprint
    assert Recipe("c", slot.model_copy(update={"width": 9}), "jpeg") != Recipe("c", slot, "jpeg")
