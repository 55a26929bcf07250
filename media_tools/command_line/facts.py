"""What `probe` says of a file: what its header says, by the door for its ending."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from media_tools.open.artwork import open_artwork
from media_tools.open.captions import read_captions
from media_tools.open.image import probe_image
from media_tools.open.video import probe_video


def facts(path: Path) -> dict[str, Any]:
    """What a file is, by the door for its ending; anything else is taken for a picture."""
    return _PROBES.get(path.suffix.lower(), _image_facts)(path)


def _image_facts(path: Path) -> dict[str, Any]:
    return asdict(probe_image(path))


def _video_facts(path: Path) -> dict[str, Any]:
    return asdict(probe_video(path))


def _artwork_facts(path: Path) -> dict[str, Any]:
    drawing = open_artwork(path)
    return {"format": path.suffix.lower()[1:], "shapes": len(drawing.shapes), "names": list(drawing.names)}


def _caption_facts(path: Path) -> dict[str, Any]:
    cues = read_captions(path).cues
    return {"format": path.suffix.lower()[1:], "captions": len(cues), "from_ms": cues[0].start, "to_ms": cues[-1].end}


_MOVING = (
    ".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mts", ".ts", ".mxf", ".mpg", ".wav", ".mp3", ".m4a", ".flac",
)  # fmt: skip
_PROBES: dict[str, Callable[[Path], dict[str, Any]]] = {
    **dict.fromkeys(_MOVING, _video_facts),
    **dict.fromkeys((".srt", ".vtt"), _caption_facts),
    **dict.fromkeys((".svg", ".geojson"), _artwork_facts),
}
