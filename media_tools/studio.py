"""What outlives one picture: the process's fonts, and decoded photos. Made by the caller and passed in."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import skia
from numpy.typing import NDArray
from PIL import Image

from media_tools.open.artwork import open_artwork
from media_tools.open.drawing import Drawing
from media_tools.open.folder import inside
from media_tools.open.font import font_files
from media_tools.open.font_cut import cut
from media_tools.open.image import ImageFacts, open_image, probe_image
from media_tools.open.outline import outline
from media_tools.qr import Matrix, matrix
from media_tools.spec.geometry import Box, Size

WEIGHTS = (400, 500, 600, 700)
_WEIGHT, _OPTICAL = "wght", "opsz"
_KEPT_CUTS = 64  # faces of documents: two sizes of paper of one story have the same
_KEPT = 256  # headers of pictures and codes: more than one story has
_KEPT_DRAWINGS = 8
_TRANSPARENT = 12  # of 255: less is the dust that programs leave round a logo
_OUTLINED = 1_000_000  # points of paths, of some 20 bytes each: every path of eight large drawings


class Fonts:
    """Every packaged face at our four weights, ready for Skia's paragraphs. Files are mapped, not read."""

    def __init__(self) -> None:
        self._manager = skia.FontMgr.New_Custom_Empty()
        self._faces: dict[str, list[_Face]] = {}
        self._covered: dict[tuple[str, str], bool] = {}
        self._cuts = Memory[skia.Typeface](_KEPT_CUTS, lambda _: 1)
        provider = skia.textlayout.TypefaceFontProvider()
        folders: dict[str, Path] = {}
        for path in font_files():
            for number, typeface in enumerate(_typefaces(self._manager, path)):
                family = typeface.getFamilyName()
                if folders.setdefault(family, path.parent) != path.parent:
                    continue  # the same family in a second package
                self._faces.setdefault(family, []).append(_Face(typeface, path, number))
                for position in _positions(typeface):
                    provider.registerTypeface(_clone(typeface, position) if position else typeface)
        self.emoji = tuple(sorted((family for family in self._faces if "Emoji" in family), key=_colour_first))
        self.families = (*(family for family in self._faces if family not in self.emoji), *self.emoji)
        """In the order in which they are asked for a letter that a style's own families lack."""
        self.collection = _collection(provider)
        self.unicode = skia.Unicode.ICU_Make()

    def covers(self, family: str, character: str) -> bool:
        key = (family, character)
        if key not in self._covered:
            faces = self._faces.get(family)
            self._covered[key] = faces is not None and faces[0].typeface.unicharToGlyph(ord(character)) != 0
        return self._covered[key]

    def cut(self, wanted: Mapping[tuple[str, int], str]) -> Self:
        """The same fonts, of which variable ones are fixed at the wanted families and weights, with their letters only.

        Documents carry such faces whole, with the names of their letters; of a variable one they would hold drawings.
        """
        provider = skia.textlayout.TypefaceFontProvider()
        for (family, weight), text in wanted.items():
            for face in self._faces[family]:
                provider.registerTypeface(self._cut(face, weight, text), family)  # which some call by weight once cut
        other = copy(self)
        other.collection = _collection(provider)
        return other

    def _cut(self, face: "_Face", weight: int, text: str) -> skia.Typeface:
        position = next((at for at in _positions(face.typeface) if at.get(_WEIGHT) == weight), None)
        if position is None:  # of a static family each weight is a file
            return face.typeface
        return self._cuts.recall((face.path, face.number, weight, text), lambda: self._fixed(face, text, position))

    def _fixed(self, face: "_Face", text: str, position: Mapping[str, float]) -> skia.Typeface:
        axes = {_name(axis.tag): getattr(axis, "def") for axis in face.typeface.getVariationDesignParameters()}
        content = cut(face.path, face.number, text, {**axes, **position})
        return self._manager.makeFromData(skia.Data.MakeWithCopy(content))


@cache
def packaged_fonts() -> Fonts:
    """The fonts of this process: packages do not change while it runs, and finding them takes as long as a page."""
    return Fonts()


