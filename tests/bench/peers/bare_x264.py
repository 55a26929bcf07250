"""The floor: ffmpeg as we run it, with the same encoder and its settings, and none of what makes a clip ours.

One process decodes the footage once, cuts and enlarges it by the same filter to the same sizes, and encodes the same
number of pictures; where ours end in a card, its last picture stands as long. The footage's own AAC is copied. No
captions, mark, card, loudness, colour conversion, checks or files beside.
"""

import subprocess
from pathlib import Path

import imageio_ffmpeg

from media_tools.clips.graph import BT709, ENCODED
from media_tools.clips.story import FPS
from tests.bench.peers.montage import Edit, Montage

_OPTIONS = [word for name, value in {**ENCODED, **BT709}.items() for word in (f"-{name}", str(value))]


def version() -> str:
    return f"x264 in ffmpeg {imageio_ffmpeg.get_ffmpeg_version()}"


def ffmpeg(*arguments: object) -> None:
    """Run it to its end. Raises CalledProcessError."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True)


def encode(montage: Montage, folder: Path) -> None:
    """Every output of the montage as `folder`/name.mp4."""
    outputs: list[object] = []
    for number, edit in enumerate(montage.edits):
        outputs += ["-map", f"[o{number}]", "-map", "0:a", *_OPTIONS, folder / f"{edit.name}.mp4"]
    ffmpeg("-t", f"{montage.seconds:.6f}", "-i", montage.footage, "-filter_complex", _graph(montage), *outputs)


def _graph(montage: Montage) -> str:
    total = montage.frames + montage.card_frames
    copies = "".join(f"[s{number}]" for number in range(len(montage.edits)))
    source = f"[0:v]fps={FPS},tpad=stop=-1:stop_mode=clone,trim=end_frame={total},split={len(montage.edits)}{copies}"
    return ";".join([source, *(f"[s{number}]{_framed(edit)}[o{number}]" for number, edit in enumerate(montage.edits))])


def _framed(edit: Edit) -> str:
    part, size = edit.part, edit.size
    return (
        f"crop={part.width:.0f}:{part.height:.0f}:{part.x:.0f}:{part.y:.0f},"
        f"scale={size.width:.0f}:{size.height:.0f}:flags=lanczos,setsar=1"
    )
