"""What lies between a playlist's parts: the last picture of one goes into the dark, and the next comes out of it."""

from collections.abc import Iterator, Sequence

import numpy as np

from media_tools.clips.chain import Piece
from media_tools.clips.coder import Coder, Planes, first_picture, last_picture

FADE = 10
"""Pictures, a third of a second, each way: short enough for a hall, long enough not to be a flash."""


def passages(parts: Sequence[Piece], coder: Coder) -> Iterator[Piece]:
    """One before each of `parts`, and one after the last: the first begins and the last ends in the dark."""
    for number in range(len(parts) + 1):
        out = list(_into_the_dark(last_picture(parts[number - 1]), coder.dark)) if number else []
        come = list(_into_the_dark(first_picture(parts[number]), coder.dark))[::-1] if number < len(parts) else []
        yield coder.pictures([*out, *(come[1:] if out else come)])


def _into_the_dark(picture: Planes, dark: Planes) -> Iterator[Planes]:
    """FADE pictures, each with less of the given one; the last is dark."""
    lit = picture.astype(np.int16) - dark
    for left in reversed(range(FADE)):
        yield (dark + lit * left // FADE).astype(np.uint8)
