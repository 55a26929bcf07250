"""Footage of high dynamic range as an ordinary screen shows it: one curve, in ffmpeg's filters and for single pictures.

What is no brighter than paper stays about as it was taken; only the lights above it are held down.
"""

import numpy as np
from numpy.typing import NDArray

WHITE = 203  # cd/m2 of paper: Report ITU-R BT.2408
BRIGHTEST = 1000 / WHITE  # times paper: the nominal peak of HLG, and what phones and most masters in PQ keep to
KNEE = 0.6  # times paper, in linear light, below which nothing changes: skin lies below
TRANSFERS = {"pq": "smpte2084", "hlg": "arib-std-b67"}
"""The curves that need this, with ffmpeg's names for them."""
_M1, _M2, _C1, _C2, _C3 = 1305 / 8192, 2523 / 32, 107 / 128, 2413 / 128, 2392 / 128  # SMPTE ST 2084
_A, _B, _C, _GAMMA = 0.17883277, 0.28466892, 0.55991073, 1.2  # Rec. ITU-R BT.2100, HLG at 1000 cd/m2
_TO_709 = np.array(
    ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)), np.float32
)  # Report ITU-R BT.2407
_SCREEN = 1 / 2.4  # Rec. ITU-R BT.1886


def standard(pixels: NDArray[np.uint16], transfer: str) -> NDArray[np.uint8]:
    """(height, width, 3) of 16 bits in BT.2020, coded as `pq` or `hlg`, as 8 bits in BT.709."""
    coded = pixels.astype(np.float32) / np.float32(65535)
    light = (_pq(coded) if transfer == "pq" else _hlg(coded)) @ _TO_709.T
    brightest = np.maximum(light.max(axis=2, keepdims=True), np.float32(1e-6))
    shown = np.clip(light * (_held(brightest) / brightest), 0, 1) ** np.float32(_SCREEN)
    screen: NDArray[np.uint8] = np.rint(shown * 255).astype(np.uint8)
    return screen


def _pq(coded: NDArray[np.float32]) -> NDArray[np.float32]:
    """Light, 1 for paper."""
    root = coded ** np.float32(1 / _M2)
    bare = np.maximum(root - np.float32(_C1), 0) / (np.float32(_C2) - np.float32(_C3) * root)
    light: NDArray[np.float32] = bare ** np.float32(1 / _M1) * np.float32(10_000 / WHITE)
    return light


def _hlg(coded: NDArray[np.float32]) -> NDArray[np.float32]:
    """Light, 1 for paper, as a screen of 1000 cd/m2 shows it, each colour by itself as zscale does."""
    scene = np.where(coded <= 0.5, coded**2 / 3, (np.exp((coded - _C) / _A) + _B) / 12).astype(np.float32)
    light: NDArray[np.float32] = scene ** np.float32(_GAMMA) * np.float32(BRIGHTEST)
    return light


def _held(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """ffmpeg's tonemap=mobius."""
    knee, peak = KNEE, BRIGHTEST
    a = -(knee**2) * (peak - 1) / (knee**2 - 2 * knee + peak)
    b = (knee**2 - 2 * knee * peak + peak) / (peak - 1)
    bent = (b**2 + 2 * b * knee + knee**2) / (b - a) * (light + a) / (light + b)
    return np.where(light <= knee, light, bent).astype(np.float32)
