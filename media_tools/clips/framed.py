"""One picture of the footage in a frame of other proportions, and drawings over it."""

import numpy as np
from PIL import Image, ImageFilter

from media_tools.clips.keyframes import Aim, Course
from media_tools.clips.reframe import crop
from media_tools.clips.story import Fit, Reframe
from media_tools.draw import Pixels
from media_tools.spec.geometry import Size

_BLURRED = 1 / 14  # of the width
_DIMMED = 0.94


def framed(picture: Image.Image, target: Size, reframe: Reframe, second: float) -> Image.Image:
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


def laid_over(picture: Image.Image, drawn: Pixels) -> Image.Image:
    """A premultiplied drawing over a picture of the same size."""
    ground = np.asarray(picture.convert("RGB"), np.uint16)
    open_ = 255 - drawn[..., 3:].astype(np.uint16)
    return Image.fromarray((drawn[..., :3] + (ground * open_ + 127) // 255).clip(0, 255).astype(np.uint8))
