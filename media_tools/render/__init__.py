"""Pixels become a file: one output format a file."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from PIL import Image

from media_tools.draw import Pixels


@dataclass(frozen=True, slots=True)
class Encoded:
    """A file's bytes, and the words for how they were made."""

    content: bytes
    settings: str


class Format(ABC):
    """One kind of file. Subclasses yield ever smaller encodings of the same pixels."""

    suffix: ClassVar[str]

    @abstractmethod
    def attempts(self, image: Image.Image) -> Iterator[Encoded]:
        """The picture, mode RGBX, at the best quality first, then smaller and smaller."""

    def encode(self, pixels: Pixels, most_bytes: int | None) -> Encoded:
        """The best file of at most `most_bytes`; the smallest there is where none is small enough."""
        height, width = pixels.shape[:2]
        image = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)  # no copy
        too_large = []
        for encoded in self.attempts(image):
            if most_bytes is None or len(encoded.content) <= most_bytes:
                return encoded
            too_large.append(encoded)
        return min(too_large, key=lambda encoded: len(encoded.content))
