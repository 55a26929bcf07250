"""A limestone bay at dusk, with a junk under sail."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import skia
from PIL import Image

from media_tools.example.scenes.paint import (
    WIDTH,
    Field,
    Point,
    Sheet,
    band,
    box,
    developed,
    fill,
    graded,
    jagged,
    lifted,
    mix,
    noise,
    polygon,
    sheet,
    shining,
    stroke,
    veil,
)
from media_tools.example.scenes.water import mirror, ripples

WATERLINE = 668.0
SUN: Point = (838.0, 520.0)
HAZE, MIST, LIGHT = "#E9C596", "#EBD3AC", "#FFE3A6"
SKY = ((0, "#4F7B87"), (0.22, "#7F9E9E"), (0.48, "#C9BF9F"), (0.75, "#F2CD92"), (1, "#F8DC9F"))


@dataclass(frozen=True, slots=True)
class Island:
    """One limestone tower: where it stands, how far it reaches to each side, how high, and how blunt its top is."""

    centre: float
    reach: float
    height: float
    bluntness: float = 2.4


@dataclass(frozen=True, slots=True)
class Range:
    """Islands at one distance; `nearness` goes from 0, lost in haze, to 1."""

    islands: tuple[Island, ...]
    nearness: float
    foot: float
    seed: int


FAR = (
    Island(100, 120, 170), Island(262, 90, 215, 1.7), Island(500, 110, 120), Island(640, 80, 78),
    Island(1046, 70, 262, 1.35), Island(1130, 105, 190), Island(1295, 90, 150), Island(1420, 110, 235),
)  # fmt: skip
MIDDLE = (
    Island(-10, 110, 240), Island(372, 118, 322, 2.1), Island(470, 80, 170), Island(590, 62, 62),
    Island(1190, 92, 190, 2.1), Island(1264, 70, 126), Island(1440, 90, 205), Island(1560, 95, 265),
)  # fmt: skip
CLOSER = (Island(214, 138, 290, 2.8), Island(318, 60, 110), Island(1105, 125, 92, 2), Island(1450, 60, 80))
CLOSEST = (Island(1395, 90, 250, 2.2), Island(1540, 160, 395, 2.3), Island(20, 105, 135, 2.2))

RANGES = (
    Range(FAR, nearness=0.1, foot=664, seed=11),
    Range(MIDDLE, nearness=0.4, foot=667, seed=23),
    Range(CLOSER, nearness=0.7, foot=671, seed=31),
    Range(CLOSEST, nearness=1.0, foot=678, seed=47),
)


def bay(width: int = 2700, height: int = 2025) -> Image.Image:
    made = sheet(width, height)
    _sky(made.canvas)
    for at_distance in RANGES:
        _range(made.canvas, at_distance)
    _sea(made)
    _junk(made.canvas, (452, 700), 0.26, 0.45)
    _junk(made.canvas, (965, 838), 1.0, 1.0)
    return developed(made, seed=5)


def _sky(canvas: skia.Canvas) -> None:
    canvas.drawPaint(graded(SKY, 0, WATERLINE))
    canvas.drawPaint(shining(SUN, 760, "#FFC27A", 0.55))
    canvas.drawPaint(shining(SUN, 300, "#FFE9A8", 0.75))
    streaks = lifted(noise(3, 3, 26), 0.5, 0.4)
    veil(canvas, streaks * (band(0.1, 0.12) + band(0.31, 0.1)) * 0.4, "#F6DDB8")
    veil(canvas, lifted(noise(8, 2, 18), 0.52, 0.4) * band(0.24, 0.13) * 0.35, "#6E8C92")
    canvas.drawCircle(*SUN, 58, fill("#FFF3CF", 0.55, blur=16))
    canvas.drawCircle(*SUN, 44, fill("#FFF8E4"))


def _skyline(islands: Sequence[Island], foot: float, seed: int) -> list[Point]:
    """The outline against the sky, along a row of domes roughened by rock and trees."""
    across = np.linspace(-40, WIDTH + 40, 1400)
    rough = np.random.default_rng(seed)
    heights = np.zeros_like(across)
    for island in islands:
        leaning = np.clip((across - island.centre) / island.reach + rough.uniform(-0.06, 0.06), -1, 1)
        dome = (1 - np.abs(leaning) ** island.bluntness) ** 0.8
        heights = np.maximum(heights, island.height * dome)
    crags = jagged(rough, across, ((70, 6.0), (190, 3.4), (520, 1.8)))
    heights = heights + crags * np.clip(heights / 90, 0, 1)
    return [(float(x), float(foot - y)) for x, y in zip(across, heights, strict=True)]


def _range(canvas: skia.Canvas, at: Range) -> None:
    outline = polygon([(-40, at.foot), *_skyline(at.islands, at.foot, at.seed), (WIDTH + 40, at.foot)])
    top, foot = mix("#B9B09A", "#0D3A48", at.nearness), mix(HAZE, "#2C5660", at.nearness)
    canvas.save()
    canvas.clipPath(outline, True)
    canvas.drawPaint(graded(((0, top), (0.55, mix(top, foot, 0.3)), (1, foot)), at.foot - 330, at.foot))
    _rock(canvas, at)
    rim = shining(SUN, 620, LIGHT, 0.75)
    rim.setStyle(skia.Paint.kStroke_Style)
    rim.setStrokeWidth(9)
    rim.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 2.5))
    canvas.drawPath(outline, rim)
    canvas.restore()
    bank = lifted(noise(at.seed + 2, 5, 14), 0.2, 0.7) * band(at.foot / 1200, 0.034 + 0.012 * at.nearness)
    veil(canvas, bank * (0.85 - 0.25 * at.nearness), MIST)


def _rock(canvas: skia.Canvas, at: Range) -> None:
    """Pale upright cliffs and dark trees, the stronger the nearer."""
    strength = 0.12 + 0.3 * at.nearness
    cliffs = lifted(noise(at.seed, 46, 9), 0.5, 0.3)
    trees = lifted(noise(at.seed + 1, 90, 60, octaves=4), 0.4, 0.4)
    veil(canvas, cliffs * strength * 0.55, mix(HAZE, "#5F8C93", at.nearness))
    veil(canvas, trees * strength, mix("#8E9288", "#06242E", at.nearness))


def _sea(made: Sheet) -> None:
    waves = ripples(noise(61, 8, 70, octaves=4), made, WATERLINE)
    mirror(made, WATERLINE, waves, swell=30)
    tint = ((0, "#D9C7A455"), (0.1, "#A3ADA480"), (0.35, "#5E8A93B0"), (0.7, "#245563D8"), (1, "#0B3542F4"))
    made.canvas.drawRect(box(-400, WATERLINE, 2000, 1600), graded(tint, WATERLINE, 1200))
    _glitter(made, waves)
    veil(made.canvas, lifted(noise(71, 4, 12), 0.15, 0.7) * band(WATERLINE / 1200, 0.022) * 0.8, MIST)


def _glitter(made: Sheet, waves: Field) -> None:
    """Warm crests, densest in the sun's path and under the bright sky."""
    shore = made.row(WATERLINE)
    height, width = made.pixels.shape[:2]
    across = (np.arange(width, dtype=np.float32)[None, :] - made.left) / made.scale - SUN[0]
    depth = (np.arange(height - shore, dtype=np.float32)[:, None]) / made.scale
    path = np.exp(-((across / (46 + depth * 0.42)) ** 2)) * np.exp(-depth / 190)
    crests = lifted(waves, 0.5, 0.22)
    light = (crests * np.minimum(path * 0.9 + 0.16 * np.exp(-depth / 300), 1))[..., None]
    water = made.pixels[shore:, :, :3]
    made.pixels[shore:, :, :3] = (water + (np.array([255, 226, 166]) - water) * light).astype(np.uint8)


