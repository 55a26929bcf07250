"""What a clip will look like, before it is made: one picture of it, and its cards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from media_tools.clips.captions import Captioner, Heard, heard, showings
from media_tools.clips.cards import Card, end_card
from media_tools.clips.film_time import FilmTime
from media_tools.clips.framed import framed, laid_over
from media_tools.clips.lower_thirds import seen
from media_tools.clips.overlay import Standing, clip_page, standing_mark
from media_tools.clips.story import Clip
from media_tools.clips.thumbnail import moment, thumbnail_words, under
from media_tools.clips.title_card import title_card
from media_tools.draw import draw_small
from media_tools.errors import InvalidInput
from media_tools.layout.frame import Frame, Placed
from media_tools.layout.text import Typesetter
from media_tools.open.folder import inside
from media_tools.open.moving_pictures import frame_at
from media_tools.platforms import Placement
from media_tools.preview import Preview, preview_of
from media_tools.spec.brand import Brand
from media_tools.spec.geometry import Point, Size


@dataclass
class Viewer:
    """Looks at clips whose footage lies in one folder; the last frame that was decoded is kept."""

    folder: Path
    typesetter: Typesetter
    _last: dict[tuple[str, float], Image.Image] = field(default_factory=dict)

    def frame(self, clip: Clip, brand: Brand, placement: Placement, width: int) -> Preview:
        """The first caption on its picture, cut for `placement`, with who is named then; without captions, who is named
        first, or else a picture from the first third.

        Raises CannotOpen for the footage and InvalidInput for a brand that cannot be used.
        """
        page = clip_page(clip, placement, brand, self.typesetter)
        time = FilmTime.of(clip.footage)
        said = next(iter(heard(clip.captions.cues, time)), None)
        named = seen(clip.lower_thirds, page, time)
        at = next((_middle(when) for when in (*([said.when] if said else []), *(each.when for each in named))), None)
        second = moment(clip, time) if at is None else time.second_at(at)
        scale = min(1.0, width / page.size.width)
        picture = framed(
            self._decoded(clip, second), _scaled(page.size, scale), clip.footage.framed(page.size.aspect), second
        )
        captioner = Captioner(page, clip.caption_look)
        placed = [standing_mark(page)]
        placed += (
            Placed(Point(each.laid.box.x, each.laid.box.y), each.laid.frame) for each in named if at in each.when
        )
        if said:
            caption = _caption(captioner, said, [each.standing for each in named])
            placed.append(Placed(Point(captioner.box.x, captioner.box.y), caption))
        drawn = draw_small(Frame(page.size, tuple(placed)), self.typesetter, scale)
        return preview_of(laid_over(picture, drawn))

    def card(self, clip: Clip, brand: Brand, placement: Placement, width: int) -> Preview:
        """The end card as it stands in the end. Raises DoesNotFit where it has no room, InvalidInput without one."""
        if clip.end_card is None:
            raise InvalidInput("end_card", "is not wanted.", "Give it words and a link to have one.")
        card = end_card(clip, clip.end_card, placement, brand, self.typesetter)
        drawn = draw_small(card.frame, self.typesetter, min(1.0, width / card.frame.size.width))
        return preview_of(Image.fromarray(np.ascontiguousarray(drawn[..., :3])))

    def title(self, clip: Clip, brand: Brand, placement: Placement, width: int) -> Preview:
        """The title card as it stands in the end. Raises DoesNotFit where it has no room, InvalidInput without one."""
        if clip.title_card is None:
            raise InvalidInput("title_card", "is not wanted.", "Let the clip open with its title to have one.")
        card = title_card(clip, clip.title_card, placement, brand, self.typesetter)
        return self._under(card, clip, brand, placement, clip.footage.start, width)

    def thumbnail(self, clip: Clip, brand: Brand, placement: Placement, width: int) -> Preview:
        """What stands for the clip until it plays. Raises as `frame` does, and DoesNotFit for too many words."""
        second = moment(clip, FilmTime.of(clip.footage))
        card = thumbnail_words(clip, placement, brand, self.typesetter)
        return self._under(card, clip, brand, placement, second, width)

    def _under(self, card: Card, clip: Clip, brand: Brand, placement: Placement, second: float, width: int) -> Preview:
        size = card.frame.size
        scaled = _scaled(size, min(1.0, width / size.width))
        picture = framed(self._decoded(clip, second), scaled, clip.footage.framed(size.aspect), second)
        return preview_of(under(picture, card, clip, placement, brand, self.typesetter))

    def _decoded(self, clip: Clip, second: float) -> Image.Image:
        key = (clip.footage.path, second)
        if key not in self._last:
            pixels = frame_at(inside(self.folder, clip.footage.path), second)
            self._last = {key: Image.fromarray(pixels)}
        return self._last[key]


def _scaled(size: Size, scale: float) -> Size:
    return Size(*(max(1, round(scale * side)) for side in (size.width, size.height)))


def _middle(when: range) -> int:
    return when.start + len(when) // 2


def _caption(captioner: Captioner, said: Heard, standing: Sequence[Standing]) -> Frame:
    """What shows in the middle of it: a long one comes in parts, and its words may be lit."""
    shown = showings(captioner, said, standing)
    return next(picture.frame for picture in shown if _middle(said.when) in picture.when)
