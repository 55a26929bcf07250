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
from media_tools.spec.geometry import Box, Size

WEIGHTS = (400, 500, 600, 700)
_OUTLINES = 256  # paths kept: marks, motifs and codes of one story


class Fonts:
    """Every packaged face at our four weights, ready for Skia's paragraphs."""

    def __init__(self) -> None:
        manager = skia.FontMgr.New_Custom_Empty()
        provider = skia.textlayout.TypefaceFontProvider()
        self._faces: dict[str, skia.Typeface] = {}
        folders: dict[str, Path] = {}
        for path in font_files():
            typeface = manager.makeFromFile(str(path), 0)
            family = typeface.getFamilyName()
            if folders.setdefault(family, path.parent) != path.parent:
                continue  # the same family in a second package
            self._faces.setdefault(family, typeface)
            for face in _weights(typeface):
                provider.registerTypeface(face)
        self.collection = skia.textlayout.FontCollection()
        self.collection.setDefaultFontManager(provider)
        self.unicode = skia.Unicode.ICU_Make()

    @property
    def families(self) -> tuple[str, ...]:
        return tuple(self._faces)

    def covers(self, family: str, character: str) -> bool:
        return family in self._faces and self._faces[family].unicharToGlyph(ord(character)) != 0


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
        self._levels: dict[str, list[Image.Image]] = {}
        self._outlines = Memory[skia.Path](_OUTLINES, lambda _: 1)
        self._pixels = Memory[NDArray[np.uint8]](budget, lambda array: array.nbytes)

    def outline(self, data: str) -> skia.Path:
        return self._outlines.recall(data, lambda: outline(data))

    def path(self, name: str) -> Path:
        return inside(self.folder, name)

    def facts(self, name: str) -> ImageFacts:
        return probe_image(self.path(name))

    def sha256(self, name: str) -> str:
        return hashlib.sha256(self.path(name).read_bytes()).hexdigest()

    def pixels(self, name: str, crop: Box, size: Size) -> NDArray[np.uint8]:
        """(height, width, 3 or 4) uint8 sRGB: the part `crop` (shares of the picture) at `size` px."""
        key = (name, crop, size)
        return self._pixels.recall(key, lambda: self._resized(name, crop, size))

    def _resized(self, name: str, crop: Box, size: Size) -> NDArray[np.uint8]:
        whole = Size(size.width / crop.width, size.height / crop.height)
        source = self._level(name, whole)
        box = (
            crop.x * source.width, crop.y * source.height, crop.right * source.width, crop.bottom * source.height,
        )  # fmt: skip
        target = (round(size.width), round(size.height))
        return np.asarray(source.resize(target, Image.Resampling.LANCZOS, box=box))

    def _level(self, name: str, least: Size) -> Image.Image:
        """The smallest decoded copy of the picture that is at least `least` large; decoded anew when none is."""
        levels = self._levels.get(name)
        if levels is None or (_smaller(levels[0], least) and self._could_grow(name, levels[0])):
            levels = self._levels[name] = _halvings(
                open_image(self.path(name), at_least=(round(least.width), round(least.height)))
            )
        return next((level for level in reversed(levels) if not _smaller(level, least)), levels[0])

    def _could_grow(self, name: str, decoded: Image.Image) -> bool:
        return self.facts(name).width > decoded.width


def _smaller(image: Image.Image, least: Size) -> bool:
    return image.width < round(least.width) or image.height < round(least.height)


def _halvings(image: Image.Image) -> list[Image.Image]:
    """The picture and its halves down to 256 px: each is averaged from the one before."""
    levels = [image]
    while min(levels[-1].size) >= 512:
        levels.append(levels[-1].reduce(2))
    return levels


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
