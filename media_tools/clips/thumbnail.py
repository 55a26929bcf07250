"""What stands for a clip until it plays: a moment of its footage under a few words."""

from dataclasses import replace

from PIL import Image

from media_tools.clips.cards import Card
from media_tools.clips.film_time import FilmTime
from media_tools.clips.framed import laid_over
from media_tools.clips.overlay import clip_page, standing_mark
from media_tools.clips.story import FPS, Clip, TitleCard
from media_tools.clips.title_card import title_card
from media_tools.draw import draw_small
from media_tools.layout.text import Typesetter
from media_tools.platforms import Placement
from media_tools.spec.brand import Brand

_EARLY = 0.30  # of the clip's length


def moment(clip: Clip, time: FilmTime) -> float:
    """Which second of the footage's file stands for the clip: the one that is asked for, or one from the first third.

    Where the cut ends with a file that nobody has read, that is the first second.
    """
    if clip.thumbnail.at is not None:
        return clip.thumbnail.at
    known = all(each.end is not None for each in clip.footage.ranges)
    return time.second_at(round(_EARLY * time.frames) if known else FPS)


def thumbnail_words(clip: Clip, placement: Placement, brand: Brand, typesetter: Typesetter) -> Card:
    """The words of the thumbnail, set as a title card is. Raises DoesNotFit where they have no room."""
    short = clip.model_copy(update={"title": clip.thumbnail.title or clip.title})
    return title_card(short, clip.title_card or TitleCard(), placement, brand, typesetter)


def under(
    picture: Image.Image, card: Card, clip: Clip, placement: Placement, brand: Brand, typesetter: Typesetter
) -> Image.Image:
    """`picture`, of the frame's proportions, under a card and the mark."""
    page = clip_page(clip, placement, brand, typesetter)
    frame = replace(card.frame, items=(*card.frame.items, standing_mark(page)))
    return laid_over(picture, draw_small(frame, typesetter, picture.width / page.size.width))
