"""Visitors in a bamboo hall, seen from among them: they look towards a bright stage under round lanterns."""

from dataclasses import dataclass, replace

import numpy as np
import skia
from PIL import Image

from media_tools.example.scenes.paint import (
    Point,
    band,
    box,
    colour,
    developed,
    fill,
    graded,
    lifted,
    mix,
    noise,
    sheet,
    shining,
    stroke,
    veil,
)
from media_tools.example.scenes.people import Hair, Visitor, from_behind, visitor

STAGE: Point = (820.0, 600.0)
GLOW, NIGHT = "#FFE2A8", "#072732"


@dataclass(frozen=True, slots=True)
class Row:
    """People at one distance: their heads' height on the drawing and in size, and how much light lies between."""

    level: float
    size: float
    haze: float


@dataclass(frozen=True, slots=True)
class Lantern:
    """A round paper lantern: the middle of its globe, its radius and its colour."""

    x: float
    y: float
    radius: float
    code: str


ROWS = (
    Row(652, 23, 0.62), Row(668, 30, 0.5), Row(692, 40, 0.38), Row(728, 55, 0.25), Row(786, 78, 0.13),
    Row(880, 114, 0.03), Row(1030, 168, 0),
)  # fmt: skip
CHILD_ROW = ROWS[3]
LANTERNS = (
    Lantern(742, 452, 15, "#E0522C"),
    Lantern(900, 448, 15, "#F0A24A"),
    Lantern(690, 416, 22, "#F0A24A"),
    Lantern(962, 410, 22, "#E0522C"),
    Lantern(812, 398, 24, "#F3DDB0"),
    Lantern(618, 360, 32, "#E0522C"),
    Lantern(1046, 352, 32, "#F3DDB0"),
    Lantern(884, 318, 36, "#E0522C"),
    Lantern(700, 268, 44, "#F3DDB0"),
    Lantern(516, 262, 48, "#F0A24A"),
    Lantern(1160, 256, 50, "#E0522C"),
    Lantern(990, 190, 58, "#F0A24A"),
    Lantern(352, 150, 76, "#E0522C"),
    Lantern(730, 92, 72, "#E0522C"),
    Lantern(1340, 140, 82, "#F0A24A"),
    Lantern(120, 300, 56, "#F3DDB0"),
)


def crowd(width: int = 2700, height: int = 2025) -> Image.Image:
    made = sheet(width, height)
    canvas = made.canvas
    _vault(canvas)
    for lantern in LANTERNS:
        _lantern(canvas, lantern)
    canvas.drawPaint(shining(STAGE, 520, "#FFCF87", 0.5))
    canvas.drawRect(box(-400, 664, 2000, 1600), graded(((0, "#C9813F"), (0.3, "#3A3A36"), (1, "#0A2A35")), 664, 1000))
    chance = np.random.default_rng(77)
    for row in ROWS:
        _people(canvas, row, chance)
    canvas.drawRect(box(-400, 700, 2000, 1600), graded(((0, "#082F3A00"), (1, "#06202AC8")), 820, 1200))
    return developed(made, seed=7)


def _arch(share: float) -> skia.Path:
    """A vault's rib; `share` 1 frames the stage, more comes nearer to us."""
    x, y = STAGE
    half, spring, crown = 300 * share, y - 60 * share, y - 285 * share
    path = skia.Path()
    path.moveTo(x - half, y + 110 * share)
    path.lineTo(x - half, spring)
    path.cubicTo(x - half * 0.95, crown + 30 * share, x - half * 0.5, crown, x, crown)
    path.cubicTo(x + half * 0.5, crown, x + half * 0.95, crown + 30 * share, x + half, spring)
    path.lineTo(x + half, y + 110 * share)
    path.close()
    return path


def _vault(canvas: skia.Canvas) -> None:
    canvas.drawPaint(fill(NIGHT))
    shares = np.geomspace(3.6, 1.0, 15)
    for step, share in enumerate(shares):
        near = 1 - step / (len(shares) - 1)
        canvas.drawPath(_arch(float(share)), fill(mix("#B4672F", NIGHT, min(1, near * 1.25) ** 0.6)))
        canvas.drawPath(_arch(float(share)), stroke(mix("#F5B765", "#1C5663", near**0.7), 2 + 7 * near, 0.7))
    canvas.save()
    canvas.clipPath(_arch(1.0), True)
    canvas.drawPaint(graded(((0, "#F2A04C"), (0.45, "#FFD48C"), (1, "#FFF2D2")), 315, 640))
    for x in range(500, 1160, 40):
        canvas.drawLine(STAGE[0] + (x - 820) * 0.5, 300, x, 720, stroke("#C9762F", 2, 0.35))
    canvas.restore()
    canvas.drawPaint(shining(STAGE, 760, "#FFB45E", 0.6))
    canvas.drawPaint(shining(STAGE, 300, "#FFF0C4", 0.6))
    veil(canvas, lifted(noise(51, 4, 5), 0.3, 0.6) * band(0.46, 0.2) * 0.22, GLOW)