def _junk(canvas: skia.Canvas, at: Point, size: float, clarity: float) -> None:
    """A junk afloat at `at`, over its reflection; haze takes the colours when `clarity` falls."""
    canvas.save()
    canvas.translate(*at)
    canvas.scale(size, size)
    _reflection(canvas, clarity)
    _ship(canvas, clarity)
    for left, right, down in ((-150, 40, 9), (-60, 140, 14), (-110, 70, 21), (-20, 90, 30)):
        canvas.drawLine(left, down, right, down, stroke(LIGHT, 2.2, 0.38 * clarity, blur=1))
    canvas.restore()


def _reflection(canvas: skia.Canvas, clarity: float) -> None:
    """The ship upside down in slices, each pushed a little aside, more so the nearer to us."""
    canvas.saveLayerAlpha(None, 205)
    for step, push in enumerate(np.random.default_rng(91).normal(0, 1, 44)):
        canvas.save()
        canvas.clipRect(box(-200, step * 4, 200, step * 4 + 4.2), True)
        canvas.translate(float(push) * (1.2 + step * 0.16), 0)
        canvas.scale(1, -0.72)
        _ship(canvas, clarity)
        canvas.restore()
    fade = graded(((0, "#000000FF"), (0.35, "#000000C0"), (1, "#00000000")), 0, 176)
    fade.setBlendMode(skia.BlendMode.kDstIn)
    canvas.drawPaint(fade)
    canvas.restore()


