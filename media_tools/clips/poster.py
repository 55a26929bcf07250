"""The picture that travels beside a film."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from media_tools.clips.story import FPS
from media_tools.made import write_whole
from media_tools.open.moving_pictures import frame_at

_QUALITY = 88  # of JPEG


def save_poster(path: Path, target: Path, frame: int) -> Path:
    """A picture of the clip itself, for where it does not play."""
    return save_picture(Image.fromarray(frame_at(path, frame / FPS)), target)


def save_picture(picture: Image.Image, target: Path) -> Path:
    encoded = BytesIO()
    picture.save(encoded, "JPEG", quality=_QUALITY, optimize=True)
    write_whole(target, encoded.getvalue())
    return target
