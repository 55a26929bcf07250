"""What the scenes share: a sheet measured in drawing units, gradients, noise and film grain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray
from PIL import Image

WIDTH, HEIGHT = 1600.0, 1200.0  # drawing units: every scene is composed once, on 4:3

Field = NDArray[np.floating[Any]]
Point = tuple[float, float]
Stops = Sequence[tuple[float, str]]

FIELD_SIZE = (800, 600)  # noise cells across and down: half a unit fine, and the same at every size of picture


@dataclass(frozen=True, slots=True)
class Sheet:
    """A skia surface with the pixels it draws on; the array must outlive the surface, so they travel together.

    `pixels` is (height, width, 4) uint8, premultiplied RGBA. `scale` is px per unit, `left` and `top`
    the px where the drawing's corner lies: at shapes other than 4:3 the sheet shows the drawing's middle.
    """

    pixels: NDArray[np.uint8]
    surface: skia.Surface
    scale: float
    left: float
    top: float

    @property
    def canvas(self) -> skia.Canvas:
        return self.surface.getCanvas()

    def row(self, unit: float) -> int:
        """The px row at `unit` down the drawing."""
        return min(max(round(self.top + unit * self.scale), 0), len(self.pixels))


def sheet(width: int, height: int) -> Sheet:
    """A transparent sheet of width × height px, covered by the whole drawing's width or height."""
    pixels = np.zeros((height, width, 4), np.uint8)
    scale = max(width / WIDTH, height / HEIGHT)
    left, top = (width - WIDTH * scale) / 2, (height - HEIGHT * scale) / 2
    made = Sheet(pixels, skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType), scale, left, top)
    made.canvas.translate(left, top)
    made.canvas.scale(scale, scale)
    return made


def colour(code: str, opacity: float = 1) -> int:
    """A skia colour, 0xAARRGGBB, from #RRGGBB or #RRGGBBAA."""
    red, green, blue, *alpha = bytes.fromhex(code[1:])
    opaque = round(opacity * (alpha[0] if alpha else 255))
    return opaque << 24 | red << 16 | green << 8 | blue


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` of the way from `first` to `second`."""
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def fill(code: str, opacity: float = 1, blur: float = 0) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True, Color=colour(code, opacity))
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint


def stroke(code: str, width: float, opacity: float = 1, blur: float = 0) -> skia.Paint:
    paint = fill(code, opacity, blur)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def graded(stops: Stops, start: float, end: float) -> skia.Paint:
    """A fill that runs down the drawing, from `start` to `end`."""
    shades = [colour(code) for _, code in stops]
    shader = skia.GradientShader.MakeLinear([(0, start), (0, end)], shades, [at for at, _ in stops])
    return skia.Paint(AntiAlias=True, Dither=True, Shader=shader)


def shining(centre: Point, radius: float, code: str, opacity: float) -> skia.Paint:
    """Light that falls off evenly from `centre` and adds to what is there."""
    steps = [0, 0.15, 0.35, 0.6, 1]
    shades = [colour(code, opacity * (1 - step) ** 2) for step in steps]
    shader = skia.GradientShader.MakeRadial(centre, radius, shades, steps)
    return skia.Paint(AntiAlias=True, Dither=True, Shader=shader, BlendMode=skia.BlendMode.kScreen)


def polygon(points: Sequence[Point]) -> skia.Path:
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in points], True)
    return path


def curve(points: tuple[Point, ...], count: int = 120) -> list[Point]:
    """A smooth line through `points`, evenly spaced along its parameter."""
    knots = np.array(
        (
            (2 * points[0][0] - points[1][0], 2 * points[0][1] - points[1][1]),
            *points,
            (2 * points[-1][0] - points[-2][0], 2 * points[-1][1] - points[-2][1]),
        )
    )
    at = np.linspace(0, len(points) - 1 - 1e-9, count)
    span, share = at.astype(int), (at % 1)[:, None]
    before, start, end, after = (knots[span + step] for step in range(4))
    smooth = start + 0.5 * share * (
        end - before + share * (2 * before - 5 * start + 4 * end - after + share * (3 * (start - end) + after - before))
    )
    return [(float(x), float(y)) for x, y in smooth]


def box(left: float, top: float, right: float, bottom: float) -> skia.Rect:
    return skia.Rect.MakeLTRB(left, top, right, bottom)


WHOLE = (0.0, 0.0, WIDTH, HEIGHT)


def noise(seed: int, columns: int, rows: int, octaves: int = 5) -> Field:
    """Cloudy values from 0 to 1, (600, 800); the coarsest clouds are `columns` × `rows` to the field."""
    generator = np.random.default_rng(seed)
    total = np.zeros(FIELD_SIZE[::-1], np.float32)
    for octave in range(octaves):
        shape = (min(rows << octave, FIELD_SIZE[1]), min(columns << octave, FIELD_SIZE[0]))
        cells = Image.fromarray(generator.random(shape, dtype=np.float32))
        total += np.asarray(cells.resize(FIELD_SIZE, Image.Resampling.BICUBIC)) * 0.5**octave
    lowest, highest = float(total.min()), float(total.max())
    return (total - lowest) / (highest - lowest)


def lifted(field: Field, threshold: float, softness: float) -> Field:
    """Nothing under `threshold`, all above `threshold + softness`, and a smooth rise between."""
    rise: Field = np.clip((field - threshold) / softness, 0, 1)
    return rise * rise * (3 - 2 * rise)


def band(centre: float, spread: float) -> Field:
    """A soft horizontal band, (600, 1), both measures as shares of the height."""
    distance: Field = (np.linspace(0, 1, FIELD_SIZE[1], dtype=np.float32)[:, None] - centre) / spread
    return np.exp(-np.square(distance))


def jagged(chance: np.random.Generator, across: Field, bumps: Sequence[tuple[int, float]]) -> Field:
    """Heights along `across`, roughened by each (how many bumps, how high) in turn."""
    total: Field = np.zeros_like(across)
    for count, height in bumps:
        places = np.linspace(across[0], across[-1], count)
        total = total + height * np.interp(across, places, chance.uniform(-1, 1, count))
    return total


def veil(canvas: skia.Canvas, opacity: Field, code: str, area: tuple[float, float, float, float] = WHOLE) -> None:
    """Spread one colour over `area` (left, top, right, bottom), as dense as `opacity` says."""
    alpha = np.ascontiguousarray(np.clip(opacity, 0, 1) * 255, dtype=np.uint8)
    image = skia.Image.fromarray(alpha, colorType=skia.kAlpha_8_ColorType)
    canvas.drawImageRect(image, box(*area), skia.SamplingOptions(skia.CubicResampler.Mitchell()), fill(code))


def developed(made: Sheet, seed: int, strength: float = 3.2) -> Image.Image:
    """The finished picture: opaque RGB under a fine film grain, whose spread is `strength` of 255 levels."""
    size = (*made.pixels.shape[:2], 1)
    grain = np.random.default_rng(seed).standard_normal(size, dtype=np.float32) * np.float32(strength)
    grained = made.pixels[..., :3].astype(np.int16) + np.rint(grain).astype(np.int16)
    return Image.fromarray(np.clip(grained, 0, 255).astype(np.uint8))
