"""What an SVG element draws, as path data, and where its transforms put it."""

import math
import re
from collections.abc import Callable, Mapping

from fontTools.misc.transform import Identity, Transform

from media_tools.open.drawing import Refused

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_PATH = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE+\-.,\s]*")
_PIECE = re.compile(r"[MmLlHhVvCcSsQqTt][^MmZzLlHhVvCcSsQqTtAa]*")
_ARC = re.compile(r"[Aa][^MmZzLlHhVvCcSsQqTtAa]*")
_LONGEST_WORD = 1000  # letters without a blank in an arc, of which fontTools cuts off one flag after another
_LEADING_ZERO = re.compile(r"(?<![\d.eE])(?<![eE][+-])0\d")
_BARE_POINT = re.compile(r"(?<=\d)\.(?=[eE])")
_TRAILING_POINT = re.compile(r"(?<=\d)\.(?!\d)")
_TRANSFORM = re.compile(r"\s*([a-zA-Z]+)\s*\(([^()]*)\)[\s,]*")

type Attributes = Mapping[str, str]


def path_data(tag: str, attributes: Attributes) -> str:
    """Path data that fontTools reads rightly; empty for what draws nothing. Raises Refused."""
    try:
        return _OUTLINES[tag](attributes)
    except ValueError as error:
        raise Refused(
            f"has a {tag} whose measures are no plain numbers.", "Convert it to a path, and export it again."
        ) from error


def number(text: str) -> float:
    plain = text.strip().removesuffix("px")
    if not _NUMBER.fullmatch(plain):
        raise ValueError(f"{text} is no plain number")
    return float(plain)


def numbers(text: str) -> list[float]:
    return [number(word) for word in text.replace(",", " ").split()]


def transform(text: str) -> Transform:
    """Raises Refused."""
    text, place, at = text.strip(), Identity, 0
    try:
        while at < len(text):
            found = _TRANSFORM.match(text, at)
            if found is None:
                raise ValueError(text)
            place, at = place.transform(_STEPS[found[1]](*numbers(found[2]))), found.end()
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        remedy = "Apply the transforms in the drawing program, and export it again."
        raise Refused(f"has a transform that we cannot read: {text[:40]!r}.", remedy) from error
    return place


def _rotated(degrees: float, x: float = 0, y: float = 0) -> Transform:
    return Identity.translate(x, y).rotate(math.radians(degrees)).translate(-x, -y)


_STEPS: dict[str, Callable[..., Transform]] = {
    "matrix": lambda a, b, c, d, e, f: Transform(a, b, c, d, e, f),
    "translate": lambda x, y=0.0: Identity.translate(x, y),
    "scale": lambda x, y=None: Identity.scale(x, x if y is None else y),
    "rotate": _rotated,
    "skewX": lambda degrees: Identity.skew(math.radians(degrees), 0),
    "skewY": lambda degrees: Identity.skew(0, math.radians(degrees)),
}


def _path(attributes: Attributes) -> str:
    """The data, without what fontTools would misread: it drops letters, and parts 05 and 6.e3 in two."""
    data = attributes.get("d", "")
    glued = any(_LEADING_ZERO.search(piece) for piece in _PIECE.findall(data))
    endless = any(len(word) > _LONGEST_WORD for piece in _ARC.findall(data) for word in piece.split())
    if glued or endless or not _PATH.fullmatch(data):
        raise ValueError("is no path data")
    return _TRAILING_POINT.sub(" ", _BARE_POINT.sub("", " ".join(data.split())))


def _rect(attributes: Attributes) -> str:
    x, y, width, height = (_measure(attributes, name) for name in ("x", "y", "width", "height"))
    if width <= 0 or height <= 0:
        return ""
    across = min(number(attributes.get("rx", attributes.get("ry", "0"))), width / 2)
    down = min(number(attributes.get("ry", attributes.get("rx", "0"))), height / 2)
    if across <= 0 or down <= 0:
        return f"M{x} {y}H{x + width}V{y + height}H{x}Z"
    corner = f"A{across} {down} 0 0 1"
    return (
        f"M{x + across} {y}H{x + width - across}{corner} {x + width} {y + down}"
        f"V{y + height - down}{corner} {x + width - across} {y + height}"
        f"H{x + across}{corner} {x} {y + height - down}V{y + down}{corner} {x + across} {y}Z"
    )


def _ellipse(attributes: Attributes) -> str:
    x, y = _measure(attributes, "cx"), _measure(attributes, "cy")
    across, down = (number(attributes.get(name, attributes.get("r", "0"))) for name in ("rx", "ry"))
    if across <= 0 or down <= 0:
        return ""
    half = f"A{across} {down} 0 0 1"
    return f"M{x - across} {y}{half} {x + across} {y}{half} {x - across} {y}Z"


def _line(attributes: Attributes) -> str:
    x1, y1, x2, y2 = (_measure(attributes, name) for name in ("x1", "y1", "x2", "y2"))
    return f"M{x1} {y1}L{x2} {y2}"


def _polyline(attributes: Attributes) -> str:
    points = attributes.get("points", "").strip()
    return _path({"d": f"M{points}"}) if points else ""


def _measure(attributes: Attributes, name: str) -> float:
    return number(attributes.get(name, "0"))


_OUTLINES: dict[str, Callable[[Attributes], str]] = {
    "path": _path,
    "rect": _rect,
    "circle": _ellipse,
    "ellipse": _ellipse,
    "line": _line,
    "polyline": _polyline,
    "polygon": lambda attributes: f"{points}Z" if (points := _polyline(attributes)) else "",
}
