"""What a browser needs of footage or sound: a small film of the same moments, and how it looks and sounds in brief."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import ffmpeg
import numpy as np
from PIL import Image

from media_tools.clips.graph import BT709
from media_tools.clips.normal import at_size, progressive
from media_tools.clips.process import RenderFailed, Report, run
from media_tools.clips.source import PICTURE, SOUND, even
from media_tools.errors import CannotOpen
from media_tools.open.container import FORMATS, MOST_PIXELS
from media_tools.open.moving_pictures import frame_at
from media_tools.open.video import VideoFacts, measured, probe_video

LONGEST = 960  # px of the long side: a player in a form is no wider
STRIP = 18  # times as wide as high, all pictures of the strip together: so it has ten of a wide screen, 32 of a phone
CELL_HEIGHT = 90  # px: sharp at half of it on a dense screen
PEAKS = 600  # of the waveform: one for two px of a form's width
POSTER = 0.3  # of the length: past what most footage fades in from
_MOST_CELLS = 60  # of a picture far higher than wide
_MOST_FPS = 60  # screens show no more
_POSTER_QUALITY = 85
_RATE = 8000  # Hz, of what the peaks are taken from
_FULL = 32768  # the loudest sample of 16 bits
_CODED = {
    "c:v": "libx264", "preset": "superfast", "crf": 27, "maxrate": "3M", "bufsize": "6M", "profile:v": "high",
    "pix_fmt": "yuv420p", "g": 15, "bf": 0, "fps_mode": "vfr",
    "enc_time_base": "filter", **BT709,
}  # fmt: skip
"""Every half second a picture stands by itself, and none waits for a later one: so players find each at once."""
_WRAPPED = {"movflags": "+faststart", "map_metadata": -1, "map_chapters": -1, "fflags": "+bitexact", "f": "mp4"}


@dataclass(frozen=True, slots=True)
class Proxy:
    """The small film of some footage, or the small track of some sound, and what is shown beside it."""

    film: Path
    seconds: float
    width: int
    height: int
    """px of the film; both 0 for sound alone."""
    poster: Path | None
    strip: Path | None
    cells: int
    """Pictures side by side in the strip; each is what stands in the middle of its part of the length."""
    peaks: tuple[int, ...]
    """How loud each of equally long stretches is, in per cent of full scale; empty where there is no sound."""


def make_proxy(path: Path, folder: Path, report: Report) -> Proxy:
    """In `folder`, by one ffmpeg process. Times in the film are times in the file.

    Raises CannotOpen, and what `report` raises; then what is in the folder is of no use.
    """
    facts, alive = probe_video(path), partial(report, 0.0)
    seconds = measured(path, alive)
    size = even(facts.width, facts.height, LONGEST) if facts.has_picture else None
    work = _Work(path, folder, facts, seconds)
    try:
        run(work.command(), seconds, report)
    except RenderFailed as error:
        raise CannotOpen(path.name, error.why, error.remedy) from error
    if size is None:
        return Proxy(work.film, seconds, 0, 0, None, None, 0, work.peaks(alive))
    _save_poster(work.film, POSTER * seconds, work.poster)
    return Proxy(
        work.film, seconds, int(size.width), int(size.height), work.poster, work.strip, work.cells, work.peaks(alive)
    )


@dataclass(frozen=True, slots=True)
class _Work:
    path: Path
    folder: Path
    facts: VideoFacts
    seconds: float

    @property
    def film(self) -> Path:
        return self.folder / ("film.mp4" if self.facts.has_picture else "sound.m4a")

    @property
    def poster(self) -> Path:
        return self.folder / "poster.jpg"

    @property
    def strip(self) -> Path:
        return self.folder / "strip.jpg"

    @property
    def samples(self) -> Path:
        return self.folder / "samples.raw"

    @property
    def cells(self) -> int:
        return max(1, min(_MOST_CELLS, round(STRIP * self.facts.height / self.facts.width)))

    def command(self) -> list[str]:
        source = ffmpeg.input(
            f"file:{self.path}", protocol_whitelist="file", format_whitelist=FORMATS, max_pixels=MOST_PIXELS
        )
        shown, heard, files = [], [], []
        if self.facts.has_picture:
            small = self._small(source[PICTURE]).filter_multi_output("split", 2)
            shown, files = [small.stream(0)], [self._strip(small.stream(1))]
        if self.facts.has_sound:
            even_clock = source[SOUND].filter("aresample", **{"async": 1}, first_pts=0)
            both = even_clock.filter_multi_output("asplit", 2)
            heard, files = [both.stream(0)], [*files, self._samples(both.stream(1))]
        film = ffmpeg.output(*shown, *heard, str(self.film), **self._coded(), **_WRAPPED)
        merged = ffmpeg.merge_outputs(film, *files).global_args("-v", "error").overwrite_output()
        arguments: list[str] = merged.compile(cmd="ffmpeg")[1:]
        return arguments

    def peaks(self, alive: Callable[[], None]) -> tuple[int, ...]:
        if not self.facts.has_sound:
            return ()
        samples = np.memmap(self.samples, np.int16, "r")
        count = min(PEAKS, len(samples))
        edges = np.linspace(0, len(samples), count + 1).astype(int).tolist()
        return tuple(_peak(samples[begin:end], alive) for begin, end in pairwise(edges))

    def _small(self, video: Any) -> Any:
        video = progressive(video, self.facts, "send_frame")
        if self.facts.fps > _MOST_FPS + 1:
            video = video.filter("fps", _MOST_FPS)
        return at_size(video, self.facts, even(self.facts.width, self.facts.height, LONGEST))

    def _strip(self, small: Any) -> Any:
        rate = Fraction(self.cells / self.seconds).limit_denominator(1_000_000)
        cells = (
            small.filter("fps", f"{rate.numerator}/{rate.denominator}", start_time=0)
            .filter("scale", w=-2, h=CELL_HEIGHT, out_range="pc")
            .filter("tpad", stop=-1, stop_mode="clone")
            .filter("trim", end_frame=self.cells)
            .filter("tile", f"{self.cells}x1")
        )
        return ffmpeg.output(cells, str(self.strip), **{"c:v": "mjpeg", "q:v": 4, "frames:v": 1, "update": 1})

    def _samples(self, sound: Any) -> Any:
        mono = sound.filter("aformat", sample_rates=_RATE, channel_layouts="mono", sample_fmts="s16")
        lasting = mono.filter("apad").filter("atrim", end=f"{self.seconds:.6f}")
        return ffmpeg.output(lasting, str(self.samples), f="s16le", **{"c:a": "pcm_s16le"})

    def _coded(self) -> dict[str, Any]:
        channels = min(2, self.facts.channels)
        heard = {"c:a": "aac", "ac": channels, "ar": 48_000, "b:a": f"{64 * channels}k"} if channels else {}
        return {**(_CODED if self.facts.has_picture else {}), **heard}


def _peak(samples: Any, alive: Callable[[], None]) -> int:
    alive()
    loudest = max(int(samples.max()), -int(samples.min()))
    return min(100, round(100 * loudest / _FULL))


def _save_poster(film: Path, second: float, target: Path) -> None:
    encoded = BytesIO()
    Image.fromarray(frame_at(film, second)).save(encoded, "JPEG", quality=_POSTER_QUALITY, optimize=True)
    target.write_bytes(encoded.getvalue())
