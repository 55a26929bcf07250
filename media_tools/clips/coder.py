"""Parts of a film that are to be joined by copying: each is coded alike, and what is so already stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from media_tools.clips.chain import Coding, Piece, coding
from media_tools.clips.graph import BT709, ENCODED
from media_tools.clips.process import Report, run
from media_tools.clips.source import guarded
from media_tools.clips.story import FPS
from media_tools.spec.geometry import Size

type Planes = NDArray[np.uint8]
"""A picture as it is coded: (1.5 height, width) uint8, luma over the two chromas, BT.709 of limited range."""

_CODED = [part for name, value in {**ENCODED, **BT709}.items() if name != "c:a" for part in (f"-{name}", str(value))]
_FILTERS = (
    "scale={width}:{height}:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1,"
    "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
)


@dataclass(frozen=True)
class Coder:
    """Codes pictures of one size in a folder of things that are thrown away."""

    size: Size
    folder: Path
    report: Report

    def film(self, path: Path, frames: int) -> Piece:
        """The film itself where it is coded as we code today, and else its pictures coded anew."""
        found = coding(path)
        if found and found[0] == self.coding:
            return Piece(path, found[1])
        even = f"fps={FPS},tpad=stop=-1:stop_mode=clone,trim=end_frame={frames},setpts=N/{FPS}/TB"
        return self._coded([*guarded(), "-i", f"file:{path}", "-map", "0:V:0"], f"{even},{self._plain}", frames)

    def picture(self, picture: Image.Image, frames: int) -> Piece:
        """A picture that stands."""
        path = self._next(".png")
        picture.convert("RGB").save(path, compress_level=1)
        held = f"loop=loop={frames - 1}:size=1,setpts=N/{FPS}/TB,fps={FPS}"
        return self._coded(["-i", str(path)], f"{self._plain},{held}", frames)

    def pictures(self, planes: Iterable[Planes]) -> Piece:
        """Pictures as they are coded, one after another."""
        path, frames = self._next(".yuv"), 0
        with path.open("wb") as raw:
            for each in planes:
                raw.write(each.tobytes())
                frames += 1
        size = f"{self.size.width:.0f}x{self.size.height:.0f}"
        form = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", str(FPS), "-i", str(path)]
        marked = self._plain.partition("format=yuv420p,")[2]
        piece = self._coded(form, marked, frames)
        path.unlink()
        return piece

    @cached_property
    def dark(self) -> Planes:
        """A picture in which nothing is lit."""
        width, height = int(self.size.width), int(self.size.height)
        planes = np.full((height * 3 // 2, width), 128, np.uint8)
        planes[:height] = 16
        return planes

    @cached_property
    def coding(self) -> Coding:
        """How we code today."""
        found = coding(self.pictures([self.dark] * 2).path)
        if found is None:
            raise ValueError("ffmpeg's pictures do not come evenly.")
        return found[0]

    @property
    def _plain(self) -> str:
        return _FILTERS.format(width=int(self.size.width), height=int(self.size.height))

    def _coded(self, source: list[str], filters: str, frames: int) -> Piece:
        path = self._next(".mp4")
        run(["-v", "error", *source, "-vf", filters, "-an", *_CODED, "-y", str(path)], frames / FPS, self.report)
        return Piece(path, frames)

    def _next(self, ending: str) -> Path:
        return next(path for number in count() if not (path := self.folder / f"{number:04}{ending}").exists())


def first_picture(piece: Piece) -> Planes:
    """As it is coded."""
    with av.open(str(piece.path)) as container:
        return _planes(next(container.decode(video=0)))


def last_picture(piece: Piece) -> Planes:
    """As it is coded; only what it needs is decoded."""
    with av.open(str(piece.path)) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        container.seek(int((piece.frames - 1) / FPS * av.time_base), backward=True)
        *_before, last = container.decode(video)
        return _planes(last)


def _planes(frame: VideoFrame) -> Planes:
    return frame.to_ndarray(format="yuv420p").astype(np.uint8, copy=False)
