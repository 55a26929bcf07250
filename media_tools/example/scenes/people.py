"""Visitors: whole figures seen from afar, and heads and shoulders seen from behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import skia

from media_tools.example.scenes.paint import Point, fill, graded, mix, polygon

# Right half of a figure one unit tall, feet at the origin, from the neck down to between the feet.
TROUSERS: tuple[Point, ...] = (
    (0.03, -0.87), (0.09, -0.845), (0.118, -0.79), (0.13, -0.62), (0.122, -0.44), (0.09, -0.43),
    (0.085, 0), (0.03, 0), (0, -0.4),
)  # fmt: skip
GOWN: tuple[Point, ...] = (
    (0.028, -0.87), (0.08, -0.845), (0.104, -0.78), (0.108, -0.5), (0.09, -0.46), (0.105, -0.3), (0.135, -0.07),
    (0.05, -0.06), (0.05, 0), (0.01, 0), (0, -0.06),
)  # fmt: skip
HAT: tuple[Point, ...] = ((0, -1.05), (0.15, -0.92), (0.13, -0.905))


def standing(at: Point, height: float, parts: Sequence[tuple[Point, ...]], stride: float) -> skia.Path:
    """Someone on their feet at `at`, of mirrored `parts`; each foot stands `stride` of the height aside."""
    path = skia.Path()
    path.addOval(skia.Rect.MakeXYWH(-0.054, -1.0, 0.108, 0.135))
    for half in parts:
        path.addPath(_mirrored([(x + stride * max(0.0, 2.5 * y + 1) * (x > 0), y) for x, y in half]))
    place = skia.Matrix()
    place.setScaleTranslate(height, height, *at)
    path.transform(place)
    return path


def _mirrored(half: Sequence[Point]) -> skia.Path:
    return polygon([*half, *((-x, y) for x, y in reversed(half))])


class Hair(Enum):
    SHORT = "short"
    BOB = "bob"
    LONG = "long"
    BUN = "bun"
    SCARF = "scarf"
    LEAF_HAT = "leaf hat"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone seen from behind; colours are #RRGGBB, `breadth` widens the shoulders."""

    hair: Hair
    shade: str
    skin: str
    coat: str
    breadth: float


def from_behind(canvas: skia.Canvas, visitor: Visitor, at: Point, size: float, rim: str) -> None:
    """Head and shoulders, the head `size` units high with its middle at `at`; `rim` is the light they face."""
    canvas.save()
    canvas.translate(*at)
    canvas.scale(size, size)
    _lit(canvas, _shoulders(visitor.breadth), visitor.coat, rim)
    neck = polygon([(-0.16, 0.2), (0.16, 0.2), (0.21, 0.6), (0, 0.7), (-0.21, 0.6)])
    canvas.drawPath(neck, fill(mix(visitor.skin, "#000000", 0.18)))
    for side in (-1, 1):
        canvas.drawOval(skia.Rect.MakeXYWH(side * 0.36 - 0.06, -0.06, 0.12, 0.22), fill(visitor.skin))
    if visitor.hair is Hair.LEAF_HAT:
        canvas.drawPath(_head(Hair.SHORT), fill(mix(visitor.skin, "#14181B", 0.8)))
    _lit(canvas, _head(visitor.hair), visitor.shade, rim)
    canvas.restore()


def _lit(canvas: skia.Canvas, path: skia.Path, code: str, rim: str) -> None:
    """A shape with a line of light along its upper edge."""
    canvas.drawPath(path, fill(rim))
    canvas.save()
    canvas.clipPath(path, True)
    canvas.translate(0, 0.045)
    bounds = path.getBounds()
    top, foot = bounds.top(), min(bounds.bottom(), bounds.top() + 2.4)
    canvas.drawPath(path, graded(((0, mix(code, rim, 0.22)), (0.3, code), (1, mix(code, "#082F3A", 0.55))), top, foot))
    canvas.restore()


