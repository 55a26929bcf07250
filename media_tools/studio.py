"""What outlives one picture: fonts and decoded photos. Made by the caller and passed in."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import skia
from numpy.typing import NDArray
from PIL import Image

from media_tools.open.folder import inside
from media_tools.open.font import font_files
from media_tools.open.image import ImageFacts, open_image, probe_image
from media_tools.open.outline import outline
from media_tools.qr import Matrix, matrix
from media_tools.spec.geometry import Box, Size

WEIGHTS = (400, 500, 600, 700)
_KEPT = 256  # paths, and headers of pictures: more than one story has


class Fonts:
    """Every packaged face at our four weights, ready for Skia's paragraphs."""

    def __init__(self) -> None:
        manager = skia.FontMgr.New_Custom_Empty()
        provider = skia.textlayout.TypefaceFontProvider()
        self._faces: dict[str, skia.Typeface] = {}
        self._covered: dict[tuple[str, str], bool] = {}
        folders: dict[str, Path] = {}
        for path in font_files():
            typeface = manager.makeFromFile(str(path), 0)
            family = typeface.getFamilyName()
            if folders.setdefault(family, path.parent) != path.parent:
                continue  # the same family in a second package
            self._faces.setdefault(family, typeface)
            for face in _weights(typeface):
                provider.registerTypeface(face)
        self.families = tuple(self._faces)
        self.collection = skia.textlayout.FontCollection()
        self.collection.setDefaultFontManager(provider)
        self.unicode = skia.Unicode.ICU_Make()

    def covers(self, family: str, character: str) -> bool:
        key = (family, character)
        if key not in self._covered:
            face = self._faces.get(family)
            self._covered[key] = face is not None and face.unicharToGlyph(ord(character)) != 0
        return self._covered[key]


@dataclass
class Memory[Value]:
    """Values by key; the least recently used go when their weights pass the budget."""

    budget: int
    weigh: Callable[[Value], int]
    _held: OrderedDict[Hashable, Value] = field(default_factory=OrderedDict)
    _weight: int = 0

    def recall(self, key: Hashable, make: Callable[[], Value]) -> Value:
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        value = self._held[key] = make()
        self._weight += self.weigh(value)
        while self._weight > self.budget and len(self._held) > 1:
            _, dropped = self._held.popitem(last=False)
            self._weight -= self.weigh(dropped)
        return value


class Studio:
    """Fonts and the pictures of one story's folder, decoded once and kept within a byte budget."""

    def __init__(self, folder: Path, budget: int = 512 * 1024 * 1024) -> None:
        self.folder = folder
        self.fonts = Fonts()
        self._facts = Memory[ImageFacts](_KEPT, lambda _: 1)
        self._outlines = Memory[skia.Path](_KEPT, lambda _: 1)
        self._matrices = Memory[Matrix](_KEPT, lambda _: 1)
        self._decoded = Memory[Image.Image](budget, lambda image: 4 * image.width * image.height)
        self._pixels = Memory[NDArray[np.uint8]](budget, lambda array: array.nbytes)

    def outline(self, data: str) -> skia.Path:
        return self._outlines.recall(data, lambda: outline(data))

    def matrix(self, text: str) -> Matrix:
        return self._matrices.recall(text, lambda: matrix(text))

    def path(self, name: str) -> Path:
        return inside(self.folder, name)

    def facts(self, name: str) -> ImageFacts:
        return self._facts.recall(name, lambda: probe_image(self.path(name)))

    def sha256(self, name: str) -> str:
        return hashlib.sha256(self.path(name).read_bytes()).hexdigest()

    def pixels(self, name: str, crop: Box, size: Size) -> NDArray[np.uint8]:
        """(height, width, 4) uint8 sRGB with opacity: the part `crop` (shares of the picture) at `size` px.

        The result depends on these three alone, never on what was asked for before: equal stories make equal bytes.
        """
        return self._pixels.recall((name, crop, size), lambda: self._resized(name, crop, size))

    def _resized(self, name: str, crop: Box, size: Size) -> NDArray[np.uint8]:
        source = self._reduced(name, self._factor(name, crop, size))
        box = (
            crop.x * source.width, crop.y * source.height, crop.right * source.width, crop.bottom * source.height,
        )  # fmt: skip
        target = (round(size.width), round(size.height))
        return np.asarray(source.resize(target, Image.Resampling.LANCZOS, box=box).convert("RGBA"))

    def _factor(self, name: str, crop: Box, size: Size) -> int:
        """The largest power of two by which the picture can be reduced and still has a px for each px of `size`."""
        facts = self.facts(name)
        spare = min(facts.width * crop.width / size.width, facts.height * crop.height / size.height)
        return 1 << max(0, int(spare).bit_length() - 1)

    def _reduced(self, name: str, factor: int) -> Image.Image:
        """The picture at 1/factor of its size: a JPEG is decoded at half size, smaller ones are averaged from that."""
        return self._decoded.recall((name, factor), lambda: self._reduce(name, factor))

    def _reduce(self, name: str, factor: int) -> Image.Image:
        if factor > 2:
            return self._reduced(name, factor // 2).reduce(2)
        facts = self.facts(name)
        half = (facts.width // 2, facts.height // 2) if factor == 2 else None
        image = open_image(self.path(name), at_least=half)
        return image.reduce(2) if half and image.width == facts.width else image


def _weights(typeface: skia.Typeface) -> list[skia.Typeface]:
    """A variable face as one clone per weight, at its largest optical size; a static face as it is."""
    axes = {axis.tag: axis for axis in typeface.getVariationDesignParameters()}
    weight, optical = _tag("wght"), _tag("opsz")
    if weight not in axes:
        return [typeface]
    return [
        _clone(typeface, {weight: value} | ({optical: axes[optical].max} if optical in axes else {}))
        for value in WEIGHTS
    ]


def _clone(typeface: skia.Typeface, position: dict[int, float]) -> skia.Typeface:
    # Skia keeps pointers to both of these until makeClone: they must be alive, so each has a name.
    variation = skia.FontArguments.VariationPosition
    coordinates = variation.Coordinates([variation.Coordinate(tag, value) for tag, value in position.items()])
    place = variation(coordinates)
    arguments = skia.FontArguments()
    arguments.setVariationDesignPosition(place)
    return typeface.makeClone(arguments)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")
