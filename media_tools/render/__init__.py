"""Pages become a file: one output format a file."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from PIL import Image

from media_tools.draw import Pixels, draw
from media_tools.layout.frame import Frame
from media_tools.layout.text import Typesetter


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file's bytes, and the words for how they were made."""

    content: bytes
    settings: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document says of itself, and how large it is in the hand."""

    title: str
    language: str
    """BCP 47 tag of its words."""
    points: float
    """Points of 1/72 inch to each px of layout."""
    bleed: float = 0
    """Px past each edge that are printed and cut off; marks show where. 0: nothing is cut."""


class Format(ABC):
    """One kind of file."""

    suffix: ClassVar[str]
    paged: ClassVar[bool] = False
    """Whether one file holds several pages."""

    @abstractmethod
    def write(self, frames: tuple[Frame, ...], paper: Paper, typesetter: Typesetter, most_bytes: int | None) -> Encoded:
        """The best file of at most `most_bytes`; the smallest there is where none is small enough.

        `frames` is one page, unless the format is paged.
        """


class Raster(Format):
    """A file of pixels. Subclasses yield ever smaller encodings of the same pixels."""

    @abstractmethod
    def attempts(self, image: Image.Image) -> Iterator[Encoded]:
        """The picture, mode RGBX, at the best quality first, then smaller and smaller."""

    def write(self, frames: tuple[Frame, ...], paper: Paper, typesetter: Typesetter, most_bytes: int | None) -> Encoded:
        del paper  # pixels have no size in the hand
        (frame,) = frames
        return self.encode(draw(frame, typesetter), most_bytes)

    def encode(self, pixels: Pixels, most_bytes: int | None) -> Encoded:
        """As `write`, of pixels that are drawn already."""
        height, width = pixels.shape[:2]
        image = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)  # no copy
        too_large = []
        for encoded in self.attempts(image):
            if most_bytes is None or len(encoded.content) <= most_bytes:
                return encoded
            too_large.append(encoded)
        return min(too_large, key=lambda encoded: len(encoded.content))
