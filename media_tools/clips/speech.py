"""Where somebody speaks in footage: what stands out from its own quietest and loudest moments.

A fixed threshold takes a noisy hall for speech and a quiet speaker for silence, so the level is sought between the two.
It cannot tell speech from music or applause.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from media_tools.clips.film_time import Part, Stretch
from media_tools.clips.process import run
from media_tools.clips.source import Cut, input_options
from media_tools.clips.story import FPS

_RATE = 8000  # Hz: speech is below 4 kHz
_STEP = 20  # ms of one measurement
_QUIET, _LOUD = 10, 95  # per cent of the measurements: what is taken for the room, and for the voice
_BETWEEN = 0.35  # of the way from room to voice, in dB
_APART = 9.0  # dB by which a voice stands out from its room; where nothing does, all of it is one stretch
_SILENT = -60.0  # dB of full scale: nobody speaks below
_PAUSE = 300  # ms: a shorter one is a breath within a sentence
_BURST = 160  # ms: a shorter sound is a knock


@dataclass(frozen=True, slots=True)
class Span:
    """A while, in ms of the footage's file or of the film."""

    begin: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.begin


def speech_in(piece: Cut, folder: Path, report: Callable[[float], None] = lambda _share: None) -> tuple[Span, ...]:
    """Where somebody speaks in the cut, in the order of the file; nothing where it has no sound.

    What `report` raises ends the work.
    """
    told = ((part.stretch.start, part, span) for part, span in _spoken(piece, folder, report))
    return tuple(sorted((_moved(span, start, part) for start, part, span in told), key=lambda span: span.begin))


def speech_of(piece: Cut, folder: Path, report: Callable[[float], None] = lambda _share: None) -> tuple[Span, ...]:
    """The same in ms of the film, in its order."""
    return tuple(_moved(span, part.first / FPS, part) for part, span in _spoken(piece, folder, report))


def _moved(span: Span, start: float, part: Part) -> Span:
    """A span of a part that begins at second `start`."""
    begin, last = round(1000 * start), round(1000 * (start + part.stretch.seconds))
    return Span(begin + span.begin, min(last, begin + span.end))


def _spoken(piece: Cut, folder: Path, report: Callable[[float], None]) -> Iterator[tuple[Part, Span]]:
    """Spans of each part, in ms from its beginning. All parts together have one room and one voice."""
    if not piece.facts.has_sound:
        return
    parts = list(piece.time.parts)
    measured = [levels(_samples(piece, part.stretch, folder, report)) for part in parts]
    spans, begin = spoken(np.concatenate(measured)), 0
    for part, steps in zip(parts, measured, strict=True):
        length = _STEP * len(steps)
        for span in spans:
            inner = Span(max(0, span.begin - begin), min(length, span.end - begin))
            if inner.length > 0 and inner.begin < round(1000 * part.stretch.seconds):
                yield part, inner
        begin += length


def _samples(piece: Cut, stretch: Stretch, folder: Path, report: Callable[[float], None]) -> NDArray[np.int16]:
    plain = folder / "speech.raw"
    chain = f"aresample=async=1:first_pts=0,aresample={_RATE},aformat=sample_fmts=s16:channel_layouts=mono"
    arguments = ["-map", "0:a:0", "-af", chain, "-c:a", "pcm_s16le", "-f", "s16le", "-y", str(plain)]
    run([*input_options(piece.path, stretch), *arguments], stretch.seconds, report)
    try:
        return np.fromfile(plain, np.int16)
    finally:
        plain.unlink(missing_ok=True)


def levels(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    """Of each 20 ms, in dB of full scale."""
    count = _RATE * _STEP // 1000
    steps = samples[: len(samples) // count * count].reshape(-1, count).astype(np.float32) / 32768
    return 10 * np.log10(np.maximum(np.square(steps).mean(axis=1), 1e-10)).astype(np.float64)


def spoken(decibels: NDArray[np.float64]) -> tuple[Span, ...]:
    """The stretches in which a level of every 20 ms stands out, without breaths and knocks; ms from their beginning."""
    if not len(decibels):
        return ()
    quiet, loud = np.percentile(decibels, (_QUIET, _LOUD))
    if loud < _SILENT:
        return ()
    threshold = max(_SILENT, quiet + _BETWEEN * (loud - quiet) if loud - quiet >= _APART else _SILENT)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], decibels > threshold, [False])).astype(np.int8))) * _STEP
    spans: list[Span] = []
    for begin, end in edges.reshape(-1, 2).tolist():
        if spans and begin - spans[-1].end < _PAUSE:
            spans[-1] = Span(spans[-1].begin, end)
        else:
            spans.append(Span(begin, end))
    return tuple(span for span in spans if span.length >= _BURST)
