"""What a clip will look like, before it is made: one picture of it, and its end card."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from media_tools.clips.captions import Captioner, Heard, heard, showings
from media_tools.clips.cards import end_card
from media_tools.clips.keyframes import Aim, Course
from media_tools.clips.lower_thirds import seen
from media_tools.clips.overlay import Standing, clip_page, standing_mark
from media_tools.clips.reframe import crop
from media_tools.clips.story import FPS, Clip, Fit, Footage, Reframe
from media_tools.draw import Pixels, draw_small
from media_tools.errors import InvalidInput
from media_tools.layout.frame import Frame, Placed
from media_tools.layout.text import Typesetter
from media_tools.open.folder import inside
from media_tools.open.video import frame_at
from media_tools.platforms import Placement
from media_tools.preview import Preview, preview_of
from media_tools.spec.brand import Brand
from media_tools.spec.geometry import Point, Size

_EARLY = 0.30  # of the clip's length: where nothing is said
_BLURRED = 1 / 14  # of the width
_DIMMED = 0.94


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
        start, frames = clip.footage.start, _frames(clip.footage)
        said = next(iter(heard(clip.captions.cues, start, frames)), None)
        named = seen(clip.lower_thirds, page, start, frames)
        at = next((_middle(when) for when in (*([said.when] if said else []), *(each.when for each in named))), None)
        second = start + (_early(clip.footage) if at is None else at / FPS)
        scale = min(1.0, width / page.size.width)
        target = Size(*(max(1, round(scale * side)) for side in (page.size.width, page.size.height)))
        picture = _framed(self._decoded(clip, second), target, clip.footage.framed(page.size.aspect), second)
        captioner = Captioner(page, clip.caption_look)
        placed = [standing_mark(page)]
        placed += (
            Placed(Point(each.laid.box.x, each.laid.box.y), each.laid.frame) for each in named if at in each.when
        )
        if said:
            caption = _caption(captioner, said, [each.standing for each in named])
            placed.append(Placed(Point(captioner.box.x, captioner.box.y), caption))
        drawn = draw_small(Frame(page.size, tuple(placed)), self.typesetter, scale)
        return preview_of(_laid(picture, drawn))

    def card(self, clip: Clip, brand: Brand, placement: Placement, width: int) -> Preview:
        """The end card as it stands in the end. Raises DoesNotFit where it has no room, InvalidInput without one."""
        if clip.end_card is None:
            raise InvalidInput("end_card", "is not wanted.", "Give it words and a link to have one.")
        card = end_card(clip, clip.end_card, placement, brand, self.typesetter)
        drawn = draw_small(card.frame, self.typesetter, min(1.0, width / card.frame.size.width))
        return preview_of(Image.fromarray(np.ascontiguousarray(drawn[..., :3])))

    def _decoded(self, clip: Clip, second: float) -> Image.Image:
        key = (clip.footage.path, second)
        if key not in self._last:
            pixels = frame_at(inside(self.folder, clip.footage.path), second)
            self._last = {key: Image.fromarray(pixels)}
        return self._last[key]


def _frames(footage: Footage) -> int:
    """Of the cut; a day's where it ends with its file, which nobody has read yet."""
    return round((footage.end - footage.start) * FPS) if footage.end is not None else 24 * 3600 * FPS


def _early(footage: Footage) -> float:
    """Seconds into the cut."""
    return _EARLY * (footage.end - footage.start) if footage.end is not None else 1.0


def _middle(when: range) -> int:
    return when.start + len(when) // 2


def _caption(captioner: Captioner, said: Heard, standing: Sequence[Standing]) -> Frame:
    """What shows in the middle of it: a long one comes in parts, and its words may be lit."""
    shown = showings(captioner, said, standing)
    return next(picture.frame for picture in shown if _middle(said.when) in picture.when)


def _framed(picture: Image.Image, target: Size, reframe: Reframe, second: float) -> Image.Image:
    """The footage's picture as the clip's graph will cut it, or pad it; faces that are still to be found are not."""
    source, size = Size(*picture.size), (int(target.width), int(target.height))
    aim = Aim(0.5, 0.5) if reframe.fit is Fit.PAD else Course.through(reframe.keys).at(1000 * second)
    box = crop(source, target, aim)
    filled = picture.resize(
        size, Image.Resampling.LANCZOS, box=(box.x, box.y, box.x + box.width, box.y + box.height), reducing_gap=3
    )
    if reframe.fit is not Fit.PAD:
        return filled
    ground = filled.filter(ImageFilter.GaussianBlur(_BLURRED * target.width)).point(lambda value: value * _DIMMED)
    scale = min(target.width / source.width, target.height / source.height)
    whole = picture.resize((max(1, round(source.width * scale)), max(1, round(source.height * scale))), reducing_gap=3)
    ground.paste(whole, ((size[0] - whole.width) // 2, (size[1] - whole.height) // 2))
    return ground


def _laid(picture: Image.Image, drawn: Pixels) -> Image.Image:
    """Premultiplied drawing over a picture of the same size."""
    ground = np.asarray(picture.convert("RGB"), np.uint16)
    open_ = 255 - drawn[..., 3:].astype(np.uint16)
    return Image.fromarray((drawn[..., :3] + (ground * open_ + 127) // 255).clip(0, 255).astype(np.uint8))