class _Face(NamedTuple):
    """One face of a family, and where it is."""

    typeface: skia.Typeface
    path: Path
    number: int


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
        self.fonts = packaged_fonts()
        self._facts = Memory[ImageFacts](_KEPT, lambda _: 1)
        self._outlines = Memory[skia.Path](_OUTLINED, lambda path: 10 + path.countPoints())
        self._opaque = Memory[Box | None](_KEPT, lambda _: 1)
        self._drawings = Memory[Drawing](_KEPT_DRAWINGS, lambda _: 1)
        self._matrices = Memory[Matrix](_KEPT, lambda _: 1)
        self._decoded = Memory[Image.Image](budget // 2, lambda image: 4 * image.width * image.height)
        self._pixels = Memory[NDArray[np.uint8]](budget // 2, lambda array: array.nbytes)

    def outline(self, data: str, *, even_odd: bool = False) -> skia.Path:
        return self._outlines.recall((data, even_odd), lambda: outline(data, even_odd=even_odd))

    def artwork(self, name: str) -> Drawing:
        return self._drawings.recall(name, lambda: open_artwork(self.path(name)))

    def matrix(self, text: str) -> Matrix:
        return self._matrices.recall(text, lambda: matrix(text))

    def path(self, name: str) -> Path:
        return inside(self.folder, name)

    def facts(self, name: str) -> ImageFacts:
        return self._facts.recall(name, lambda: probe_image(self.path(name)))

    def opaque(self, name: str) -> Box | None:
        """The part of a picture, in shares, that is not transparent; None where all or nothing is."""
        return self._opaque.recall(name, lambda: _opaque(self._reduced(name, 1)))

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
        # From less than twice the size BICUBIC is as good (45 dB beside LANCZOS from the whole) and takes two thirds.
        return np.asarray(source.resize(target, Image.Resampling.BICUBIC, box=box).convert("RGBA"))

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


def _typefaces(manager: skia.FontMgr, path: Path) -> Iterator[skia.Typeface]:
    """The one face of a font, each face of a collection."""
    for index in count():
        typeface = manager.makeFromFile(str(path), index)
        if typeface is None and index == 0:
            raise OSError(f"{path} is not a font that can be read. Install its package again.")
        if typeface is None:
            return
        yield typeface


def _colour_first(family: str) -> tuple[bool, str]:
    return "Color" not in family, family


def _opaque(image: Image.Image) -> Box | None:
    seen = image.getchannel("A").point(lambda alpha: 255 * (alpha > _TRANSPARENT)) if image.mode == "RGBA" else None
    if seen is None or seen.getextrema() == (255, 255):
        return None
    left, top, right, bottom = seen.getbbox() or (0, 0, 0, 0)
    wide, high = image.size
    return Box(left / wide, top / high, (right - left) / wide, (bottom - top) / high) if right > left else None


def _collection(provider: skia.textlayout.TypefaceFontProvider) -> skia.textlayout.FontCollection:
    collection = skia.textlayout.FontCollection()
    collection.setDefaultFontManager(provider)
    return collection


def _positions(typeface: skia.Typeface) -> list[dict[str, float]]:
    """Where on its axes a variable face has our weights, at its largest optical size; a static one is as it is."""
    axes = {_name(axis.tag): axis for axis in typeface.getVariationDesignParameters()}
    if _WEIGHT not in axes:
        return [{}]
    optical = {_OPTICAL: axes[_OPTICAL].max} if _OPTICAL in axes else {}
    return [{_WEIGHT: value, **optical} for value in WEIGHTS]


def _clone(typeface: skia.Typeface, position: Mapping[str, float]) -> skia.Typeface:
    # Skia keeps pointers to both of these until makeClone: they must be alive, so each has a name.
    variation = skia.FontArguments.VariationPosition
    coordinates = variation.Coordinates([variation.Coordinate(_tag(name), value) for name, value in position.items()])
    place = variation(coordinates)
    arguments = skia.FontArguments()
    arguments.setVariationDesignPosition(place)
    return typeface.makeClone(arguments)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


def _name(tag: int) -> str:
    return tag.to_bytes(4, "big").decode("ascii")
