"""A picture in few letters: greys of a coarse grid and its mean colour, the same on every machine to a hair."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from PIL import Image

SEEN = Path(__file__).parent / "seen.txt"
_GRID = 16
_STEPS = 16  # of grey
_MOST_APART, _APART = 3, 0.25  # steps: one place at most, and all on average; encoders and processors differ by less


class Signature(NamedTuple):
    """`greys`: a hex digit for each place of the grid, line by line; `colour`: the mean as #rrggbb."""

    greys: str
    colour: str

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(*text.split())

    def like(self, other: "Signature | None") -> bool:
        if other is None:
            return False
        apart = np.abs(_digits(self.greys) - _digits(other.greys))
        mean = np.abs(_channels(self.colour) - _channels(other.colour))
        return bool(apart.max() <= _MOST_APART and apart.mean() <= _APART and mean.max() <= 2)


def signature(picture: Image.Image) -> Signature:
    grid = np.asarray(picture.convert("L").resize((_GRID, _GRID), Image.Resampling.BOX)).astype(int)
    greys = "".join(f"{value * _STEPS // 256:x}" for value in grid.ravel())
    red, green, blue = (round(float(value)) for value in np.asarray(picture.convert("RGB")).reshape(-1, 3).mean(0))
    return Signature(greys, f"#{red:02x}{green:02x}{blue:02x}")


def seen_before() -> dict[str, Signature]:
    lines = SEEN.read_text(encoding="utf-8").splitlines() if SEEN.exists() else []
    return {name: Signature.parse(text) for name, _, text in (line.partition("\t") for line in lines)}


def write_seen(seen: Mapping[str, Signature]) -> None:
    lines = (f"{name}\t{' '.join(one)}\n" for name, one in seen.items())
    SEEN.write_text("".join(lines), encoding="utf-8")


def _digits(greys: str) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array([int(digit, 16) for digit in greys])


def _channels(colour: str) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.array([int(colour[start : start + 2], 16) for start in (1, 3, 5)])
