"""The example clip: our own drawings filmed, with a moving camera, cuts, a subject and a kind of voice."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from media_tools.clips.story import FPS, Clip
from media_tools.errors import InvalidInput
from media_tools.example import campaign
from media_tools.open.image import open_image

FILE, TITLE = "pavilion.mp4", "The pavilion, from the river"
SECONDS = 9
_SIZE = (1280, 720)
_SHOTS = (("pavilion", 0.0), ("crowd", 1.0), ("bay", 0.4))
"""Picture, and the share of its height from which the camera starts."""
_SHOT = SECONDS / len(_SHOTS)
_NAMED = (0.8, 4.6)
"""The seconds between which it is read who speaks."""
_RATE = 48_000
_TAGS = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
"""Which colours it has, as cameras say it."""
_LINK = "https://go.mfa.example/expo"


def clip(language: str) -> Clip:
    """The example in one language. Raises InvalidInput for a language that it is not told in."""
    words = _words()
    if language not in words:
        raise InvalidInput("language", f"the example is not in '{language}'.", f"Use one of {', '.join(words)}.")
    told = words[language]
    return Clip.model_validate({
        "version": 1,
        "language": language,
        "title": told["title"],
        "footage": {
            "path": FILE,
            "alt": told["alt"],
            "credit": "Drawing: Attaché",
            "licence": "Apache-2.0",
            "by_aspect": {"1:1": {"fit": "pad"}},
        },
        "captions": {"cues": [{"start": start, "end": end, "text": text} for start, end, text in told["cues"]]},
        "lower_thirds": [{"name": told["name"], "role": told["role"], "start": _NAMED[0], "end": _NAMED[1]}],
        "end_card": {"verb": told["verb"], "link": {"url": _LINK}},
    })  # fmt: skip


def clip_text(language: str) -> str:
    """The story file, as people would write it."""
    return (
        json.dumps(clip(language).model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, indent=2) + "\n"
    )


def languages() -> tuple[str, ...]:
    return tuple(_words())


def film_footage(folder: Path) -> Path:
    """Draw and film it; returns its path in `folder`."""
    from moviepy import AudioClip, VideoClip  # a second to import

    with TemporaryDirectory() as drawn:
        campaign.draw_pictures(Path(drawn), 1920, only=[name for name, _start in _SHOTS])
        pictures = [open_image(Path(drawn) / f"{name}.jpg").convert("RGB") for name, _start in _SHOTS]
    video = VideoClip(lambda second: _seen(pictures, second), duration=SECONDS)
    spoken = AudioClip(_voice, duration=SECONDS, fps=_RATE)
    path = folder / FILE
    video.with_audio(spoken).write_videofile(
        str(path), fps=FPS, codec="libx264", audio_codec="aac", audio_fps=_RATE, preset="veryfast",
        ffmpeg_params=["-vf", "scale=out_color_matrix=bt709:out_range=tv", *_TAGS], logger=None, threads=1,
        temp_audiofile_path=str(folder),
    )  # fmt: skip
    return path


def _seen(pictures: list[Image.Image], second: float) -> NDArray[np.uint8]:
    """The camera drifts over one picture a shot, and a lantern crosses it."""
    shot = min(int(second / _SHOT), len(_SHOTS) - 1)
    share, start = second / _SHOT - shot, _SHOTS[shot][1]
    picture = pictures[shot]
    width = picture.width * 0.80
    height = min(width * _SIZE[1] / _SIZE[0], picture.height)
    left = (picture.width - width) * (share if shot % 2 == 0 else 1 - share)
    top = (picture.height - height) * start
    frame = picture.resize(_SIZE, Image.Resampling.BILINEAR, box=(left, top, left + width, top + height))
    x, y = 120 + share * 1000, 150 + 40 * np.sin(4 * share)
    ImageDraw.Draw(frame).ellipse((x - 26, y - 26, x + 26, y + 26), fill=(255, 200, 96))
    return np.asarray(frame)


def _voice(second: Any) -> Any:
    """A hum with syllables and pauses: what a level meter takes for speech. Stereo, -1 to 1."""
    second = np.asarray(second, np.float64)
    pitch = 130 + 18 * np.sin(2 * np.pi * 0.6 * second)
    tone = sum(np.sin(2 * np.pi * pitch * n * second) / n for n in (1, 2, 3, 5, 8))
    syllables = np.clip(np.sin(2 * np.pi * 2.1 * second), 0, 1) ** 0.5
    speaking = (second % _SHOT > 0.3) & (second % _SHOT < 2.7)
    sound = 0.18 * tone * syllables * speaking
    return np.stack([sound, sound], axis=-1)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("clip.toml").read_text(encoding="utf-8"))
