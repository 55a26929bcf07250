from media_tools.infographic import BLOCKS, Infographic
from media_tools.spec.picture import pictures_in


def test_pictures_are_found_with_the_field_that_they_stand_in():
    blocks = [BLOCKS[name].example() for name in ("headline", "photo", "photo_grid")]
    story = Infographic.model_validate({"version": 1, "language": "en", "blocks": blocks})

    found = [(field, picture.path) for field, picture in pictures_in(story.blocks, "blocks")]

    assert found == [
        ("blocks[1].picture", "bay.jpg"),
        ("blocks[2].photos[0]", "bay.jpg"),
        ("blocks[2].photos[1]", "crowd.jpg"),
        ("blocks[2].photos[2]", "pavilion.jpg"),
    ]


def test_every_block_tells_of_every_picture_that_it_holds():
    for block in BLOCKS.values():
        example = block.example()

        assert [picture for _field, picture in pictures_in(example, "")] == list(example.pictures())
