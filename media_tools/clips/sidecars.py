"""Captions as files beside a clip, with times of the clip rather than of the footage."""

from collections.abc import Iterator
from pathlib import Path

import pysubs2

from media_tools.clips.captions import heard
from media_tools.clips.source import Cut
from media_tools.clips.story import FPS, Clip
from media_tools.made import write_whole

KINDS = {"srt": ".srt", "vtt": ".vtt"}


def write_sidecars(clip: Clip, piece: Cut, stem: Path) -> Iterator[Path]:
    """SubRip, WebVTT and the words alone, as `stem` with their endings; nothing for a clip without captions."""
    standing = heard(clip.captions.cues, piece.start, piece.frames)
    if not standing:
        return
    file = pysubs2.SSAFile()
    for cue, when in standing:
        start, end = (round(moment * 1000 / FPS) for moment in (when.start, when.stop))
        event = pysubs2.SSAEvent(start=start, end=end)
        event.plaintext = cue.text
        file.append(event)
    for kind, suffix in KINDS.items():
        yield _written(stem.with_name(stem.name + suffix), file.to_string(kind))
    yield _written(stem.with_name(f"{stem.name}.txt"), "\n".join(cue.text for cue, _when in standing) + "\n")


def _written(path: Path, text: str) -> Path:
    write_whole(path, text.encode())
    return path