def _ship(canvas: skia.Canvas, clarity: float) -> None:
    """Hull and three sails, some 240 units long and 240 high, the middle of the waterline at the origin."""
    timber, plank = mix("#8F9488", "#0A1D25", clarity), mix("#A39F8C", "#6B4630", clarity)
    for mast, head, size in ((2.0, -246.0, 1.0), (-92.0, -156.0, 0.62), (104.0, -122.0, 0.4)):
        canvas.drawLine(mast, -16, mast, head, stroke(timber, 3.4))
        _sail(canvas, (mast, -30), size, clarity)
    hull = skia.Path()
    hull.moveTo(-134, -34)
    hull.quadTo(-20, -6, 124, -56)
    hull.lineTo(112, -6)
    hull.quadTo(104, 6, 84, 7)
    hull.lineTo(-84, 7)
    hull.quadTo(-112, -2, -134, -34)
    canvas.drawPath(polygon([(50, -26), (54, -46), (104, -58), (106, -40)]), fill(timber))
    canvas.drawPath(hull, fill(timber))
    gunwale = skia.Path()
    gunwale.moveTo(-128, -30)
    gunwale.quadTo(-18, -2, 118, -48)
    canvas.drawPath(gunwale, stroke(plank, 2.6))


# Front and back end of each batten of a sail one unit in size, from the foot to the peak.
BATTENS: tuple[tuple[Point, Point], ...] = (
    ((-46, 0), (78, -6)),
    ((-48, -30), (90, -46)),
    ((-46, -60), (94, -86)),
    ((-42, -90), (92, -124)),
    ((-36, -120), (82, -158)),
    ((-27, -150), (60, -188)),
    ((-12, -180), (24, -206)),
)


def _sail(canvas: skia.Canvas, foot: Point, size: float, clarity: float) -> None:
    canvas.save()
    canvas.translate(*foot)
    canvas.scale(0.86 * size, size)
    for step, (low, high) in enumerate(pairwise(BATTENS)):
        panel = skia.Path()
        panel.moveTo(*low[0])
        panel.lineTo(*high[0])
        panel.lineTo(*high[1])
        panel.quadTo((low[1][0] + high[1][0]) / 2 - 7, (low[1][1] + high[1][1]) / 2, *low[1])
        panel.close()
        canvas.drawPath(panel, fill(mix("#A79A84", mix("#7A2415", "#CF5A2F", step / 5), clarity)))
    for front, back in BATTENS:
        canvas.drawLine(*front, *back, stroke(mix("#8F9488", "#3B1712", clarity), 2.8))
    canvas.restore()
