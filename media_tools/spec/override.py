"""What one placement shows in another way than the rest. Blocks are named by keys, so they may move and change."""

from pydantic import Field

from media_tools.spec import Spec, Words
from media_tools.spec.picture import Share


class Crop(Spec):
    """Another part of a picture."""

    block: str = Field(min_length=1, description="Key of the block that shows it.")
    picture: int = Field(default=0, ge=0, description="Its place in the block, from 0.")
    focal: tuple[Share, Share] = Field(description="The centre of what is to be seen, as shares from the top left.")


class Override(Spec):
    """The differences of one placement. What is not named here follows the story, and so its later edits."""

    placement: str = Field(description="Name of the placement, such as instagram.story.")
    headline: Words = Field(default="", max_length=140, description="Another headline; empty: the story's.")
    hidden: tuple[str, ...] = Field(default=(), description="Keys of the blocks that are not shown.")
    order: tuple[str, ...] = Field(
        default=(), description="Keys of the blocks that come first, in this order; the others follow in the story's."
    )
    crops: tuple[Crop, ...] = Field(default=(), description="Other parts of pictures.")