def _lantern(canvas: skia.Canvas, hung: Lantern) -> None:
    x, y, radius = hung.x, hung.y, hung.radius
    dark = mix(hung.code, "#3A1210", 0.62)
    canvas.drawLine(x, y - radius, x, -500, stroke("#0A1E26", max(1.2, radius / 26), 0.8))
    canvas.drawCircle(x, y, radius * 3.4, shining((x, y), radius * 3.4, hung.code, 0.42))
    globe = box(x - radius, y - radius * 0.88, x + radius, y + radius * 0.88)
    canvas.drawOval(globe, _paper(hung, dark))
    for share in (0.28, 0.62, 0.88):
        rib = box(x - radius * share, globe.top(), x + radius * share, globe.bottom())
        canvas.drawOval(rib, stroke(dark, max(0.8, radius / 40), 0.5))
    for edge in (globe.top(), globe.bottom()):
        cap = box(x - radius * 0.34, edge - radius * 0.08, x + radius * 0.34, edge + radius * 0.08)
        canvas.drawRoundRect(cap, radius * 0.05, radius * 0.05, fill("#2A1512"))
    canvas.drawLine(x, globe.bottom(), x, globe.bottom() + radius * 0.6, stroke(dark, radius / 9))


def _paper(hung: Lantern, dark: str) -> skia.Paint:
    """The globe's skin, lit from a lamp a little under its middle."""
    shades = [colour(mix(hung.code, "#FFF3D0", 0.72)), colour(hung.code), colour(dark)]
    lamp = (hung.x, hung.y + hung.radius * 0.22)
    lit = skia.GradientShader.MakeRadial(lamp, hung.radius * 1.15, shades, [0, 0.6, 1])
    return skia.Paint(AntiAlias=True, Dither=True, Shader=lit)


def _people(canvas: skia.Canvas, row: Row, chance: np.random.Generator) -> None:
    """One row from side to side, each a little out of line."""
    across = -300 + row.size * float(chance.uniform(0, 1))
    while across < 1900:
        at = (across, row.level + row.size * float(chance.uniform(-0.3, 0.3)))
        from_behind(canvas, _seen(visitor(chance), row.haze), at, row.size, _rim(across, row.haze))
        across += row.size * float(chance.uniform(1.75, 2.5))
    if row is CHILD_ROW:
        _child(canvas, row)


def _seen(someone: Visitor, haze: float) -> Visitor:
    """As they look through the lit air: warm far off, their own colours in the shade close by."""

    def tone(code: str) -> str:
        return mix(mix(code, "#0B2F3A", 0.1), "#E79F55", haze)

    return replace(someone, shade=tone(someone.shade), skin=tone(someone.skin), coat=tone(someone.coat))


def _rim(across: float, haze: float) -> str:
    """Edge light, brightest in front of the stage."""
    return mix("#FFDFA0", "#4C6E70", min(1, abs(across - STAGE[0]) / 900) * (1 - haze))


def _child(canvas: skia.Canvas, row: Row) -> None:
    """On someone's shoulders, above all the heads: what the eye finds first."""
    parent = Visitor(Hair.SHORT, "#14181B", "#C58F66", "#0F4C5C", 1.1)
    child = Visitor(Hair.BOB, "#1D1A1A", "#D9A57C", "#C43A1D", 0.74)
    x, y, size = 842.0, row.level - 108, row.size * 0.78
    for side in (-1, 1):
        hand = (x + side * size * 1.25, y - size * 0.75)
        canvas.drawLine(x + side * size * 0.55, y + size * 0.95, *hand, stroke("#B23519", size * 0.3))
        canvas.drawCircle(*hand, size * 0.17, fill("#C98A5C"))
    from_behind(canvas, _seen(child, row.haze / 2), (x, y), size, GLOW)
    from_behind(canvas, _seen(parent, row.haze / 2), (x, row.level - 8), row.size * 1.1, GLOW)
