"""The peer: moviepy as its documentation shows it, and at its best.

Version: 2.2.1 when this was written; `version` says which one was measured. Its encoder is the ffmpeg that we run too,
with our settings and threads, and its children count. It is given drawings and cards that were made beforehand, for
it cuts its own text off at the foot, Khmer and Arabic badly (moviepy issues 2421 and 2497). It leaves the sound as
loud as it was, for it measures no loudness.

Settings, each chosen as the fastest of those tried that shows the right picture:
- `CompositeVideoClip(..., use_bgclip=True)`: no mask of the whole frame is computed. USUAL is without it, as the user
  guide shows it.
- The footage is read whole, cropped and then resized where the size differs. With `target_resolution` ffmpeg would
  enlarge all of it, which takes a fifth longer for 9:16 and as long for 4:5.
- Drawings are cut to what is on them.
- The end card is the same film that ours has, its last picture held, joined by the method "chain", without masks.
- The sound is coded once and then copied into every file.
"""

from collections.abc import Callable
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from moviepy import AudioFileClip, CompositeVideoClip, ImageClip, VideoFileClip, concatenate_videoclips

from media_tools.clips.graph import BT709, ENCODED
from media_tools.clips.story import FPS
from tests.bench.peers.montage import Edit, Montage, Picture

type Compose = Callable[[list[Any]], Any]

FAST: Compose = partial(CompositeVideoClip, use_bgclip=True)
USUAL: Compose = CompositeVideoClip

_OF_ITS_OWN = {"c:v", "preset", "threads", "pix_fmt", "c:a", "f"}  # what `write_videofile` has arguments for, or sets
_OPTIONS = [
    word for name, value in {**ENCODED, **BT709}.items() if name not in _OF_ITS_OWN for word in (f"-{name}", str(value))
]
_AUDIO_RATE, _AUDIO_BITRATE = 48_000, "160k"  # as ours


def version() -> str:
    return f"moviepy {metadata.version('moviepy')}"  # its own __version__ says 2.1.2 in 2.2.1


def write(montage: Montage, folder: Path, compose: Compose) -> None:
    """Every output of the montage as `folder`/name.mp4."""
    sound = folder / "sound.m4a"
    with AudioFileClip(str(montage.footage)) as audio:
        audio.subclipped(0, montage.seconds).write_audiofile(
            str(sound), fps=_AUDIO_RATE, codec="aac", bitrate=_AUDIO_BITRATE, logger=None
        )
    for edit in montage.edits:
        _write(edit, montage, sound, folder / f"{edit.name}.mp4", compose)


def _write(edit: Edit, montage: Montage, sound: Path, path: Path, compose: Compose) -> None:
    with VideoFileClip(str(montage.footage), audio=False) as footage:
        pictures = [_standing(picture) for picture in edit.pictures]
        body = _framed(footage.subclipped(0, montage.seconds), edit)
        film = compose([body, *pictures]).with_duration(montage.seconds)
        if edit.card is None:
            _encode(film, sound, path)
            return
        with VideoFileClip(str(edit.card), audio=False) as card:
            last = card.to_ImageClip(card.duration - 1 / FPS)
            held = last.with_duration(montage.card_frames / FPS - card.duration)
            _encode(concatenate_videoclips([film, card, held]), sound, path)


def _framed(clip: Any, edit: Edit) -> Any:
    part, size = edit.part, (int(edit.size.width), int(edit.size.height))
    if (part.width, part.height) != tuple(clip.size):
        clip = clip.cropped(x1=part.x, y1=part.y, width=part.width, height=part.height)
    return clip.resized(size) if tuple(clip.size) != size else clip


def _standing(picture: Picture) -> Any:
    clip = ImageClip(str(picture.path)).with_start(picture.start).with_duration(picture.seconds)
    return clip.with_position((int(picture.at.x), int(picture.at.y)))


def _encode(film: Any, sound: Path, path: Path) -> None:
    film.write_videofile(
        str(path), fps=FPS, codec=ENCODED["c:v"], preset=ENCODED["preset"], threads=ENCODED["threads"],
        ffmpeg_params=_OPTIONS, audio=str(sound), audio_codec="copy", logger=None,
    )  # fmt: skip
