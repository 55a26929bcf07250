"""GeoJSON: places in longitude and latitude become a drawing with north up, by the equirectangular projection.

Its standard parallel is the middle latitude of what is shown: shapes are true there, and distances from north to south
everywhere. Mercator would keep angles, but enlarges what lies nearer to a pole in both directions, and people compare
areas on a map, not bearings.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Any

from media_tools.open.drawing import MOST_POINTS, SIDE, Drawing, Kind, Plotter, Refused, Shape, readable_names
from media_tools.spec.geometry import Size

MOST_FEATURES = 5_000
_NEAREST_POLE = 80.0  # degrees of the middle latitude, past which the projection tears
_EAST = 360.0  # degrees: data that crosses the antimeridian may count on from 180
_HALF = 180.0
_NAMES = ("name", "title", "id", "code", "iso_a2", "iso_a3")
_AGAIN = "Export it again as GeoJSON."
_DATELINE = "Export it with longitudes from 0 to 360 degrees, or as SVG."

type Place = tuple[float, float]
type Line = tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class _Feature:
    kind: Kind
    lines: tuple[Line, ...]
    names: tuple[str, ...]


def read_geojson(content: bytes) -> Drawing:
    """Raises Refused."""
    features = _features(_parsed(content))
    if not features:
        raise Refused("shows nothing.", "Export it with its areas.")
    places = [place for feature in features for line in feature.lines for place in line]
    if len(places) > MOST_POINTS:
        raise _too_much()
    project, size = _projection(places)
    return Drawing(size, tuple(_drawn(features, project)))


def _parsed(content: bytes) -> Mapping[str, Any]:
    if content.count(b"[") > 2 * MOST_POINTS or content.count(b"{") > 4 * MOST_FEATURES:
        raise _too_much()  # before it takes a hundred bytes of memory for each bracket
    try:
        parsed = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Refused("is no GeoJSON: its text is broken.", _AGAIN) from error
    if not isinstance(parsed, dict):
        raise Refused("is no GeoJSON.", _AGAIN)
    if parsed.get("type") == "Topology":
        raise Refused("is TopoJSON.", "Export it as GeoJSON.")
    if parsed.get("type") != "FeatureCollection":
        raise Refused("is no FeatureCollection of GeoJSON.", "Export all its features together, as GeoJSON.")
    if "crs" in parsed and not any(name in str(parsed["crs"])[:200] for name in ("CRS84", "4326")):
        raise Refused("is in other coordinates than longitude and latitude.", "Export it in WGS 84 (EPSG:4326).")
    return parsed


def _too_much() -> Refused:
    return Refused(
        f"has more than {MOST_POINTS} points or {MOST_FEATURES} features.",
        "Leave out what does not matter, simplify the outlines, in Mapshaper for instance, and export it again.",
    )


def _refuse_constant(text: str) -> None:
    raise ValueError(text)


def _features(parsed: Mapping[str, Any]) -> tuple[_Feature, ...]:
    entries = parsed.get("features")
    if not isinstance(entries, list):
        raise Refused("has no features.", _AGAIN)
    if len(entries) > MOST_FEATURES:
        raise _too_much()
    return tuple(feature for entry in entries for feature in _feature(entry))


def _feature(entry: object) -> Iterator[_Feature]:
    if not isinstance(entry, dict):
        raise Refused("has a feature that is none.", _AGAIN)
    geometry = entry.get("geometry")
    if geometry is None:
        return  # a feature without a place is allowed, and cannot be drawn
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in _GEOMETRIES:
        known = ", ".join(_GEOMETRIES)
        raise Refused(f"has a geometry of the kind {str(kind)[:40]!r}.", f"Export it with {known} alone.")
    shape, lines = _GEOMETRIES[kind]
    properties = entry.get("properties")
    names = (*_named(properties if isinstance(properties, dict) else {}), entry.get("id"))
    plain = readable_names([name for name in names if isinstance(name, str | int)])
    found = tuple(lines(geometry.get("coordinates")))
    if shape is Kind.POINT:
        yield from (_Feature(shape, (line,), plain) for line in found)
    elif found:
        yield _Feature(shape, found, plain)


def _named(properties: Mapping[str, Any]) -> Iterator[object]:
    for key, value in properties.items():
        if key.casefold() in _NAMES or key.casefold().startswith("name"):
            yield value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise Refused("has coordinates that are none.", _AGAIN)
    return value


def _place(value: object) -> Place:
    numbers = _list(value)[:2]
    if len(numbers) < 2 or not all(isinstance(number, int | float) and number is not True for number in numbers):
        raise Refused("has coordinates that are none.", _AGAIN)
    longitude, latitude = numbers
    if not (-_HALF <= longitude <= _EAST and -90 <= latitude <= 90):
        raise Refused("is in other coordinates than longitude and latitude.", "Export it in WGS 84 (EPSG:4326).")
    return float(longitude), float(latitude)


def _line(value: object) -> Line:
    places = tuple(_place(each) for each in _list(value))
    if any(abs(one[0] - other[0]) > _HALF for one, other in pairwise(places)):
        raise Refused("has an outline that crosses the 180th meridian.", _DATELINE)
    return places


def _rings(value: object) -> Iterator[Line]:
    for ring in _list(value):
        line = _line(ring)
        if len(line) < 4 or line[0] != line[-1]:
            raise Refused("has an area whose outline does not close.", "Repair its geometry, and export it again.")
        yield line[:-1]


def _each(places: Callable[[object], Iterator[Line]]) -> Callable[[object], Iterator[Line]]:
    """The same for each of a list."""
    return lambda value: (line for each in _list(value) for line in places(each))


def _single(value: object) -> Iterator[Line]:
    yield (_place(value),)


def _one_line(value: object) -> Iterator[Line]:
    line = _line(value)
    if len(line) < 2:
        raise Refused("has a line of one point.", "Repair its geometry, and export it again.")
    yield line


_GEOMETRIES: dict[str, tuple[Kind, Callable[[object], Iterator[Line]]]] = {
    "Polygon": (Kind.AREA, _rings),
    "MultiPolygon": (Kind.AREA, _each(_rings)),
    "LineString": (Kind.LINE, _one_line),
    "MultiLineString": (Kind.LINE, _each(_one_line)),
    "Point": (Kind.POINT, _single),
    "MultiPoint": (Kind.POINT, _each(_single)),
}


def _projection(places: Sequence[Place]) -> tuple[Callable[[Place], Place], Size]:
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    _check_whole(sorted(x for x, _ in places))
    middle = (south + north) / 2
    if abs(middle) > _NEAREST_POLE:
        raise Refused("lies too near to a pole for its projection.", "Export it as SVG in a polar projection.")
    across = cos(radians(middle))
    width, height = across * (east - west), north - south
    if max(width, height) <= 0 or min(width, height) * SIDE < max(width, height):
        raise Refused("has a page like a thread.", "Export it with the areas around.")
    scale = SIDE / max(width, height)
    size = Size(scale * width, scale * height)
    return lambda place: (scale * across * (place[0] - west), scale * (north - place[1])), size


def _check_whole(longitudes: Sequence[float]) -> None:
    """Whether it lies in one piece: data cut at the antimeridian has one half at each edge and nothing between."""
    if max((after - before for before, after in pairwise(longitudes)), default=0) > _HALF:
        raise Refused("lies on both sides of the 180th meridian, cut in two.", _DATELINE)


def _drawn(features: Sequence[_Feature], project: Callable[[Place], Place]) -> Iterator[Shape]:
    pen = Plotter()
    for feature in features:
        for line in feature.lines:
            first, *others = map(project, line)
            pen.moveTo(first)
            for place in others:
                pen.lineTo(place)
            if feature.kind is Kind.AREA:
                pen.closePath()
            else:
                pen.endPath()
        data, box, _plain = pen.take()
        yield Shape(feature.kind, data, box, feature.names, even_odd=True)
