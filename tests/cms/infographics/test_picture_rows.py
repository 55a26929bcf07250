"""A block that shows several pictures asks for them as one that shows one does, a row each."""

import pytest

from cms.editions.refusals import InUse
from cms.infographics.chosen import PictureForm, Reading
from cms.infographics.inputs import BLOCK_FORMS
from cms.infographics.models import Infographic
from cms.infographics.references import referenced, vanished
from cms.library.models import Image

FORM = dict(BLOCK_FORMS)["photo_grid"]


def with_grid(design: Infographic, images: list[Image]) -> Infographic:
    photos = [
        {"type": "item", "value": {"image": image.pk, "alt": ""}, "id": str(number)}
        for number, image in enumerate(images)
    ]
    stream = [block for block in design.body.get_prep_value() if block["type"] != "photo"]
    design.body = [*stream, {"type": "photo_grid", "value": {"photos": photos}}]
    design.save()
    return Infographic.objects.get(pk=design.pk)


def test_each_row_asks_for_an_image_and_its_alt_text():
    rows = FORM.child_blocks["photos"]

    assert isinstance(rows.child_block, PictureForm)
    assert (rows.meta.min_num, rows.meta.max_num) == (2, 4)


def test_the_pictures_are_read_in_their_order_with_what_the_library_says_of_them(design):
    images = list(Image.objects.order_by("title")[:2])
    grid = with_grid(design, images).body[-1]

    read = grid.block.read(grid.value, Reading("en"))

    assert [photo["path"] for photo in read["photos"]] == [image.file_name for image in images]
    assert [photo["alt"] for photo in read["photos"]] == [image.description for image in images]
    assert [photo["credit"] for photo in read["photos"]] == [image.credit for image in images]


def test_a_design_with_a_grid_can_be_frozen_with_its_images(design):
    images = list(Image.objects.order_by("title")[:2])

    frozen = with_grid(design, images).frozen()

    assert set(images) <= frozen.images
    assert frozen.spec["blocks"][-1]["block"] == "photo_grid"


def test_an_image_that_a_grid_shows_cannot_be_deleted(design):
    images = list(Image.objects.order_by("title")[:2])
    with_grid(design, images)

    with pytest.raises(InUse, match=design.title):
        images[1].delete()


def test_a_picture_of_a_grid_that_is_gone_is_named(design):
    here, gone = Image.objects.order_by("title")[0], Image(pk=987654)

    changed = with_grid(design, [here, gone])

    assert here in referenced(changed.body).images
    assert len(vanished(changed.body)) == 1
