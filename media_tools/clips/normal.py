"""Footage as everything after it expects it: progressive, of square px, of 8 bits in BT.709.

ffmpeg turns it upright by itself.
"""

from typing import Any

from media_tools.open.moving_pictures import SDR
from media_tools.open.tone import BRIGHTEST, KNEE, WHITE
from media_tools.open.video import VideoFacts
from media_tools.spec.geometry import Size


def progressive(video: Any, facts: VideoFacts, pictures: str) -> Any:
    """`pictures` is send_field for each moment that was taken, or send_frame for one a frame.

    What does not say by which matrix its colours were coded is taken as its size and its curve suggest.
    """
    if facts.transfer != SDR:
        said = {"colorspace": "bt2020nc"} if facts.untagged else {}
        video = video.filter("setparams", color_primaries="bt2020", **said)
    elif facts.untagged:
        video = video.filter("setparams", colorspace="bt709" if facts.hd else "smpte170m")
    return video.filter("bwdif", mode=pictures, deint="interlaced")


def at_size(video: Any, facts: VideoFacts, size: Size) -> Any:
    """Of a higher range than screens show, only the lights above paper white are held down."""
    if facts.transfer == SDR:
        scaled = _scaled(video, size, out_color_matrix="bt709", out_range="tv")
        return scaled.filter("format", "yuv420p").filter("setsar", "1")
    return (
        _scaled(video, size)
        .filter("setsar", "1")
        .filter("zscale", transfer="linear", npl=WHITE)
        .filter("format", "gbrpf32le")
        .filter("zscale", primaries="bt709")
        .filter("tonemap", tonemap="mobius", param=KNEE, peak=f"{BRIGHTEST:.4f}", desat=0)
        .filter("zscale", transfer="bt709", matrix="bt709", range="tv")
        .filter("format", "yuv420p")
    )


def _scaled(video: Any, size: Size, **options: str) -> Any:
    return video.filter("scale", w=int(size.width), h=int(size.height), **options)
