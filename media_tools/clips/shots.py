"""Where footage cuts from one shot to the next."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

SMALL = (64, 36)
"""px of width and height to which pictures are reduced before they are compared."""
_CHANGE = 14.0  # of 255 on average: a cut changes the picture by more; hands, pans and zooms mostly by less
_ABRUPT = 2.2  # times the changes just before and after it
_LASTING = 0.6  # of the change is still there two pictures later; of a flash it is not

type Grey = NDArray[np.uint8]


def with_cuts[Picture](pictures: Iterable[Picture], grey: Callable[[Picture], Grey]) -> Iterator[tuple[Picture, bool]]:
    """Each picture, and whether a shot begins with it. Fades and dissolves are no cuts.

    Two pictures are read ahead, and a picture whose neighbours are missing is taken to have its own like for them.
    """
    near: deque[tuple[Picture, Grey]] = deque(maxlen=5)
    for seen in _held((picture, grey(picture)) for picture in pictures):
        near.append(seen)
        if len(near) == near.maxlen:
            yield near[2][0], _begins([each for _picture, each in near])


def _held[Seen](seen: Iterable[Seen]) -> Iterator[Seen]:
    """The first and the last stand for two more each."""
    last: Seen | None = None
    for each in seen:
        yield from [each] if last is not None else [each] * 3
        last = each
    yield from [last] * 2 if last is not None else []


def _begins(greys: list[Grey]) -> bool:
    earlier, before, now, after, later = (each.astype(np.int16) for each in greys)
    change = _apart(before, now)
    around = max(_apart(earlier, before), _apart(now, after))
    return change > max(_CHANGE, _ABRUPT * around) and _apart(before, later) > _LASTING * change


def _apart(one: NDArray[np.int16], other: NDArray[np.int16]) -> float:
    return float(np.abs(one - other).mean())
