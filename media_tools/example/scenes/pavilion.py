"""An exposition pavilion in the evening: a bamboo roof lit from inside, over a reflecting pool."""

import numpy as np
import skia
from PIL import Image

from media_tools.example.scenes.paint import (
    Point,
    Sheet,
    band,
    box,
    curve,
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
from media_tools.example.scenes.people import GOWN, HAT, TROUSERS, standing
from media_tools.example.scenes.water import mirror, ripples

POOL = 770.0
FLOOR = 744.0
MIDDLE = 860.0
SKY = ((0, "#06232D"), (0.4, "#0C4351"), (0.75, "#2C6C76"), (0.93, "#8D9A88"), (1, "#C9A67C"))
PAVING = ((0, "#C98F55"), (0.25, "#5D4A3A"), (1, "#0A2630"))
TIMBER, LAMP = "#2A1A14", "#FFDFA0"

# The roof's edge against the sky and the edge of its underside, from the left tip to the right one.
RIDGE: tuple[Point, ...] = (
    (110, 506), (300, 512), (560, 452), (760, 326), (905, 292), (1060, 340), (1250, 448), (1420, 478), (1540, 452),
)  # fmt: skip
EAVES: tuple[Point, ...] = (
    (110, 506), (300, 540), (560, 524), (760, 462), (905, 440), (1060, 470), (1250, 520), (1420, 510), (1540, 452),
)  # fmt: skip
WALL: tuple[Point, ...] = (
    (250, 560), (420, 566), (600, 558), (760, 528), (905, 512), (1060, 532), (1230, 556), (1390, 552), (1470, 540),
)  # fmt: skip

# Where each column stands, how far its canes spread to each side, and where they meet the roof.
COLUMNS = (
    (330, 105, 520), (520, 120, 516), (700, 135, 478), (1110, 135, 486), (1290, 115, 512), (1440, 70, 492),
)  # fmt: skip


def pavilion(width: int = 2700, height: int = 2025) -> Image.Image:
    made = sheet(width, height)
    canvas = made.canvas
    _evening(canvas)
    _garden(canvas)
    _hall(canvas)
    _columns(canvas)
    _roof(canvas)
    _terrace(canvas)
    _visitors(canvas)
    _pool(made)
    return developed(made, seed=6)


def _evening(canvas: skia.Canvas) -> None:
    canvas.drawPaint(graded(SKY, 0, 720))
    clouds = lifted(noise(13, 3, 22), 0.45, 0.45)
    veil(canvas, clouds * (band(0.2, 0.14) + band(0.42, 0.08)) * 0.3, "#7FA3A2")
    veil(canvas, lifted(noise(14, 2, 16), 0.5, 0.4) * band(0.5, 0.08) * 0.5, "#E8B98A")
    canvas.drawPaint(shining((MIDDLE, 600), 900, "#FFB866", 0.42))


def _garden(canvas: skia.Canvas) -> None:
    """Hills and trees behind, darker as they come nearer."""
    across = np.linspace(-60, 1660, 500)
    for seed, base, height, code in ((21, 660, 110, "#3B6A70"), (22, 705, 120, "#1C4B56"), (23, 745, 150, "#0B303B")):
        chance = np.random.default_rng(seed)
        hills = height * (0.5 + jagged(chance, across, ((9, 0.3), (40, 0.15), (150, 0.06))))
        ridge = [(float(x), float(base - y)) for x, y in zip(across, hills, strict=True)]
        canvas.drawPath(polygon([(-60, 800), *ridge, (1660, 800)]), fill(code))


def _hall(canvas: skia.Canvas) -> None:
    """The bright inside, behind a lattice."""
    wall = polygon([(250, FLOOR), *curve(WALL), (1470, FLOOR)])
    canvas.save()
    canvas.clipPath(wall, True)
    canvas.drawPaint(graded(((0, "#B9602A"), (0.4, "#EFA552"), (0.8, "#FFD792"), (1, "#F6BF74")), 500, FLOOR))
    canvas.drawPaint(shining((MIDDLE + 45, 650), 420, "#FFF3CF", 0.9))
    _lattice(canvas)
    canvas.restore()


def _lattice(canvas: skia.Canvas) -> None:
    thin = stroke(TIMBER, 2.4, 0.62)
    for step in range(-12, 62):
        x = 200 + step * 30
        if not 700 < x < 1110:
            canvas.drawLine(x, 480, x + 150, FLOOR, thin)
            canvas.drawLine(x + 150, 480, x, FLOOR, thin)
    for y in (580, 662):
        canvas.drawLine(200, y, 1500, y, stroke(TIMBER, 3.2, 0.55))


def _columns(canvas: skia.Canvas) -> None:
    """Bamboo gathered at the floor and opening like a fan under the roof."""
    for x, spread, top in COLUMNS:
        for share in np.linspace(-1, 1, 13):
            cane = skia.Path()
            cane.moveTo(x + share * 11, FLOOR)
            cane.cubicTo(x + share * 9, 660, x + share * 22, 600, x + share * spread, top - 6)
            canvas.drawPath(cane, stroke(mix("#3A2216", "#8A5426", abs(float(share))), 4.6))


def _roof(canvas: skia.Canvas) -> None:
    ridge, eaves, wall = curve(RIDGE), curve(EAVES), curve(WALL)
    soffit = polygon([*eaves, *reversed(wall)])
    canvas.drawPath(soffit, graded(((0, "#8E4A22"), (0.5, "#E39A4C"), (1, "#FFD08A")), 430, 570))
    for above, below in zip(eaves[4:-4:2], wall[4:-4:2], strict=True):
        canvas.drawLine(*above, *below, stroke(TIMBER, 2.6, 0.7))
    shell = polygon([*ridge, *reversed(eaves)])
    canvas.drawPath(shell, graded(((0, "#2F6570"), (0.5, "#12414E"), (1, "#0A2A35")), 290, 540))
    canvas.save()
    canvas.clipPath(shell, True)
    for above, below in zip(ridge, eaves, strict=True):
        canvas.drawLine(*above, *below, stroke("#7FA9A8", 1.4, 0.28))
    canvas.restore()
    for points, code, width in ((eaves, "#FFC98A", 5.0), (ridge, "#A9C4BD", 2.2)):
        edge = skia.Path()
        edge.addPoly([skia.Point(*point) for point in points], False)
        canvas.drawPath(edge, stroke(code, width))


def _terrace(canvas: skia.Canvas) -> None:
    canvas.drawRect(box(-400, FLOOR, 2000, POOL), graded(PAVING, FLOOR, POOL))
    canvas.drawRect(box(-400, FLOOR, 2000, FLOOR + 3), fill(LAMP, 0.5))


def _visitors(canvas: skia.Canvas) -> None:
    """Some inside, softened by the light; more on the terrace, dark against it."""
    chance = np.random.default_rng(35)
    for x in range(720, 1101, 38):
        _visitor(canvas, (x, FLOOR - 4), 80, "#8A4E26", chance)
    for x in (206, 246, 404, 440, 604, 640, 768, 806, 962, 1004, 1176, 1212, 1352, 1388, 1424, 1520):
        _visitor(canvas, (x, POOL - 8), 102, "#0B1E27", chance)
    for x in (474, 908, 1244):
        _visitor(canvas, (x, POOL - 8), 66, "#0B1E27", chance)


def _visitor(canvas: skia.Canvas, at: Point, height: float, code: str, chance: np.random.Generator) -> None:
    x = at[0] + float(chance.uniform(-9, 9))
    parts = ((TROUSERS,), (TROUSERS,), (GOWN,), (GOWN, HAT))[int(chance.integers(4))]
    tall, stride = height * float(chance.uniform(0.92, 1.06)), float(chance.choice([0.0, 0.02, 0.07]))
    canvas.drawPath(standing((x, at[1]), tall, parts, stride), fill(code))


def _pool(made: Sheet) -> None:
    waves = ripples(noise(41, 8, 70, octaves=4), made, POOL)
    mirror(made, POOL, waves, swell=16)
    tint = ((0, "#D8CDBE"), (0.3, "#9A9F9C"), (0.7, "#3E6570"), (1, "#123845"))
    night = graded(tint, POOL, 1200)
    night.setBlendMode(skia.BlendMode.kMultiply)
    made.canvas.drawRect(box(-400, POOL, 2000, 1600), night)
    made.canvas.drawRect(box(-400, POOL, 2000, 1600), graded(((0, "#0B303B30"), (1, "#0A2D38C0")), POOL, 1200))
    made.canvas.drawRect(box(-400, POOL, 2000, 1600), shining((MIDDLE, POOL + 40), 560, "#FFB25E", 0.42))
    made.canvas.drawRect(box(-400, POOL, 2000, POOL + 3), fill("#F0BE84", 0.45))