def _shoulders(breadth: float) -> skia.Path:
    path = skia.Path()
    path.moveTo(-0.2, 0.5)
    path.cubicTo(-0.34, 0.74, -breadth * 0.98, 0.66, -breadth * 1.08, 1.3)
    path.lineTo(-breadth * 1.2, 4.2)
    path.lineTo(breadth * 1.2, 4.2)
    path.lineTo(breadth * 1.08, 1.3)
    path.cubicTo(breadth * 0.98, 0.66, 0.34, 0.74, 0.2, 0.5)
    path.quadTo(0, 0.62, -0.2, 0.5)
    path.close()
    return path


def _domed(half: float, foot: float, narrowing: float) -> skia.Path:
    """Hair that follows the skull and falls to `foot`."""
    path = skia.Path()
    path.moveTo(-half * narrowing, foot)
    path.cubicTo(-half * 1.12, 0.1, -half * 1.1, -0.52, 0, -0.52)
    path.cubicTo(half * 1.1, -0.52, half * 1.12, 0.1, half * narrowing, foot)
    path.quadTo(0, foot + 0.14, -half * narrowing, foot)
    path.close()
    return path


def _bun() -> skia.Path:
    knot = skia.Path()
    knot.addOval(skia.Rect.MakeXYWH(-0.2, -0.74, 0.4, 0.36))
    return skia.Op(_domed(0.38, 0.34, 0.62), knot, skia.PathOp.kUnion_PathOp)


def _leaf_hat() -> skia.Path:
    path = skia.Path()
    path.moveTo(0, -0.78)
    path.quadTo(0.5, -0.4, 0.92, 0.02)
    path.quadTo(0, 0.34, -0.92, 0.02)
    path.quadTo(-0.5, -0.4, 0, -0.78)
    path.close()
    return path


def _scarf() -> skia.Path:
    drape = polygon([(-0.34, 0.1), (0.34, 0.1), (0.66, 0.86), (0, 1.28), (-0.66, 0.86)])
    return skia.Op(_domed(0.41, 0.4, 0.85), drape, skia.PathOp.kUnion_PathOp)


def _head(hair: Hair) -> skia.Path:
    match hair:
        case Hair.SHORT:
            return _domed(0.38, 0.3, 0.7)
        case Hair.BOB:
            return _domed(0.43, 0.5, 0.94)
        case Hair.LONG:
            return _domed(0.41, 1.25, 0.7)
        case Hair.BUN:
            return _bun()
        case Hair.SCARF:
            return _scarf()
        case Hair.LEAF_HAT:
            return _leaf_hat()


HAIR_SHADES = ("#14181B", "#1D1A1A", "#2A1D18", "#4A3020", "#6B6A66", "#14252D")
SKINS = ("#D9A57C", "#C58F66", "#8A5A3C", "#E6BC97", "#5B3A28")
COATS = ("#0F4C5C", "#C43A1D", "#F0E4CC", "#D08A4A", "#3E7A82", "#7C2E2A", "#14252D", "#9DB4A8", "#B7664A", "#24566B")
SCARVES = ("#B7664A", "#E3C28C", "#3E7A82", "#8C3B34")


def visitor(chance: np.random.Generator) -> Visitor:
    """Someone else each time it is asked."""
    hair = Hair(chance.choice([kind.value for kind in Hair], p=[0.36, 0.2, 0.14, 0.15, 0.06, 0.09]))
    palette = {Hair.SCARF: SCARVES, Hair.LEAF_HAT: ("#E6CF9E", "#D9BE8A")}.get(hair, HAIR_SHADES)
    broad = 1.04 if hair is Hair.SHORT else 0.9
    return Visitor(
        hair,
        str(chance.choice(palette)),
        str(chance.choice(SKINS)),
        str(chance.choice(COATS)),
        broad + float(chance.uniform(-0.06, 0.12)),
    )
