"""What a placement's limit of bytes leaves for pictures."""

from media_tools.clips.story import FPS
from media_tools.platforms import Placement
from media_tools.spec.geometry import Size

_SPARE = 0.95  # of the limit: coders miss their aim by a little, and the container wants its part
_LEAST = 0.02  # bits for each px of each picture: what has fewer falls apart where something moves


def byte_limit(placement: Placement) -> int | None:
    limit = placement.limits.get("max_file_bytes_video")
    return limit if isinstance(limit, int) else None


def rate_within(limit: int, size: Size, seconds: float, sound: int) -> int | None:
    """The kbit/s of pictures in a file of at most `limit` bytes, `sound` of them for what is heard.

    None where pictures of that size would look worse than anyone publishes.
    """
    kbps = int(8 * (_SPARE * limit - sound) / seconds / 1000)
    return kbps if 1000 * kbps >= _LEAST * size.width * size.height * FPS else None
